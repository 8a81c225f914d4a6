"""The made-up nation's groups and initiative sites."""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.utils.translation import gettext_lazy as _

from luytre.registry.catalogue import sync_group_kinds, sync_initiatives
from luytre.registry.models import GroupKind, GuardTeam, Initiative, Site, WatchGroup
from luytre.registry.models.guard_teams import FORCE_SINCE
from luytre.reporting.simulation import records, steps
from luytre.reporting.simulation.plan import MARK, Plan
from luytre.reporting.simulation.steps import Step

SITES, GROUPS, GUARD_TEAMS = 124_000, 64_000, 86_000
SINCE = date(2016, 1, 1)
CARRIERS = ["Công an cấp xã", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên", "Hội Cựu chiến binh", "Hội Nông dân"]
MOST_COMMON = {
    "order_team": 10,
    "mediation_team": 9,
    "self_management_group": 8,
    "fire_interfamily_group": 6,
}
CLOSE = """
INSERT INTO registry_closing (site_id, "on", at, by_id, reason, rule)
SELECT id, launched_on + 400 + (hashtext(uid::text) & 511), created_at, created_by_id,
       'Hoạt động không còn hiệu quả.', 'Hướng dẫn 22/HD-BCA-V05'
FROM registry_site WHERE NOT is_first AND launched_on < '2024-01-01' AND hashtext(uid::text) % 40 = 0
"""


def simulated(plan: Plan) -> Iterator[Step]:
    until = min(plan.until, date(2026, 12, 31))
    yield Step(_("initiative sites"), Site.objects.exists, lambda: make_sites(plan, until))
    yield Step(_("groups"), WatchGroup.objects.exists, lambda: make_groups(plan, until))
    yield Step(_("guard teams"), GuardTeam.objects.exists, lambda: make_guard_teams(plan))


def day(until: date) -> str:
    return f"'{SINCE}'::date + (chance >> 5)::int % {(until - SINCE).days}"


def make_sites(plan: Plan, until: date) -> None:
    """One of many a first one, that the others of its kind were not copied from."""
    sync_initiatives()
    patterns = [Site(initiative=one, carrier=CARRIERS[one.pk % 5]) for one in Initiative.objects.order_by("name")]
    own = {
        "launched_on": day(until),
        "is_first": "n % 400 = 0",
        "group_count": "chance % 3",
        "member_count": "10 + chance % 31",
        "member_qualifier": "CASE WHEN (chance >> 4) % 20 = 0 THEN 'about' ELSE 'exact' END",
        "women_count": "chance % 11",
        "household_count": "(chance >> 9) % 120",
        "decision": "(5 + chance % 300) || '/QĐ-UBND'",
    }
    records.multiply(patterns, records.share(plan, SITES), plan, purpose="sites", day="launched_on", own=own)
    with connection.cursor() as cursor:
        cursor.execute(CLOSE)


def make_groups(plan: Plan, until: date) -> None:
    sync_group_kinds()
    kinds = GroupKind.objects.filter(is_cluster=False, last_collected_on=None).order_by("code")
    patterns = [
        WatchGroup(kind=kind, name=f"{kind.vi_name} {MARK}")
        for kind in kinds
        for _each in range(MOST_COMMON.get(kind.code, 1))
    ]
    own = {
        "founded_on": day(until),
        "decision": "(5 + chance % 190) || '/QĐ-UBND'",
        "member_count": "3 + chance % 13",
        "member_qualifier": "CASE WHEN (chance >> 4) % 25 = 0 THEN 'nearly' ELSE 'exact' END",
    }
    records.multiply(patterns, records.share(plan, GROUPS), plan, purpose="groups", day="founded_on", own=own)


def make_guard_teams(plan: Plan) -> None:
    """The statutory force, set up in its first six weeks."""
    own = {
        "founded_on": f"'{FORCE_SINCE}'::date + (chance >> 5)::int % 46",
        "decision": "(5 + chance % 190) || '/QĐ-UBND'",
        "member_count": "3 + chance % 3",
    }
    patterns = [GuardTeam(name=f"Tổ bảo vệ an ninh, trật tự {MARK}")]
    records.multiply(patterns, records.share(plan, GUARD_TEAMS), plan, purpose="guard teams", day="founded_on", own=own)


steps.REGISTERS.append(simulated)
