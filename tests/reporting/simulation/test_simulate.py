"""A made-up nation: only where nobody's records are, whole after an interruption, and right to the last total."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from luytre.accounts.models import User
from luytre.activities.models import Campaign, OutreachSession, Patrol, PlannedSession, SupportUptake
from luytre.areas.models import Area, Level
from luytre.common.periods import month
from luytre.registry.models import GuardTeam, Member, Site, SiteActivity, Training, WatchGroup
from luytre.reporting import rollup
from luytre.reporting.facts import keeping
from luytre.reporting.models import FactDelta, FactSum, Return, ReturnForm, ReturnStep
from luytre.reporting.models.facts import CHUNK, MARKS
from luytre.reporting.simulation import nation
from luytre.reporting.simulation.plan import ACCOUNT, HoldsRealRecords, OtherNation
from luytre.ui.registers import REGISTERS
from tests.factories import residential
from tests.reporting.simulation import country

pytestmark = pytest.mark.django_db
SMALL = {"areas": 40, "months": 3, "indicators": 10, "seed": 5, "until": "2025-08"}
MADE_BY_HAND = {"hand-overs", "learning-questions"}  # what only follows from something else people do
JULY, AUGUST = month(2025, 7), month(2025, 8)


@pytest.fixture
def places() -> dict[str, Area]:
    return country.build()


def simulate(**options: object) -> str:
    out = StringIO()
    call_command("simulate", "nation", stdout=out, stderr=StringIO(), **{**SMALL, **options})
    return out.getvalue()


def everything() -> list[tuple[object, ...]]:
    rows = Return.objects.order_by("first_day", "area__code").values_list(
        "area__code", "last_day", "values", "qualifiers", "sent_at"
    )
    return [*rows, *Site.objects.order_by("uid").values_list("uid", "area__code", "launched_on", "member_count")]


def typed_total(code: str, first: date, last: date) -> Decimal:
    total = Decimal(0)
    for one in Return.objects.filter(first_day__gte=first, last_day__lte=last).select_related("form"):
        total += Decimal(one.amounts.get(code) or 0) / 100
    return total


def test_every_total_is_what_the_records_say(places) -> None:
    assert " MB" in simulate()
    assert keeping.verify() == []
    assert FactDelta.objects.count() == 0
    assert FactSum.objects.exists()
    flow = next(code for code, stock in zip(*codes(), strict=True) if not stock)
    for window in (month(2025, 6), JULY, AUGUST):
        told = rollup.total(places["nation"], flow, window).value
        assert told == typed_total(flow, window.first_day, window.last_day) > 0


def codes() -> tuple[list[str], list[bool]]:
    form = ReturnForm.objects.get(version=2)
    return form.codes, form.stocks


def test_former_communes_report_before_the_reform_and_residential_areas_since(places) -> None:
    simulate()
    levels = dict(Return.objects.order_by("last_day").values_list("last_day", "area__level"))
    assert levels == {
        date(2025, 6, 14): Level.COMMUNE,
        JULY.last_day: Level.RESIDENTIAL,
        AUGUST.last_day: Level.RESIDENTIAL,
    }
    assert sum(codes()[1]) == 2
    assert ReturnStep.objects.count() == Return.objects.count()


def test_every_place_is_marked_as_made_up_and_the_areas_add_up(places) -> None:
    simulate()
    made = Area.objects.filter(level=Level.RESIDENTIAL)
    assert made.count() == 40 == made.filter(is_sample=True, name__endswith="(mẫu)").count()
    for register in (OutreachSession, WatchGroup, Site):
        assert register.objects.exists()
    assert not User.objects.get(username=ACCOUNT).has_usable_password()


def test_every_register_has_rows_and_they_stand_by_the_rules(places) -> None:
    simulate(areas=60, until="2025-09")
    empty = {register.name for register in REGISTERS.values() if not register.model._default_manager.exists()}
    assert empty <= MADE_BY_HAND
    for register in REGISTERS.values():
        assert (
            not register.model._default_manager.exclude(created_by=None).exclude(created_by__username=ACCOUNT).exists()
        )
    assert Member.objects.serving_on(date(2026, 1, 1)).count() == Member.objects.count()
    assert {team.member_count for team in GuardTeam.objects.all()} == {
        team.members.count() for team in GuardTeam.objects.all()
    }
    assert not Patrol.objects.exclude(area=F("team__area")).exists()
    assert not SiteActivity.objects.filter(on__lt=F("site__launched_on")).exists()
    for uptake in SupportUptake.objects.select_related("offer"):
        assert (uptake.area_id, uptake.folded) == (uptake.offer.area_id, uptake.offer.folded)
    for record in (*Training.objects.all(), *Campaign.objects.all(), *PlannedSession.objects.all()):
        assert record.topics.count() == 1


def test_figures_come_out_of_the_made_up_registers(places) -> None:
    simulate(areas=60, until="2025-09")
    window = month(2025, 8)
    for code in ("patrols_conducted", "pledges_signed", "disputes_mediated", "outreach_social_posts"):
        assert rollup.total(places["nation"], code, window).value > 0, code
    keys = set(Member.objects.values_list("pk", "full_name"))
    simulate(areas=60, until="2025-09")
    assert set(Member.objects.values_list("pk", "full_name")) == keys


def test_some_are_silent_and_some_know_a_number_only_about(places) -> None:
    simulate(areas=400)
    assert 740 < Return.objects.filter(area__level=Level.RESIDENTIAL).count() < 800
    assert FactSum.objects.filter(chunk__gte=MARKS // CHUNK).exists()


def test_a_killed_simulation_goes_on_where_it_stopped(places, monkeypatch) -> None:
    simulate()
    whole = everything()
    undo()
    with monkeypatch.context() as patched:
        patched.setattr(nation, "note", dies_after_writing(f"{AUGUST.last_day}"))
        with pytest.raises(KeyboardInterrupt):
            simulate()
    assert Return.objects.filter(last_day=JULY.last_day).exists()
    assert not Return.objects.filter(last_day=AUGUST.last_day).exists()
    simulate()
    assert everything() == whole
    assert keeping.verify() == []


def dies_after_writing(what: str):
    def note(told: str) -> None:
        if told.endswith(what):
            raise KeyboardInterrupt

    return note


def undo() -> None:
    with connection.cursor() as cursor:
        for table in (
            "reporting_returnstep",
            "reporting_return",
            "registry_closing",
            "registry_siteactivity",
            "registry_consent",
            "registry_member",
            "activities_patrol",
            "registry_site",
            "registry_watchgroup",
            "registry_guardteam",
        ):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608


def test_another_month_is_added_to_what_is_there(places) -> None:
    simulate()
    simulate(until="2025-09", months=4)
    assert Return.objects.filter(last_day=month(2025, 9).last_day).exists()
    assert keeping.verify() == []


def test_real_records_are_never_mixed_with_made_up_ones(places) -> None:
    residential(parent=places["n1"])
    with pytest.raises(CommandError) as refused:
        simulate()
    assert isinstance(refused.value.__cause__, HoldsRealRecords)
    assert not ReturnForm.objects.exists()


def test_a_register_kept_by_people_is_real_too(places) -> None:
    clerk = User.objects.create_user("thu.ky", "x", full_name="Thư ký")
    OutreachSession(area=places["n1"], held_on=date(2025, 8, 3), place="Sân", attendance=10).add(by=clerk)
    with pytest.raises(CommandError) as refused:
        simulate()
    assert isinstance(refused.value.__cause__, HoldsRealRecords)


def test_another_nation_needs_a_database_of_its_own(places) -> None:
    simulate()
    for other in ({"areas": 41}, {"seed": 6}, {"indicators": 12}):
        with pytest.raises(CommandError) as refused:
            simulate(**other)
        assert isinstance(refused.value.__cause__, OtherNation)


def test_what_cannot_be_made_is_refused_before_anything_is_written(places) -> None:
    for wrong in ({"until": "2026-13"}, {"areas": 0}, {"indicators": 9999}):
        with pytest.raises(CommandError):
            simulate(**wrong)
    assert not Area.objects.filter(level=Level.RESIDENTIAL).exists()
    assert not ReturnForm.objects.exists()


def test_without_registers_only_returns_are_made(places) -> None:
    simulate(registers=False)
    assert Return.objects.exists()
    assert not Site.objects.exists()
    assert not OutreachSession.objects.exists()
