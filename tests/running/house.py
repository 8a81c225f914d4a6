"""A house of one's own: another data folder, its own database, commands run as people run them."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from luytre.running.database import Cluster
from luytre.running.home import Home


@dataclass(frozen=True)
class House:
    path: Path
    port: int

    @property
    def home(self) -> Home:
        return Home(self.path)

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.home)

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the test run's own database may leak in."""
        others = {
            name: value for name, value in os.environ.items() if not name.startswith(("LUYTRE_", "DJANGO_", "PYTEST_"))
        }
        return {**others, "LUYTRE_HOME": str(self.path), "PORT": str(self.port)}

    def run(self, *arguments: str, fails: bool = False) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "luytre", *arguments], env=self.environment, cwd="/", text=True, capture_output=True
        )
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    @contextmanager
    def serving(self, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        server = subprocess.Popen(
            [sys.executable, "-m", "luytre", "serve", *arguments],
            env=self.environment, cwd="/", text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            self.wait_until_healthy(server)
            yield server
        finally:
            server.terminate()
            server.communicate(timeout=60)

    def wait_until_healthy(self, server: "subprocess.Popen[str]", seconds: float = 600) -> None:
        deadline = time.monotonic() + seconds
        while self.health()[0] != 200:
            assert server.poll() is None, server.communicate()[0]
            assert time.monotonic() < deadline, f"no answer: {self.health()}"
            time.sleep(0.2)

    def health(self) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""


@contextmanager
def house(path: Path) -> Iterator[House]:
    """In a short folder: root's test folders are closed to the account the database runs as."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        yield House(path, port)
    finally:
        shutil.rmtree(path, ignore_errors=True)
