"""Gives a file to a process of its own and takes its answer: one in time and of a bounded size, or a trouble."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread, Timer
from typing import IO

import luytre
from luytre.reporting.reading import scans
from luytre.reporting.reading.files import MAX_TEXT, Found, Kind, Note, Refused, Trouble

SECONDS = 45.0  # by the clock on the wall
MAX_ANSWER = MAX_TEXT * 6 + 65_536  # a letter takes up to six signs
ROOT = Path(luytre.__file__).resolve().parent.parent


def read(kind: Kind | None, content: bytes, *, ocr: bool = False) -> Found:
    """Raises Refused."""
    command = [sys.executable, "-m", "luytre.reporting.reading.child", kind or "zip", *(["ocr"] if ocr else [])]
    seconds = SECONDS + (scans.SECONDS if ocr else 0)
    return found_in(answer(command, content, seconds=seconds))


def answer(command: list[str], content: bytes, *, seconds: float) -> bytes:
    """What the process said; nothing when it was ended. Neither side can make the other wait for ever."""
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", os.defpath), "PYTHONUTF8": "1", "OMP_THREAD_LIMIT": "2"},
        start_new_session=True,
    )
    is_late = Event()
    watch = Timer(seconds, end_late, [process, is_late])
    feeder = Thread(target=feed, args=(process.stdin, content), daemon=True)
    watch.start()
    feeder.start()
    try:
        said = process.stdout.read(MAX_ANSWER + 1) if process.stdout else b""
        if len(said) > MAX_ANSWER:
            end(process)
        code = process.wait()
    finally:
        watch.cancel()
        end(process)
        process.wait()
        feeder.join()
        if process.stdout:
            process.stdout.close()
    if is_late.is_set() or code == -signal.SIGXCPU or code == -signal.SIGKILL:
        raise Refused(Trouble.TOO_HARD)
    return said if code == 0 else b""


def feed(pipe: IO[bytes] | None, content: bytes) -> None:
    with suppress(OSError):
        if pipe:
            pipe.write(content)
    with suppress(OSError):
        if pipe:
            pipe.close()


def end_late(process: subprocess.Popen[bytes], is_late: Event) -> None:
    is_late.set()
    end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """With whatever it started itself."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def found_in(said: bytes) -> Found:
    try:
        told = json.loads(said)
        if "trouble" in told:
            raise Refused(Trouble(told["trouble"]))
        notes = [Note(**note) for note in told["notes"]]
        return Found(Kind(told["kind"]), told["text"], told["pages"], notes)
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(Trouble.BROKEN) from error
