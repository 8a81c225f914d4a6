"""What the register of initiative sites yields: types, sites and groups are three counts, never added up."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from luytre.areas.models import Level
from luytre.common.periods import Window
from luytre.registry.models import Exemplar, Funding, Rating, Site, SiteCount, SiteStep, Stage
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Source
from luytre.reporting.measures import Count, Keys, Measure, Places, Total

Sites = QuerySet[Site]


def running(window: Window) -> Sites:
    return Site.objects.running_on(window.last_day)


def living(window: Window) -> Sites:
    """With evidence within the six months up to the window's end; the figure's span is everybody's."""
    return Site.objects.living_on(window.last_day)


def launched(window: Window, **which: Any) -> Sites:
    return Site.objects.launched_in(window.first_day, window.end).filter(**which)


def strengthened(window: Window) -> Sites:
    """Each site once, however often it was."""
    steps = SiteStep.objects.filter(
        site=OuterRef("pk"), kind=Stage.STRENGTHENED, on__gte=window.first_day, on__lt=window.end
    )
    return Site.objects.kept().filter(Exists(steps))


def last_graded(grade: str) -> Callable[[Window], Sites]:
    """Running sites by their last rating up to the window's end; those never rated count as not rated."""

    def rows(window: Window) -> Sites:
        ratings = Rating.objects.filter(site=OuterRef("pk"), on__lte=window.last_day).order_by("-on")
        graded = running(window).alias(last_grade=Subquery(ratings.values("grade")[:1]))
        unrated = Q(last_grade=None) if grade == Rating.Grade.UNRATED else Q(pk__in=[])
        return graded.filter(Q(last_grade=grade) | unrated)

    return rows


def counted_at_launch(window: Window) -> Sites:
    """Running sites that were not counted again up to the window's end."""
    again = SiteCount.objects.filter(site=OuterRef("pk"), on__lte=window.last_day)
    return running(window).filter(~Exists(again))


def counted_again(window: Window) -> QuerySet[SiteCount]:
    """The last head-count of each running site up to the window's end: a later one never changes an earlier figure."""
    return SiteCount.objects.standing_on(window.last_day).filter(site__in=running(window).order_by().values("pk"))


def funded(window: Window) -> QuerySet[Funding]:
    return Funding.objects.filter(site__removed_at=None, on__gte=window.first_day, on__lt=window.end)


def exemplars(kind: str) -> Callable[[Window], QuerySet[Exemplar]]:
    return lambda window: Exemplar.objects.recognised_by(window.last_day).of_kind(kind)


def site(code: str, measure: Measure | None = None, **more: Any) -> None:
    indicators.add(Indicator(code=code, **{"rows": running, "measure": measure or Count(), **more}))


def heads(code: str, measure: Total) -> None:
    later = Source(rows=counted_again, measure=measure, areas=("site__area",))
    site(code, measure, rows=counted_at_launch, plus=(later,))


site("self_management_models", Keys("initiative"))
site("model_types", Keys("initiative"))
site("model_sites")
heads("model_groups", Total("group_count", qualifier="group_qualifier"))
heads("model_members", Total("member_count", qualifier="member_qualifier"))
heads("model_women_members", Total("women_count"))
heads("model_households", Total("household_count"))
site("models_new", rows=lambda window: launched(window, is_first=True))
site("model_sites_replicated", rows=lambda window: launched(window, origin__isnull=False))
site("model_sites_strengthened", rows=strengthened)
site("model_sites_dissolved", rows=lambda window: Site.objects.closed_in(window.first_day, window.end))
site("model_sites_living", rows=living)
site("model_sites_effective", rows=last_graded(Rating.Grade.EFFECTIVE))
site("model_sites_ineffective", rows=last_graded(Rating.Grade.INEFFECTIVE))
site("model_sites_unrated", rows=last_graded(Rating.Grade.UNRATED))
site("residential_areas_with_model", Places(Level.RESIDENTIAL), areas=("area", "serves"))
site("residential_areas_with_living_model", Places(Level.RESIDENTIAL), rows=living, areas=("area", "serves"))
site("communes_with_model", Places(Level.COMMUNE), areas=("area", "serves"))
site("model_funding_vnd", Total("amount_vnd"), rows=funded, areas=("site__area",))
site("model_donors", Total("donor_count"), rows=funded, areas=("site__area",))
site("exemplar_collectives", rows=exemplars(Exemplar.Kind.COLLECTIVE))
site("exemplar_individuals", Total("count"), rows=exemplars(Exemplar.Kind.INDIVIDUAL))
