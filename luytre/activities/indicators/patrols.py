"""What the registers of patrols and hazards yield."""

from django.db.models import QuerySet

from luytre.activities.models import Hazard, Patrol
from luytre.common.periods import Window
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Source
from luytre.reporting.measures import Total


def walked(window: Window) -> QuerySet[Patrol]:
    return Patrol.objects.walked_in(window.first_day, window.end)


def noted_on_patrol(window: Window) -> QuerySet[Hazard]:
    return Hazard.objects.noted_in(window.first_day, window.end).filter(patrol__isnull=False)


indicators.add(Indicator(code="patrols_conducted", rows=walked, on="held_on"))
indicators.add(Indicator(code="patrol_attendances", rows=walked, measure=Total("people_count"), on="held_on"))
indicators.add(
    Indicator(
        code="patrol_incidents_found",
        rows=walked,
        measure=Total("event_count"),
        on="held_on",
        plus=(Source(noted_on_patrol, on="noted_on"),),
    )
)
