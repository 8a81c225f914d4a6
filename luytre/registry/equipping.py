"""What a guard team has of its equipment, beside what the norm asks for its strength."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from luytre.registry.models import EquipmentCount, EquipmentItem


@dataclass(frozen=True)
class Equipped:
    item: EquipmentItem
    needed: int
    has: int | None  # never counted

    @property
    def missing(self) -> int:
        return max(0, self.needed - (self.has or 0))


def lines_of(team: Any, items: Iterable[EquipmentItem], *, on: date) -> Iterator[Equipped]:
    """`team` with its `strength` of the day (`GuardTeam.objects.manned_on`)."""
    counts = EquipmentCount.objects.filter(of=team, on__lte=on).order_by("item", "-on").distinct("item")
    last = dict(counts.values_list("item", "piece_count"))
    return (Equipped(item, item.needed_for(team.strength), last.get(item.pk)) for item in items)
