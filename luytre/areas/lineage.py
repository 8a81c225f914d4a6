"""What became of places and what they were before: the closure of successions, in memory."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from luytre.areas.models import Area, Succession

WHOLE = Decimal(1)
PART = Decimal("0.0001")


class Stretch(NamedTuple):
    """A place where records stand from one day until another; `share` is the part of them that does."""

    place_id: int
    path: str
    valid_from: date
    valid_to: date | None
    share: Decimal = WHOLE
    is_estimate: bool = False
    is_main: bool = True


class Place(NamedTuple):
    """What must be known of a row to tell where its records stand; light, since there are many."""

    pk: int
    level: str
    path: str
    parent_id: int | None
    lead_id: int | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Heir:
    """Who took a place over; `share` is known only where a division was made by shares."""

    pk: int
    share: Decimal | None = WHOLE
    is_main: bool = True
    is_estimate: bool = False


@dataclass
class Lineage:
    """All places with those they came from and those that took them over: some hundred thousand rows."""

    areas: dict[int, Place]
    heirs: dict[int, list[Heir]] = field(default_factory=dict)
    origins: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    afterwards: dict[int, list[Stretch]] = field(default_factory=dict)
    beforehand: dict[int, list[Stretch]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Lineage":
        lineage = cls(
            {place.pk: place for place in map(Place._make, Area.objects.values_list(*Place._fields).iterator())}
        )
        taken: dict[int, list[Heir]] = defaultdict(list)
        columns = ("before_id", "after_id", "share", "is_main")
        for before, after, share, is_main in Succession.objects.order_by("pk").values_list(*columns):
            taken[before].append(Heir(after, share, is_main))
            if is_origin(lineage.areas[before], lineage.areas[after]):
                lineage.origins[after].append(before)
        lineage.heirs = {before: heirs(many) for before, many in taken.items()}
        return lineage

    def standings_of(self, pk: int) -> list[Stretch]:
        """Itself while it lasts, before and after that where its records stand."""
        return [*self.earlier(pk), self.own(pk), *self.later(pk)]

    def known(self, pk: int) -> list[Stretch]:
        """As it is kept: what only a part of the records has is an estimate."""
        return [one._replace(is_estimate=one.is_estimate or one.share < WHOLE) for one in self.standings_of(pk)]

    def own(self, pk: int) -> Stretch:
        area = self.areas[pk]
        return Stretch(pk, area.path, area.valid_from, area.valid_to)

    def later(self, pk: int) -> list[Stretch]:
        """After its last day: in its heirs and theirs; without an heir where the place stands that it lay in."""
        if pk not in self.afterwards:
            self.afterwards[pk] = self.find_later(self.areas[pk])
        return self.afterwards[pk]

    def find_later(self, area: Place) -> list[Stretch]:
        if area.valid_to is None:
            return []
        ways = self.heirs.get(area.pk) or ([Heir(area.parent_id)] if area.parent_id else [])
        found = [
            inherited(one, heir)
            for heir in ways
            for one in clipped([self.own(heir.pk), *self.later(heir.pk)], since=area.valid_to)
        ]
        return found if len(ways) < 2 else joined(found)

    def earlier(self, pk: int) -> list[Stretch]:
        """Before its first day: in the place that held all of it; without an origin in the place above it."""
        if pk not in self.beforehand:
            area = self.areas[pk]
            held = self.common(self.origins[pk]) if pk in self.origins else area.parent_id
            self.beforehand[pk] = clipped(self.standings_of(held), until=area.valid_from) if held else []
        return self.beforehand[pk]

    def common(self, places: Iterable[int]) -> int | None:
        """The one predecessor, else the nearest place that held them all."""
        lines = [self.line_of(place) for place in places]
        shared = set(lines[0]).intersection(*lines[1:])
        return next((pk for pk in lines[0] if pk in shared), None)

    def line_of(self, pk: int) -> list[int]:
        """A place and all above it, nearest first."""
        line: list[int] = []
        current: int | None = pk
        while current is not None:
            line.append(current)
            current = self.areas[current].parent_id
        return line


def is_origin(before: Place, after: Place) -> bool:
    """A place that had stood already and took another in did not come from it."""
    return before.valid_to is not None and before.valid_from < before.valid_to <= after.valid_from


def heirs(taken: list[Heir]) -> list[Heir]:
    """All of a place goes to its main successor, unless it was divided by shares that add up to one."""
    if len(taken) > 1 and sum(one.share or 0 for one in taken) == WHOLE:
        return [one for one in taken if one.share]
    return [Heir(one.pk, is_estimate=len(taken) > 1) for one in taken if one.is_main]


def clipped(stretches: Iterable[Stretch], *, since: date = date.min, until: date = date.max) -> list[Stretch]:
    return [
        one._replace(
            valid_from=max(one.valid_from, since),
            valid_to=one.valid_to if until == date.max else min(one.valid_to or until, until),
        )
        for one in stretches
        if one.valid_from < until and (one.valid_to is None or one.valid_to > since)
    ]


def inherited(one: Stretch, heir: Heir) -> Stretch:
    return one._replace(
        share=one.share * (heir.share or WHOLE),
        is_estimate=one.is_estimate or heir.is_estimate,
        is_main=one.is_main and heir.is_main,
    )


def joined(stretches: list[Stretch]) -> list[Stretch]:
    """Pieces that meet again in one place are added; on each day the main piece makes the shares add up to one."""
    days = sorted({one.valid_from for one in stretches} | {one.valid_to for one in stretches if one.valid_to})
    found: list[Stretch] = []
    for since, until in zip(days, [*days[1:], None], strict=True):
        found += on_one_day(since, until, [one for one in stretches if covers(one, since)])
    return merged(sorted(found, key=lambda one: (one.place_id, one.valid_from)))


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours in time that are alike become one."""
    found: list[Stretch] = []
    for one in stretches:
        last = found[-1] if found else None
        if last and last.valid_to == one.valid_from and last._replace(valid_from=one[2], valid_to=one[3]) == one:
            found[-1] = last._replace(valid_to=one.valid_to)
        else:
            found.append(one)
    return found


def covers(one: Stretch, day: date) -> bool:
    return one.valid_from <= day and (one.valid_to is None or day < one.valid_to)


def on_one_day(since: date, until: date | None, pieces: list[Stretch]) -> list[Stretch]:
    by_place: dict[int, list[Stretch]] = defaultdict(list)
    for piece in pieces:
        by_place[piece.place_id].append(piece)
    return rounded([added(many)._replace(valid_from=since, valid_to=until) for many in by_place.values()])


def added(pieces: list[Stretch]) -> Stretch:
    return pieces[0]._replace(
        share=sum((one.share for one in pieces), Decimal(0)),
        is_estimate=any(one.is_estimate for one in pieces),
        is_main=any(one.is_main for one in pieces),
    )


def rounded(pieces: list[Stretch]) -> list[Stretch]:
    others = [one._replace(share=one.share.quantize(PART)) for one in pieces if not one.is_main]
    rest = WHOLE - sum(one.share for one in others)
    return [*(one._replace(share=rest) for one in pieces if one.is_main), *(one for one in others if one.share)]
