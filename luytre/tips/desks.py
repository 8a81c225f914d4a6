"""Which desk takes what: those of a commune, of its province, and of the whole country."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from luytre.areas.models import Area, Level
from luytre.tips import intake, keychain
from luytre.tips.framing import Malformed
from luytre.tips.models import Desk, DeskKind

ORDER = [DeskKind.COMMUNE, DeskKind.PROVINCE, DeskKind.PROCURACY, DeskKind.MINISTRY]


def is_open() -> bool:
    """Whether this house takes tips at all: without the root's key no browser can check to whom it seals."""
    return bool(keychain.root())


def places(*, on: date) -> list[list[str]]:
    """Code, name and province of every commune and province: a browser searches it, so that nobody learns for what."""
    rows = Area.objects.on(on).filter(level__in=(Level.PROVINCE, Level.COMMUNE)).select_related("parent")
    return [[one.code, capfirst(one.full_name), province_of(one)] for one in rows.sorted()]


def province_of(area: Area) -> str:
    """Its code; a province is its own."""
    return area.code if area.level == Level.PROVINCE else (area.parent.code if area.parent else "")


def in_province(code: str) -> list[Desk]:
    """Every open desk of a province, and those of the whole country; the nearest kind first."""
    province = Area.objects.on(timezone.localdate()).filter(level=Level.PROVINCE, code=code).first()
    if province is None:
        return []
    there = Q(area__path__startswith=province.path) | Q(area__level=Level.NATION)
    rows = Desk.objects.open().filter(there).select_related("area")
    return sorted(rows, key=lambda one: (ORDER.index(DeskKind(one.kind)), one.area.sort_key))


def described(desk: Desk) -> dict[str, Any]:
    return {
        "id": str(desk.pk),
        "kind": desk.kind,
        "name": desk.name,
        "area": desk.area.code,
        "level": desk.area.level,
        "phone": desk.phone,
        "address": desk.address,
    }


@dataclass(frozen=True)
class Found:
    """Desks for a place that was typed, the nearest first."""

    place: str
    desks: list[Desk]


def for_words(words: str) -> list[Found]:
    """For the page without scripts: places whose name has these words, and who takes tips there."""
    rows = Area.objects.on(timezone.localdate()).filter(level__in=(Level.PROVINCE, Level.COMMUNE))
    words = words.replace("\0", "")  # no database takes it
    found = []
    for area in rows.matching(words).select_related("parent").sorted()[:8] if words.strip() else []:
        fitting = [one for one in in_province(province_of(area)) if serves(one, area)]
        above = f", {area.parent.full_name}" if area.parent and area.level == Level.COMMUNE else ""
        found.append(Found(f"{capfirst(area.full_name)}{above}", fitting))
    return found


def serves(desk: Desk, area: Area) -> bool:
    return area.path.startswith(desk.area.path)


def offered(found: list[Found], chosen: str, *, few: int) -> list[Desk]:
    """Those of the places found; all when there are few; also the one that was chosen."""
    every = {str(one.pk): one for place in found for one in place.desks}
    if not every:
        some = list(Desk.objects.open().select_related("area")[: few + 1])
        every = {str(one.pk): one for one in some} if len(some) <= few else {}
    if chosen and chosen not in every:
        with suppress(Malformed):
            every |= {str(one.pk): one for one in Desk.objects.open().filter(pk=intake.uuid_of(chosen))}
    return list(every.values())
