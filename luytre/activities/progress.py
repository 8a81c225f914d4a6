"""How far a campaign has come: month by month what was meant, what was held and what is still to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from luytre.activities.models import Campaign
from luytre.common.numbers import format_number
from luytre.ui.components import Step


@dataclass(frozen=True)
class Line:
    name: str
    meant: int = 0
    held: int = 0
    to_come: int = 0
    attendances: int = 0

    def cells(self) -> list[Any]:
        return [self.name, *map(format_number, (self.meant, self.held, self.to_come, self.attendances))]

    @property
    def is_done(self) -> bool:
        return bool(self.meant) and self.held >= self.meant


def of(campaign: Campaign) -> list[Line]:
    meant = dict(campaign.planned_months.values_list("month", "planned_count"))
    held, crowds = by_month(campaign.sessions.filter(removed_at=None), "held_on", Sum("attendance"))
    to_come, _nothing = by_month(campaign.planned.waiting(), "planned_on", Count("pk"))
    return [
        Line(f"{month:%m/%Y}", meant.get(month, 0), held.get(month, 0), to_come.get(month, 0), crowds.get(month, 0))
        for month in campaign.months()
    ]


def by_month(rows: Any, day: str, measure: Any) -> tuple[dict[date, int], dict[date, int]]:
    """How many rows a month, and their measure."""
    counted = rows.order_by().annotate(month=TruncMonth(day)).values("month")
    found = list(counted.annotate(count=Count("pk"), measured=measure).values_list("month", "count", "measured"))
    return {month: count for month, count, _sum in found}, {month: some or 0 for month, _count, some in found}


def together(lines: Iterable[Line]) -> Line:
    some = list(lines)
    sums = (sum(getattr(line, name) for line in some) for name in ("meant", "held", "to_come", "attendances"))
    return Line(_("Together"), *sums)


def steps(lines: Iterable[Line]) -> list[Step]:
    """One segment a month that has an aim."""
    some = [line for line in lines if line.meant]
    following = next((line for line in some if not line.is_done), None)
    return [Step(line.name, state(line, following), note(line)) for line in some]


def state(line: Line, following: Line | None) -> str:
    return "done" if line.is_done else "next" if line is following else "later"


def note(line: Line) -> str:
    return _("%(held)d of %(meant)d held") % {"held": line.held, "meant": line.meant}
