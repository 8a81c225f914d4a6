"""The map of public places: numbered points beside their table, in one's own scope, the nation with its islands."""

import pytest
from django.test import Client

from luytre.accounts.roles import Role
from luytre.areas.models import Area
from tests.factories import commune, nation, province, user
from tests.registry.factories import PlaceFactory

pytestmark = pytest.mark.django_db
MAP = "/registry/public-places/map/"


def enter(client: Client, role: str, area: Area) -> None:
    client.force_login(user(role, area=area), backend="luytre.accounts.backends.SignInBackend")


def test_a_commune_sees_its_own_places_and_no_others(client: Client) -> None:
    here = commune("Mường Đây", latitude="21.3900", longitude="103.0200")
    mine, theirs = PlaceFactory(area=here), PlaceFactory(area=commune("Mường Kia"))
    enter(client, Role.COMMUNE_OFFICER, here)
    words = client.get(MAP).content.decode()
    assert mine.name in words
    assert "Mường Đây" in words
    assert theirs.name not in words


def test_the_nation_is_drawn_with_its_archipelagos_and_leads_to_a_province(client: Client) -> None:
    ground = province()
    PlaceFactory(area=commune(parent=ground))
    enter(client, Role.MINISTRY_DESK, nation())
    page = client.get(MAP)
    assert "Hoàng Sa" in page.content.decode()
    assert "Trường Sa" in page.content.decode()
    assert f"?area={ground.code}" in page.content.decode()
    assert client.get(MAP, {"area": ground.code}).context["chart"].rows


def test_an_empty_map_says_what_to_do(client: Client) -> None:
    enter(client, Role.COMMUNE_OFFICER, commune())
    assert client.get(MAP).context["chart"] is None


def test_what_was_taken_out_is_not_drawn(client: Client) -> None:
    here = commune("Mường Đây")
    gone = PlaceFactory(area=here)
    gone.remove(by=user(), reason="ghi nhầm")
    enter(client, Role.COMMUNE_OFFICER, here)
    assert gone.name not in client.get(MAP).content.decode()
