"""The known figures come out of ordinary records: counted here by hand, and by the roll-up."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import QuerySet, Sum

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession, Setting
from luytre.activities.sample.chance import dice, split
from luytre.activities.sample.people import PASSWORD
from luytre.areas.models import Area, Level
from luytre.audit.models import AuditEntry
from luytre.common.numbers import Qualifier, combined
from luytre.common.periods import Window
from luytre.registry.models import Site, WatchGroup
from luytre.reporting import rollup
from tests.loaded import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("sample")]

EIGHT_MONTHS = Window(date(2022, 1, 1), date(2022, 8, 21))
MID_2024 = date(2024, 7, 10)
LAST_OLD = date(2025, 6, 30)


def province(code: str, day: date) -> Area:
    return Area.objects.find(code, on=day, level=Level.PROVINCE)


def meetings(window: Window) -> QuerySet[OutreachSession]:
    rows = OutreachSession.objects.of(province("11", window.last_day), on=window.last_day)
    return rows.held_in(window.first_day, window.end).group()


def groups(code: str, day: date) -> QuerySet[WatchGroup]:
    return WatchGroup.objects.of(province(code, day), on=day).serving_on(day)


def sites(code: str, day: date) -> QuerySet[Site]:
    return Site.objects.of(province(code, day), on=day).running_on(day)


def areas(code: str, day: date) -> QuerySet[Area]:
    return Area.objects.filter(level=Level.RESIDENTIAL, path__startswith=f"0.{code}.").on(day)


def total(code: str, indicator: str, window: Window, **how: Any) -> tuple[Any, str]:
    figure = rollup.total(province(code, how.get("territory", window.last_day)), indicator, window, **how)
    return figure.value, figure.qualifier


def test_the_meetings_of_eight_months_in_dien_bien():
    assert meetings(EIGHT_MONTHS).count() == 2135
    assert meetings(EIGHT_MONTHS).aggregate(people=Sum("attendance"))["people"] == 138_583
    assert not meetings(EIGHT_MONTHS).exclude(attendance_qualifier=Qualifier.EXACT).exists()


def test_the_window_and_taken_out_rows_matter():
    assert meetings(EIGHT_MONTHS.same_last_year()).count() == 1962
    assert meetings(Window(date(2022, 1, 1), date(2022, 12, 31))).count() > 2135
    assert OutreachSession.objects.exclude(removed_at=None).count() == 14
    assert OutreachSession.objects.held_in(date(2022, 1, 1), date(2022, 8, 22)).exclude(setting=Setting.GROUP).exists()


def test_meetings_reach_every_former_commune_and_have_topics():
    assert meetings(EIGHT_MONTHS).values("area__path").distinct().count() > 600
    reached = {row.area.path.split(".")[3] for row in meetings(EIGHT_MONTHS).select_related("area")}
    assert len(reached) > 120
    assert not meetings(EIGHT_MONTHS).filter(topics=None).exists()


def test_the_mass_organisations_of_dien_bien():
    mass = groups("11", EIGHT_MONTHS.last_day).filter(kind__is_mass=True)
    assert mass.count() == 4363
    assert mass.values("kind").distinct().count() == 40
    known = {"security_cluster": 114, "order_team": 1069, "peaceful_clan": 160}
    known |= {"mediation_team": 1244, "anti_crime_club": 8}
    assert {code: mass.of_kind(code).count() for code in known} == known


def test_clusters_join_communes_also_across_the_province():
    clusters = groups("11", EIGHT_MONTHS.last_day).of_kind("security_cluster")
    assert not clusters.filter(partners=None).exists()
    beyond = Area.objects.filter(level=Level.COMMUNE).exclude(path__startswith="0.11.")
    assert {area.path[:5] for area in beyond.filter(pk__in=clusters.values("partners"))} == {"0.12.", "0.14."}


def test_one_new_initiative_and_one_carried_into_three_districts():
    launched = Site.objects.of(province("11", EIGHT_MONTHS.last_day), on=EIGHT_MONTHS.last_day).launched_in(
        EIGHT_MONTHS.first_day, EIGHT_MONTHS.end
    )
    new = launched.get(is_first=True)
    assert new.initiative.name == "Bản an toàn, không tệ nạn ma túy"
    assert new.area.path.startswith("0.11.103.")
    copies = launched.exclude(origin=None).select_related("area", "initiative")
    assert {copy.initiative.name for copy in copies} == {"Tổ công nhân vì môi trường xanh – tự quản ANTT"}
    assert {copy.area.path.split(".")[2] for copy in copies} == {"094", "101", "098"}
    assert (copies.count(), launched.count()) == (3, 4)


def test_the_initiatives_and_former_forces_of_the_city():
    assert sites("79", MID_2024).values("initiative").distinct().count() == 41
    assert sites("79", date(2025, 6, 1)).values("initiative").distinct().count() == 42
    boards = groups("79", MID_2024).of_kind("neighbourhood_guard_board")
    assert boards.count() == 254
    assert boards.aggregate(teams=Sum("team_count"), people=Sum("member_count")) == {"teams": 1600, "people": 7000}
    assert combined(boards.values_list("team_qualifier", flat=True)) == Qualifier.NEARLY
    assert combined(boards.values_list("member_qualifier", flat=True)) == Qualifier.NEARLY
    police = groups("79", MID_2024).of_kind("commune_police_part_time")
    assert police.aggregate(people=Sum("member_count"))["people"] == 500
    assert combined(police.values_list("member_qualifier", flat=True)) == Qualifier.NEARLY
    assert not groups("79", TODAY).of_kind("neighbourhood_guard_board", "commune_police_part_time").exists()


@pytest.mark.parametrize("day", [date(2024, 12, 31), LAST_OLD])
def test_every_residential_area_of_binh_phuoc_has_an_initiative(day):
    running = sites("70", day)
    assert running.values("initiative").distinct().count() == 14
    served = areas("70", day).filter(pk__in=running.values("area")) | areas("70", day).filter(
        pk__in=running.exclude(serves=None).values("serves")
    )
    assert (served.distinct().count(), areas("70", day).count()) == (866, 866)


@pytest.mark.parametrize(("code", "least"), [("11", 1350), ("70", 866), ("79", 500)])
def test_residential_areas_say_that_they_are_made_up_and_live_through_the_reform(code, least):
    old = areas(code, LAST_OLD)
    assert old.count() >= least
    assert not Area.objects.filter(level=Level.RESIDENTIAL, is_sample=False).exists()
    assert not Area.objects.filter(level=Level.RESIDENTIAL).exclude(name__endswith="(dữ liệu mẫu)").exists()
    new = Area.objects.filter(level=Level.RESIDENTIAL, origins__before__in=old).on(date(2025, 7, 1))
    assert new.count() == old.count()
    assert not new.exclude(parent__level=Level.COMMUNE).exists()


SEEDS = [
    ("11", "outreach_sessions", EIGHT_MONTHS, 2135, Qualifier.EXACT),
    ("11", "outreach_attendances", EIGHT_MONTHS, 138_583, Qualifier.EXACT),
    ("11", "mass_security_orgs", EIGHT_MONTHS, 4363, Qualifier.EXACT),
    ("11", "org_types", EIGHT_MONTHS, 40, Qualifier.EXACT),
    ("11", "security_clusters", EIGHT_MONTHS, 114, Qualifier.EXACT),
    ("11", "peoples_security_teams", EIGHT_MONTHS, 1069, Qualifier.EXACT),
    ("11", "peaceful_clans", EIGHT_MONTHS, 160, Qualifier.EXACT),
    ("11", "mediation_teams", EIGHT_MONTHS, 1244, Qualifier.EXACT),
    ("11", "anti_crime_clubs", EIGHT_MONTHS, 8, Qualifier.EXACT),
    ("11", "models_new", EIGHT_MONTHS, 1, Qualifier.EXACT),
    ("11", "model_sites_replicated", EIGHT_MONTHS, 3, Qualifier.EXACT),
    ("79", "self_management_models", Window(date(2024, 1, 1), MID_2024), 41, Qualifier.EXACT),
    ("79", "neighbourhood_guard_boards", Window(date(2024, 1, 1), MID_2024), 254, Qualifier.EXACT),
    ("79", "neighbourhood_guard_teams", Window(date(2024, 1, 1), MID_2024), 1600, Qualifier.NEARLY),
    ("79", "neighbourhood_guard_members", Window(date(2024, 1, 1), MID_2024), 7000, Qualifier.NEARLY),
    ("79", "semi_professional_commune_police", Window(date(2024, 1, 1), MID_2024), 500, Qualifier.NEARLY),
    ("70", "model_types", Window(date(2025, 1, 1), LAST_OLD), 14, Qualifier.EXACT),
    ("70", "residential_areas_with_model", Window(date(2025, 1, 1), LAST_OLD), 866, Qualifier.EXACT),
    ("70", "residential_areas_total", Window(date(2025, 1, 1), LAST_OLD), 866, Qualifier.EXACT),
]


@pytest.mark.parametrize(("code", "indicator", "window", "value", "qualifier"), SEEDS)
def test_the_known_figures_come_out_of_the_roll_up(code, indicator, window, value, qualifier):
    assert total(code, indicator, window) == (value, qualifier)


def test_the_same_records_stand_under_the_territory_of_today():
    assert total("11", "outreach_sessions", EIGHT_MONTHS, territory=TODAY) == (2135, Qualifier.EXACT)
    window = Window(date(2025, 1, 1), LAST_OLD)
    assert total("75", "residential_areas_with_model", window, territory=TODAY) == (866, Qualifier.EXACT)


def test_this_month_lives():
    month = Window(date(2026, 11, 15), TODAY)
    commune = Area.objects.find("03325", on=TODAY, level=Level.COMMUNE)
    assert rollup.total(commune, "outreach_sessions", month).value > 0
    assert total("11", "outreach_sessions", month)[0] > total("75", "outreach_sessions", month)[0] > 0
    assert not OutreachSession.objects.filter(held_on__gt=TODAY).exists()


ACCOUNTS = {
    "truongban": Role.AREA_HEAD,
    "canboxa": Role.COMMUNE_OFFICER,
    "canboxa2": Role.COMMUNE_OFFICER,
    "tinh2": Role.PROVINCE_DESK,
    "bo2": Role.MINISTRY_DESK,
    "lanhdaoxa": Role.COMMUNE_LEADER,
    "tinh": Role.PROVINCE_DESK,
    "banchidao": Role.COMMITTEE,
    "bo": Role.MINISTRY_DESK,
    "quantri": Role.ADMINISTRATOR,
    "kiemtoan": Role.AUDITOR,
    "giudanh": Role.CUSTODIAN,
    "trucban3": Role.DUTY_OFFICER,
}


@pytest.mark.parametrize(("username", "role"), ACCOUNTS.items())
def test_each_sample_account_signs_in_with_its_role(username, role):
    user = User.objects.get(username=username)
    assert user.check_password(PASSWORD)
    assert not user.must_change_password
    assert user.roles_on(TODAY) == {role}


def test_the_sample_officers_work_in_their_own_communes():
    paths = {
        name: User.objects.get(username=name).scope(Permission.SESSION_WRITE, on=TODAY).paths
        for name in ("truongban", "canboxa", "canboxa2", "tinh")
    }
    assert paths["truongban"][0].startswith(paths["canboxa"][0])
    assert paths["canboxa2"] == ("0.11.03127.",)
    assert paths["tinh"] == ("0.11.",)


def test_each_batch_left_one_entry_in_the_trail():
    entries = AuditEntry.objects.filter(actor="load_sample", verb="loaded")
    assert {entry.subject_type for entry in entries} >= {"registry.site", "registry.watchgroup", "areas.area"}
    assert entries.count() < 120


def test_a_second_run_changes_nothing(capsys):
    before = OutreachSession.objects.count()
    call_command("load_sample")
    assert OutreachSession.objects.count() == before


def test_chance_falls_the_same_way_every_time():
    assert dice("a").random() == dice("a").random() != dice("b").random()


def test_shares_add_up_to_the_whole():
    parts = split(100, [1, 1, 1], least=5)
    assert sum(parts) == 100
    assert max(parts) - min(parts) <= 1
    with pytest.raises(ValueError, match="smallest"):
        split(5, [1, 1], least=3)
