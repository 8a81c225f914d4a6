"""What the register of mediations yields."""

from django.db.models import QuerySet

from luytre.common.periods import Window
from luytre.registry.models import Mediation
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator
from luytre.reporting.measures import Total


def held(window: Window) -> QuerySet[Mediation]:
    return Mediation.objects.held_in(window.first_day, window.end)


indicators.add(Indicator(code="disputes_mediated", rows=held, measure=Total("received"), on="held_on"))
indicators.add(Indicator(code="disputes_mediated_successfully", rows=held, measure=Total("settled"), on="held_on"))
