"""The tip line under load: sealed tips a second at 1, 4 and 16 reporters, the page without scripts, an inbox of 10,000,
ten thousand posts of garbage, and how long a cheap phone seals."""

import argparse
import http.client
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

import psycopg

from bench._figures.measuring import Times, say
from bench._report import tell
from luytre.running.children import members_of
from luytre.running.database import processes_in
from luytre.running.home import PROJECT
from luytre.tips.sealing import Sealer, sealer
from tests.running.house import House
from tests.running.tip_line import FORM, Reporter, TipHouse, door_of, plain_form
from tests.tips import presealed

REPORTERS = (1, 4, 16)
SENTENCE = "Đêm qua hai người bẻ khoá nhà văn hoá bản rồi khiêng loa đi về phía cầu treo."


@dataclass
class Sent:
    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds


def at_once(
    reporters: int, posts: list[Callable[[Reporter], tuple[int, bytes]]], port: int, accepted: tuple[int, ...]
) -> Sent:
    """Each reporter sends the next of what waits, over one connection that is kept."""
    sent, waiting, lock = Sent(), iter(posts), threading.Lock()
    ready = threading.Barrier(reporters + 1)

    def work() -> None:
        one = Reporter(port)
        one.ask("GET", "/healthz")
        ready.wait()
        while True:
            with lock:
                post = next(waiting, None)
            if post is None:
                return
            begun = time.perf_counter()
            try:
                status, said = post(one)
            except (OSError, http.client.HTTPException) as error:
                status, said = 0, str(error).encode()
            took = (time.perf_counter() - begun) * 1000
            if status in accepted:
                sent.milliseconds.append(took)
            else:
                sent.failures.append(f"{status} {said[:80]!r}")

    threads = [threading.Thread(target=work) for _each in range(reporters)]
    for thread in threads:
        thread.start()
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    sent.seconds = time.perf_counter() - begun
    return sent


@dataclass
class Bench:
    quick: bool
    figures: dict[str, float] = field(default_factory=dict)
    aims: dict[str, tuple[str, float]] = field(default_factory=dict)

    def note(self, name: str, value: float, *aim: Any) -> None:
        self.figures[name] = round(value, 2)
        if aim:
            self.aims[name] = (aim[0], aim[1])

    def sealed_tips(self, house: TipHouse, founded: dict[str, Any]) -> None:
        total = 0
        for reporters in REPORTERS:
            count = 300 if self.quick else 2000
            say(f"sealing {count} tips…")
            asked = Reporter(house.port).keys(founded["desk"])
            tips = [presealed.tip(door_of(founded), SENTENCE) for _each in range(count)]
            bodies = [one.posted(asked["challenge"], asked["bits"]) for one in tips]
            posts = [lambda one, body=body: one.post("sealed/", body) for body in bodies]
            before = cpu_seconds(house)
            sent = at_once(reporters, posts, house.port, (201,))
            cost = (cpu_seconds(house) - before) * 1000 / max(len(sent.milliseconds), 1)
            self.note(f"reporters_{reporters}_cpu_ms_a_tip", cost)  # whatever else the machine does
            times = Times(sent.milliseconds)
            say(
                f"{reporters:2} reporters: {sent.rate:.0f} tips a second, {times}, {len(sent.failures)} failed, {cost:.1f} ms of processor"
            )
            key = f"reporters_{reporters}"
            self.note(f"{key}_a_second", sent.rate, "at least", 100)
            self.note(f"{key}_p50_ms", times.median)
            self.note(f"{key}_p95_ms", times.p95, *(("at most", 100) if reporters == 16 else ()))
            self.note(f"{key}_failures", len(sent.failures), "at most", 0)
            total += len(sent.milliseconds)
        with psycopg.connect(house.cluster.url()) as connection:
            stored = int((connection.execute("SELECT count(*) FROM tips_tip").fetchone() or (0,))[0])
        self.note("accepted_and_not_stored_once", abs(stored - total), "at most", 0)
        self.note("web_megabytes", resident(house))

    def plain_page(self, house: TipHouse, founded: dict[str, Any]) -> None:
        for reporters in (1, 4):
            posts = [
                lambda one: one.ask("POST", "/tips/plain/", plain_form(founded, SENTENCE), FORM)
                for _each in range(8 if self.quick else 40)
            ]
            sent = at_once(reporters, posts, house.port, (200,))
            times = Times(sent.milliseconds or [0.0])
            say(
                f"page without scripts, {reporters}: {sent.rate:.1f} a second, {times}, {len(sent.failures)} told to wait"
            )
            self.note(f"plain_{reporters}_a_second", sent.rate)
            self.note(f"plain_{reporters}_p95_ms", times.p95)
            self.note(f"plain_{reporters}_told_to_wait", len(sent.failures))

    def garbage(self, house: TipHouse) -> None:
        chance, count = random.Random(1), 1000 if self.quick else 10_000
        with psycopg.connect(house.cluster.url()) as connection:
            before = connection.execute("SELECT count(*) FROM tips_tip").fetchone()
            bodies = [chance.randbytes(chance.randrange(20_000)) for _each in range(count)]
            posts = [lambda one, body=body: one.post("sealed/", body) for body in bodies]
            sent = at_once(4, posts, house.port, (400,))
            connection.rollback()
            after = connection.execute("SELECT count(*) FROM tips_tip").fetchone()
        say(f"{count} posts of garbage: {sent.rate:.0f} refused a second")
        self.note("garbage_refused_a_second", sent.rate)
        self.note("garbage_not_refused", len(sent.failures), "at most", 0)
        self.note("garbage_changed_tips", float(before != after), "at most", 0)

    def inbox(self, house: TipHouse, founded: dict[str, Any]) -> None:
        """The officer's first page with ten thousand tips that wait."""
        with psycopg.connect(house.cluster.url()) as connection:
            (columns,) = connection.execute(COLUMNS).fetchone() or ("",)
            connection.execute(MANY.format(columns=columns), {"desk": founded["desk"], "wanted": 10_000})
        with psycopg.connect(house.cluster.url(), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        cookie = house.run("shell", "--verbosity=0", "-c", SIGNED_IN % founded["desk"]).partition("COOKIE ")[2].strip()
        with Reporter(house.port, {"Cookie": cookie}) as one:
            for name, path in (("page", ""), ("rows", "rows/")):
                times, size = [], 0
                for _round in range(30):
                    begun = time.perf_counter()
                    status, said = one.ask("GET", f"/tips/work/{founded['desk']}/{path}")
                    times.append((time.perf_counter() - begun) * 1000)
                    size = len(said)
                    assert status == 200, (status, said[:200])
                say(f"inbox of 10,000, {name}: {Times(times)}, {size / 1000:.0f} kB")
                self.note(f"inbox_{name}_p95_ms", Times(times).p95, "at most", 100)
                self.note(f"inbox_{name}_kilobytes", size / 1000, "at most", 100)

    def phone(self, house: TipHouse, founded: dict[str, Any], seals: Sealer) -> None:
        """In Chromium, slowed down to a quarter: about a phone of 2019 on this machine."""
        from playwright.sync_api import sync_playwright

        script = bundled()
        with sync_playwright() as browsers:
            browser = browsers.chromium.launch(executable_path=os.environ.get("LUYTRE_CHROMIUM") or "/usr/bin/chromium")
            page = browser.new_page()
            page.route(
                "**/static/measured.js", lambda route: route.fulfill(body=script, content_type="text/javascript")
            )
            page.goto(f"http://127.0.0.1:{house.port}/healthz")
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            asked = {"chain": founded["chain"], "root": house.root["key"], "desk": founded["desk"], "text": SENTENCE}
            for name, size in (("text", 0), ("20_mb", 20 * 1024 * 1024)):
                took = page.evaluate(
                    "async ([asked, size]) => (await import('/static/measured.js')).measured(asked, size)",
                    [asked, size],
                )
                say(f"sealing {name} on a slow phone: {took / 1000:.1f} s")
                self.note(f"phone_seals_{name}_seconds", took / 1000)
            browser.close()


MANY = """
WITH one AS (SELECT * FROM tips_tip WHERE desk_id = %(desk)s LIMIT 1),
made AS (
  INSERT INTO tips_tip (id, received_at, {columns})
  SELECT gen_random_uuid(), received_at - n * interval '1 hour', {columns}
  FROM one, generate_series(1, %(wanted)s - (SELECT count(*) FROM tips_tip)) AS n RETURNING id)
INSERT INTO tips_wrapping (tip_id, epoch_id, sealed)
SELECT made.id, epoch_id, sealed FROM made, tips_wrapping WHERE tip_id = (SELECT id FROM one) AND epoch_id IS NOT NULL
"""
COLUMNS = """
SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns
WHERE table_name = 'tips_tip' AND column_name NOT IN ('id', 'received_at', 'lookup')
"""
SIGNED_IN = """
from datetime import date
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from luytre.accounts.models import Assignment, User
from luytre.accounts.roles import Role
from luytre.tips.models import Desk
user, desk = User.objects.get(username="truc0"), Desk.objects.get(pk="%s")
Assignment.objects.create(user=user, role=Role.DUTY_OFFICER, area=desk.area, valid_from=date(2025, 7, 1))
user.choose_password("mat khau do 4471")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "luytre.accounts.backends.SignInBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.save()
print("COOKIE", f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
"""
MEASURED = """
import { checked } from "./seal/chain.js";
import { newTip } from "./seal/tip.js";
import { START, sealPart } from "./seal/part.js";
export async function measured({ chain, root, desk, text }, size) {
  const list = checked(chain, { root, desk });
  const file = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(file.subarray(at, at + 65536));
  const begun = performance.now();
  const tip = await newTip({ told: { text, matter: "theft", kind: "tip" }, files: size ? 1 : 0, list, root });
  if (!size) return performance.now() - begun;
  const from = performance.now();
  await sealPart({ tip: tip.id, direction: "reporter", kind: "file", before: tip.last, seen: START }, file, tip);
  return performance.now() - from;
}
"""


def bundled() -> str:
    esbuild = next((PROJECT / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
    command = [str(esbuild), "--bundle", "--format=esm", "--minify", "--target=es2020"]
    folder = PROJECT / "luytre" / "tips" / "scripts"
    return subprocess.run(command, input=MEASURED, cwd=folder, text=True, capture_output=True, check=True).stdout


def cpu_seconds(house: House) -> float:
    """Of web server and database so far."""
    ticks = 0
    for process in [*members_of(int((house.path / "run" / "web.pid").read_text())), *processes_in(house.cluster.data)]:
        with suppress(OSError):
            told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident(house: House) -> float:
    """Of the web server's processes, in megabytes."""
    total = 0
    for process in members_of(int((house.path / "run" / "web.pid").read_text())):
        with suppress(OSError):
            status = Path(f"/proc/{process}/status").read_text()
            total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return total / 1024


@contextmanager
def line() -> Iterator[tuple[TipHouse, dict[str, Any], Sealer]]:
    import shutil

    folder = Path(tempfile.mkdtemp(prefix="luytre-tips-"))
    folder.chmod(0o755)
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        with sealer() as seals:
            house = TipHouse(folder, port, seals.ask("signer"))
            house.move_in()
            with house.cluster.in_use():
                founded = house.found()
                with house.running():
                    yield house, founded, seals
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="script/bench tips", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer tips")
    bench = Bench(asked.parse_args(arguments).quick)
    with line() as (house, founded, seals):
        bench.sealed_tips(house, founded)
        bench.garbage(house)
        bench.plain_page(house, founded)
        bench.inbox(house, founded)
        try:
            bench.phone(house, founded, seals)
        except Exception as error:  # without a browser the rest still counts
            say(f"not measured in a browser: {str(error).splitlines()[0]}")
    return tell("tips", bench.figures, bench.aims)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
