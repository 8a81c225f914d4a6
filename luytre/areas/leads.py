"""Which rows stand in the same commune on every day: totals are kept once for all of them, under their lead."""

from collections.abc import Iterable, Mapping

from luytre.areas.lineage import Place, Stretch, merged
from luytre.areas.models import Level

Projection = tuple[Stretch, ...]


def leads(areas: Mapping[int, Place], stands: Mapping[int, Iterable[Stretch]]) -> dict[int, int]:
    """The lead of each area: a commune or a higher place if one stands alike, else the row that was there first."""
    alike: dict[Projection, list[int]] = {}
    for pk, stretches in stands.items():
        alike.setdefault(projected(areas, stretches), []).append(pk)
    led: dict[int, int] = {}
    for members in alike.values():
        led.update(dict.fromkeys(members, min(members, key=lambda pk: (is_residential(areas[pk]), pk))))
    return led


def is_residential(area: Place) -> bool:
    return area.level == Level.RESIDENTIAL


def projected(areas: Mapping[int, Place], stretches: Iterable[Stretch]) -> Projection:
    """Standings as a commune's reader sees them: what stands in a residential area stands in its commune."""
    cut = (one._replace(place_id=0, path=above(areas, one)) for one in stretches)
    return tuple(merged(sorted(cut, key=lambda one: (one.path, one.valid_from))))


def above(areas: Mapping[int, Place], one: Stretch) -> str:
    if not is_residential(areas[one.place_id]):
        return one.path
    return one.path[: one.path.rindex(".", 0, -1) + 1]
