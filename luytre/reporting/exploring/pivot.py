"""A table of any shape: places, indicators and periods on its sides, every number of it asked of the roll-up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators, rollup
from luytre.reporting.exploring.asking import Asked
from luytre.reporting.figures import Figure
from luytre.reporting.measures import Cell
from luytre.reporting.models import AreaRule, Behaviour, Definition
from luytre.reporting.questions import Unclear
from luytre.reporting.rollup import Reading

MOST_CELLS = 60_000
AIMS = {"communes": Level.COMMUNE, "areas": Level.RESIDENTIAL}


@dataclass(frozen=True)
class Spot:
    """Where a number stands: of which place (none: all of them), indicator and window."""

    place: Area | None
    definition: Definition
    window: Window


@dataclass(frozen=True)
class Number:
    """One number with what it was in the same window last year, where that was asked."""

    spot: Spot
    now: Cell
    then: Cell | None = None


@dataclass(frozen=True)
class Sheet:
    """One table; `columns` and the head of each row say what the numbers are of."""

    title: str
    heading: str
    columns: Sequence[str]
    rows: Sequence[tuple[Area | Definition, Sequence[Number | None]]]
    total: Sequence[Number | None] = ()


@dataclass
class Pivot:
    """The answer to a question, each count asked once for each place that is read."""

    asked: Asked
    read: dict[tuple[int, Window], Reading] = field(default_factory=dict)

    # what stands on the sides

    @cached_property
    def windows(self) -> list[Window]:
        """The periods and, where they follow on each other, all of them as one."""
        joined = self.asked.periods.joined
        return [*self.asked.periods.windows, *([joined] if joined else [])]

    @cached_property
    def grounds(self) -> list[tuple[Area, list[Area]]]:
        """Which places are read, and which of their parts are shown; no parts where a place is shown itself."""
        if not self.asked.below:
            return [(place, []) for place in self.asked.places]
        return [
            (parent, [child for child in children if self.asked.kind in ("", child.kind)])
            for place in self.asked.places
            for parent, children in self.parents(place, AIMS.get(self.asked.below))
        ]

    def parents(self, place: Area, aim: Level | None) -> Iterator[tuple[Area, list[Area]]]:
        """What has children of the level that is aimed at; of any level where none is."""
        children = list(self.reading(place, self.windows[-1]).children)
        if aim is None or (children and children[0].level == aim):
            yield place, children
        elif children and place.level != aim:
            for child in children:
                yield from self.parents(child, aim)

    @cached_property
    def places(self) -> list[Area]:
        return [one for place, parts in self.grounds for one in (parts if self.asked.below else [place])]

    @cached_property
    def above(self) -> dict[int, Area]:
        """What each shown place lies in, where they do not all lie in one."""
        if any(self.reaches_communes(parent) for parent, _parts in self.grounds):
            shown = Area.objects.filter(pk__in=[place.pk for place in self.places]).select_related("parent")
            return {place.pk: place.parent for place in shown if place.parent}
        if not self.asked.below or len(self.grounds) < 2:
            return {}
        return {part.pk: parent for parent, parts in self.grounds for part in parts}

    def name(self, place: Area) -> str:
        above = self.above.get(place.pk)
        return f"{place.full_name}, {above.full_name}" if above else place.full_name

    # numbers

    @cached_property
    def codes(self) -> list[str]:
        """What is shown, and the two sides of every ratio for the sums over chosen places."""
        asked = [code for one in self.asked.definitions for code in (one.code, *indicators.needs(one))]
        return list(dict.fromkeys(asked))

    def reading(self, place: Area, window: Window) -> Reading:
        key = (place.pk, window)
        if key not in self.read:
            communes = self.reaches_communes(place)
            self.read[key] = rollup.read(place, window, territory=self.asked.territory, by_commune=communes)
        return self.read[key]

    def reaches_communes(self, place: Area) -> bool:
        """All communes of the nation are read at once, not province by province."""
        return place.level == Level.NATION and AIMS.get(self.asked.below) == Level.COMMUNE

    @cached_property
    def cells(self) -> dict[tuple[int, str, Window], Cell]:
        """Every number by place, indicator and window."""
        self.refuse_too_large()
        return dict(self.found())

    def found(self) -> Iterator[tuple[tuple[int, str, Window], Cell]]:
        for ground, parts in self.grounds:
            if not self.asked.below:
                for code, figures in self.series(ground).items():
                    yield from (((ground.pk, code, one.window), one.whole) for one in figures)
            else:
                for window in self.all_windows:
                    yield from self.of_parts(self.reading(ground, window).prime(self.codes), parts)

    def of_parts(self, reading: Reading, parts: Iterable[Area]) -> Iterator[tuple[tuple[int, str, Window], Cell]]:
        for code in self.codes:
            figure = reading.figure(code)
            for part in parts:
                yield (part.pk, code, reading.window), reading.child(figure, part.code)

    @cached_property
    def all_windows(self) -> list[Window]:
        before = [one.same_last_year() for one in self.windows] if self.asked.with_change else []
        return list(dict.fromkeys([*self.windows, *before]))

    def series(self, place: Area) -> dict[str, list[Figure]]:
        return rollup.series(place, self.codes, self.all_windows, territory=self.asked.territory)

    def refuse_too_large(self) -> None:
        size = len(self.places) * len(self.all_windows) * len(self.codes)
        if size > MOST_CELLS:
            raise Unclear(
                "below", _("This table would have too many cells: choose fewer places, periods or indicators.")
            )

    # totals

    def whole(self, definition: Definition, window: Window) -> Cell | None:
        """All places together: read as one where they make up one place, else added as far as they may be."""
        if self.asked.below and not self.asked.kind and len(self.asked.places) == 1:
            return self.wholes[definition.code, window]
        return self.together(definition, window)

    @cached_property
    def wholes(self) -> dict[tuple[str, Window], Cell]:
        lines = self.series(self.asked.places[0])
        return {(code, one.window): one.whole for code, figures in lines.items() for one in figures}

    def together(self, definition: Definition, window: Window) -> Cell | None:
        """Nothing for kinds, which two places may share, nor where one place lies in another."""
        if not self.places or not self.is_disjoint or definition.area_rule == AreaRule.DISTINCT:
            return None
        if definition.behaviour != Behaviour.RATIO:
            return sum((self.cells[place.pk, definition.code, window] for place in self.places), Cell())
        return None if definition.is_change_rate else self.share(definition, window)

    def share(self, definition: Definition, window: Window) -> Cell | None:
        sides = [catalogue.get(code) for code in (definition.numerator, definition.denominator)]
        if any(side.area_rule != AreaRule.SUM for side in sides):
            return None
        over, under = (
            {str(place.pk): self.cells[place.pk, side.code, window] for place in self.places} for side in sides
        )
        return rollup.quotient(definition, over, under, over)

    @cached_property
    def is_disjoint(self) -> bool:
        ordered = sorted(place.path for place in self.places)
        return not any(later.startswith(one) for one, later in zip(ordered, ordered[1:], strict=False))

    # sheets

    def number(self, place: Area, definition: Definition, window: Window) -> Number:
        then = self.cells[place.pk, definition.code, window.same_last_year()] if self.asked.with_change else None
        return Number(Spot(place, definition, window), self.cells[place.pk, definition.code, window], then)

    def total(self, definition: Definition, window: Window) -> Number | None:
        now = self.whole(definition, window)
        then = self.whole(definition, window.same_last_year()) if self.asked.with_change else None
        return None if now is None else Number(Spot(None, definition, window), now, then)

    def sheets(self) -> list[Sheet]:
        shapes = {"indicator-period": self.by_indicator, "place-indicator": self.by_window}
        return list(shapes.get(self.asked.shape, self.by_place)())

    def by_place(self) -> Iterator[Sheet]:
        for one in self.asked.definitions:
            rows = [(place, [self.number(place, one, window) for window in self.windows]) for place in self.places]
            total = [self.total(one, window) for window in self.windows]
            yield Sheet(f"{one.name} ({one.unit})", _("Place"), self.window_names, rows, total)

    def by_indicator(self) -> Iterator[Sheet]:
        for place in self.places:
            rows = [
                (one, [self.number(place, one, window) for window in self.windows]) for one in self.asked.definitions
            ]
            yield Sheet(place.full_name, _("Indicator"), self.window_names, rows)

    def by_window(self) -> Iterator[Sheet]:
        names = [f"{one.name} ({one.unit})" for one in self.asked.definitions]
        for window, title in zip(self.windows, self.window_names, strict=True):
            rows = [
                (place, [self.number(place, one, window) for one in self.asked.definitions]) for place in self.places
            ]
            yield Sheet(title, _("Place"), names, rows, [self.total(one, window) for one in self.asked.definitions])

    @property
    def window_names(self) -> list[str]:
        names = [window.name or str(window) for window in self.asked.periods.windows]
        return [*names, _("All these periods")] if self.asked.periods.joined else names

    @property
    def has_gap_in_totals(self) -> bool:
        return self.asked.shape != "indicator-period" and any(
            self.whole(one, self.windows[0]) is None for one in self.asked.definitions
        )
