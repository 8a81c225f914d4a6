"""Releases: the one way by which figures reach the public (rights rules R11 and R14)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db import connection, transaction
from django.db.models import QuerySet

from luytre.accounts.models import User
from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators, rollup
from luytre.reporting.measures import Cell, Number
from luytre.reporting.models import AreaRule, Behaviour, Definition, Release, ReleasedFigure
from luytre.reporting.suppression import Equation, Publication

Key = tuple[str, bool, str]  # path of the place, whether only what stands right at it, indicator
# Every way in which a count is divided wholly among others.
PARTITIONS: dict[str, list[tuple[str, ...]]] = {
    "model_sites": [("model_sites_effective", "model_sites_ineffective", "model_sites_unrated")],
    "tip_line_received": [
        ("tip_line_answered_in_week", "tip_line_answered_in_month", "tip_line_answered_later", "tip_line_unanswered"),
        ("tip_line_settled", "tip_line_partly_settled", "tip_line_not_settled", "tip_line_not_said"),
    ],
}
PUBLISHED_LEVELS = (Level.NATION, Level.PROVINCE, Level.COMMUNE)
LOCK = 7_138_014  # two releases at once could give away together what neither does alone


class NothingToRelease(ValueError):
    """None of the indicators may be shown to the public."""


def releasable() -> list[Definition]:
    """Public indicators that the registers yield; shares only with both counts."""
    return [one for one in indicators.available() if is_public(one)]


def is_public(one: Definition) -> bool:
    return one.is_public and all(catalogue.get(code).is_public for code in indicators.needs(one))


@transaction.atomic
def publish(release: Release, *, by: User, at: datetime, reason: str) -> None:
    """Approve a release and write its table, small numbers and what would give them away left out."""
    release.decide(by=by, at=at, is_approved=True, reason=reason)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    ReleasedFigure.objects.bulk_create(Table(release.area, release.window, release.codes).rows(release))


@dataclass(frozen=True)
class Table:
    """What a release would publish."""

    area: Area
    window: Window
    asked: list[str]
    readings: dict[str, rollup.Reading] = field(default_factory=dict)

    @cached_property
    def definitions(self) -> list[Definition]:
        wanted = {code for asked in self.asked for code in [asked, *indicators.needs(catalogue.get(asked))]}
        found = [one for one in releasable() if one.code in wanted]
        if not found or self.area.level not in PUBLISHED_LEVELS:
            raise NothingToRelease(self.asked)
        return found

    def reading(self, area: Area) -> rollup.Reading:
        """The territory is always that of the window's last day: two territories side by side give parts away."""
        if area.path not in self.readings:
            self.readings[area.path] = rollup.read(area, self.window)
        return self.readings[area.path]

    @cached_property
    def counts(self) -> list[str]:
        """The counts that the table stands on, both parts of shares among them."""
        return list(dict.fromkeys(code for one in self.definitions for code in indicators.needs(one)))

    @cached_property
    def cells(self) -> dict[Key, tuple[Area, Cell]]:
        """The new table: the place, and the places below it down to the commune."""
        return {key: found for code in self.counts for key, found in self.of(self.area, code)}

    def of(self, area: Area, code: str) -> Iterator[tuple[Key, tuple[Area, Cell]]]:
        figure = self.reading(area).figure(code)
        yield (area.path, False, code), (area, figure.whole)
        if area.level == Level.COMMUNE:
            return
        for part in self.reading(area).parts(figure):
            yield (part.area.path, part.is_own, code), (part.area, part.cell)

    @cached_property
    def hidden(self) -> set[Key]:
        return {key for group in self.groups() for key in self.hidden_of(group)}

    def groups(self) -> Iterator[list[str]]:
        """Indicators that a sum ties together are judged together."""
        rest = list(self.counts)
        while rest:
            tied = next((list(tie) for tie in ties() if rest[0] in tie), [rest[0]])
            rest = [code for code in rest if code not in tied]
            yield tied

    def hidden_of(self, codes: list[str]) -> set[Key]:
        values = {key: cell.value or 0 for code in codes for key, cell in self.around(code)}
        public, secret = self.known_before(codes, values)
        new = {key for key in self.cells if key[2] in codes} - public
        hidden = Publication(values, list(self.equations(codes)), set(new), set(public), set(secret)).hidden()
        return {key for key in new if key in hidden}

    def known_before(self, codes: list[str], values: dict[Key, Number]) -> tuple[set[Key], set[Key]]:
        """What the public knows already because nothing has changed since, and what it was not told."""
        shown, hidden = set(), set()
        for key, value in self.published_before(codes):
            if value is None:
                hidden.add(key)
            elif values.get(key) == value:
                shown.add(key)
        return shown, hidden & values.keys()

    def around(self, code: str) -> Iterator[tuple[Key, Cell]]:
        """The counts of this place, of all above it and of their parts, and of the places below with theirs."""
        for area in self.tables():
            for key, (_area, cell) in self.of(area, code):
                yield key, cell

    def tables(self) -> list[Area]:
        """Every place whose table shares a cell with this one."""
        below = self.earlier.filter(release__area__path__startswith=self.area.path)
        tables = Area.objects.filter(pk__in=below.values("release__area")).exclude(pk=self.area.pk)
        return [*self.area.ancestors_on(self.window.last_day), self.area, *tables]

    def equations(self, codes: list[str]) -> Iterator[Equation]:
        for code in codes:
            if catalogue.get(code).area_rule == AreaRule.SUM:
                yield from (self.sum_of(area, code) for area in self.tables() if area.level != Level.COMMUNE)
        for whole, ways in PARTITIONS.items():
            if whole in codes:
                places = {key[:2] for key in dict(self.around(whole))}
                yield from (
                    Equation((*place, whole), tuple((*place, part) for part in parts))
                    for place in places
                    for parts in ways
                )

    def sum_of(self, area: Area, code: str) -> Equation:
        total, *parts = [key for key, _found in self.of(area, code)]
        return Equation(total, tuple(parts))

    def published_before(self, codes: list[str]) -> Iterator[tuple[Key, Decimal | None]]:
        for path, is_own, code, value in self.earlier.filter(code__in=codes).values_list(
            "area__path", "is_own", "code", "value"
        ):
            yield (path, is_own, code), value

    @property
    def earlier(self) -> QuerySet[ReleasedFigure]:
        """What was released for the same days."""
        return ReleasedFigure.objects.filter(
            release__first_day=self.window.first_day, release__last_day=self.window.last_day
        )

    def rows(self, release: Release) -> list[ReleasedFigure]:
        """The place's own level has a cell only where something stands right there."""
        return [
            self.row(release, one, place)
            for one in self.definitions
            for place in self.places()
            if all((*place, code) in self.cells for code in indicators.needs(one))
        ]

    def places(self) -> list[tuple[str, bool]]:
        return list(dict.fromkeys(key[:2] for key in self.cells))

    def row(self, release: Release, one: Definition, place: tuple[str, bool]) -> ReleasedFigure:
        needed = [(*place, code) for code in indicators.needs(one)]
        is_hidden = any(key in self.hidden for key in needed)
        area, cell = self.found(one, place)
        return ReleasedFigure(
            release=release,
            area=area,
            is_own=place[1],
            code=one.code,
            value=None if is_hidden or cell.value is None else Decimal(cell.value),
            qualifier=cell.qualifier,
            is_estimate=cell.is_estimate,
            is_hidden=is_hidden,
        )

    def found(self, one: Definition, place: tuple[str, bool]) -> tuple[Area, Cell]:
        if one.behaviour != Behaviour.RATIO:
            return self.cells[(*place, one.code)]
        area, _count = self.cells[(*place, indicators.needs(one)[0])]
        return self.shares.get((*place, one.code), (area, Cell(None)))

    @cached_property
    def shares(self) -> dict[Key, tuple[Area, Cell]]:
        ratios = [one.code for one in self.definitions if one.behaviour == Behaviour.RATIO]
        return {key: found for code in ratios for key, found in self.of(self.area, code)}


def ties() -> list[tuple[str, ...]]:
    return [(whole, *(part for parts in ways for part in parts)) for whole, ways in PARTITIONS.items()]
