"""A house with a tip line: a desk with keys, a server that writes all its words to a file, reporters who post."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luytre.running.children import members_of
from luytre.running.database import processes_in
from tests.running.house import House
from tests.tips.presealed import Door, Presealed

FOUND = """
import json, sys
from luytre.accounts.models import Assignment, User
from luytre.areas.models import Area
from luytre.tips.founding import Founding
from luytre.tips import keychain
from luytre.tips.sealing import sealer
commune = Area.objects.filter(level="commune").order_by("code").first()
people = [User.objects.create(username=f"truc{n}", full_name="Trực ban") for n in range(3)]
with sealer() as seals:
    founding = Founding(seals)
    founding.root = json.loads(%r)
    founding.certify_province("11")
    made = founding.open_desk(
        commune, province="11", officers=people[:2], custodians=people, words="chau song en", name="Công an xã Thử"
    )
    epoch = made.desk.epoch
    print("FOUNDED", json.dumps({
        "desk": str(made.desk.pk), "epoch": epoch.number, "recipient": epoch.recipient,
        "identity": made.epoch_identity, "chain": keychain.of(made.desk.pk),
    }))
"""


@dataclass(frozen=True)
class TipHouse(House):
    root: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        more = {"LUYTRE_TIPS_ROOT": self.root["key"], "TMPDIR": str(self.temporary), "LUYTRE_TIPS_AN_HOUR": "1000000"}
        return {**super().environment, **more}

    @property
    def temporary(self) -> Path:
        folder = self.path / "temporary"
        folder.mkdir(parents=True, exist_ok=True, mode=0o777)
        return folder

    @property
    def words(self) -> Path:
        return self.path / "server.log"

    def found(self) -> dict[str, Any]:
        """A desk."""
        said = self.run("shell", "--verbosity=0", "-c", FOUND % json.dumps(self.root))
        return dict(json.loads(said.partition("FOUNDED ")[2]))

    def start(self) -> "subprocess.Popen[bytes]":
        with self.words.open("ab") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "luytre", "serve", "--no-sample"],
                env=self.environment, cwd="/", stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.wait_until_healthy(server)  # type: ignore[arg-type]
        return server

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        server = self.start()
        try:
            yield server
        finally:
            server.terminate()
            server.wait(60)

    def processes(self, server: "subprocess.Popen[bytes]") -> list[int]:
        """The server, its parts, the database."""
        groups = [int(record.read_text()) for record in (self.path / "run").glob("*.pid")]
        parts = [process for group in groups for process in members_of(group)]
        return [server.pid, *parts, *processes_in(self.cluster.data)]

    def kill(self, server: "subprocess.Popen[bytes]", *, only_database: bool) -> None:
        doomed = processes_in(self.cluster.data) if only_database else self.processes(server)
        for process in doomed:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


@dataclass
class Reporter:
    """One connection that is kept, as a browser keeps it."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {**self.headers, **({"Content-Type": kind} if kind else {})}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def __enter__(self) -> "Reporter":
        return self

    def __exit__(self, *_what: object) -> None:
        self.close()

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def keys(self, desk: str) -> dict[str, Any]:
        return dict(json.loads(self.ask("GET", f"/tips/keys/{desk}/")[1]))

    def post(self, path: str, body: bytes) -> tuple[int, bytes]:
        return self.ask("POST", f"/tips/{path}", body, SEALED)

    def send(self, tip: Presealed, asked: dict[str, Any]) -> tuple[int, bytes]:
        return self.post("sealed/", tip.posted(asked["challenge"], asked["bits"]))

    def send_until_told(self, tip: Presealed, asked: dict[str, Any], seconds: float = 120) -> str:
        """As the page does: the same again until there is a receipt."""
        body, deadline = tip.posted(asked["challenge"], asked["bits"]), time.monotonic() + seconds
        while True:
            with suppress(OSError, http.client.HTTPException):
                status, answer = self.post("sealed/", body)
                if status in (200, 201):
                    return str(json.loads(answer)["receipt"])
            assert time.monotonic() < deadline, "never accepted"
            time.sleep(0.2)


SEALED = "application/octet-stream"
BOUNDARY = "ranh-gioi-cua-bieu-mau"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def plain_form(founded: dict[str, Any], words: str, file: bytes = b"", name: str = "") -> bytes:
    """What a browser without scripts posts."""
    fields = {"number": str(uuid.uuid4()), "desk": founded["desk"], "matter": "drugs", "text": words, "name": name}
    fields |= {"place": "", "exact": "", "when": "", "how": "", "persons": "", "contact": "", "act": "send"}
    parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    head = 'name="attached"; filename="tep.bin"\r\nContent-Type: application/octet-stream\r\n\r\n'
    parts += [head.encode() + file] if file else []
    lines = b"".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode() + one + b"\r\n" for one in parts)
    return lines + f"--{BOUNDARY}--\r\n".encode()


def door_of(founded: dict[str, Any]) -> Door:
    return Door(founded["desk"], founded["epoch"], founded["recipient"])
