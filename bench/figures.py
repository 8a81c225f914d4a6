"""A nation's figures: read, ranked and written in ours, in the shape of DHIS2, by DuckDB and with pandas, on one machine.

`--home FOLDER` keeps the data, so that a second run measures at once; without it everything is made anew and removed.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from socket import socket
from typing import Any

from bench._figures import measuring, questions, serving, writing
from bench._figures.dhis2 import Dhis2
from bench._figures.duck import Duck
from bench._figures.measuring import Times, many, say, shown, taken
from bench._figures.nation import FULL, QUICK, Nation, Size
from bench._figures.questions import Ours, Question, Questions
from bench._figures.returns_zip import ReturnsZip
from bench._figures.workbooks import COMMUNES, Workbooks
from bench._figures.writing import Desk
from bench._report import tell
from tests.running.house import House, house

RATE = 200  # returns a second that are sent while somebody reads
KEYS = ("by_month", "communes", "ranking", "custom", "long", "stocks")
LIMITS = {"ranking": (60, 60)}  # milliseconds in the database, through HTTP; 20 and 60 for the others
Aims = dict[str, tuple[str, float]]


@dataclass
class Bench:
    nation: Nation
    is_quick: bool
    folder: Path
    figures: dict[str, float] = field(default_factory=dict)
    aims: Aims = field(default_factory=dict)

    def aim(self, name: str, value: float, how: str = "", limit: float = 0) -> None:
        self.figures[name] = round(value, 3 if value < 10 else 1)
        if how:
            self.aims[name] = (how, limit)

    # reading, beside the peers

    def side_by_side(self) -> None:
        peer = Dhis2(self.nation)
        say("\nThe DHIS2-shaped table over the same values…")
        peer.build()
        duck = Duck(peer, self.folder)
        duck.build()
        self.aim("dhis2_analytics_build_seconds", peer.seconds)
        self.aim("dhis2_analytics_gigabytes", peer.gigabytes)
        self.aim("parquet_export_seconds", duck.seconds)
        self.aim("parquet_gigabytes", duck.gigabytes)
        asked = Questions(self.nation, peer, duck)
        rounds = {"ours": 15, "duckdb": 5, "dhis2": 3}
        for key, question in zip(KEYS, asked.every(), strict=True):
            self.one(key, question, rounds)
        self.workbooks()

    def one(self, key: str, question: Question, rounds: dict[str, int]) -> None:
        times, answers = questions.side_by_side(question, rounds)
        ours = times["ours in the database"]
        rows: list[tuple[object, ...]] = [("", "median (min to max)", "ours faster by")]
        rows.append(("ours, statements in the database", times["ours in the database"], ""))
        rows.append(("ours, whole call in Python", times["ours"], ""))
        for name, label in (("dhis2", "DHIS2 shape"), ("duckdb", "DuckDB over Parquet")):
            rows.append((label, times[name], f"{times[name].median / ours.median:,.0f}×"))
        say(f"\n{question.name}")
        measuring.table(rows)
        wrong = {name: questions.differ(answers["ours"], answers[name]) for name in ("dhis2", "duckdb")}
        say(
            f"  {len(answers['ours'])} numbers; different from DHIS2 shape: {wrong['dhis2']}, from DuckDB: {wrong['duckdb']}"
        )
        self.aim(f"{key}_differences", sum(wrong.values()), "at most", 0)
        self.aim(f"{key}_ms", ours.median)
        faster = times["dhis2"].median / ours.median
        self.aim(f"{key}_times_faster_than_dhis2", faster, *(() if self.is_quick else ("at least", question.least)))
        self.aim(f"{key}_times_faster_than_duckdb", times["duckdb"].median / ours.median)

    def workbooks(self) -> None:
        """A month of the nation, as offices add it up; in proportion to a few workbooks that are really read."""
        books = Workbooks(self.folder, 20 if self.is_quick else 100)
        books.build()
        times = Times(books.month_of_the_nation(3))
        say(
            f"\npandas over {COMMUNES:,} workbooks of one month, in proportion to {books.count} that were read: {times}"
        )
        self.aim("pandas_month_seconds", times.median / 1000)
        self.aim("pandas_times_slower_for_a_month", times.median / self.figures["communes_ms"])

    # reading while others write

    def busy(self, asked: Questions, desk: Desk, callers: serving.Callers) -> None:
        get = callers.get()
        say(f"\nWhile {writing.WRITERS} writers send {RATE} returns of {len(self.nation.form.codes)} numbers a second:")
        with writing.steady(desk, rate=RATE) as outcome:
            for key, question in zip(KEYS, asked.every(), strict=True):
                self.while_written(key, question, get)
        say(
            f"  {outcome.acknowledged} returns at {outcome.rate:.0f} a second, each {Times(outcome.milliseconds)};"
            f" lost {outcome.lost}; {outcome.checks} totals read right after an acknowledgement, stale {outcome.stale}"
        )
        self.aim("busy_returns_a_second", outcome.rate)
        self.aim("busy_lost", outcome.lost, "at most", 0)
        self.aim("busy_stale_totals", outcome.stale, "at most", 0)
        self.aim("busy_totals_checked", outcome.checks, "at least", 5)

    def while_written(self, key: str, question: Question, get: Callable[[str], bytes]) -> None:
        rounds, (in_database, through_http) = 20 if self.is_quick else 60, LIMITS.get(key, (20, 60))
        ours = Ours(question.ours)
        many(ours, times=rounds)
        database, http = Times(ours.statements[1:]), many(lambda: get(question.address), times=rounds)
        say(
            f"  {question.name}: database p95 {shown(database.p95)} ms, HTTP p95 {shown(http.p95)} ms (median {shown(http.median)})"
        )
        self.aim(f"busy_{key}_p95_ms", database.p95, "at most", in_database)
        self.aim(f"busy_{key}_http_p95_ms", http.p95, "at most", through_http)

    # writing as fast as it goes

    def writes(self, desk: Desk) -> None:
        done = writing.saturate(desk, seconds=10 if self.is_quick else 20)
        say(
            f"\nSaturation, {writing.WRITERS} writers in the database: {done['rate']:,.0f} returns of 60 numbers a second, lost {done['lost']:.0f}"
        )
        self.aim("returns_a_second_in_the_database", done["rate"], "at least", 4000)
        self.aim("lost_at_saturation", done["lost"], "at most", 0)

    def posts(self, desk: Desk, callers: serving.Callers) -> None:
        window = desk.fresh_past_window()
        say("\nThrough HTTP (POST /api/v1/dataValueSets), each return checked as its page checks it:")
        refused, acknowledged = 0, 0
        for label, name, bodies in (
            ("a commune's residential areas in one call", "returns_a_second_through_http", serving.by_commune),
            ("one return in a call", "single_returns_a_second_through_http", serving.one_each),
        ):
            posted, seconds = writing.post(callers.poster, bodies(desk, window), seconds=8 if self.is_quick else 20)
            rate = posted.acknowledged / seconds
            say(f"  {label}: {rate:,.0f} returns a second, each call {Times(posted.milliseconds)}")
            if posted.refused:
                say(f"  refused {len(posted.refused)}, such as {posted.refused[0]}")
            self.aim(name, rate, *(("at least", 400) if name == "returns_a_second_through_http" else ()))
            refused, acknowledged = refused + len(posted.refused), acknowledged + posted.acknowledged
        self.aim("http_refused", refused, "at most", 0)
        self.aim("http_lost", acknowledged - desk.count(window, only=True), "at most", 0)

    def saturated_reads(self, asked: Questions, callers: serving.Callers) -> None:
        """How many questions a second the server answers when eight ask at once."""
        for key, question in list(zip(KEYS, asked.every(), strict=True))[:3]:
            gets = [callers.get() for _each in range(writing.WRITERS)]
            rate = serving.answers_a_second(gets, question.address, seconds=3 if self.is_quick else 8)
            say(f"  {question.name}: {rate:.0f} answers a second with {len(gets)} callers")
            self.aim(f"{key}_answers_a_second", rate)

    def memory(self, asked: Questions, callers: serving.Callers) -> None:
        few, more = (200, 2_000) if self.is_quick else (1_000, 10_000)
        get, addresses = callers.get(), [question.address for question in asked.every()[:2]] + ["/healthz"]
        ask(get, addresses, few)
        before = serving.resident_megabytes(self.nation)
        ask(get, addresses, more - few)
        after = serving.resident_megabytes(self.nation)
        say(
            f"\nResident memory of the web server: {before:.0f} MB after {few:,} requests, {after:.0f} MB after {more:,}"
        )
        self.aim("megabytes_after_the_first_requests", before)
        self.aim("megabytes_after_ten_times_as_many", after)
        self.aim("memory_growth", after / before, "at most", 1.1)

    # a nation's month as workbooks

    def zip(self) -> None:
        month = ReturnsZip(self.nation, self.folder, 200 if self.is_quick else None)
        writing_seconds = month.write()
        found = month.read()
        count, refused = len(found.judged), found.count("refused")
        megabytes = month.path.stat().st_size / 1e6
        say(
            f"\nA zip of {count:,} workbooks ({megabytes:.0f} MB, written in {writing_seconds:.1f} s): read in"
            f" {found.parsing:.1f} s, checked in {found.judging:.1f} s, refused {refused}"
        )
        self.aim("zip_workbooks", count)
        self.aim("zip_written_seconds", writing_seconds)
        self.aim("zip_parsed_seconds", found.parsing)
        self.aim("zip_checked_seconds", found.judging)
        self.aim("zip_read_and_checked_seconds", found.seconds, *(() if self.is_quick else ("at most", 25)))
        self.aim("zip_refused", refused, "at most", 0)

    def verify(self) -> None:
        from luytre.reporting.facts import keeping

        differences: list[object] = []
        seconds = taken(lambda: differences.extend(keeping.verify())) / 1000
        say(f"\nWhole-nation verify: {seconds:.1f} s, {len(differences)} differences")
        self.aim("verify_seconds", seconds, "at most", 300)
        self.aim("verify_differences", len(differences), "at most", 0)


def ask(get: Callable[[str], bytes], addresses: list[str], times: int) -> None:
    for number in range(times):
        get(addresses[number % len(addresses)])


@contextmanager
def at(folder: Path | None) -> Iterator[House]:
    if folder is None:
        new = Path(tempfile.mkdtemp(prefix="luytre-figures-"))
        new.chmod(0o755)
        with house(new) as one:
            yield one
        return
    folder.mkdir(parents=True, exist_ok=True)
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield House(folder.absolute(), port)


def measure(bench: Bench, parts: set[str]) -> None:
    nation = bench.nation
    nation.make()
    nation.set_up_django()
    peer = Dhis2(nation)
    asked = Questions(nation, peer, Duck(peer, bench.folder))
    if "peers" in parts:
        bench.side_by_side()
    desk, callers = Desk(nation), serving.Callers(nation)
    desk.open()
    callers.invite()
    with serving.serving(nation):
        if "busy" in parts:
            bench.busy(asked, desk, callers)
        if "writes" in parts:
            bench.writes(desk)
        if "saturation" in parts:
            bench.saturated_reads(asked, callers)
        if "memory" in parts:
            bench.memory(asked, callers)
        if "posts" in parts:
            bench.posts(desk, callers)
    if "zip" in parts:
        bench.zip()
    if "verify" in parts:
        bench.verify()


PARTS = ("peers", "busy", "writes", "saturation", "memory", "posts", "zip", "verify")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench figures", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small nation, within five minutes")
    parser.add_argument("--home", type=Path, help="keep the data in this folder, and use what is there")
    parser.add_argument("--areas", type=int, help="residential areas")
    parser.add_argument("--months", type=int, help="months; before July 2025 the communes of that time")
    parser.add_argument(
        "--dhis2-months", type=int, help="so many of them for the DHIS2-shaped table (40 GB for twelve)"
    )
    parser.add_argument("--parts", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    return parser.parse_args()


def size_of(given: argparse.Namespace) -> Size:
    size = QUICK if given.quick else FULL
    named: dict[str, Any] = {name: getattr(given, name) for name in ("areas", "months", "dhis2_months")}
    return replace(size, **{name: value for name, value in named.items() if value})


def main() -> int:
    given = options()
    with at(given.home) as one, tempfile.TemporaryDirectory(prefix="luytre-peers-") as peers:
        nation = Nation(one, size_of(given))
        bench = Bench(nation, given.quick, Path(peers))
        with nation.cluster.in_use():
            measure(bench, set(given.parts.split(",")))
    return tell("figures", bench.figures, bench.aims)


if __name__ == "__main__":
    sys.exit(main())
