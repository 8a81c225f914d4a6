from datetime import UTC, date, datetime, timedelta

import pytest

from luytre.accounts.models import Suspension
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.api.models import AlreadyRevoked, Token
from luytre.reporting import publishing
from luytre.reporting.models import Release
from tests.factories import UserFactory, user
from tests.reporting import territory

pytestmark = pytest.mark.django_db
ASK = {"area": "11", "indicator": "outreach_sessions", "from": "2025-12-15", "to": "2026-01-14"}


@pytest.fixture
def places(db):
    return territory.build()


@pytest.fixture
def sessions(places):
    OutreachSession.objects.bulk_create(
        OutreachSession(area=places[key], held_on=date(2026, 1, 5), place="Sân", attendance=30)
        for key, count in {"n1": 7, "s1": 2, "n3": 9}.items()
        for _ in range(count)
    )


def token(person) -> str:
    return Token(name="kho dữ liệu").issue(by=person, at=datetime.now(UTC))


def ask(client, secret: str = "", **other):
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.get("/api/v1/figures", {**ASK, **other}, headers=headers)


@pytest.fixture
def desk(places):
    return token(user(Role.PROVINCE_DESK, area=places["n11"]))


def test_a_token_reads_what_its_owner_may_see(client, sessions, desk):
    answer = ask(client, desk)
    assert answer.status_code == 200
    told = answer.json()
    assert ASK.items() <= told.items()
    assert (told["value"], told["qualifier"], told["unit"]) == (18, "exact", "buổi")
    assert {part["area"]: part["value"] for part in told["parts"]} == {"00001": 9, "00002": 0, "00004": 9}


def test_staff_see_parts_below_the_commune(client, sessions, desk):
    parts = ask(client, desk, area="00001").json()["parts"]
    assert [(part["area"], part["value"], part["is_own"]) for part in parts] == [
        ("00001-01", 2, False),
        ("00001-02", 0, False),
        ("00001", 7, True),
    ]


def test_a_place_outside_is_not_there(client, sessions, places):
    secret = token(user(Role.COMMUNE_OFFICER, area=places["n1"]))
    assert ask(client, secret, area="00001").status_code == 200
    for area in ("00004", "11", "0", "99999"):
        answer = ask(client, secret, area=area)
        assert answer.status_code == 404
        assert answer.json()["field"] == "area"


def test_without_a_token_only_released_figures_are_told(client, sessions, places):
    assert ask(client).status_code == 404
    made = Release(
        area=places["n11"],
        first_day=date(2025, 12, 15),
        last_day=date(2026, 1, 14),
        codes=["outreach_sessions"],
        reason="hằng tháng",
    ).ask(by=UserFactory())
    assert ask(client).status_code == 404
    publishing.publish(made, by=UserFactory(), at=datetime.now(UTC), reason="đã kiểm tra")
    told = ask(client).json()
    assert told["value"] == 18
    assert {part["area"] for part in told["parts"]} == {"00001", "00002", "00004"}
    hidden = [part for part in told["parts"] if part["is_hidden"]]
    assert hidden
    assert all(part["value"] is None for part in hidden)
    assert ask(client, area="00001-01").status_code == 404
    assert ask(client, indicator="outreach_individual_sessions").status_code == 404
    assert ask(client, territory="2025-06-30").status_code == 404


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"indicator": "nothing_such"}, "indicator"),
        ({"from": "2025-02-30"}, "from"),
        ({"to": ""}, "to"),
        ({"area": ""}, "area"),
        ({"from": "", "to": "", "period": "2025-99"}, "period"),
        ({"territory": "soon"}, "territory"),
    ],
)
def test_an_error_names_the_field(client, sessions, desk, other, field):
    answer = ask(client, desk, **other)
    assert answer.status_code == 422
    assert answer.json()["field"] == field
    assert answer.json()["message"]


def test_errors_are_told_in_the_language_asked_for(client, sessions, desk):
    headers = {"Authorization": f"Bearer {desk}", "Accept-Language": "en"}
    answer = client.get("/api/v1/figures", {**ASK, "indicator": "zzz"}, headers=headers)
    assert answer.json()["message"] == "No indicator has the code “zzz”."


def test_wrong_spent_and_revoked_tokens_are_refused(client, sessions, places):
    person = user(Role.PROVINCE_DESK, area=places["n11"])
    secret = token(person)
    assert ask(client, "lt_wrong").status_code == 401
    assert ask(client, secret).status_code == 200
    Token.objects.update(expires_at=datetime.now(UTC) - timedelta(days=1), created_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert ask(client, secret).status_code == 401
    fresh = token(person)
    made = Token.objects.get(revoked_at=None, expires_at__gt=datetime.now(UTC))
    made.revoke(by=person, at=datetime.now(UTC))
    assert ask(client, fresh).status_code == 401
    with pytest.raises(AlreadyRevoked):
        made.revoke(by=person, at=datetime.now(UTC))


def test_a_suspended_person_s_token_is_refused(client, sessions, places):
    person = user(Role.PROVINCE_DESK, area=places["n11"])
    secret = token(person)
    Suspension.objects.create(user=person, by=UserFactory(), reason="nghỉ")
    assert ask(client, secret).status_code == 401


def test_an_account_without_figures_is_told_so(client, sessions, places):
    assert ask(client, token(user())).status_code == 403


def test_only_a_hash_of_the_token_is_kept_and_its_use_is_dated(client, sessions, desk):
    assert desk not in str(list(Token.objects.values()))
    ask(client, desk)
    assert Token.objects.get().last_used_at


def test_the_description_is_open_and_names_the_figures(client):
    described = client.get("/api/v1/openapi.json").json()
    assert "/api/v1/figures" in described["paths"]
    page = client.get("/api/v1/").content.decode()
    assert "/api/v1/figures" in page
    assert "https://" not in page


def test_people_make_and_revoke_their_own_tokens(client, places):
    person, other = user(Role.PROVINCE_DESK, area=places["n11"]), user(Role.COMMITTEE, area=places["n11"])
    client.force_login(person)
    sent = {"name": "kho dữ liệu", "permissions": ["figure_read"], "days": "90"}
    made = client.post("/api/v1/tokens/", sent)
    secret = made.context["secret"]
    assert secret in made.content.decode()
    assert secret not in client.get("/api/v1/tokens/").content.decode()
    one = Token.objects.get()
    client.force_login(other)
    assert client.post(f"/api/v1/tokens/{one.pk}/revocation/").status_code == 404
    client.force_login(person)
    client.post(f"/api/v1/tokens/{one.pk}/revocation/")
    assert Token.objects.get().revoked_at
    assert client.post("/api/v1/tokens/", {"name": ""}).status_code == 422


def test_strangers_have_no_tokens_page(client):
    assert client.get("/api/v1/tokens/").status_code == 302
