"""What the public sees of the territory: names and codes of today, as plain values."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from luytre.areas.models import Area, Level

LEVELS = (Level.NATION, Level.PROVINCE, Level.COMMUNE)
SHOWN = 30


@dataclass(frozen=True)
class PublicArea:
    code: str
    name: str
    above: str = ""


def plain(area: Area) -> PublicArea:
    above = area.parent.full_name if area.parent and area.level == Level.COMMUNE else ""
    return PublicArea(area.code, capfirst(area.full_name), above)


def search(words: str, *, on: date) -> list[PublicArea]:
    """Provinces and communes by a part of their name, without tone marks."""
    if not words:
        return []
    places = Area.objects.on(on).filter(level__in=LEVELS).matching(words).select_related("parent")
    return [plain(area) for area in places.sorted()[:SHOWN]]


@dataclass(frozen=True)
class PublicPlace:
    """A place with what it lies in and what lies in it."""

    area: PublicArea
    above: list[PublicArea]
    below: list[PublicArea]


def place(code: str, *, on: date) -> PublicPlace | None:
    area = Area.objects.filter(code=code, level__in=LEVELS).on(on).first()
    if area is None:
        return None
    return PublicPlace(
        plain(area),
        [plain(one) for one in area.ancestors_on(on)],
        [plain(one) for one in area.children_on(on).filter(level__in=LEVELS).select_related("parent")],
    )
