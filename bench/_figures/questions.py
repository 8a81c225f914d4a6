"""The questions, each asked of ours and of the peers, with the answers put side by side."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from bench._figures.dhis2 import Dhis2, iso
from bench._figures.duck import Duck
from bench._figures.measuring import Times, in_turns
from bench._figures.nation import UNTIL, Nation

Answer = Mapping[Any, float]
WINDOW = (date(2024, 12, 15), date(2025, 12, 14))


@dataclass
class Ours:
    """The product's own call, and how much of it is spent in the database."""

    work: Callable[[], Answer]
    statements: list[float] = field(default_factory=list)

    def __call__(self) -> Answer:
        from django.db import connection

        spent: list[float] = []

        def clock(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            began = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent.append((time.perf_counter() - began) * 1000)

        with connection.execute_wrapper(clock):
            answer = self.work()
        self.statements.append(sum(spent))
        return answer


@dataclass(frozen=True)
class Question:
    name: str
    ours: Callable[[], Answer]
    dhis2: Callable[[], Answer]
    duck: Callable[[], Answer]
    address: str
    least: int  # times faster than the DHIS2 shape


@dataclass
class Questions:
    nation: Nation
    peer: Dhis2
    duck: Duck

    def every(self) -> list[Question]:
        return [self.by_month(), self.communes(), self.ranking(), self.custom(), self.long(), self.stocks()]

    @cached_property
    def connection(self) -> Any:
        return self.nation.owner()

    def dhis2(self, text: str, *, known: Callable[[tuple[Any, ...]], Any]) -> Answer:
        return {known(row): float(row[-1]) for row in self.connection.execute(text)}

    def ducks(self, text: str, *, known: Callable[[tuple[Any, ...]], Any], value: int = -1) -> Answer:
        return {known(row): float(row[value]) for row in self.duck.ask(text)}

    def element(self, uid: str) -> int:
        return int(uid[1:], 16)

    @cached_property
    def paths(self) -> dict[int, str]:
        """Codes of the provinces and communes of today by their keys."""
        from luytre.areas.models import Area

        rows = Area.objects.on(UNTIL).filter(level__in=["province", "commune"])
        return dict(rows.values_list("pk", "code"))

    @cached_property
    def all_communes(self) -> list[int]:
        from luytre.areas.models import Area

        return list(Area.objects.on(UNTIL).filter(level="commune").values_list("pk", flat=True))

    def place(self, uid: str) -> str:
        return self.paths[int(uid[1:], 16)]

    def number(self, code: str) -> int:
        return self.peer.numbers[code]

    def by_month(self) -> Question:
        codes, windows = self.nation.ten, self.nation.months

        def ours() -> Answer:
            from luytre.reporting import rollup

            lines = rollup.series(self.nation.whole, codes, windows)
            return {
                (self.number(code), iso(one.window)): float(one.value or 0) for code in lines for one in lines[code]
            }

        return Question(
            "national total of 10 indicators by month",
            ours,
            partial(self.dhis2, self.peer.total(codes, windows), known=lambda row: (self.element(row[0]), row[1])),
            partial(self.ducks, self.duck.total(codes, windows), known=lambda row: (row[0], str(row[1]))),
            self.table(area="0", indicator=codes, period=[f"{one.last_day:%Y-%m}" for one in windows]),
            1000,
        )

    def communes(self) -> Question:
        codes, window, province = self.nation.ten, self.nation.months[-1], self.nation.province

        def ours() -> Answer:
            from luytre.reporting import rollup

            figures = rollup.table(province, codes, window)
            return {
                (self.number(code), child): float(cell.value or 0)
                for code in codes
                for child, cell in figures[code].cells.items()
            }

        keys = [pk for pk in self.all_communes if pk in self.inside(province)]
        return Question(
            "one province's communes × 10 indicators × one month",
            ours,
            partial(
                self.dhis2,
                self.peer.communes(codes, keys, window),
                known=lambda row: (self.element(row[0]), self.place(row[1])),
            ),
            partial(self.ducks, self.duck.communes(codes, province.code, window), known=lambda row: (row[0], row[1])),
            self.table(area=province.code, below="commune", indicator=codes, period=[f"{window.last_day:%Y-%m}"]),
            100,
        )

    def inside(self, province: Any) -> set[int]:
        from luytre.areas.models import Area

        return set(Area.objects.on(UNTIL).filter(path__startswith=province.path).values_list("pk", flat=True))

    def ranking(self) -> Question:
        from luytre.common.periods import quarter

        code, window = self.nation.ten[3], quarter(2026, 2)

        def ours() -> Answer:
            from luytre.reporting import rollup

            figure = rollup.read(self.nation.whole, window, by_commune=True).figure(code)
            ranked = sorted(figure.cells.items(), key=lambda pair: -(pair[1].value or 0))
            return {child: float(cell.value or 0) for child, cell in ranked}

        months = [one for one in self.nation.months if window.covers(one.last_day)]
        return Question(
            "ranking of 3,321 communes, one indicator, one quarter",
            ours,
            partial(
                self.dhis2,
                self.peer.ranking(code, self.all_communes, "2026Q2", 2026),
                known=lambda row: self.place(row[1]),
            ),
            partial(self.ducks, self.duck.ranking(code, months), known=lambda row: row[0], value=1),
            self.table(area="0", below="commune", indicator=[code], period=["2026-Q2"], page_size=["4000"]),
            100,
        )

    def custom(self) -> Question:
        from luytre.common.periods import Window

        codes, window = self.nation.ten, Window(*WINDOW)

        def ours() -> Answer:
            from luytre.reporting import rollup

            figures = rollup.table(self.nation.whole, codes, window, territory=UNTIL)
            return {
                (self.number(code), child): float(cell.value or 0)
                for code in codes
                for child, cell in figures[code].cells.items()
            }

        return Question(
            "a custom window, 15 Dec to 14 Dec, across the reform: 10 indicators by province",
            ours,
            partial(
                self.dhis2,
                self.peer.custom(codes, window),
                known=lambda row: (self.element(row[0]), self.place(row[1])),
            ),
            partial(self.ducks, self.duck.custom(codes, window), known=lambda row: (row[0], row[1])),
            self.table(
                area="0",
                below="province",
                indicator=codes,
                territory=[f"{UNTIL}"],
                **{"from": [f"{WINDOW[0]}"], "to": [f"{WINDOW[1]}"]},
            ),
            1000,
        )

    def long(self) -> Question:
        codes, windows, province = self.nation.ten, self.nation.years, self.nation.province

        def ours() -> Answer:
            from luytre.reporting import rollup

            lines = rollup.series(province, codes, windows, territory=UNTIL)
            return {
                (self.number(code), str(one.window.last_day.year)): float(one.value or 0)
                for code in lines
                for one in lines[code]
            }

        return Question(
            f"{len(windows)} years of one province under today's territory, 10 indicators by year",
            ours,
            partial(self.dhis2, self.peer.long(codes, windows), known=lambda row: (self.element(row[0]), row[1])),
            partial(self.ducks, self.duck.long(codes, province.code, windows), known=lambda row: (row[0], str(row[1]))),
            self.table(
                area=province.code,
                indicator=codes,
                period=[f"{one.last_day.year}" for one in windows],
                territory=[f"{UNTIL}"],
            ),
            1000,
        )

    def stocks(self) -> Question:
        codes, window = self.nation.five_stocks, self.nation.months[-1]

        def ours() -> Answer:
            from luytre.reporting import rollup

            figures = rollup.table(self.nation.whole, codes, window)
            return {
                (self.number(code), child): float(cell.value or 0)
                for code in codes
                for child, cell in figures[code].cells.items()
            }

        return Question(
            "last value of 5 stocks by province",
            ours,
            partial(
                self.dhis2,
                self.peer.stocks(codes, window),
                known=lambda row: (self.element(row[0]), self.place(row[1])),
            ),
            partial(self.ducks, self.duck.stocks(codes, window), known=lambda row: (row[0], row[1])),
            self.table(area="0", below="province", indicator=codes, period=[f"{window.last_day:%Y-%m}"]),
            1000,
        )

    def table(self, **typed: Any) -> str:
        """The address on the product's API."""
        joined = {name: value if isinstance(value, str) else ",".join(value) for name, value in typed.items()}
        return f"/api/v1/figures/table?{urlencode(joined)}"


def side_by_side(question: Question, rounds: Mapping[str, int]) -> tuple[dict[str, Times], dict[str, Answer]]:
    """Times of each way, with the part of ours that is spent in the database, and each one's answer."""
    ours = Ours(question.ours)
    ways = {"ours": ours, "dhis2": question.dhis2, "duckdb": question.duck}
    answers = {name: way() for name, way in ways.items()}
    ours.statements.clear()
    times = in_turns(ways, rounds)
    times["ours in the database"] = Times(ours.statements[1:])
    return times, answers


def differ(one: Answer, other: Answer) -> int:
    """How many numbers are not the same; nought and nothing are alike."""
    keys = {key for key in {*one, *other} if abs(one.get(key, 0) - other.get(key, 0)) > 0.005}
    return len(keys)
