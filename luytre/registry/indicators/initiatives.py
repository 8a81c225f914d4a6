"""What the register of initiative sites yields."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from luytre.areas.models import Level
from luytre.common.periods import Window
from luytre.registry.models import Rating, Site
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator
from luytre.reporting.measures import Count, Keys, Measure, Places, Total

Sites = QuerySet[Site]


def running(window: Window) -> Sites:
    return Site.objects.running_on(window.last_day)


def launched(window: Window, **which: Any) -> Sites:
    return Site.objects.launched_in(window.first_day, window.end).filter(**which)


def last_graded(grade: str | None) -> Callable[[Window], Sites]:
    """Running sites by their last rating up to the window's end; none for those never rated."""

    def rows(window: Window) -> Sites:
        ratings = Rating.objects.filter(site=OuterRef("pk"), on__lte=window.last_day).order_by("-on")
        graded = running(window).alias(last_grade=Subquery(ratings.values("grade")[:1]))
        return graded.filter(last_grade=grade) if grade else graded.filter(last_grade=None)

    return rows


def site(code: str, measure: Measure | None = None, **more: Any) -> None:
    indicators.add(Indicator(code=code, **{"rows": running, "measure": measure or Count(), **more}))


site("self_management_models", Keys("initiative"))
site("model_types", Keys("initiative"))
site("model_sites")
site("model_groups", Total("group_count", qualifier="group_qualifier"))
site("model_members", Total("member_count", qualifier="member_qualifier"))
site("model_women_members", Total("women_count"))
site("model_households", Total("household_count"))
site("models_new", rows=lambda window: launched(window, is_first=True))
site("model_sites_replicated", rows=lambda window: launched(window, origin__isnull=False))
site("model_sites_dissolved", rows=lambda window: Site.objects.closed_in(window.first_day, window.end))
site("model_sites_effective", rows=last_graded(Rating.Grade.EFFECTIVE))
site("model_sites_ineffective", rows=last_graded(Rating.Grade.INEFFECTIVE))
site("model_sites_unrated", rows=last_graded(None))
site("residential_areas_with_model", Places(Level.RESIDENTIAL), areas=("area", "serves"))
site("communes_with_model", Places(Level.COMMUNE), areas=("area", "serves"))
