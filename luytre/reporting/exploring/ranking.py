"""Places in order of one indicator: equal figures share a rank, small ones stand apart, chance is told.

Refused for tips, arrests, messages and people (rights rule R8, `comparing`). Places only, never anybody's name.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, format_number
from luytre.reporting import catalogue, indicators
from luytre.reporting.exploring import comparing
from luytre.reporting.exploring.asking import Asked
from luytre.reporting.exploring.pivot import Pivot
from luytre.reporting.figures import HUNDREDTH
from luytre.reporting.measures import Cell, Number
from luytre.reporting.models import Behaviour, Definition

SURE = 1.96  # standard normal distance that 95 of 100 stay within
BASES = {"residential_areas_total": 100, "resident_households": 1000, "population": 1000}


@dataclass(frozen=True)
class Base:
    """What a count is divided by, and by how many at once: "per 1,000 households"."""

    definition: Definition
    times: int

    @property
    def name(self) -> str:
        """ "per 1,000 households"."""
        told = {"number": format_number(self.times), "unit": self.definition.unit}
        return _("per %(number)s %(unit)s") % told


class Named(NamedTuple):
    """A place, and what it is called among the others."""

    area: Area
    name: str


@dataclass(frozen=True)
class Entry:
    """A place with its figure; `rank` is none where the figure is too small to be put in order."""

    area: Area
    name: str
    cell: Cell
    shown: Number | None
    caution: str = ""  # "none", "few" or "base"
    limits: tuple[Decimal, Decimal] | None = None
    funnel: str = ""  # "within", "above" or "below" what chance alone would make of the whole's rate
    rank: int | None = None


@dataclass(frozen=True)
class Ranking:
    """The entries with a rank, highest first, and those that stand apart."""

    definition: Definition
    base: Base | None
    entries: Sequence[Entry]
    apart: Sequence[Entry] = field(default_factory=list)
    has_intervals: bool = False

    @property
    def has_funnel(self) -> bool:
        return self.base is not None


def bases() -> list[Base]:
    """What counts may be divided by today."""
    return [Base(catalogue.get(code), times) for code, times in BASES.items() if indicators.yields(catalogue.get(code))]


def base_of(definition: Definition, code: str) -> Base | None:
    """Shares are rates already."""
    if definition.behaviour == Behaviour.RATIO:
        return None
    return next((base for base in bases() if base.definition.code == code), None)


def rank(asked: Asked, *, per: str = "") -> Ranking:
    """In the last of the asked windows; NeverRanked where rights rule R8 says so."""
    definition = asked.definitions[0]
    comparing.allow_ranking(definition)
    base = base_of(definition, per)
    if base:
        asked = replace(asked, definitions=(definition, base.definition))
    return ordered(definition, base, list(entries(Pivot(asked), definition, base)))


def entries(pivot: Pivot, definition: Definition, base: Base | None) -> Iterable[Entry]:
    window = pivot.asked.periods.windows[-1]
    cells = {(place.pk, code): pivot.cells[place.pk, code, window] for place in pivot.places for code in pivot.codes}
    whole = rate_of_all(pivot, definition, base, cells)
    for place in pivot.places:
        cell, known = cells[place.pk, definition.code], Named(place, pivot.name(place))
        if base:
            yield per_unit(known, cell, cells[place.pk, base.definition.code], base, whole)
        elif is_share(definition):
            yield share(known, cell, cells[place.pk, definition.numerator], cells[place.pk, definition.denominator])
        else:
            yield plain(known, cell)


def rate_of_all(
    pivot: Pivot, definition: Definition, base: Base | None, cells: Mapping[tuple[int, str], Cell]
) -> float:
    if base is None:
        return 0
    over = sum(cells[place.pk, definition.code].value or 0 for place in pivot.places)
    under = sum(cells[place.pk, base.definition.code].value or 0 for place in pivot.places)
    return float(over) / float(under) if under else 0


def is_share(definition: Definition) -> bool:
    return definition.behaviour == Behaviour.RATIO and not definition.is_change_rate


def plain(place: Named, cell: Cell) -> Entry:
    is_few = cell.value is None or cell.value < comparing.rules()["smallest_count"]
    return Entry(*place, cell, cell.value, "few" if is_few else "")


def share(place: Named, cell: Cell, over: Cell, under: Cell) -> Entry:
    if not under.value or cell.value is None:
        return Entry(*place, cell, None, "none")
    return Entry(*place, cell, cell.value, small(over, under), wilson(over.value or 0, under.value))


def per_unit(place: Named, cell: Cell, under: Cell, base: Base, whole: float) -> Entry:
    if not under.value or cell.value is None:
        return Entry(*place, cell, None, "none")
    rate = (Decimal(cell.value) * base.times / Decimal(under.value)).quantize(HUNDREDTH)
    return Entry(*place, cell, rate, small(cell, under), funnel=against(cell.value, under.value, whole))


def small(over: Cell, under: Cell) -> str:
    """Why the figure is too small to be put in order, if it is."""
    if (under.value or 0) < comparing.rules()["smallest_base"]:
        return "base"
    return "few" if (over.value or 0) < comparing.rules()["smallest_count"] else ""


def wilson(over: Number, under: Number) -> tuple[Decimal, Decimal] | None:
    """Between which percentages the share would lie if chance were played again; none where it is no share."""
    part, whole = float(over), float(under)
    if not 0 <= part <= whole:
        return None
    share, spread = part / whole, SURE * SURE / whole
    middle = share + spread / 2
    reach = SURE * math.sqrt(share * (1 - share) / whole + spread / (4 * whole))
    low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
    return percent(max(low, 0)), percent(min(high, 1))


def percent(share: float) -> Decimal:
    return Decimal(str(share * 100)).quantize(HUNDREDTH)


def against(count: Number, under: Number, rate: float) -> str:
    """Where a count lies beside what the rate of all places makes expected, give or take chance (a funnel)."""
    expected = rate * float(under)
    reach = SURE * math.sqrt(expected)
    if float(count) > expected + reach:
        return "above"
    return "below" if float(count) < expected - reach else "within"


def ordered(definition: Definition, base: Base | None, found: Iterable[Entry]) -> Ranking:
    """Highest first; equal figures share a rank and the next one counts them all: 1, 2, 2, 4."""
    every = list(found)
    sound = sorted((one for one in every if not one.caution), key=lambda one: (-(one.shown or 0), one.area.sort_key))
    ranked: list[Entry] = []
    for place, one in enumerate(sound, 1):
        is_equal = bool(ranked) and ranked[-1].shown == one.shown
        ranked.append(replace(one, rank=ranked[-1].rank if is_equal else place))
    apart = sorted((one for one in every if one.caution), key=lambda one: one.area.sort_key)
    return Ranking(definition, base, ranked, apart, has_intervals=is_share(definition))


def is_approximate(ranking: Ranking) -> bool:
    """An order of "nearly" and "about" is only nearly an order."""
    return any(one.cell.qualifier != Qualifier.EXACT or one.cell.is_estimate for one in ranking.entries)
