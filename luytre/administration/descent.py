"""The line of descent of a place: what it was, what became of it, and by which document."""

from dataclasses import dataclass
from datetime import date

from luytre.areas.models import Area, Standing, Succession


@dataclass(frozen=True)
class Life:
    """One row of a place: from one day until another, with what it came from and what took it over."""

    area: Area
    origins: list[Succession]
    taken_in: list[Succession]
    heirs: list[Succession]
    stands: list[Standing]

    @property
    def is_divided(self) -> bool:
        return len(self.heirs) > 1


def lives(code: str, *, today: date) -> list[Life]:
    """Everything that ever bore a code, latest first."""
    rows = Area.objects.filter(code=code).select_related("parent").order_by("-valid_from", "level")
    return [life(area, today) for area in rows]


def life(area: Area, today: date) -> Life:
    before = list(area.origins.select_related("before__parent").order_by("before__path"))
    heirs = area.successions.select_related("after__parent").order_by("-is_main", "after__path")
    stands = area.standings.select_related("place__parent").on(today).exclude(place=area).order_by("-share")
    origins = [one for one in before if one.on <= area.valid_from]
    return Life(area, origins, [one for one in before if one not in origins], list(heirs), list(stands))
