"""What the register of outreach sessions yields."""

from typing import Any

from django.db.models import QuerySet

from luytre.activities.models import Audience, Form, OutreachSession, Setting
from luytre.areas.models import Level
from luytre.common.periods import Window
from luytre.registry.models import Organisation
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Source
from luytre.reporting.measures import Places, Total

Sessions = QuerySet[OutreachSession]
attendance = Total("attendance", qualifier="attendance_qualifier")


def held(window: Window, **which: Any) -> Sessions:
    return OutreachSession.objects.held_in(window.first_day, window.end).filter(**which)


def in_group(window: Window, **which: Any) -> Sessions:
    return held(window, setting=Setting.GROUP, **which)


def hosts(window: Window) -> QuerySet[Organisation]:
    """Each agency, enterprise or school once, where it stands, however its sessions were placed."""
    return Organisation.objects.filter(pk__in=in_group(window, organisation__isnull=False).values("organisation"))


indicators.add(Indicator(code="outreach_sessions", rows=in_group, on="held_on"))
indicators.add(Indicator(code="outreach_attendances", rows=in_group, measure=attendance, on="held_on"))
indicators.add(
    Indicator(
        code="outreach_locations",
        rows=lambda window: in_group(window, organisation=None),
        measure=Places(Level.RESIDENTIAL),
        plus=(Source(hosts),),
    )
)
indicators.add(
    Indicator(code="outreach_loudspeaker_runs", rows=lambda window: held(window, setting=Setting.MOBILE), on="held_on")
)
indicators.add(
    Indicator(
        code="outreach_individual_sessions", rows=lambda window: held(window, setting=Setting.INDIVIDUAL), on="held_on"
    )
)
indicators.add(
    Indicator(
        code="outreach_individual_persons",
        rows=lambda window: held(window, setting=Setting.INDIVIDUAL),
        measure=attendance,
        on="held_on",
    )
)
indicators.add(
    Indicator(
        code="outreach_school_sessions", rows=lambda window: in_group(window, audience=Audience.PUPILS), on="held_on"
    )
)
indicators.add(
    Indicator(
        code="outreach_pupil_attendances",
        rows=lambda window: in_group(window, audience=Audience.PUPILS),
        measure=attendance,
        on="held_on",
    )
)
indicators.add(
    Indicator(code="outreach_contests", rows=lambda window: in_group(window, form=Form.CONTEST), on="held_on")
)
