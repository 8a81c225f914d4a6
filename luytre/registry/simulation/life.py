"""What stands around the made-up nation's groups and sites: organisations, places, signs of life, mediations."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from luytre.registry.catalogue.places import sync_place_kinds
from luytre.registry.models import (
    Exemplar,
    Mediation,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    Site,
    SiteActivity,
    SkilfulField,
    SkilfulWork,
)
from luytre.reporting.simulation import records, steps
from luytre.reporting.simulation.plan import MARK, REFORM, Plan
from luytre.reporting.simulation.steps import Step

ORGANISATIONS, PLACES, SKILFUL = 60_000, 95_000, 20_000
EXEMPLARS, MEDIATIONS_A_YEAR = 1_100, 90_000
NAMES = {
    OrganisationKind.AGENCY: ["Ủy ban nhân dân xã", "Trạm y tế"],
    OrganisationKind.ENTERPRISE: ["Công ty TNHH Thử Nghiệm", "Hợp tác xã Thử Nghiệm"],
    OrganisationKind.SCHOOL: ["Trường tiểu học", "Trường trung học cơ sở", "Trường mầm non"],
}


def simulated(plan: Plan) -> Iterator[Step]:
    yield Step(_("organisations"), Organisation.objects.exists, lambda: make_organisations(plan))
    yield Step(_("public places"), Place.objects.exists, lambda: make_places(plan))
    yield Step(_("skilful works"), SkilfulWork.objects.exists, lambda: make_skilful(plan))
    yield Step(_("exemplars"), Exemplar.objects.exists, lambda: make_exemplars(plan))
    if plan.present:
        yield Step(_("signs of life"), SiteActivity.objects.exists, lambda: make_activities(plan))
        yield Step(_("mediations"), Mediation.objects.exists, lambda: make_mediations(plan))


def make_organisations(plan: Plan) -> None:
    patterns = [Organisation(kind=kind, name=f"{name} {MARK}") for kind, names in NAMES.items() for name in names]
    own = {"address": "'Số ' || (1 + (chance >> 7) % 200)"}
    count = records.share(plan, ORGANISATIONS)
    records.multiply(patterns, count, plan, purpose="organisations", day=f"{REFORM}", own=own)


def make_places(plan: Plan) -> None:
    """Points in the box of the country, none of them a real house."""
    sync_place_kinds()
    nowhere = {"latitude": Decimal(10), "longitude": Decimal(106)}
    kinds = PlaceKind.objects.order_by("code")
    patterns = [Place(kind=kind, name=f"{kind.vi_name} {MARK}", **nowhere) for kind in kinds]
    south = "(9 + ((chance >> 7) % 1300) / 100.0)"
    east = f"(CASE WHEN {south} BETWEEN 11 AND 16 THEN 107.5 ELSE 105.1 END + ((chance >> 11) % 90) / 100.0)"
    own = {"latitude": f"round({south}::numeric, 4)", "longitude": f"round({east}::numeric, 4)"}
    records.multiply(patterns, records.share(plan, PLACES), plan, purpose="places", day=f"{REFORM}", own=own)


def make_skilful(plan: Plan) -> None:
    patterns = [
        SkilfulWork(name=f"{name} {MARK}", field=field, body=body)
        for field in SkilfulField
        for name, body in (("Vận động lắp camera an ninh", "Ban Công tác Mặt trận"), ("Dân vận khéo", "Hội Phụ nữ"))
    ]
    own = {"registered_on": f"'{REFORM}'::date + (chance >> 5)::int % 300"}
    count = records.share(plan, SKILFUL)
    records.multiply(patterns, count, plan, purpose="skilful works", day="registered_on", own=own)


def make_exemplars(plan: Plan) -> None:
    patterns = [
        Exemplar(kind=kind, name=f"Điển hình tiên tiến {MARK}", granted_by="Ủy ban nhân dân tỉnh")
        for kind in (Exemplar.Kind.COLLECTIVE, Exemplar.Kind.MODEL)
    ]
    own = {
        "recognised_on": f"'{REFORM}'::date + (chance >> 5)::int % 300",
        "decision": "(5 + chance % 300) || '/QĐ-UBND'",
    }
    records.multiply(patterns, records.share(plan, EXEMPLARS), plan, purpose="exemplars", day="recognised_on", own=own)


def make_activities(plan: Plan) -> None:
    """Two of three sites have shown something of late; the others are quiet."""
    whats = [
        (SiteActivity.Kind.MEETING, "Họp giao ban quý"),
        (SiteActivity.Kind.PATROL, "Tuần tra đêm"),
        (SiteActivity.Kind.TALK, "Nói chuyện"),
    ]
    patterns = [SiteActivity(site=Site(), kind=kind, what=f"{what} {MARK}") for kind, what in whats]
    own = {
        "site_id": "one.id",
        "on": f"greatest(one.launched_on, {records.day_told(plan)})",
        "head_count": "6 + (chance >> 9) % 40",
    }
    which = "parent.launched_on IS NOT NULL AND hashtext(parent.uid::text) % 3 <> 0"
    records.follow(patterns, plan, parent=Site, each="2", which=which, purpose="site activities", day="on", own=own)


def make_mediations(plan: Plan) -> None:
    own = {
        "held_on": records.day_told(plan),
        "received": "1 + (chance >> 8) % 3",
        "settled": "(chance >> 10) % 2 + (chance >> 8) % 3 / 2",
        "unsettled": "0",
    }
    count = records.of_years(plan, MEDIATIONS_A_YEAR)
    records.multiply([Mediation()], count, plan, purpose="mediations", day="held_on", own=own)


steps.REGISTERS.append(simulated)
