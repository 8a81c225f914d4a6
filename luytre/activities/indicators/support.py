"""What offers of help yield: how many took up a job or a loan, and how much was lent.

How many people are helped in all is not counted here: one person may use two offers, and no list says who.
"""

from django.db.models import QuerySet

from luytre.activities.models import HelpKind, SupportUptake
from luytre.common.periods import Window
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Rows
from luytre.reporting.measures import Total


def taken_up(kind: HelpKind) -> Rows:
    def rows(window: Window) -> "QuerySet[SupportUptake]":
        return SupportUptake.objects.ended_in(window.first_day, window.end).filter(offer__kind=kind)

    return rows


indicators.add(Indicator(code="reintegration_jobs_created", rows=taken_up(HelpKind.JOB), measure=Total("taken_count")))
indicators.add(
    Indicator(code="reintegration_loans_persons", rows=taken_up(HelpKind.LOAN), measure=Total("taken_count"))
)
indicators.add(Indicator(code="reintegration_loans_vnd", rows=taken_up(HelpKind.LOAN), measure=Total("amount_vnd")))
