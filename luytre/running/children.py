"""The processes of a running house: started, watched, started again when they die, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from luytre.running.home import Home, write_whole

LONGEST_PAUSE = 30.0  # seconds between attempts to start what keeps dying
HEALTHY_AFTER = 60.0
PATIENCE = 10.0  # seconds to end by themselves
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass
class Child:
    name: str
    command: Sequence[str]
    environment: dict[str, str]
    home: Home
    failures: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def record(self) -> Path:
        return self.home.folder("run") / f"{self.name}.pid"

    def start(self) -> None:
        """In a group of its own, so that Ctrl-C reaches us alone and we end it in order."""
        end_group(self.leftover())
        self.process = subprocess.Popen(
            self.command, env=self.environment, cwd="/", start_new_session=True, preexec_fn=end_with_parent
        )
        self.started_at = time.monotonic()
        write_whole(self.record, str(self.process.pid))

    def leftover(self) -> int | None:
        """The group of an earlier run that a kill -9 has left behind."""
        try:
            group = int(self.record.read_text())
            environment = Path(f"/proc/{group}/environ")
            members = [group] if environment.exists() else members_of(group)
            return group if any(self.is_ours(member) for member in members) else None
        except (OSError, ValueError):
            return None

    def is_ours(self, process: int) -> bool:
        with suppress(OSError):
            wanted = f"LUYTRE_HOME={self.home.path}".encode()
            return wanted in Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
        return False

    def watch(self) -> None:
        """Start it again if it died, the later the more often it did."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            end_group(self.process.pid)
            self.failures = 1 if now - self.started_at > HEALTHY_AFTER else self.failures + 1
            pause = min(0.5 * 2 ** (self.failures - 1), LONGEST_PAUSE)
            print(
                f"Tiến trình {self.name} đã dừng (mã {self.process.returncode}); chạy lại sau {pause:g} giây.",
                flush=True,
            )
            self.process, self.start_again_at = None, now + pause
        if self.process is None and now >= self.start_again_at:
            self.start()

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(max(0.1, deadline - time.monotonic()))
            end_group(self.process.pid)
            self.process.wait()
        self.record.unlink(missing_ok=True)


def end_all(children: Sequence[Child]) -> None:
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        child.end(deadline)


def end_group(group: int | None) -> None:
    if group is not None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def members_of(group: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError):
            if os.getpgid(int(folder.name)) == group:
                found.append(int(folder.name))
    return found


def end_with_parent() -> None:
    """A child does not outlive a supervisor that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
