"""What hand-ins yield: each kind counts as one statistic; lumped figures add the pieces, never what is weighed."""

from typing import Any

from django.db.models import QuerySet

from luytre.activities.models import HandInQuantity
from luytre.common.periods import Window
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Rows
from luytre.reporting.measures import Total

SINGLE = (
    "firearms_collected",
    "firearm_parts_collected",
    "ammunition_collected",
    "grenades_collected",
    "explosives_kg_collected",
    "fireworks_kg_collected",
    "crude_weapons_collected",
    "support_tools_collected",
)
LUMPED = {
    "firearms_and_explosives_collected": ("firearms_collected", "grenades_collected"),
    "weapons_collected_total": (
        "firearms_collected",
        "grenades_collected",
        "crude_weapons_collected",
        "support_tools_collected",
    ),
}


def handed_in(*counted_as: str) -> Rows:
    def rows(window: Window) -> "QuerySet[Any]":
        within = {"hand_in__received_on__gte": window.first_day, "hand_in__received_on__lt": window.end}
        return HandInQuantity.objects.filter(kind__counted_as__in=counted_as, hand_in__removed_at=None, **within)

    return rows


for code, parts in {**{one: (one,) for one in SINGLE}, **LUMPED}.items():
    indicators.add(Indicator(code=code, rows=handed_in(*parts), measure=Total("amount"), areas=("hand_in__area",)))
