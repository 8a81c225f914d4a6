"""Units that send their return of sixty numbers, eight at a time, and somebody who checks what the totals then say."""

import multiprocessing
import os
import random
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from bench._figures.nation import Nation

WRITERS = 8
FRESH = 1_000_000  # hundredths; what a checker writes is larger than chance
UNITS = """
DROP TABLE IF EXISTS bench_unit;
CREATE UNLOGGED TABLE bench_unit AS
SELECT id, row_number() OVER (ORDER BY md5(code))::int n FROM areas_area WHERE level = 'residential' AND valid_to IS NULL;
CREATE UNIQUE INDEX ON bench_unit (n);
ANALYZE bench_unit;
"""
SUBMIT = """
\\set k :k + 1
\\set n :client_id * {share} + :k % {share} + 1
\\set m :k / {share}
SELECT * FROM reporting_submit({form}, (SELECT id FROM bench_unit WHERE n = :n),
    (date '{first}' + make_interval(months => :m))::date, (date '{last}' + make_interval(months => :m))::date,
    '{values}'::bigint[], NULL, NULL, NULL, 30, {by}, now(), 0);
"""
VARIANTS = 16  # different sixty numbers


@dataclass
class Desk:
    """Where writers take their units from; each return is sent once."""

    nation: Nation
    units: list[int] = field(default_factory=list)

    def open(self) -> None:
        with self.nation.owner() as connection:
            for statement in UNITS.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            self.units = [pk for (pk,) in connection.execute("SELECT id FROM bench_unit ORDER BY n")]

    def fresh_window(self) -> Any:
        """The month after the last one that anybody sent anything for."""
        from luytre.common.periods import month_of
        from luytre.reporting.models import Return

        last = Return.objects.filter(form=self.nation.form).order_by("-last_day").values_list("last_day", flat=True)[0]
        return month_of(last.replace(day=20))

    @property
    def author(self) -> int:
        from luytre.accounts.models import User

        return int(User.objects.get(username="mo-phong").pk)

    def fresh_past_window(self) -> Any:
        """A month that is over and for which nobody of these units sent anything: the reform's own months are left."""
        from django.utils import timezone

        from luytre.common.periods import months_back
        from luytre.reporting.models import Return

        taken = set(Return.objects.filter(form=self.nation.form).values_list("last_day", flat=True).distinct())
        over = [one for one in months_back(timezone.localdate(), 24) if one.last_day < timezone.localdate()]
        return next(one for one in reversed(over) if one.last_day not in taken and one.first_day >= date(2025, 7, 1))

    def count(self, window: Any, *, only: bool = False) -> int:
        """Returns of this month, and of later ones unless `only` this one."""
        from luytre.reporting.models import Return

        rows = Return.objects.filter(form=self.nation.form, number__gt=0)
        return (rows.filter(last_day=window.last_day) if only else rows.filter(last_day__gte=window.last_day)).count()


# as fast as the database takes them


def saturate(desk: Desk, *, seconds: int) -> dict[str, float]:
    """pgbench with the statement of the product; while the server's folder works every second."""
    window, before = desk.fresh_window(), time.monotonic()
    share = max(1, len(desk.units) // WRITERS)
    with tempfile.TemporaryDirectory() as folder:
        scripts = [Path(folder) / f"{number}.sql" for number in range(VARIANTS)]
        for script in scripts:
            values = ",".join(str(random.randrange(200) * 100) for _each in desk.nation.form.codes)
            text = SUBMIT.format(
                share=share, form=desk.nation.form.pk, by=desk.author, values=f"{{{values}}}",
                first=window.first_day, last=window.last_day,
            )  # fmt: skip
            script.write_text(text)
        done = run_pgbench(desk.nation, scripts, seconds)
    told = re.search(r"actually processed: (\d+)", done)
    rate = re.search(r"tps = ([\d.]+)", done)
    if not told or not rate:
        raise RuntimeError(done)
    acknowledged = int(told[1])
    return {
        "rate": float(rate[1]), "acknowledged": acknowledged, "lost": acknowledged - desk.count(window),
        "seconds": time.monotonic() - before,
    }  # fmt: skip


def run_pgbench(nation: Nation, scripts: list[Path], seconds: int) -> str:
    cluster = nation.cluster
    program = next(path for path in (cluster.programs / "pgbench", Path("/usr/bin/pgbench")) if path.exists())
    command = [
        str(program),
        "-h",
        str(cluster.socket),
        "-U",
        "luytre_app",
        "-n",
        "-M",
        "prepared",
        "-c",
        str(WRITERS),
        "-j",
        "2",
    ]
    command += ["-T", str(seconds), "-D", "k=-1", *(f"-f{script}" for script in scripts), "luytre"]
    environment = {**os.environ, "PGPASSWORD": nation.home.secret("database_luytre_app")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode or "aborted" in done.stderr:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


# so many a second, as on a busy day


@dataclass(frozen=True)
class Errand:
    """What one writing process is sent to do."""

    environment: Mapping[str, str]
    form: int
    author: int
    nation: int
    window: tuple[Any, Any]
    units: list[int]
    each: float  # seconds from one return to the next
    check_every: int


@contextmanager
def steady(desk: Desk, *, rate: float) -> Iterator["Outcome"]:
    """Eight processes send `rate` returns a second together, through the product's own verb."""
    context = multiprocessing.get_context("spawn")
    window, stop, told = desk.fresh_window(), context.Event(), context.Queue()
    environment = {name: os.environ[name] for name in os.environ if name.startswith(("LUYTRE_", "DJANGO_"))}
    writers = [
        context.Process(
            target=write,
            args=(
                Errand(
                    environment, desk.nation.form.pk, desk.author, desk.nation.whole.pk,
                    (window.first_day, window.last_day), desk.units[number::WRITERS], WRITERS / rate, 25,
                ),
                stop,
                told,
            ),
        )
        for number in range(WRITERS)
    ]  # fmt: skip
    outcome = Outcome(desk, window)
    for writer in writers:
        writer.start()
    for _each in writers:
        told.get(timeout=120)  # they are ready
    outcome.began = time.monotonic()
    try:
        yield outcome
    finally:
        stop.set()
        outcome.ended = time.monotonic()
        for _each in writers:
            acknowledged, stale, checks, slow = told.get(timeout=120)
            outcome.acknowledged += acknowledged
            outcome.stale += stale
            outcome.checks += checks
            outcome.milliseconds += slow
        for writer in writers:
            writer.join()


@dataclass
class Outcome:
    desk: Desk
    window: Any
    acknowledged: int = 0
    stale: int = 0
    checks: int = 0
    began: float = 0
    ended: float = 0
    milliseconds: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.acknowledged / (self.ended - self.began)

    @property
    def lost(self) -> int:
        return self.acknowledged - self.desk.count(self.window)


def write(errand: Errand, stop: Any, told: Any) -> None:
    """Send return after return; now and then read a total right after the acknowledgement that promised it."""
    os.environ.update(errand.environment)
    import django

    django.setup()
    writer = Writer(errand)
    told.put("ready")
    writer.work(stop)
    told.put((writer.acknowledged, writer.stale, writer.checks, writer.milliseconds[-2000:]))


class Writer:
    def __init__(self, errand: Errand) -> None:
        from luytre.accounts.models import User
        from luytre.areas.models import Area
        from luytre.common.periods import Window
        from luytre.reporting.models import ReturnForm

        self.errand = errand
        self.form = ReturnForm.objects.get(pk=errand.form)
        self.author = User.objects.get(pk=errand.author)
        self.nation = Area.objects.get(pk=errand.nation)
        self.window = Window(*errand.window)
        self.acknowledged = self.stale = self.checks = 0
        self.milliseconds: list[float] = []
        self.flow = next(n for n, stock in enumerate(self.form.stocks) if not stock)

    def work(self, stop: Any) -> None:
        due = time.monotonic() + random.random() * self.errand.each
        for number, unit in enumerate(self.errand.units):
            if stop.wait(max(0, due - time.monotonic())):
                return
            due += self.errand.each
            if number % self.errand.check_every == 0:
                self.check(unit)
            else:
                self.send(unit, 0)

    def send(self, unit: int, more: int) -> None:
        from django.utils import timezone

        from luytre.areas.models import Area
        from luytre.reporting.facts import posting

        values = [random.randrange(200) * 100 for _each in self.form.codes]
        values[self.flow] += more
        began = time.perf_counter()
        posting.submit(self.form, Area(pk=unit), self.window, values, by=self.author, at=timezone.now(), base_number=0)
        self.milliseconds.append((time.perf_counter() - began) * 1000)
        self.acknowledged += 1

    def check(self, unit: int) -> None:
        """Others only add meanwhile, so that the total may be more, never less."""
        before = self.total()
        self.send(unit, FRESH)
        self.checks += 1
        self.stale += self.total() < before + FRESH // 100

    def total(self) -> int:
        from luytre.reporting import rollup

        code = self.form.codes[self.flow]
        ((figure,),) = rollup.series(self.nation, [code], [self.window]).values()
        parts = rollup.table(self.nation, [code], self.window)[code]
        return int(min(figure.value or 0, parts.value or 0))


# through the server


@dataclass
class Posted:
    acknowledged: int = 0
    refused: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def post(send: Any, bodies: Iterator[tuple[bytes, int]], *, seconds: float) -> tuple[Posted, float]:
    """Eight threads, each with a connection and a token of its own; `send(number)` opens one."""
    posted, lock, began = Posted(), threading.Lock(), time.monotonic()

    def work(number: int) -> None:
        call = send(number)
        while time.monotonic() - began < seconds:
            with lock:
                body, count = next(bodies)
            start = time.perf_counter()
            status, answer = call(body)
            with lock:
                posted.milliseconds.append((time.perf_counter() - start) * 1000)
                if status == 200:
                    posted.acknowledged += count
                else:
                    posted.refused.append(f"{status} {answer[:300]!r}")

    threads = [threading.Thread(target=work, args=[number]) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return posted, time.monotonic() - began
