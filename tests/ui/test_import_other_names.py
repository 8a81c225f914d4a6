"""A workbook calls types by other names and short forms: they are understood, told, and asked about when in doubt."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.activities.catalogue import sync_topics
from luytre.activities.catalogue.duty import sync_duty_lists
from luytre.activities.catalogue.taking_part import sync_hand_in_kinds, sync_pledge_lists
from luytre.activities.models import OutreachSession, Topic
from luytre.activities.models.lists import Body
from luytre.activities.registers.outreach import sessions
from luytre.areas.models import Area
from luytre.common.abbreviations import spelled_out
from luytre.registry.catalogue import sync_group_kinds, sync_initiatives, sync_training_topics
from luytre.registry.catalogue.places import sync_place_kinds
from luytre.registry.models import GroupKind, Initiative, Site, WatchGroup
from luytre.registry.registers.groups import groups
from luytre.registry.registers.initiatives import sites
from luytre.ui import other_names
from luytre.ui.kit.excel_choices import Choices, by_words
from tests.factories import commune, nation, residential, user
from tests.ui.sheets import again, bring_in, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def here() -> Area:
    nation()
    sync_group_kinds()
    sync_initiatives()
    sync_topics()
    return commune("Mường Đây")


@pytest.fixture
def officer(client: Client, here: Area) -> User:
    person = user(Role.COMMUNE_OFFICER, area=here)
    client.force_login(person, backend="luytre.accounts.backends.SignInBackend")
    return person


def of_groups(*kinds: str, more: dict[str, str] | None = None) -> list[list[object]]:
    names = ["name", "kind", "area", "founded_on", *(more or {})]
    rows = [[f"Nhóm {kind}", kind, "Mường Đây", "10/03/2026", *(more or {}).values()] for kind in kinds]
    return [[groups.heading(name) for name in names], *rows]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Tổ ANTT", "order_team"),
        ("to an ninh nhan dan", "order_team"),
        ("CLB PCTP", "anti_crime_club"),
        ("Câu lạc bộ phòng chống tội phạm", "anti_crime_club"),
        ("TO LIEN GIA AN TOAN PCCC", "fire_interfamily_group"),
        ("Liên gia tự quản", "interfamily_group"),
        ("Peaceful clan", "peaceful_clan"),
        ("Tổ CCB tự quản ANTT", "veterans_group"),
    ],
)
def test_a_kind_is_known_by_another_name_or_a_short_form(
    client: Client, officer: User, written: str, code: str
) -> None:
    report = send(client, groups, of_groups(written))
    assert report.context["outcome"].faults == []
    ((_heading, took),) = report.context["took"]
    assert (took.written, took.entry.code) == (written, code)
    assert f"“{written}” → <strong>{took.entry}</strong>" in report.content.decode()
    bring_in(client, groups, report)
    assert WatchGroup.objects.get().kind.code == code


def test_a_kind_written_as_the_list_has_it_is_not_mentioned(client: Client, officer: User) -> None:
    report = send(client, groups, of_groups("Tổ hòa giải", "to hoa giai"))
    assert len(report.context["outcome"].good) == 2
    assert report.context["took"] == []


def test_a_type_of_initiative_is_known_by_what_it_was_called_before(client: Client, officer: User, here: Area) -> None:
    names = ["initiative", "area", "launched_on"]
    rows = [[sites.heading(name) for name in names]]
    rows += [[kind, "Mường Đây", "10/03/2026"] for kind in ("Kẻng an ninh", "to lien gia an toan pccc", "Chợ an toàn")]
    report = send(client, sites, rows)
    assert report.context["outcome"].faults == []
    bring_in(client, sites, report)
    wanted = {"Tiếng kẻng an ninh", "Tổ liên gia an toàn phòng cháy, chữa cháy", "Chợ an toàn"}
    assert {site.initiative.name for site in Site.objects.all()} == wanted


def test_topics_of_a_session_are_known_too(client: Client, officer: User) -> None:
    names = ["held_on", "area", "place", "topics", "attendance", "form"]
    row = ["10/03/2026", "Mường Đây", "Nhà văn hóa", "ATGT; PCCC và CNCH; tín dụng đen", 40, "nói chuyện"]
    form = OutreachSession._meta.get_field("form").choices[0][1]  # type: ignore[index]
    report = send(client, sessions, [[sessions.heading(name) for name in names], [*row[:5], str(form)]])
    assert report.context["outcome"].faults == []
    bring_in(client, sessions, report)
    codes = set(OutreachSession.objects.get().topics.values_list("code", flat=True))
    assert codes == {"traffic", "fire_safety", "black_credit"}


def test_a_doubtful_kind_stays_out_and_what_it_may_be_is_offered_first(client: Client, officer: User) -> None:
    report = send(client, groups, of_groups("Tổ tự quản phòng cháy"))
    (fault,) = report.context["outcome"].faults
    assert "Đội phòng cháy, chữa cháy tự quản" in fault.mend
    (strange,) = report.context["strange"]
    assert "Đội phòng cháy, chữa cháy tự quản" in [label for _key, label in strange.alike]
    assert "<optgroup" in report.content.decode()
    chosen = str(GroupKind.objects.get(code="fire_team").pk)
    report = again(client, groups, report, **{"Tổ tự quản phòng cháy": chosen})
    assert len(report.context["outcome"].good) == 1


def test_a_word_like_nothing_is_only_refused(client: Client, officer: User) -> None:
    report = send(client, groups, of_groups("Hợp tác xã nông nghiệp"))
    (strange,) = report.context["strange"]
    assert strange.alike == []


def test_a_name_that_two_types_carry_is_not_guessed(here: Area) -> None:
    for number in (1, 2):
        GroupKind(code=f"x{number}", vi_name=f"Nhóm {number}", en_name=f"x{number}", aliases="Nhóm chung").save()
    choices = Choices(GroupKind.objects.all())
    assert choices.find("Nhóm chung") is None
    assert {one.code for one in choices.alike("Nhóm chung")} >= {"x1", "x2"}


def test_areas_in_one_cell_are_found_by_name_and_code(client: Client, officer: User, here: Area) -> None:
    other, third = commune("Mường Kia"), residential("Bản Co", parent=here)
    rows = of_groups("Cụm giáp ranh ANTT", more={"partners": f"muong kia; {third.code}"})
    report = send(client, groups, rows)
    assert report.context["outcome"].faults == []
    bring_in(client, groups, report)
    assert set(WatchGroup.objects.get().partners.all()) == {other, third}


def test_an_area_in_one_cell_that_is_none_is_named_and_can_be_chosen(client: Client, officer: User, here: Area) -> None:
    residential("Bản Co", parent=here)
    report = send(client, groups, of_groups("Cụm giáp ranh ANTT", more={"partners": "Bản Co; Bản Không Đâu"}))
    (fault,) = report.context["outcome"].faults
    assert fault.name == "partners"
    assert "Bản Không Đâu" in fault.mend
    (strange,) = report.context["strange"]
    assert strange.written == "Bản Không Đâu"
    assert here.code in [code for code, _label in strange.offered]
    report = again(client, groups, report, **{"Bản Không Đâu": here.code})
    assert len(report.context["outcome"].good) == 1


def test_a_nation_of_places_is_not_read_for_one_cell(
    client: Client, officer: User, here: Area, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        residential(f"Bản {number}", parent=here)
    rows = of_groups("Cụm giáp ranh ANTT", more={"partners": "Bản 1; Bản 2"})
    rows += [[f"Nhóm {number}", *rows[1][1:]] for number in range(40)]
    with django_assert_max_num_queries(90):
        report = send(client, groups, rows)
    assert len(report.context["outcome"].good) == 41


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổ ANTT", "tổ an ninh, trật tự"),
        ("PCCC & CNCH", "Phòng cháy, chữa cháy và cứu nạn, cứu hộ"),
        ("CLB PCTNXH", "Câu lạc bộ phòng, chống tệ nạn xã hội"),
        ("5+1", "5+1"),
    ],
)
def test_short_forms_are_spelled_out(one: str, other: str) -> None:
    assert spelled_out(one) == spelled_out(other)


def test_no_other_name_means_two_entries_of_a_list_and_none_an_entry_that_is_not_there(here: Area) -> None:
    sync_duty_lists(), sync_pledge_lists(), sync_hand_in_kinds(), sync_place_kinds(), sync_training_topics()
    from django.apps import apps

    labels = {label for label, _code in other_names.listed()}
    assert {"activities.topic", "activities.body", "registry.placekind"} <= labels
    for label, code in other_names.listed():
        assert apps.get_model(label).objects.filter(code=code).exists(), (label, code)
    models = [*(apps.get_model(label) for label in labels), GroupKind, Initiative]
    assert {Topic, Body} <= set(models)
    for model in models:
        entries = list(model._default_manager.all())
        called = by_words((one, other_names.of(one)) for one in entries)
        twice = {words: ones for words, ones in called.items() if len(ones) > 1}
        assert twice == {}, model
