"""Reading the kept sums: what is folded and what still waits, in one statement and so of one moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
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
from luytre.reporting.models.facts import BEGINNING, MARKS, SCALE

ERA = "(SELECT coalesce(max(starts_on) FILTER (WHERE starts_on <= %(day)s), min(starts_on)) FROM reporting_factera)"
OPENED = f"(SELECT coalesce(max(o.day), '{BEGINNING}') FROM reporting_factopening o WHERE o.day <= {{last}})"
# A flow is what happened in the spans inside the window; a stock is its last opening balance and all changes since.
FLOW = "{t}.first_day >= {first} AND {t}.last_day <= {last}"
SINCE_OPENING = f"{{t}}.last_day > {{opening}} AND {{t}}.last_day <= {{last}} AND {{t}}.first_day > '{BEGINNING}'"
OPENING = f"{{t}}.first_day = '{BEGINNING}' AND {{t}}.last_day = {{opening}}"
HELD = f"(CASE WHEN w.is_stock THEN {SINCE_OPENING} OR {OPENING} ELSE {FLOW} END)"
HELD_WAITING = "{t}.last_day <= {last} AND (w.is_stock OR {t}.first_day >= {first})"
HERE = """
SELECT s.area_id, {child} child, s.share, s.is_estimate FROM areas_standing s
WHERE s.is_lead AND s.path LIKE %(prefix)s AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
"""
CHILD = "split_part(substr(s.path, %(cut)s), '.', %(steps)s)"
WANTED = """
SELECT * FROM unnest(%(slots)s::int[], %(chunks)s::smallint[], %(places)s::int[], %(stocks)s::bool[])
    u(slot, chunk, place, is_stock)
"""
FOUND = """
SELECT k.area_id, {is_stock} is_stock, k.chunk, k.amounts FROM reporting_factsum k
WHERE k.chunk = ANY({chunks}) AND {held}
"""
# Rows of one province are found by its leads, those of the whole nation by their days.
AMONG = " AND k.area_id = ANY(ARRAY(SELECT area_id FROM here))"
PICKED = """
SELECT k.area_id, w.slot, k.amounts[w.place] amount FROM ({found}) k
JOIN wanted w ON w.chunk = k.chunk AND w.is_stock = k.is_stock WHERE k.amounts[w.place] <> 0 OFFSET 0
"""
BY_LEAD = f"""
SELECT h.child, k.slot, k.amount * h.share, h.is_estimate FROM ({PICKED}) k JOIN here h ON h.area_id = k.area_id
"""
BY_DAYS = f"""
SELECT h.child, k.slot, k.amount * h.share, h.is_estimate AND k.amount <> 0
FROM (SELECT area_id, slot, sum(amount) amount FROM ({PICKED}) k GROUP BY 1, 2) k JOIN here h ON h.area_id = k.area_id
"""
WAITING = """
SELECT h.child, w.slot, d.amounts[w.place] * h.share, h.is_estimate
FROM reporting_factdelta d JOIN here h ON h.area_id = d.area_id JOIN wanted w ON w.chunk = d.chunk WHERE {held}
"""
TOPS = f"""
SELECT split_part(t.path, '.', 2), w.slot, t.amounts[w.place]::numeric, false
FROM reporting_facttop t JOIN wanted w ON w.chunk = t.chunk
WHERE t.era = {ERA} AND t.path > '0.' AND t.chunk = ANY(%(each_chunk)s::smallint[]) AND {{held}}
"""
# Leads that stand in no one province, and those with pieces in another one, which make it an estimate.
APART = f"""
SELECT h.child, w.slot, CASE WHEN e.path = '0.' THEN k.amounts[w.place] * h.share ELSE 0 END,
       h.is_estimate AND k.amounts[w.place] <> 0
FROM reporting_factseat e JOIN here h ON h.area_id = e.area_id
JOIN reporting_factsum k ON k.area_id = h.area_id JOIN wanted w ON w.chunk = k.chunk
WHERE e.era = {ERA} AND (e.path = '0.' OR e.is_shared) AND {{held}}
"""
READ = """
WITH wanted AS ({wanted}), here AS {how} ({here}),
parts(child, slot, amount, rough) AS ({parts})
SELECT child, slot, sum(amount), bool_or(rough) FROM parts GROUP BY 1, 2
"""


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

    def values(self) -> dict[str, Any]:
        numbers = [one for slot in sorted(self.codes) for one in (slot, *slots.marks(slot))]
        return {
            "slots": numbers,
            "chunks": [slots.chunk(slot) for slot in numbers],
            "each_chunk": sorted({slots.chunk(slot) for slot in numbers}),
            "places": [slots.place(slot) for slot in numbers],
            "stocks": [self.is_stock(slot % MARKS) for slot in numbers],
        }

    def is_stock(self, slot: int) -> bool:
        return catalogue.get(self.codes[slot]).behaviour == Behaviour.STOCK


def told(text: str, table: str) -> str:
    return text.format(t=table, first="%(first)s", last="%(last)s", opening=OPENED.format(last="%(last)s"))


def of_leads(values: dict[str, Any], *, by_lead: bool) -> str:
    """One search for each kind of condition, so that each finds its rows by an index."""
    searches = []
    for is_stock, conditions in ((False, [FLOW]), (True, [SINCE_OPENING, OPENING])):
        chunks = {chunk for chunk, stock in zip(values["chunks"], values["stocks"], strict=True) if stock == is_stock}
        listed = f"ARRAY[{', '.join(map(str, sorted(chunks)))}]::smallint[]"
        if chunks:
            helds = [told(one, "k") + (AMONG if by_lead else "") for one in conditions]
            searches += [FOUND.format(is_stock=is_stock, chunks=listed, held=held) for held in helds]
    return (BY_LEAD if by_lead else BY_DAYS).format(found=" UNION ALL ".join(searches))


def cells(ground: Ground, window: Window, codes: Iterable[str]) -> dict[str, dict[str, Cell]]:
    """What is kept, by code and by the place below `ground`; only for places above the commune."""
    wanted = Wanted.of(codes)
    if not wanted.codes:
        return {}
    values = wanted.values() | where(ground, window)
    is_nation = ground.area.level == Level.NATION
    parts = [WAITING.format(held=told(HELD_WAITING, "d"))]
    if is_nation and ground.steps == 1:
        parts += [TOPS.format(held=told(HELD, "t")), APART.format(held=told(HELD, "k"))]
    else:
        parts += [of_leads(values, by_lead=not is_nation)]
    how = "NOT MATERIALIZED" if is_nation else "MATERIALIZED"
    text = READ.format(wanted=WANTED, how=how, here=HERE.format(child=CHILD), parts=" UNION ALL ".join(parts))
    return gathered(wanted, asked(text, values))


def where(ground: Ground, window: Window) -> dict[str, Any]:
    span = {"first": window.first_day, "last": window.last_day}
    path = ground.area.path
    return {"prefix": f"{path}%", "cut": len(path) + 1, "steps": ground.steps, "day": ground.day, **span}


def asked(text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connections[database.get()].cursor() as cursor:
        cursor.execute(text, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def gathered(wanted: Wanted, rows: Sequence[tuple[Any, ...]]) -> dict[str, dict[str, Cell]]:
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


def cell(amount: Decimal, qualifiers: Iterable[Qualifier], *, is_estimate: bool) -> Cell:
    whole, rest = divmod(amount, SCALE)
    exactness = combined(qualifiers) if qualifiers else Qualifier.EXACT
    return Cell(rounded(amount / SCALE) if rest else int(whole), exactness, is_estimate)
