"""One search over everything: without tone marks, in groups, and never past anybody's scope."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.audit.models import AuditEntry
from luytre.registry.registers.groups import groups
from luytre.ui.registers import REGISTERS, Register
from tests.factories import administrator, commune, user
from tests.registry.factories import WatchGroupFactory
from tests.whole.made import Walk
from tests.whole.registers import KNOWN as TOLD

pytestmark = pytest.mark.django_db
KNOWN = Walk(TOLD)


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def elsewhere() -> Area:
    return commune("Mường Kia")


def enter(client: Client, role: str, area: Area, **fields: Any) -> None:
    client.force_login(user(role, area=area, **fields), backend="luytre.accounts.backends.SignInBackend")


def found(client: Client, words: str, **asked: str) -> dict[str, list[str]]:
    page = client.get("/find/", {"q": words, **asked})
    assert page.status_code == 200
    many = page.context["groups"] or ([page.context["group"]] if page.context["group"] else [])
    return {one.name: [hit.url for hit in one.hits] for one in many}


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_a_record_is_found_by_its_own_commune_and_never_by_another(
    client: Client, register: Register, here: Area, elsewhere: Area
) -> None:
    mine, theirs = KNOWN[register.name].make(area=here), KNOWN[register.name].make(area=elsewhere)
    enter(client, Role.COMMUNE_OFFICER, here)
    urls = found(client, "MUONG").get(register.name, []) + found(client, "muong", group=register.name)[register.name]
    assert register.url("record", pk=mine.pk) in urls
    assert register.url("record", pk=theirs.pk) not in urls
    assert register.url("record", pk=theirs.pk).encode() not in client.get("/find/", {"q": "muong kia"}).content


def test_what_was_taken_out_is_not_found(client: Client, here: Area) -> None:
    gone = WatchGroupFactory(area=here, name="Đội cờ đỏ")
    gone.remove(by=user(), reason="ghi nhầm")
    enter(client, Role.COMMUNE_OFFICER, here)
    assert "watch-groups" not in found(client, "co do")


def test_places_figures_and_pages_are_found(client: Client, here: Area) -> None:
    enter(client, Role.COMMUNE_OFFICER, here)
    assert f"/territory/{here.code}/" in found(client, "muong day")["territory"]
    assert "/figures/mediation_teams/" in found(client, "to hoa giai")["figures"]
    assert groups.url() in found(client, groups.label)["pages"]


def test_who_may_not_read_a_register_finds_nothing_in_it(client: Client, here: Area) -> None:
    WatchGroupFactory(area=here, name="Đội cờ đỏ")
    enter(client, Role.COMMITTEE, here)
    assert "watch-groups" not in found(client, "co do")
    assert client.get("/find/", {"q": "co do", "group": "watch-groups"}).context["group"] is None


def test_people_are_found_by_who_may_see_them_and_that_leaves_a_trace(client: Client, here: Area) -> None:
    somebody = user(Role.COMMUNE_OFFICER, area=here, full_name="Quàng Thị Ằm")
    enter(client, Role.COMMUNE_OFFICER, here)
    assert "people" not in found(client, "quang thi am")
    client.force_login(administrator(here), backend="luytre.accounts.backends.SignInBackend")
    assert found(client, "quang thi am")["people"] == [f"/accounts/{somebody.pk}/"]
    assert AuditEntry.objects.filter(verb="listed", fields__has_key=f"account {somebody.pk}").exists()


def test_a_group_has_its_own_pages(client: Client, here: Area) -> None:
    for number in range(23):
        WatchGroupFactory(area=here, name=f"Tổ liên gia số {number}")
    enter(client, Role.COMMUNE_OFFICER, here)
    page = client.get("/find/", {"q": "to lien gia"})
    (group,) = [one for one in page.context["groups"] if one.name == "watch-groups"]
    assert (len(group.hits), group.has_more) == (5, True)
    assert len(found(client, "to lien gia", group="watch-groups", page="2")["watch-groups"]) == 3


def test_one_letter_and_nothing_found_are_said_in_plain_words(client: Client, here: Area) -> None:
    enter(client, Role.COMMUNE_OFFICER, here)
    assert "hai chữ" in client.get("/find/", {"q": "a"}).content.decode()
    assert found(client, "khong co gi nhu the") == {}


def test_it_asks_as_often_for_many_records_as_for_few(client: Client, here: Area) -> None:
    enter(client, Role.COMMUNE_OFFICER, here)
    counts = []
    for more in (1, 30):
        for _ in range(more):
            WatchGroupFactory(area=here, name="Tổ liên gia")
        client.get("/find/", {"q": "lien gia"})
        with CaptureQueriesContext(connection) as asked:
            client.get("/find/", {"q": "lien gia"})
        counts.append(len(asked))
    assert counts[0] == counts[1]
