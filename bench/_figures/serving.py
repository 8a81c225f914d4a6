"""The product's server, started as people start it, and asked over HTTP."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from bench._figures.nation import Nation
from bench._figures.writing import WRITERS, Desk
from luytre.running.children import members_of

UNLIMITED = {"LUYTRE_API_CALLS_A_MINUTE": "100000000"}


@contextmanager
def serving(nation: Nation) -> Iterator["subprocess.Popen[str]"]:
    """`luytre serve`: web server and worker, whose folder adds up every second."""
    server = subprocess.Popen(
        [sys.executable, "-m", "luytre", "serve", "--no-sample"],
        env={**nation.house.environment, **UNLIMITED}, cwd="/", text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        nation.house.wait_until_healthy(server)
        yield server
    finally:
        server.terminate()
        server.communicate(timeout=90)


@dataclass
class Callers:
    """Tokens: one that reads the nation, and one for each writer."""

    nation: Nation
    reader: str = ""
    writers: tuple[str, ...] = ()

    def invite(self) -> None:
        from luytre.areas.models import Area

        whole = [self.nation.whole]
        provinces = list(Area.objects.on(self.nation.months[-1].last_day).filter(level="province"))
        self.reader = token("do-doc", "ministry_desk", whole)
        self.writers = tuple(token(f"do-ghi-{number}", "province_desk", provinces) for number in range(WRITERS))

    def get(self) -> Callable[[str], bytes]:
        connection = self.connect()

        def get(path: str) -> bytes:
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.reader}"})
            answer = connection.getresponse()
            body = answer.read()
            assert answer.status == 200, f"{answer.status} {path} {body[:500]!r}"
            return body

        return get

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.nation.house.port, timeout=60)

    def poster(self, number: int) -> Callable[[bytes], tuple[int, bytes]]:
        connection, secret = self.connect(), self.writers[number]
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

        def send(body: bytes) -> tuple[int, bytes]:
            connection.request("POST", "/api/v1/dataValueSets", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()

        return send


def token(name: str, role: str, places: list[Any]) -> str:
    from django.utils import timezone

    from luytre.accounts.models import Assignment, User
    from luytre.api.models import Token

    person, _made = User.objects.get_or_create(username=name, defaults={"full_name": "Người đo", "password": "!"})
    for place in places:
        Assignment.objects.get_or_create(user=person, role=role, area=place, defaults={"valid_from": "2025-07-01"})
    return str(Token(name="bench").issue(by=person, at=timezone.now()))


Body = tuple[bytes, int]  # a data value set, and how many returns it holds


def one_each(desk: Desk, window: Any) -> Iterator[Body]:
    """A set for every unit by itself."""
    for units in communes(desk)[::2]:
        for unit in units:
            yield body(desk, window, [unit]), 1


def by_commune(desk: Desk, window: Any) -> Iterator[Body]:
    """The returns of all residential areas of a commune in one set, as another system sends them."""
    for units in communes(desk)[1::2]:
        yield body(desk, window, units), len(units)


def communes(desk: Desk) -> list[list[str]]:
    """Codes of the units, by commune."""
    from luytre.areas.models import Area

    rows = Area.objects.filter(pk__in=desk.units).order_by("path").values_list("path", "code")
    found: dict[str, list[str]] = {}
    for path, code in rows:
        found.setdefault(path.rsplit(".", 2)[0], []).append(code)
    return sorted(found.values(), key=lambda units: units[0][::-1])


def body(desk: Desk, window: Any, units: list[str]) -> bytes:
    values = [
        {"dataElement": code, "orgUnit": unit, "value": (crc32(unit.encode()) + n * 17) % 50}
        for unit in units
        for n, code in enumerate(desk.nation.form.codes)
    ]
    sent = {"dataSet": "simulated", "period": f"{window.last_day:%Y%m}", "comment": "Đo tải.", "dataValues": values}
    return json.dumps(sent).encode()


def resident_megabytes(nation: Nation) -> float:
    """Of the web server's processes, what they hold in memory."""
    group = int((nation.home.path / "run" / "web.pid").read_text())
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in members_of(group)]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def answers_a_second(gets: list[Callable[[str], bytes]], address: str, *, seconds: float) -> float:
    """All callers ask again as soon as they are answered."""
    until, counts = time.monotonic() + seconds, [0] * len(gets)

    def work(number: int) -> None:
        while time.monotonic() < until:
            gets[number](address)
            counts[number] += 1

    threads = [threading.Thread(target=work, args=[number]) for number in range(len(gets))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
