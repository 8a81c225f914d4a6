"""Where every place stands at every time: the closure of successions, rebuilt in one short transaction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from luytre.areas.models import Area, Standing, Succession


@transaction.atomic
def rebuild() -> int:
    """Work out all standings anew; returns how many there are."""
    lineage = Lineage.load()
    rows = [row for pk in lineage.areas for row in lineage.standings_of(pk)]
    Standing.objects.all().delete()
    Standing.objects.bulk_create(rows, batch_size=5000)
    return len(rows)


@dataclass
class Lineage:
    """All places and what became of them, in memory: some tens of thousands of rows."""

    areas: dict[int, Area]
    main: dict[int, int] = field(default_factory=dict)
    divided: set[int] = field(default_factory=set)
    origins: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> "Lineage":
        rows = Area.objects.only("pk", "path", "parent_id", "valid_from", "valid_to")
        lineage = cls({area.pk: area for area in rows})
        for before, after, on, is_main in Succession.objects.values_list("before_id", "after_id", "on", "is_main"):
            if on <= lineage.areas[after].valid_from:  # a place that was there before took this one in: no origin
                lineage.origins[after].append(before)
            if is_main:
                lineage.main[before] = after
            else:
                lineage.divided.add(before)
        return lineage

    def standings_of(self, pk: int) -> Iterator[Standing]:
        own = self.areas[pk]
        yield Standing(area=own, place=own, path=own.path, valid_from=own.valid_from, valid_to=own.valid_to)
        yield from self.later(own)
        yield from self.earlier(own)

    def later(self, own: Area) -> Iterator[Standing]:
        """The main successor, and its, and so on; a divided place makes what follows an estimate."""
        pk, since, is_estimate = own.pk, own.valid_to, False
        while pk in self.main and since is not None:
            is_estimate = is_estimate or pk in self.divided
            pk = self.main[pk]
            place = self.areas[pk]
            yield Standing(
                area=own,
                place=place,
                path=place.path,
                valid_from=max(since, place.valid_from),  # a place that took over may have stood long before
                valid_to=place.valid_to,
                is_estimate=is_estimate,
            )
            since = place.valid_to

    def earlier(self, own: Area) -> Iterator[Standing]:
        """The place that held all of it before: the one predecessor, else the nearest that held them all."""
        origins, until = self.origins.get(own.pk), own.valid_from
        while origins:
            place = self.common(origins)
            if place is None or place.valid_from >= until:
                return
            yield Standing(area=own, place=place, path=place.path, valid_from=place.valid_from, valid_to=until)
            origins, until = self.origins.get(place.pk), place.valid_from

    def common(self, places: Iterable[int]) -> Area | None:
        lines = [self.line_of(place) for place in places]
        shared = set(lines[0]).intersection(*lines[1:])
        return next((self.areas[pk] for pk in lines[0] if pk in shared), None)

    def line_of(self, pk: int) -> list[int]:
        """A place and all above it, nearest first."""
        line: list[int] = []
        current: int | None = pk
        while current is not None:
            line.append(current)
            current = self.areas[current].parent_id
        return line
