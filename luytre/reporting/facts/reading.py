"""Reading the kept sums: what is folded and what still waits, in one statement and so of one moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connections

from luytre.areas.models import Level
from luytre.common.numbers import Qualifier, combined
from luytre.common.periods import Window
from luytre.common.reading import database
from luytre.reporting import catalogue
from luytre.reporting.facts import slots
from luytre.reporting.measures import Cell, Ground, rounded
from luytre.reporting.models import AreaRule, Behaviour
from luytre.reporting.models.facts import BEGINNING, CHUNK, MARKS, SCALE

Row = tuple[str, int, Decimal | int, bool]  # whose it is, slot, amount, whether it is an estimate

ERA = "(SELECT coalesce(max(starts_on) FILTER (WHERE starts_on <= %(day)s), min(starts_on)) FROM reporting_factera)"
OPENED = f"(SELECT coalesce(max(o.day), '{BEGINNING}') FROM reporting_factopening o WHERE o.day <= {{last}})"
# A flow is what happened in the spans inside the window; a stock is its last opening balance and all changes since.
FLOW = "{t}.first_day >= {first} AND {t}.last_day <= {last}"
SINCE_OPENING = f"{{t}}.last_day > {{opening}} AND {{t}}.last_day <= {{last}} AND {{t}}.first_day > '{BEGINNING}'"
OPENING = f"{{t}}.first_day = '{BEGINNING}' AND {{t}}.last_day = {{opening}}"
STOCK_WAITING = "{t}.last_day <= {last}"
HERE = """
SELECT s.area_id, {child} child, s.share, s.is_estimate FROM areas_standing s
WHERE s.is_lead AND s.path LIKE %(prefix)s AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
"""
CHILD = "split_part(substr(s.path, %(cut)s), '.', %(steps)s) COLLATE \"C\""
# Parts tell whose they are, a chunk, the share that counts (nothing: all), whether it is an estimate, and the amounts.
# Only the amounts that are asked for go on from the first step: rows of sixty-four are slow to sort and to hash.
FOUND = """
SELECT k.area_id, k.chunk, {k} FROM reporting_factsum k WHERE k.chunk = ANY({chunks}) AND {held}
"""
# A province's rows of a long time are found by its leads; those of the nation, or of some weeks, by their days.
AMONG = " AND k.area_id = ANY(ARRAY(SELECT area_id FROM here))"
SOME_WEEKS = 62
BY_LEAD = """
SELECT h.child, k.chunk, nullif(h.share, 1), h.is_estimate, {names}
FROM ({found} OFFSET 0) k JOIN here h ON h.area_id = k.area_id
"""
# Of the whole nation nearly every row found counts, so they are added up before it is asked where they stand.
SUMMED = "SELECT area_id, chunk, {sums} FROM ({found} OFFSET 0) found GROUP BY 1, 2 HAVING {any}"
WAITING = """
SELECT h.child, d.chunk, nullif(h.share, 1), h.is_estimate, {d}
FROM reporting_factdelta d JOIN here h ON h.area_id = d.area_id WHERE d.chunk = ANY({chunks}) AND {held_waiting}
"""
TOPS = f"""
SELECT split_part(t.path, '.', 2), t.chunk, NULL::numeric, false, {{t}}
FROM reporting_facttop t
WHERE t.era = {ERA} AND t.path > '0.' AND t.chunk = ANY({{chunks}}) AND {{held_top}}
"""
# Leads that stand in no one province, and those with pieces in another one, which make it an estimate.
APART = f"""
SELECT h.child, k.chunk, CASE WHEN e.path = '0.' THEN h.share ELSE 0 END, h.is_estimate, {{k}}
FROM reporting_factseat e JOIN here h ON h.area_id = e.area_id JOIN reporting_factsum k ON k.area_id = h.area_id
WHERE e.era = {ERA} AND (e.path = '0.' OR e.is_shared) AND k.chunk = ANY({{chunks}}) AND {{held}}
"""
SIDE_BY_SIDE = """
SELECT whose, chunk, share, {is_stock}, ARRAY[{summed}], CASE WHEN bool_or(rough) THEN ARRAY[{roughs}] END
FROM ({parts} OFFSET 0) parts(whose, chunk, share, rough, {names}) GROUP BY 1, 2, 3 HAVING {any}
"""
READ = "WITH here AS {how} ({here}) {lines}"


def holds(code: str) -> bool:
    """Whether sums of this statistic could be kept: what adds over places."""
    definition = catalogue.get(code)
    return definition.area_rule == AreaRule.SUM and definition.behaviour != Behaviour.RATIO


@dataclass(frozen=True)
class Wanted:
    """Statistics by their place in the rows, and beside each the counts of what is not exact of it."""

    codes: dict[int, str]

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Wanted":
        return cls({slots.of(code): code for code in codes if holds(code)})

    def is_stock(self, slot: int) -> bool:
        return catalogue.get(self.codes[slot % MARKS]).behaviour == Behaviour.STOCK

    def kinds(self) -> "Iterator[Kind]":
        """Flows and stocks, whose rows are found by different days."""
        for is_stock in (False, True):
            own = [slot for slot in self.codes if self.is_stock(slot) == is_stock]
            if own:
                yield Kind(is_stock, frozenset(one for slot in own for one in (slot, *slots.marks(slot))))


@dataclass(frozen=True)
class Kind:
    """What is asked of the rows of flows, or of stocks."""

    is_stock: bool
    slots: frozenset[int]

    @cached_property
    def places(self) -> list[int]:
        """A number and what tells how exact it is stand at the same place of their chunks."""
        return sorted({slots.place(slot) for slot in self.slots})

    @property
    def conditions(self) -> list[str]:
        return [SINCE_OPENING, OPENING] if self.is_stock else [FLOW]

    @cached_property
    def words(self) -> dict[str, str]:
        """The amounts asked for, as the templates above name them."""
        names = [f"a{place}" for place in self.places]
        taken = {t: ", ".join(f"{t}.amounts[{place}] a{place}" for place in self.places) for t in "ktd"}
        return taken | {
            "chunks": f"ARRAY[{', '.join(map(str, sorted({slots.chunk(slot) for slot in self.slots})))}]::smallint[]",
            "names": ", ".join(names),
            "sums": ", ".join(f"sum({one})::bigint {one}" for one in names),
            "summed": ", ".join(f"sum({one})::bigint" for one in names),
            "roughs": ", ".join(f"bool_or({one} <> 0) FILTER (WHERE rough)" for one in names),
            "any": " OR ".join(f"bool_or({one} <> 0)" for one in names),
        }

    def line(self, parts: Iterable[str], days: Mapping[str, str]) -> str:
        """One row for each place, chunk and share, with the amounts asked for side by side."""
        held = {"held": self.held("k", days), "held_top": self.held("t", days)}
        waiting = (STOCK_WAITING if self.is_stock else FLOW).format(t="d", **days)
        told = [part.format(**self.words, **held, held_waiting=waiting) for part in parts]
        return SIDE_BY_SIDE.format(**self.words, is_stock=self.is_stock, parts=" UNION ALL ".join(told))

    def held(self, table: str, days: Mapping[str, str]) -> str:
        return f"({' OR '.join(one.format(t=table, **days) for one in self.conditions)})"

    def by_lead(self, days: Mapping[str, str], among: str, *, is_nation: bool) -> str:
        """A search for each condition, so that each finds its rows by an index."""
        held = [one.format(t="k", **days) + among for one in self.conditions]
        found = " UNION ALL ".join(FOUND.format(**self.words, held=one) for one in held)
        found = SUMMED.format(**self.words, found=found) if is_nation else found
        return BY_LEAD.format(**self.words, found=found)


ASKED_DAYS = {"first": "%(first)s", "last": "%(last)s", "opening": OPENED.format(last="%(last)s")}


def cells(ground: Ground, window: Window, codes: Iterable[str]) -> dict[str, dict[str, Cell]]:
    """What is kept, by code and by the place below `ground`; only for places above the commune."""
    wanted = Wanted.of(codes)
    if not wanted.codes:
        return {}
    is_nation = ground.area.level == Level.NATION
    lines = [kind.line(parts_of(kind, ground, window), ASKED_DAYS) for kind in wanted.kinds()]
    how = "NOT MATERIALIZED" if is_nation else "MATERIALIZED"
    text = READ.format(how=how, here=HERE.format(child=CHILD), lines=" UNION ALL ".join(lines))
    return gathered(wanted, spread(wanted, asked(text, where(ground, window))))


def parts_of(kind: Kind, ground: Ground, window: Window) -> list[str]:
    is_nation = ground.area.level == Level.NATION
    if is_nation and ground.steps == 1:
        return [WAITING, TOPS, APART]
    is_short = window.days <= SOME_WEEKS and not kind.is_stock
    return [WAITING, kind.by_lead(ASKED_DAYS, "" if is_nation or is_short else AMONG, is_nation=is_nation)]


def spread(wanted: Wanted, rows: Iterable[tuple[Any, ...]]) -> list[Row]:
    """Rows of amounts side by side as rows of whose, slot, amount and whether it is an estimate."""
    kinds = {kind.is_stock: (kind.slots, list(enumerate(kind.places))) for kind in wanted.kinds()}
    found: dict[tuple[str, int], list[Any]] = {}
    for whose, chunk, share, is_stock, amounts, roughs in rows:
        own, places = kinds[is_stock]
        for n, place in places:
            is_rough = bool(roughs and roughs[n])
            slot = chunk * CHUNK + place - 1
            if (amounts[n] or is_rough) and slot in own:
                one = found.setdefault((whose, slot), [0, False])
                one[0] += amounts[n] if share is None else amounts[n] * share
                one[1] |= is_rough
    return [(whose, slot, amount, is_rough) for (whose, slot), (amount, is_rough) in found.items()]


def where(ground: Ground, window: Window) -> dict[str, Any]:
    span = {"first": window.first_day, "last": window.last_day}
    path = ground.area.path
    return {"prefix": f"{path}%", "cut": len(path) + 1, "steps": ground.steps, "day": ground.day, **span}


def asked(text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections[database.get()].cursor() as cursor:
        cursor.execute(text, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def gathered(wanted: Wanted, rows: Sequence[Row]) -> dict[str, dict[str, Cell]]:
    """Rows of a place, a slot, an amount and whether it is an estimate, as cells by code and place."""
    found: dict[str, dict[str, Cell]] = {code: {} for code in wanted.codes.values()}
    marks: dict[tuple[str, int], list[Qualifier]] = {}
    for child, slot, count, _rough in rows:
        if slot >= MARKS and count > 0:
            marks.setdefault((child, slot % MARKS), []).append(slots.KINDS[slot // MARKS - 1])
    for child, slot, amount, rough in rows:
        if slot < MARKS and (amount or (child, slot) in marks):
            found[wanted.codes[slot]][child] = cell(amount, marks.get((child, slot), ()), is_estimate=rough)
    return found


def cell(amount: Decimal | int, qualifiers: Iterable[Qualifier], *, is_estimate: bool) -> Cell:
    whole, rest = divmod(amount, SCALE)
    exactness = combined(qualifiers) if qualifiers else Qualifier.EXACT
    return Cell(rounded(Decimal(amount) / SCALE) if rest else int(whole), exactness, is_estimate)
