"""Public places around the two sample communes: community houses, an alarm bell, a notice board."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK, dice, evening, keep
from luytre.areas.models import Area, Level
from luytre.registry.catalogue.places import sync_place_kinds
from luytre.registry.models import Place, PlaceKind

WHAT = {
    "community_house": 6,
    "signal_point": 3,
    "notice_board": 3,
    "market": 1,
    "clinic": 1,
    "commune_police": 1,
}
SPREAD = Decimal("0.02")


def load(recorders: dict[str, User], *, today: date) -> None:
    sync_place_kinds()
    kinds = {kind.code: kind for kind in PlaceKind.objects.all()}
    for code, by in recorders.items():
        commune = Area.objects.find(code, on=today, level=Level.COMMUNE)
        keep(list(of_commune(commune, kinds, by=by, today=today)), path=commune.path)


def of_commune(commune: Area, kinds: dict[str, PlaceKind], *, by: User, today: date) -> Iterator[Place]:
    """Around the commune's middle; made up, like the hamlets."""
    rng = dice(f"public places {commune.code}")
    hamlets = list(commune.children_on(today)) or [commune]
    for code, count in WHAT.items():
        for number in range(count):
            area = rng.choice(hamlets) if count > 1 else commune
            yield Place(
                kind=kinds[code],
                area=area,
                name=f"{kinds[code].vi_name} {area.name if count > 1 else commune.name} {number + 1} {MARK}",
                latitude=(commune.latitude or Decimal("21.4")) + SPREAD * Decimal(str(round(rng.uniform(-1, 1), 4))),
                longitude=(commune.longitude or Decimal("103.1")) + SPREAD * Decimal(str(round(rng.uniform(-1, 1), 4))),
                created_at=evening(today),
                created_by=by,
            )
