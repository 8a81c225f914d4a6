"""`luytre serve`: database, tables, first records, web server and worker, with one command."""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from luytre.running import children, environment, translations
from luytre.running.children import Child
from luytre.running.database import Cluster
from luytre.running.home import PROJECT, Home, write_whole

WEB_WORKERS = 2
FIRST_ANSWER = 60.0  # seconds


class Stopped(Exception):
    """Somebody asked the server to stop."""


class CannotServe(Exception):
    """The message says why, and what to do."""


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        serve(Server(Home.from_environment(), options))
    except Stopped:
        print("Đã dừng.", flush=True)
    except (Exception, subprocess.CalledProcessError) as error:
        if os.environ.get("LUYTRE_DEBUG") == "1":
            raise
        print(f"Không chạy được: {error}", file=sys.stderr, flush=True)
        return 1
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="luytre serve", description="Chạy cơ sở dữ liệu, trang web và việc nền.")
    port = int(os.environ.get("PORT") or 8000)
    bind = os.environ.get("LUYTRE_BIND") or "127.0.0.1"
    parser.add_argument("--no-sample", action="store_true", help="không nạp dữ liệu mẫu ở lần chạy đầu")
    parser.add_argument("--port", type=int, default=port, help="cổng (biến PORT, mặc định 8000)")
    parser.add_argument("--bind", default=bind, help="địa chỉ nghe (biến LUYTRE_BIND, mặc định 127.0.0.1)")
    return parser.parse_args(arguments)


def stop(number: int, frame: FrameType | None) -> None:
    """Once; a second Ctrl-C must not cut short the orderly end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Stopped


@dataclass
class Server:
    home: Home
    options: argparse.Namespace
    children: list[Child] = field(default_factory=list)

    @property
    def address(self) -> str:
        return os.environ.get("LUYTRE_ORIGIN") or f"http://localhost:{self.options.port}"


def serve(server: Server) -> None:
    home = server.home
    with home.only_server():
        os.environ["PORT"] = str(server.options.port)
        end_leftovers(home)
        refuse_taken_port(server.options.bind, server.options.port)
        print(f"Lũy Tre: thư mục dữ liệu {home.path}", flush=True)
        cluster = Cluster(home) if environment.is_embedded() else None
        with cluster.in_use() if cluster else nullcontext():
            where = environment.addresses(home)
            set_up(server, where)
            try:
                start(server, where)
                watch(server, cluster)
            finally:
                print("Đang dừng…", flush=True)
                children.end_all(server.children)


def end_leftovers(home: Home) -> None:
    """What a killed server left running would hold the port."""
    for record in home.folder("run").glob("*.pid"):
        children.end_group(Child(record.stem, [], {}, home).leftover())
        record.unlink()


def refuse_taken_port(bind: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise CannotServe(
                f"cổng {port} không dùng được ({error.strerror}). Chọn cổng khác: PORT={port + 1} script/server"
            ) from None


def set_up(server: Server, where: environment.Addresses) -> None:
    """Bring tables, lists and files up to date; nothing to do if neither program nor database changed."""
    home, stamp = server.home, server.home.folder("run") / "set-up"
    translations.compile_stale()
    now = fingerprint(where)
    if stamp.exists() and stamp.read_text() == now:
        return
    print("Chuẩn bị cơ sở dữ liệu…", flush=True)
    environment.ensure_application_role(home, where)
    django("migrate", "--verbosity=0", environment_=environment.for_owner(home, where))
    environment.grant_application(where)
    sample = [] if server.options.no_sample else ["--sample"]
    variables = environment.for_application(home, where)
    django("set_up", *sample, environment_=variables)
    environment.gather_statistics(where)
    remember_accounts(home, variables)
    write_whole(stamp, now)


def remember_accounts(home: Home, variables: dict[str, str]) -> None:
    """Who may sign in to the sample, as every start tells."""
    command = [sys.executable, "-m", "luytre", "sample_accounts"]
    done = subprocess.run(command, env=variables, cwd="/", stdout=subprocess.PIPE, text=True, check=True)
    write_whole(accounts_file(home), done.stdout.strip(), mode=0o600)


def accounts_file(home: Home) -> Path:
    return home.folder("run") / "sample-accounts"


def fingerprint(where: environment.Addresses) -> str:
    """Changes with any file of the program, and with the database."""
    files = [PROJECT / "uv.lock", *sorted((PROJECT / "config").rglob("*.py")), *sorted((PROJECT / "luytre").rglob("*"))]
    parts = [where.owner, sys.version, environment.identity(where)]
    for file in files:
        if file.is_file() and file.suffix != ".pyc":
            state = file.stat()
            parts.append(f"{file} {state.st_size} {state.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def django(*arguments: str, environment_: dict[str, str]) -> None:
    done = subprocess.run([sys.executable, "-m", "luytre", *arguments], env=environment_, cwd="/")
    if done.returncode:
        raise CannotServe(f"bước `luytre {arguments[0]}` không xong (mã {done.returncode}); xem lời báo ở trên.")


def start(server: Server, where: environment.Addresses) -> None:
    variables = environment.for_application(server.home, where)
    server.children = [
        Child("web", web_command(server.options), variables, server.home),
        Child("worker", [sys.executable, "-m", "luytre", "worker"], {**variables, "LUYTRE_POOL": "0"}, server.home),
    ]
    for child in server.children:
        child.start()
    wait_for_first_answer(server)
    print(f"\nLũy Tre đang chạy ở {server.address}", flush=True)
    print(accounts_file(server.home).read_text(), flush=True)
    print("Dừng: Ctrl-C", flush=True)


def web_command(options: argparse.Namespace) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", options.bind, "--port", str(options.port)),
        *("--workers", str(WEB_WORKERS), "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws"),
        *("--log-level", "warning", "--workers-kill-timeout", "5", "config.wsgi:application"),
    ]


def wait_for_first_answer(server: Server) -> None:
    host = "127.0.0.1" if server.options.bind in ("0.0.0.0", "::") else server.options.bind  # noqa: S104
    deadline = time.monotonic() + FIRST_ANSWER
    while not is_healthy(f"http://{f'[{host}]' if ':' in host else host}:{server.options.port}/healthz"):
        if time.monotonic() > deadline:
            raise CannotServe("máy chủ không trả lời /healthz; xem lời báo ở trên.")
        for child in server.children:
            child.watch()
        time.sleep(0.1)


def is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def watch(server: Server, cluster: Cluster | None) -> None:
    """Until stopped: a part that dies is started again, the database first."""
    while True:
        time.sleep(0.5)
        if cluster is not None and not cluster.is_alive():
            print("Cơ sở dữ liệu đã dừng; đang chạy lại…", flush=True)
            with cluster.alone():
                cluster.start()
        for child in server.children:
            child.watch()
