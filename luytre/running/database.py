"""The embedded PostgreSQL: made at the first start, shared by every command that runs, stopped by the last."""

import fcntl
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from luytre.running import roles, unprivileged
from luytre.running.home import Home, write_whole

LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
PATIENCE = 600  # seconds; replaying the log after a crash may take long
DATABASE = "luytre"

CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '"{socket}"'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
shared_buffers = '256MB'
effective_cache_size = '2GB'
work_mem = '8MB'
max_wal_size = '4GB'
random_page_cost = 1.1
autovacuum_naptime = '10s'
max_connections = 100
jit = off
checkpoint_timeout = '2min'
recovery_init_sync_method = {sync}
logging_collector = on
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_size = 0
# the log must not repeat what people wrote
log_error_verbosity = terse
log_min_error_statement = panic
"""
IN_A_HURRY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


class DatabaseFailed(Exception):
    """PostgreSQL did not do what was asked; the message says why."""


@dataclass(frozen=True)
class Cluster:
    home: Home
    is_durable: bool = field(default=True, kw_only=True)

    @cached_property
    def base(self) -> Path:
        return unprivileged.base_folder(self.home.path)

    @cached_property
    def account(self) -> unprivileged.Account:
        return unprivileged.account_for(self.data)

    @cached_property
    def programs(self) -> Path:
        return unprivileged.programs_for(self.account)

    @property
    def data(self) -> Path:
        return self.base / "data"

    @cached_property
    def socket(self) -> Path:
        """A folder whose path is short enough for a socket."""
        inside = self.base / "socket"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        name = hashlib.sha256(os.fsencode(self.base)).hexdigest()[:12]
        return Path("/run" if os.geteuid() == 0 and os.path.isdir("/run") else "/tmp") / f"luytre-{name}"  # noqa: S108

    def url(self, role: str = roles.OWNER, database: str = DATABASE) -> str:
        password = self.home.secret(f"database_{role}")
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self.socket), safe='')}"

    def run(self, program: str, *arguments: str | Path) -> tuple[bool, str]:
        done = self.account.run(self.programs / program, *arguments)
        return done.returncode == 0, done.stdout + done.stderr

    def answers(self) -> bool:
        return self.socket.is_dir() and self.run("pg_isready", "-q", "-h", self.socket)[0]

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Run while at least one command needs it; a killed command's lock is let go by the system."""
        with open(self.own_base / "users.lock", "a") as users:
            with self.alone():
                self.start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield
            finally:
                with self.alone():
                    if is_last(users):
                        self.stop()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time starts or stops the cluster."""
        with open(self.own_base / "start.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @property
    def own_base(self) -> Path:
        return self.account.own(self.base)

    def start(self) -> None:
        if not self.data.exists():
            self.initialise()
        self.refuse_other_version()
        if not self.answers():
            self.configure()
            self.start_patiently()
        ready = self.base / "roles-are-ready"
        if not ready.exists():
            roles.create(self.url("postgres", "postgres"), database=DATABASE, password_of=self.password_of)
            ready.touch()

    def password_of(self, role: str) -> str:
        return self.home.secret(f"database_{role}")

    def initialise(self) -> None:
        """Make the cluster beside its final place, so that a killed first start leaves nothing half made."""
        part = self.account.own(self.base / f"data.{os.getpid()}")
        password = self.base / f"password.{os.getpid()}"
        write_whole(password, self.password_of("postgres"), mode=0o600)
        os.chown(password, self.account.uid, self.account.gid)
        done, said = self.run(
            *("initdb", "-D", part, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"),
            "--data-checksums",
            *(() if self.is_durable else ("--no-sync",)),
        )
        password.unlink()
        if not done:
            raise DatabaseFailed(f"Không tạo được cơ sở dữ liệu ở {self.data}:\n{said}")
        with open(part / "postgresql.conf", "a") as file:
            file.write("include 'luytre.conf'\n")
        part.replace(self.data)

    def refuse_other_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        programs = self.run("postgres", "--version")[1].split()[-1].partition(".")[0]
        if made_by != programs:
            raise DatabaseFailed(
                f"Dữ liệu ở {self.data} được tạo bằng PostgreSQL {made_by}, chương trình đang có là {programs}. "
                f"Hãy dùng bản Lũy Tre cũ để `luytre backup`, rồi `luytre restore` vào một thư mục dữ liệu mới."
            )

    def configure(self) -> None:
        self.account.own(self.socket)
        if self.socket.is_symlink() or self.socket.stat().st_uid != self.account.uid:
            raise DatabaseFailed(f"Thư mục {self.socket} thuộc người khác.")
        socket = str(self.socket).replace("'", "''")
        text = CONFIGURATION.format(socket=socket, sync="syncfs" if sys.platform == "linux" else "fsync")
        file = self.data / "luytre.conf"
        write_whole(file, text + ("" if self.is_durable else IN_A_HURRY), mode=0o600)
        os.chown(file, self.account.uid, self.account.gid)

    def start_patiently(self) -> None:
        """After kill -9 the old processes hold the memory for some seconds: try again."""
        deadline = time.monotonic() + 60
        while True:
            self.forget_stranger()
            done, said = self.run("pg_ctl", "start", "-s", "-w", "-t", str(PATIENCE), *self.where, "-l", self.log)
            if done:
                return
            if time.monotonic() > deadline:
                raise DatabaseFailed(f"Cơ sở dữ liệu không khởi động được:\n{said}\nXem {self.log}.")
            time.sleep(0.3)

    @property
    def where(self) -> tuple[str, str]:
        return ("-D", str(self.data))

    @property
    def log(self) -> Path:
        return self.data / "start.log"

    def process(self) -> int | None:
        """The process the cluster says it runs as."""
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def is_alive(self) -> bool:
        """Cheap enough to be asked twice a second."""
        process = self.process()
        if process is None:
            return False
        if not Path("/proc/self/cwd").exists():
            return self.answers()
        with suppress(OSError):
            return Path(f"/proc/{process}/cwd").readlink() == self.data.resolve()
        return False

    def forget_stranger(self) -> None:
        """The pid a killed cluster left may be a dead process nobody collected, or somebody else's by now."""
        process = self.process()
        if process is not None and Path(f"/proc/{process}").exists() and not processes_in(self.data):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def stop(self) -> None:
        for mode in ("fast", "immediate"):
            if self.run("pg_ctl", "stop", "-s", "-w", "-t", "20", "-m", mode, *self.where)[0] or self.process() is None:
                return


def processes_in(folder: Path) -> list[int]:
    """Who works in this folder; PostgreSQL's processes all do."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if link.readlink() == folder.resolve():
                found.append(int(link.parent.name))
    return found


def is_last(users: TextIO) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
