"""The made-up nation's patrols, the points they pass and the hazards they see."""

from collections.abc import Iterator
from datetime import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luytre.activities.catalogue.duty import sync_duty_lists
from luytre.activities.models import Body, Checkpoint, Hazard, HazardKind, Patrol, PlaceKind
from luytre.registry.models import GuardTeam
from luytre.reporting.simulation import records, steps
from luytre.reporting.simulation.plan import MARK, REFORM, Plan
from luytre.reporting.simulation.steps import Step

CHECKPOINTS, PATROLS_A_YEAR, HAZARDS_A_YEAR = 60_000, 250_000, 40_000
HOURS = [(time(20), time(22)), (time(21), time(23, 30)), (time(22), time(1)), (time(23), time(2, 30))]
POINTS = [("Nhà văn hóa", PlaceKind.COMMUNITY_HOUSE), ("Cổng trường", PlaceKind.SCHOOL), ("Cầu", PlaceKind.BRIDGE)]
SPOTS = ["Cột đèn sau trường học", "Đoạn dốc xuống cầu", "Ngã ba đầu khu dân cư", "Lối vào nhà văn hóa"]
ROUTES = ["Trục đường chính và các ngõ", "Đường liên thôn đến cầu", "Quanh chợ và trường học"]


def simulated(plan: Plan) -> Iterator[Step]:
    yield Step(_("checkpoints"), Checkpoint.objects.exists, lambda: make_checkpoints(plan))
    if plan.present:
        yield Step(_("patrols"), Patrol.objects.exists, lambda: make_patrols(plan))
        yield Step(_("hazards"), Hazard.objects.exists, lambda: make_hazards(plan))


def make_checkpoints(plan: Plan) -> None:
    patterns = [
        Checkpoint(name=f"{name} {number} {MARK}", kind=kind) for name, kind in POINTS for number in range(1, 8)
    ]
    count = records.share(plan, CHECKPOINTS)
    records.multiply(
        patterns, count, plan, purpose="checkpoints", day=f"{REFORM}", own={"removed_at": "NULL::timestamptz"}
    )


@transaction.atomic
def make_patrols(plan: Plan) -> None:
    """Each by a guard team of the place where it was walked, as many a team as the year gives."""
    sync_duty_lists()
    police = Body.objects.get(code="commune_police")
    patterns = [
        Patrol(began=began, ended=ended, people_count=2, route=f"{route} {MARK}", led_by=police)
        for began, ended in HOURS
        for route in ROUTES
    ]
    own = {
        "team_id": "one.id",
        "area_id": "one.area_id",
        "held_on": records.day_told(plan),
        "people_count": "2 + (chance >> 8)::int % 4",
        "event_count": "CASE WHEN (chance >> 10) % 6 = 0 THEN 1 ELSE 0 END",
    }
    each = max(1, records.of_years(plan, PATROLS_A_YEAR) // max(1, GuardTeam.objects.count()))
    records.follow(patterns, plan, parent=GuardTeam, each=f"{each}", purpose="patrols", day="held_on", own=own)


@transaction.atomic
def make_hazards(plan: Plan) -> None:
    sync_duty_lists()
    patterns = [Hazard(kind=kind, place=f"{spot} {MARK}") for kind in HazardKind.objects.all() for spot in SPOTS]
    count = records.of_years(plan, HAZARDS_A_YEAR)
    records.multiply(patterns, count, plan, purpose="hazards", day="noted_on", own={"noted_on": records.day_told(plan)})


steps.REGISTERS.append(simulated)
