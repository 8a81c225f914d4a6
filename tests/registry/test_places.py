"""The map of public places: numbered points beside their table, in one's own scope, the nation with its islands."""

from datetime import date

import pytest
from django.test import Client

from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.activities.forms import OutreachSessionForm
from luytre.areas.models import Area
from tests.activities.factories import OutreachSessionFactory
from tests.factories import commune, nation, province, residential, user
from tests.registry.factories import PlaceFactory, SiteFactory
from tests.whole.registers import session_answers, site_answers

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


@pytest.mark.parametrize(
    ("register", "answers"),
    [("/registry/sites/", site_answers), ("/activities/outreach-sessions/", session_answers)],
)
def test_a_site_or_a_session_names_a_public_place_of_its_own_commune(client: Client, register, answers) -> None:
    ground = province()
    here, there = commune("Mường Đây", parent=ground), commune("Mường Kia", parent=ground)
    mine, theirs = PlaceFactory(area=residential(parent=here)), PlaceFactory(area=there)
    enter(client, Role.COMMUNE_OFFICER, here)
    said = client.get(f"{register}new/").content.decode()
    assert mine.name in said
    assert theirs.name not in said
    asked = answers(residential(parent=here))
    assert client.post(f"{register}new/", {**asked, "public_place": theirs.pk}).status_code == 422
    page = client.post(f"{register}new/", {**asked, "public_place": mine.pk})
    assert page.status_code == 302
    assert mine.name in client.get(page["Location"]).content.decode()
    assert f'href="{page["Location"]}"' in client.get(f"/registry/public-places/{mine.pk}/").content.decode()


def test_a_place_of_another_commune_is_refused_within_a_wider_scope(client: Client) -> None:
    here, there = commune("Mường Đây"), commune("Mường Kia")
    desk = user(Role.MINISTRY_DESK, area=nation())
    scope = desk.scope(Permission.REGISTER_READ, on=date(2026, 11, 20))
    answers = session_answers(here) | {"public_place": PlaceFactory(area=there).pk}
    assert "public_place" in OutreachSessionForm(answers, scope=scope).errors
    near = answers | {"public_place": PlaceFactory(area=residential(parent=here)).pk}
    assert "public_place" not in OutreachSessionForm(near, scope=scope).errors


def test_the_place_shows_what_refers_to_it_within_ones_rights(client: Client) -> None:
    here = commune("Mường Đây")
    place = PlaceFactory(area=here)
    site = SiteFactory(area=here, public_place=place)
    session = OutreachSessionFactory(area=here, public_place=place)
    gone = SiteFactory(area=here, public_place=place)
    gone.remove(by=user(), reason="ghi nhầm")
    enter(client, Role.COMMUNE_OFFICER, here)
    said = client.get(f"/registry/public-places/{place.pk}/").content.decode()
    assert f'href="/registry/sites/{site.pk}/"' in said
    assert f'href="/activities/outreach-sessions/{session.pk}/"' in said
    assert f"/registry/sites/{gone.pk}/" not in said
    other = PlaceFactory(area=here)
    assert "/registry/sites/" + str(site.pk) not in client.get(f"/registry/public-places/{other.pk}/").content.decode()
