"""The data folder: where it is, its secrets and its locks."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent


class HomeIsBusy(Exception):
    """Another server already runs with this data folder."""


@dataclass(frozen=True)
class Home:
    path: Path

    @classmethod
    def from_environment(cls) -> "Home":
        return cls(Path(os.environ.get("LUYTRE_HOME") or PROJECT / "var").absolute())

    def folder(self, name: str, mode: int = 0o755) -> Path:
        folder = self.path / name
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        return folder

    def secret(self, name: str) -> str:
        """The named secret; made at the first call, readable by this account only."""
        file = self.folder("secrets", 0o700) / name
        if not file.exists():
            write_whole(file, secrets.token_urlsafe(48), mode=0o600)
        return file.read_text().strip()

    @contextmanager
    def only_server(self) -> Iterator[None]:
        """Hold this folder for one server; the lock ends with the process, also by kill -9."""
        with open(self.folder("run") / "server.lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise HomeIsBusy(f"Một máy chủ khác đang chạy với thư mục dữ liệu {self.path}.") from None
            yield


def write_whole(file: Path, text: str, *, mode: int = 0o644) -> None:
    """Write a file so that nobody ever sees half of it."""
    part = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with open(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
