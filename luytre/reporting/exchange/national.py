"""National tables from an export: one expression, run by DuckDB on this machine or by a Spark cluster.

The engine adds; shares, roundings, ratios and qualifiers are then settled by the very functions of the product.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from luytre.areas.models import Area, Level
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators, plain, rollup
from luytre.reporting.exchange import parquet, rows
from luytre.reporting.exchange.asking import Wanted
from luytre.reporting.exchange.rows import Row
from luytre.reporting.facts import edges, reading
from luytre.reporting.measures import Cell
from luytre.reporting.models import Behaviour, Definition

SHARES = 10_000  # shares are exported as whole parts of ten thousand
Cells = dict[str, dict[str, Cell]]  # by statistic, then by province


class NotExported(LookupError):
    """A statistic that is counted anew at each level is in no export."""


class NotWhole(ValueError):
    """A window that begins or ends inside a slice (1st to 14th, 15th, 16th to the end) is told by records only."""


@dataclass(frozen=True)
class Source:
    """The tables of an export as an engine sees them, and how it answers an expression: as an Arrow table."""

    facts: Any
    reports: Any
    forms: Any
    standings: Any
    answer: Callable[[Any], Any]


def files(folder: Path) -> dict[str, list[str]]:
    export = parquet.load(folder)
    months = list(export.facts.values())
    if not months:
        raise parquet.NoExport(str(folder))
    named = {"facts": [part.file for part in months], "reports": [part.reports for part in months]}
    named |= {"forms": [export.forms], "standings": [export.standings]}
    return {name: [str(folder / file) for file in some] for name, some in named.items()}


@contextmanager
def duckdb(folder: Path) -> Iterator[Source]:
    """The engine that comes with us: nothing to start."""
    import ibis

    engine = ibis.duckdb.connect()
    try:
        tables = {name: engine.read_parquet(some, table_name=name) for name, some in files(folder).items()}
        yield Source(**tables, answer=engine.to_pyarrow)
    finally:
        engine.disconnect()


@contextmanager
def spark(folder: Path, address: str) -> Iterator[Source]:
    """A cluster that speaks Spark Connect and sees the same folder, such as sc://head:15002."""
    import ibis
    from pyspark.sql import SparkSession

    named, session = files(folder), SparkSession.builder.remote(address).getOrCreate()
    engine = ibis.pyspark.connect(session)
    try:
        for name, some in named.items():
            session.read.parquet(*some).createOrReplaceTempView(name)
        tables = {name: engine.table(name) for name in named}
        yield Source(**tables, answer=lambda expression: engine.raw_sql(engine.compile(expression)).toArrow())
    finally:
        session.stop()


def seats(source: Source, territory: date) -> Any:
    """Where each lead area stands on a day, with its share there."""
    import ibis
    from ibis import _

    day = ibis.date(territory)
    here = source.standings.filter(_.valid_from <= day, _.valid_to.isnull() | (_.valid_to > day))
    return here.select("area_id", "province", "parts")


def in_each(table: Any, windows: Sequence[Window], rule: Callable[[Window], Any]) -> Any:
    """A row for every window that the rule lets it into; `place` says which."""
    import ibis
    from ibis import _

    nowhere = ibis.null("int64")
    places = [ibis.ifelse(rule(window), ibis.literal(n, "int64"), nowhere) for n, window in enumerate(windows)]
    return table.mutate(place=ibis.array(places).unnest()).filter(_.place.notnull())


def sums(source: Source, windows: Sequence[Window], codes: Sequence[str], territory: date) -> Any:
    """By province, statistic, window and qualifier: what `facts.reading` asks of PostgreSQL."""
    import ibis
    from ibis import _

    stocks = [code for code in codes if catalogue.get(code).behaviour == Behaviour.STOCK]
    is_stock = _.indicator.isin(stocks) if stocks else ibis.literal(False)

    def counts(window: Window) -> Any:
        return (_.last_day <= ibis.date(window.last_day)) & (is_stock | (_.first_day >= ibis.date(window.first_day)))

    inside = in_each(source.facts.filter(_.indicator.isin(codes)), windows, counts)
    placed = inside.join(seats(source, territory), "area_id")
    exact = _.value.cast("decimal(38,0)") * _.parts.cast("decimal(38,0)")
    keys = ["province", "indicator", "place", "qualifier"]
    return placed.mutate(exact=exact).group_by(keys).aggregate(amount=_.exact.sum(), marks=_.marks.sum())


def reporters(source: Source, windows: Sequence[Window], codes: Sequence[str], territory: date) -> Any:
    """Provinces in which a form that asks for a statistic came in by the end of a window, and whether inside it."""
    import ibis
    from ibis import _

    known = in_each(source.reports, windows, lambda window: _.last_day <= ibis.date(window.last_day))
    since = ibis.cases(*[(_.place == n, ibis.date(window.first_day)) for n, window in enumerate(windows)])
    placed = known.mutate(inside=_.first_day >= since).join(seats(source, territory), "area_id")
    asking = source.forms.filter(_.indicator.isin(codes)).select("form_id", "indicator")
    told = placed.join(asking, "form_id")
    return told.group_by(["province", "indicator", "place"]).aggregate(inside=_.inside.any())


def table(source: Source, wanted: Sequence[Wanted], definitions: Iterable[Definition], *, territory: date) -> list[Row]:
    """Nation and provinces as they stand on a day, by statistic and window."""
    asked, day = list(definitions), plain.iso(territory)
    counted = count(source, wanted, asked, territory)
    return [
        rows.of_cell(area, one, each.window, each.period, day, counted.cell(one, each.window, province))
        for area, province in places(territory)
        for one in asked
        for each in wanted
    ]


def places(territory: date) -> list[tuple[Area, str | None]]:
    """Nothing beside the nation: its cell is made of all provinces."""
    found = Area.objects.on(territory).filter(level__in=[Level.NATION, Level.PROVINCE]).order_by("path")
    return [(area, None if area.level == Level.NATION else area.code) for area in found]


@dataclass(frozen=True)
class Counted:
    """What an engine answered: cells by statistic, window and province, and where typed numbers were reported."""

    cells: Mapping[tuple[str, Window], Mapping[str, Cell]]
    heard: Mapping[tuple[str, Window], frozenset[str]]

    def cell(self, one: Definition, window: Window, province: str | None) -> Cell:
        if one.behaviour != Behaviour.RATIO:
            return self.count(one.code, window, province)
        base = window.same_last_year() if one.is_change_rate else window
        over, below = self.cells[one.numerator, window], self.cells[one.denominator, base]
        return rollup.quotient(one, over, below, {*over, *below} if province is None else [province])

    def count(self, code: str, window: Window, province: str | None) -> Cell:
        """Nought is only said of typed numbers that somebody reported."""
        some = self.cells[code, window]
        cell = sum(some.values(), Cell()) if province is None else some.get(province, Cell())
        heard = self.heard.get((code, window), frozenset())
        is_heard = bool(heard) if province is None else province in heard
        if cell.value or code in indicators.INDICATORS or is_heard:
            return cell
        return replace(cell, value=None)


def count(source: Source, wanted: Sequence[Wanted], definitions: Iterable[Definition], territory: date) -> Counted:
    """Every count that is needed, also the bases of changes against last year."""
    codes = sorted({code for one in definitions for code in indicators.needs(one)})
    if missing := [code for code in codes if not is_exported(code)]:
        raise NotExported(", ".join(missing))
    if any(code in indicators.INDICATORS for code in codes) and any(edges.of(each.window) for each in wanted):
        raise NotWhole
    windows = sorted({window for each in wanted for window in (each.window, each.window.same_last_year())})
    cells: dict[tuple[str, Window], dict[str, Cell]] = {(code, window): {} for code in codes for window in windows}
    for key, some in grouped(answered(source, sums(source, windows, codes, territory))).items():
        province, code, place = key
        cells[code, windows[place]][province] = settled(some)
    return Counted(cells, heard_in(answered(source, reporters(source, windows, codes, territory)), windows))


def heard_in(told: Iterable[Mapping[str, Any]], windows: Sequence[Window]) -> dict[tuple[str, Window], frozenset[str]]:
    """Provinces by statistic and window: of a stock any earlier report counts."""
    found: dict[tuple[str, Window], set[str]] = {}
    for row in told:
        if row["inside"] or catalogue.get(row["indicator"]).behaviour == Behaviour.STOCK:
            found.setdefault((row["indicator"], windows[row["place"]]), set()).add(row["province"])
    return {key: frozenset(provinces) for key, provinces in found.items()}


def answered(source: Source, expression: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = source.answer(expression).to_pylist()
    return found


def is_exported(code: str) -> bool:
    kept = indicators.INDICATORS.get(code)
    return reading.holds(code) and (kept is None or kept.is_kept)


def grouped(lines: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, int], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str, int], list[Mapping[str, Any]]] = {}
    for one in lines:
        found.setdefault((one["province"], one["indicator"], one["place"]), []).append(one)
    return found


def settled(lines: Sequence[Mapping[str, Any]]) -> Cell:
    """A cell as the product would have it: exact sums, then one rounding."""
    amount = sum((Decimal(line["amount"]) for line in lines), Decimal(0)) / SHARES
    said = [Qualifier(line["qualifier"]) for line in lines if line["marks"] > 0]
    return reading.cell(amount, said, is_estimate=False)
