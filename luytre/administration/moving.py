"""What a change of the territory would move: shown before anything is done."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from luytre.accounts.models import Assignment
from luytre.areas import changes
from luytre.areas.models import Area, ChangeLine, Level, Standing, TerritoryChange
from luytre.areas.planning import Plan
from luytre.common.numbers import format_number
from luytre.common.periods import Window, years_before
from luytre.reporting import catalogue, rollup
from luytre.reporting.models import Return
from luytre.ui.registers import REGISTERS

SHOWN = 20
FIGURES = 6
CODES = ("outreach_sessions", "model_sites", "mass_security_orgs")


@dataclass(frozen=True)
class Moved:
    """So many of a kind of thing."""

    label: str
    count: int

    @property
    def words(self) -> str:
        return format_number(self.count)


def named(level: str) -> str:
    return capfirst(str(Level(level).label))


@dataclass(frozen=True)
class Office:
    """Somebody's role, and where it is exercised afterwards."""

    assignment: Assignment
    after: str


@dataclass(frozen=True)
class Becoming:
    """A line of a change with the name that its place bears from then on."""

    line: ChangeLine
    name: str


def becoming(lines: list[ChangeLine], *, on: date) -> list[Becoming]:
    """Lines with the same code are one place: what one of them says, or the place of that code, names it."""
    codes = {line.code for line in lines if line.code}
    rows = Area.objects.filter(code__in=codes, valid_from__lte=on).order_by("valid_from")
    names = {(area.level, area.code): area.name for area in rows}
    names |= {(line.level, line.code): line.name for line in lines if line.name}
    return [Becoming(line, names.get((line.level, line.code), "")) for line in lines]


@dataclass(frozen=True)
class Row:
    """A place and its figures, each under its name."""

    area: Area
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class Moving:
    """A drafted change seen from the day it would take effect."""

    change: TerritoryChange
    today: date

    @cached_property
    def plan(self) -> Plan:
        return changes.plan_of(self.change)

    @cached_property
    def named(self) -> list[Area]:
        """The places that the lines name, without those that only lie in them."""
        own = {line.before_id for line in changes.lines_of(self.change)}
        return [area for pk, area in self.plan.closings.items() if pk in own]

    @cached_property
    def areas(self) -> Any:
        """All rows, of whatever time, whose records would stand elsewhere."""
        eve = self.change.on - timedelta(days=1)
        return Standing.objects.on(eve).filter(place__in=list(self.plan.closings)).values("area")

    def places(self) -> list[Moved]:
        """How many places of each level would end and begin."""
        ending = Counter(area.level for area in self.plan.closings.values())
        beginning = Counter(opening.level for opening in self.plan.openings.values())
        return [
            *(Moved(_("%(level)s: end") % {"level": named(one)}, count) for one, count in ending.items()),
            *(Moved(_("%(level)s: begin") % {"level": named(one)}, count) for one, count in beginning.items()),
        ]

    def records(self) -> list[Moved]:
        """Of each register, and returns."""
        found = [Moved(capfirst(one.label), self.count(one.rows().kept())) for one in REGISTERS.values()]
        returns = capfirst(str(Return._meta.verbose_name_plural))
        return [*found, Moved(returns, Return.objects.filter(area__in=self.areas).count())]

    def count(self, rows: Any) -> int:
        return int(rows.filter(**{f"{rows.area}__in": self.areas}).count())

    @cached_property
    def assignments(self) -> Any:
        rows = Assignment.objects.not_ended(self.today).filter(area__in=self.areas)
        return rows.select_related("user", "area").order_by("area__path", "user__folded")

    def offices(self) -> list[Office]:
        return [Office(one, self.office_of(one.area)) for one in self.assignments[:SHOWN]]

    @cached_property
    def heirs(self) -> dict[str, str]:
        """The main heir of each place that ends, by path and in words."""
        return {one.before.path: f"{one.after.name} ({one.after.code})" for one in self.plan.heirs if one.is_main}

    def office_of(self, area: Area) -> str:
        """Where the role will be exercised; nowhere when no place of that level takes over."""
        eve = area.path_on(self.change.on - timedelta(days=1))
        ends = eve in {one.path for one in self.plan.closings.values()}
        return self.heirs.get(eve, "") if ends else area.full_name

    @property
    def hidden_offices(self) -> int:
        return max(0, int(self.assignments.count()) - SHOWN)

    def columns(self) -> list[str]:
        return [catalogue.get(code).name for code in CODES]

    def figures(self) -> list[Row]:
        """The last twelve months of each named place, as they stand today."""
        last = min(self.change.on, self.today) - timedelta(days=1)
        window = Window(years_before(last, 1) + timedelta(days=1), last)
        return [Row(area, self.cells_of(area, window)) for area in self.named[:FIGURES]]

    def cells_of(self, area: Area, window: Window) -> list[tuple[str, str]]:
        reading = rollup.read(area, window)
        return [(name, str(reading.figure(code))) for name, code in zip(self.columns(), CODES, strict=True)]
