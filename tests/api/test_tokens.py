from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.api.models import Token
from luytre.areas import standings
from luytre.areas.models import Succession
from tests.factories import commune, province, user
from tests.reporting import territory

pytestmark = pytest.mark.django_db
ASK = {"indicator": "outreach_sessions", "from": "2025-12-15", "to": "2026-01-14"}


@pytest.fixture
def places(db):
    return territory.build()


@pytest.fixture
def desk(places):
    return user(Role.PROVINCE_DESK, area=places["n11"])


def caller(person, **cut) -> Client:
    secret = Token(name="kho dữ liệu", **cut).issue(by=person, at=datetime.now(UTC))
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_token_of_one_commune_reads_nothing_outside_it(desk, places):
    cut = caller(desk, area=places["n1"])
    assert cut.get("/api/v1/figures", {**ASK, "area": "00001"}).status_code == 200
    assert cut.get("/api/v1/figures", {**ASK, "area": "00004"}).status_code == 404
    assert cut.get("/api/v1/figures", {**ASK, "area": "11"}).status_code == 404


def test_a_token_wider_than_its_owner_is_no_wider(places):
    officer = user(Role.COMMUNE_OFFICER, area=places["n1"])
    wide = caller(officer, area=places["n11"])
    assert wide.get("/api/v1/figures", {**ASK, "area": "00001"}).status_code == 200
    assert wide.get("/api/v1/figures", {**ASK, "area": "11"}).status_code == 404


def test_a_token_elsewhere_reads_nothing(places):
    officer = user(Role.COMMUNE_OFFICER, area=places["n1"])
    assert caller(officer, area=places["n3"]).get("/api/v1/figures", {**ASK, "area": "00001"}).status_code == 403


def test_a_token_may_do_only_what_is_named(desk):
    reader = caller(desk, permissions=[Permission.FIGURE_READ])
    assert reader.get("/api/v1/figures", {**ASK, "area": "11"}).status_code == 200
    assert reader.get("/api/v1/registers/outreach-sessions").status_code == 404
    other = caller(desk, permissions=[Permission.SESSION_READ])
    assert other.get("/api/v1/figures", {**ASK, "area": "11"}).status_code == 403
    assert other.get("/api/v1/registers/outreach-sessions").status_code == 200
    refused = other.post("/api/v1/registers/outreach-sessions", "{}", content_type="application/json")
    assert refused.status_code in (404, 422)
    assert not OutreachSession.objects.exists()


def test_a_permission_its_owner_never_had_gives_nothing(places):
    officer = user(Role.AREA_HEAD, area=places["s1"])
    program = caller(officer, permissions=[Permission.AUDIT_READ, Permission.REGISTER_READ])
    assert program.get("/api/v1/figures", {**ASK, "area": "00001-01"}).status_code == 403


def test_a_token_follows_its_place_through_a_merger():
    old, new = commune("Cũ", valid_to=date(2026, 7, 1)), commune("Mới", valid_from=date(2026, 7, 1))
    Succession.objects.create(before=old, after=new, on=date(2026, 7, 1))
    standings.rebuild()
    desk = user(Role.PROVINCE_DESK, area=province())
    scope = Token(user=desk, area=old).caller.scope(Permission.FIGURE_READ, on=date(2026, 8, 1))
    assert scope.paths == (new.path,)


def test_a_form_makes_a_narrow_short_token(client, desk, places):
    client.force_login(desk)
    page = client.get("/api/v1/tokens/")
    assert "figure_read" in page.content.decode()
    assert "audit_read" not in page.content.decode()
    sent = {"name": "kho", "area": "00001", "permissions": ["figure_read"], "days": "30"}
    secret = client.post("/api/v1/tokens/", sent).context["secret"]
    token = Token.objects.get()
    assert (token.area, token.permissions) == (places["n1"], ["figure_read"])
    assert timedelta(days=29) < token.expires_at - datetime.now(UTC) < timedelta(days=31)
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/figures", {**ASK, "area": "00004"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"area": "99999"}, "area"),
        ({"permissions": ["audit_read"]}, "permissions"),
        ({"permissions": []}, "permissions"),
        ({"days": "36500"}, "days"),
    ],
)
def test_a_form_gives_no_more_than_its_maker_has(client, desk, other, field):
    client.force_login(desk)
    sent = {"name": "kho", "area": "00001", "permissions": ["figure_read"], "days": "30", **other}
    answer = client.post("/api/v1/tokens/", sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Token.objects.exists()


def test_what_a_program_wrote_is_remembered_to_the_moment(desk):
    Token.objects.all().delete()
    program = caller(desk)
    program.get("/api/v1/figures", {**ASK, "area": "11"})
    assert Token.objects.get().last_wrote_at is None
    program.post("/api/v1/registers/outreach-sessions", "{}", content_type="application/json")
    assert Token.objects.get().last_wrote_at
