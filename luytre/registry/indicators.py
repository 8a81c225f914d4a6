"""What the registers of initiative sites and of groups yield."""

from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from luytre.areas.models import Level
from luytre.common.periods import Window
from luytre.registry.models import Rating, Site, WatchGroup
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Source
from luytre.reporting.measures import Count, Keys, Measure, Places, Total

Sites = QuerySet[Site]
Groups = QuerySet[WatchGroup]


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


def of_kind(*kinds: str) -> Callable[[Window], Groups]:
    return lambda window: WatchGroup.objects.serving_on(window.last_day).of_kind(*kinds)


def mass(window: Window) -> Groups:
    return WatchGroup.objects.serving_on(window.last_day).filter(kind__is_mass=True)


def group(code: str, *kinds: str, measure: Measure | None = None, **more: Any) -> None:
    indicators.add(Indicator(code=code, rows=of_kind(*kinds), measure=measure or Count(), **more))


members = Total("member_count", qualifier="member_qualifier")
teams = Total("team_count", qualifier="team_qualifier")

indicators.add(Indicator(code="mass_security_orgs", rows=mass))
indicators.add(Indicator(code="org_types", rows=mass, measure=Keys("kind")))
group("security_clusters", "security_cluster", measure=Keys("pk"), areas=("area", "partners"))
group("peoples_security_teams", "order_team")
group("peoples_security_team_members", "order_team", measure=members)
group("self_management_groups", "self_management_group")
group("self_management_group_members", "self_management_group", "boat_group", measure=members)
group("boat_groups", "boat_group")
group("peaceful_clans", "peaceful_clan")
group("mediation_teams", "mediation_team")
group("mediation_team_members", "mediation_team", measure=members)
group("anti_crime_clubs", "anti_crime_club")
group("civil_defence_teams", "civil_defence_team")
group("neighbourhood_guard_boards", "neighbourhood_guard_board")
group(
    "neighbourhood_guard_teams",
    "neighbourhood_guard_board",
    measure=teams,
    plus=(Source(of_kind("neighbourhood_guard_team")),),
)
group("neighbourhood_guard_members", "neighbourhood_guard_board", "neighbourhood_guard_team", measure=members)
group("semi_professional_commune_police", "commune_police_part_time", measure=members)
group("patrol_teams", "patrol_team")
group("youth_shock_teams", "youth_shock_team")
group("security_protection_teams", "guard_team")
group("security_protection_team_members", "guard_team", measure=members)
group("security_team_areas", "guard_team", measure=Places(Level.RESIDENTIAL), areas=("area", "partners"))
group("worker_self_management_groups", "worker_group")
group("worker_self_management_members", "worker_group", measure=members)
group("fire_interfamily_groups", "fire_interfamily_group")
group("border_groups", "border_group")
group("reintegration_support_groups", "reintegration_group")
group("reintegration_support_members", "reintegration_group", measure=members)
