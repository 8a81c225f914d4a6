"""A house of one's own: another data folder, its own database, commands run as people run them."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
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
from tests.database import ROOT, mark_of

MODELS = ROOT / "build" / "houses"
MADE_FROM = ("uv.lock", "config/*.py", *(f"luytre/**/*.{kind}" for kind in ("py", "csv", "toml")))


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

    def move_in(self) -> None:
        """Tables and lists as `migrate` and `set_up` make them: copied from a house in which both were run once."""
        assert not self.cluster.data.exists(), "somebody lives here already"
        with one_at_a_time() as models:
            for part in model_in(models).iterdir():
                place = self.cluster.base if part.name == "database" else self.path / part.name
                place.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", "-a", f"{part}/.", place], check=True)

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


@contextmanager
def one_at_a_time() -> Iterator[Path]:
    MODELS.mkdir(parents=True, exist_ok=True)
    with open(MODELS / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield MODELS


def model_in(models: Path) -> Path:
    """A house at rest; made once for each state of what makes it."""
    mark = mark_of(*(file for pattern in MADE_FROM for file in ROOT.glob(pattern) if file.is_file()))
    made = models / mark
    if not made.exists():
        for old in models.glob("*/"):
            shutil.rmtree(old)
        folder = Path(tempfile.mkdtemp(prefix="luytre-model-"))
        folder.chmod(0o755)  # the account the database runs as must come in
        with house(folder) as one:
            one.run("migrate", "--verbosity=0")
            one.run("set_up")
            subprocess.run(["cp", "-a", one.path, models / "half-made"], check=True)
        (models / "half-made").rename(made)
    return made
