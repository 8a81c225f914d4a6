"""Totals: every figure of every place and window is asked here.

Counted from the records themselves, so that a figure is right with the next read. Flows and stocks differ only in
the rows their register gives for a window; what adds is added, distinct counts are counted anew at each level, and
ratios are worked out from both counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import F

from luytre.areas.models import Area, valid_on
from luytre.common.numbers import Qualifier, combined, format_number
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators
from luytre.reporting.measures import OWN, Cell, Cells, Ground, Number
from luytre.reporting.models import AreaRule, Behaviour, Definition

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """One statistic of one place in one window, with its parts by the places right below."""

    ground: Ground
    definition: Definition
    window: Window
    whole: Cell
    cells: Cells = field(default_factory=dict)

    @property
    def area(self) -> Area:
        return self.ground.area

    @property
    def value(self) -> Number | None:
        return self.whole.value

    @property
    def qualifier(self) -> Qualifier:
        return self.whole.qualifier

    @property
    def is_estimate(self) -> bool:
        return self.whole.is_estimate

    @property
    def is_additive(self) -> bool:
        return self.definition.area_rule == AreaRule.SUM

    def __str__(self) -> str:
        return format_number(self.value, self.qualifier)


@dataclass(frozen=True)
class Part:
    """What one of the places below gives to a figure; `is_own` is what stands right at the place itself."""

    area: Area
    cell: Cell
    is_own: bool = False

    @property
    def value(self) -> Number | None:
        return self.cell.value

    @property
    def qualifier(self) -> Qualifier:
        return self.cell.qualifier

    def __str__(self) -> str:
        return format_number(self.value, self.qualifier)


@dataclass(frozen=True)
class Change:
    """The difference from the same window of the year before."""

    now: Figure
    then: Figure

    @property
    def difference(self) -> Number | None:
        if self.now.value is None or self.then.value is None:
            return None
        return self.now.value - self.then.value

    @property
    def rate(self) -> Decimal | None:
        """In percent; ratios are compared by points, so they have none."""
        if self.difference is None or not self.then.value or self.now.definition.behaviour == Behaviour.RATIO:
            return None
        return percent(self.difference, self.then.value)


def size(value: Number | None) -> Number:
    """Without its sign."""
    known = value or 0
    return -known if known < 0 else known


def percent(part: Number, whole: Number) -> Decimal:
    return (Decimal(part) * 100 / Decimal(whole)).quantize(HUNDREDTH)


@dataclass(frozen=True)
class Reading:
    """All figures of one place and window, each count asked of the database once."""

    ground: Ground
    window: Window
    asked: dict[tuple[str, Window], Cells] = field(default_factory=dict, compare=False)

    def figure(self, code: str) -> Figure:
        definition = catalogue.get(code)
        if definition.behaviour == Behaviour.RATIO:
            return self.ratio(definition)
        cells = self.cells(code, self.window)
        return self.settled(definition, sum(cells.values(), Cell()), cells)

    def ratio(self, definition: Definition) -> Figure:
        over = self.cells(definition.numerator, self.window)
        below = self.cells(definition.denominator, self.base_window(definition))
        cells = {child: quotient(definition, over, below, [child]) for child in {*over, *below}}
        return self.settled(definition, quotient(definition, over, below, cells), cells)

    def base_window(self, definition: Definition) -> Window:
        return self.window.same_last_year() if definition.is_change_rate else self.window

    def cells(self, code: str, window: Window) -> Cells:
        key = (code, window)
        if key not in self.asked:
            self.asked[key] = indicators.get(code).cells(self.ground, window)
        return self.asked[key]

    def settled(self, definition: Definition, whole: Cell, cells: Cells) -> Figure:
        """A divided place makes an estimate only where one of its pieces lies outside."""
        if whole.is_estimate:
            whole = replace(whole, is_estimate=any(self.leaks(path) for path in self.pieces))
        settled = {
            child: replace(cell, is_estimate=self.child_leaks(child)) if cell.is_estimate else cell
            for child, cell in cells.items()
        }
        return Figure(self.ground, definition, self.window, whole, settled)

    def child_leaks(self, child: str) -> bool:
        path = f"{self.ground.area.path}{child}." if child else self.ground.area.path
        return any(self.leaks(here, path) for here in self.pieces if here.startswith(path))

    def leaks(self, here: str, path: str = "") -> bool:
        return any(not other.startswith(path or self.ground.area.path) for other in self.pieces[here])

    @cached_property
    def pieces(self) -> Mapping[str, set[str]]:
        """Where divided places stand here, and where their other pieces stand that day."""
        piece = "area__standings__place__successions__after__standings__"
        divided = self.ground.standings().filter(
            valid_on(self.ground.day, piece),
            is_estimate=True,
            area__standings__valid_from__gte=F("area__valid_from"),
            area__standings__place__successions__is_main=False,
        )
        found: dict[str, set[str]] = {}
        for here, other in divided.values_list("path", f"{piece}path"):
            found.setdefault(here, set()).add(other)
        return found

    @cached_property
    def children(self) -> list[Area]:
        """The places right below on the territory's day."""
        return list(Area.objects.on(self.ground.day).filter(parent__path=self.ground.area.path).sorted())

    def parts(self, figure: Figure) -> list[Part]:
        """Every place right below, those without anything too, and what stands right at the place itself."""
        parts = [Part(child, figure.cells.get(child.code, self.empty(figure))) for child in self.children]
        if own := figure.cells.get(OWN):
            parts.append(Part(figure.area, own, is_own=True))
        return parts

    def empty(self, figure: Figure) -> Cell:
        return Cell(None if figure.definition.behaviour == Behaviour.RATIO else 0)

    def change(self, code: str) -> Change:
        """Against the same window last year, on the same territory."""
        before = Reading(self.ground, self.window.same_last_year())
        return Change(self.figure(code), before.figure(code))

    def silent(self) -> list[Area]:
        """The places right below that have no record at all in the window."""
        heard = {child for code in indicators.flows() for child in self.cells(code, self.window)}
        return [child for child in self.children if child.code not in heard]


def quotient(definition: Definition, over: Cells, below: Cells, children: Iterable[str]) -> Cell:
    named = list(children)
    above = sum((over[child] for child in named if child in over), Cell())
    under = sum((below[child] for child in named if child in below), Cell())
    exactness = combined([above.qualifier, under.qualifier])
    if not under.value or above.value is None:
        return Cell(None, exactness)
    part = above.value - under.value if definition.is_change_rate else above.value
    return Cell(percent(part, under.value), exactness, above.is_estimate or under.is_estimate)


def read(area: Area, window: Window, *, territory: date | None = None) -> Reading:
    """The territory is read on the window's last day unless another day is given."""
    return Reading(Ground(area, territory or window.last_day), window)


def total(area: Area, code: str, window: Window, *, territory: date | None = None) -> Figure:
    return read(area, window, territory=territory).figure(code)


def parts(area: Area, code: str, window: Window, *, territory: date | None = None) -> list[Part]:
    reading = read(area, window, territory=territory)
    return reading.parts(reading.figure(code))


def table(area: Area, codes: Iterable[str], window: Window, *, territory: date | None = None) -> dict[str, Figure]:
    """Several figures of one place: a query for each count."""
    reading = read(area, window, territory=territory)
    return {code: reading.figure(code) for code in codes}
