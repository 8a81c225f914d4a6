"""What the register of groups yields."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from luytre.common.periods import Window
from luytre.registry.models import WatchGroup
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Source
from luytre.reporting.measures import Count, Keys, Measure, Total

Groups = QuerySet[WatchGroup]


def of_kind(*kinds: str) -> Callable[[Window], Groups]:
    """In being on the last day, with the numbers that were counted last by then."""
    return lambda window: WatchGroup.objects.serving_on(window.last_day).of_kind(*kinds).counted_on(window.last_day)


def mass(window: Window) -> Groups:
    return WatchGroup.objects.serving_on(window.last_day).filter(kind__is_mass=True)


def group(code: str, *kinds: str, measure: Measure | None = None, **more: Any) -> None:
    indicators.add(Indicator(code=code, rows=of_kind(*kinds), measure=measure or Count(), **more))


members = Total("member_count_then", qualifier="member_qualifier_then")
teams = Total("team_count_then", qualifier="team_qualifier_then")

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
group("worker_self_management_groups", "worker_group")
group("worker_self_management_members", "worker_group", measure=members)
group("fire_interfamily_groups", "fire_interfamily_group")
group("border_groups", "border_group")
group("reintegration_support_groups", "reintegration_group")
group("reintegration_support_members", "reintegration_group", measure=members)
