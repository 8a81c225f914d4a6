"""Indicators that a register yields: one declaration each, beside the register; words come from the catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting import catalogue
from luytre.reporting.measures import Cells, Count, Ground, Measure, Places, added
from luytre.reporting.models import AreaRule, Behaviour, Definition, Return, ReturnForm

Rows = Callable[[Window], QuerySet[Any]]


class NothingYields(LookupError):
    """The statistic is in the catalogue, but no register carries it."""


@dataclass(frozen=True)
class Source:
    """Rows of a register in a window, how they are counted, and the ways from a row to its places.

    `on` names the date column of a flow whose rows are told by their own columns alone: its sums are kept while
    rows change (ADR 8). Without it the rows are counted at each read.
    """

    rows: Rows
    measure: Measure = Count()
    areas: tuple[str, ...] = ("area",)
    on: str = ""

    def cells(self, ground: Ground, window: Window) -> Cells:
        return self.measure.cells(self.rows(window), self.areas, ground)


@dataclass(frozen=True)
class Indicator:
    """A statistic of the catalogue and what it is counted from; `plus` are further sources that add to it."""

    code: str
    rows: Rows
    measure: Measure = Count()
    areas: tuple[str, ...] = ("area",)
    on: str = ""
    plus: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        return (Source(self.rows, self.measure, self.areas, self.on), *self.plus)

    @property
    def is_kept(self) -> bool:
        return all(source.on for source in self.sources)

    @property
    def definition(self) -> Definition:
        return catalogue.get(self.code)

    def cells(self, ground: Ground, window: Window) -> Cells:
        return added(source.cells(ground, window) for source in self.sources)

    def models(self, window: Window) -> list[Any]:
        """The registers' tables, each once."""
        return list(dict.fromkeys(source.rows(window).model for source in self.sources))


INDICATORS: dict[str, Indicator] = {}


def add(indicator: Indicator) -> Indicator:
    INDICATORS[indicator.code] = indicator
    return indicator


def get(code: str) -> Indicator:
    try:
        return INDICATORS[code]
    except KeyError:
        catalogue.get(code)
        raise NothingYields(code) from None


def needs(definition: Definition) -> list[str]:
    """The counts a statistic is made of: itself, or both parts of a ratio."""
    if definition.behaviour != Behaviour.RATIO:
        return [definition.code]
    return list(dict.fromkeys([definition.numerator, definition.denominator]))


def typed() -> set[str]:
    """What is asked for in any form of a return, of today or of the past; what does not add up is never summed."""
    codes = (code for form in ReturnForm.objects.values_list("codes", flat=True) for code in form)
    return {code for code in codes if catalogue.get(code).area_rule == AreaRule.SUM}


def yields(definition: Definition) -> bool:
    """Whether registers or returns say it."""
    unknown = [code for code in needs(definition) if code not in INDICATORS]
    return not unknown or typed().issuperset(unknown)


def available() -> list[Definition]:
    """What registers and returns yield today, in the order of the catalogue."""
    known = typed() | INDICATORS.keys()
    return [one for one in catalogue.definitions().values() if known.issuperset(needs(one))]


def models(code: str, window: Window) -> list[Any]:
    """The tables that a count is told by; what no register yields is told by returns."""
    return INDICATORS[code].models(window) if code in INDICATORS else [Return]


def flows() -> list[str]:
    """What happens in a window: a place with none of these is silent."""
    return [code for code, indicator in INDICATORS.items() if indicator.definition.behaviour == Behaviour.FLOW]


add(
    Indicator(
        code="residential_areas_total",
        rows=lambda window: Area.objects.filter(level=Level.RESIDENTIAL).on(window.last_day),
        measure=Places(Level.RESIDENTIAL),
        areas=("pk",),
    )
)
