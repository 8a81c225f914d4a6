"""Signing in through the real page: names, numbers, codes, lock-out, what is asked first."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from django.utils import timezone

from luytre.accounts import life
from luytre.accounts.models import OneTimeCode, User
from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from tests.factories import PASSWORD, administrator, commune, province, user

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


def sign_in(client, name, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": name, "password": password}, **extra)


def confirm(client) -> None:
    """Changing how one signs in asks for the password once more."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", ["lo.van.a", " Lo.Van.A ", "0912345678", "0912 345 678", "+84 912 345 678"])
def test_one_signs_in_by_user_name_or_phone_number(client, typed):
    user(username="lo.van.a", phone="0912345678")
    sign_in(client, typed)
    assert is_in(client)


def test_signing_in_and_out_is_in_the_trail(client):
    person = user(username="lo.van.a")
    sign_in(client, "lo.van.a")
    client.post("/sign-out/")
    assert list(AuditEntry.objects.values_list("verb", "actor")) == [
        ("signed_in", str(person.pk)),
        ("signed_out", str(person.pk)),
    ]


def test_a_wrong_password_does_not_say_what_was_wrong(client):
    user(username="lo.van.a")
    known, unknown = sign_in(client, "lo.van.a", "x").content, sign_in(client, "nobody", "x").content
    strip = [line for line in known.decode().splitlines() if "csrf" not in line and "lo.van.a" not in line]
    assert strip == [line for line in unknown.decode().splitlines() if "csrf" not in line and "nobody" not in line]


def test_five_failures_close_the_door_for_a_while_whichever_name_is_typed(client):
    user(username="lo.van.a", phone="0912345678")
    names = ["lo.van.a", "0912345678", "LO.VAN.A", "0912 345 678", "lo.van.a"]
    answers = [sign_in(client, name, "x") for name in names]
    assert answers[-1].status_code == 429
    assert sign_in(client, "0912345678").status_code == 429
    assert not is_in(client)


def test_the_lock_is_for_one_name_at_one_address(client):
    user(username="lo.van.a")
    user(username="lo.van.b")
    for _attempt in range(5):
        sign_in(client, "lo.van.a", "x")
    sign_in(client, "lo.van.b")
    assert is_in(client)


def test_the_address_passed_on_is_believed_only_behind_our_proxy(client, settings):
    user(username="lo.van.a")
    for attempt in range(5):
        answer = sign_in(client, "lo.van.a", "x", headers={"x-forwarded-for": f"198.51.100.{attempt}"})
    assert answer.status_code == 429
    settings.PROXY_COUNT = 1
    sign_in(client, "lo.van.a", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.77"})
    assert is_in(client)


def test_the_printed_code_opens_once_and_then_a_password_must_be_chosen(client):
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER, username="lo.van.a")
    slip = life.reset(person, by=boss, at=timezone.now())
    sign_in(client, "lo.van.a", slip.printed_code.lower())
    assert is_in(client)
    assert client.get(reverse("home")).url == reverse("account_set_password")
    chosen = {"password1": "bon con trau an co", "password2": "bon con trau an co"}
    answer = client.post(reverse("account_set_password"), chosen)
    assert answer.url == reverse("home")
    assert client.get(reverse("home")).status_code == 200
    client.post("/sign-out/")
    sign_in(client, "lo.van.a", slip.printed_code)
    assert not is_in(client)
    sign_in(client, "lo.van.a", "bon con trau an co")
    assert is_in(client)


def test_an_old_code_opens_nothing(client):
    person = user(Role.COMMUNE_OFFICER, username="lo.van.a")
    slip = life.reset(person, by=administrator(province()), at=timezone.now() - timedelta(days=8))
    sign_in(client, "lo.van.a", slip.code)
    assert not is_in(client)


def test_a_code_opens_only_its_own_account(client):
    boss, place = administrator(province()), commune()
    slip = life.reset(user(Role.COMMUNE_OFFICER, area=place), by=boss, at=timezone.now())
    other = life.reset(user(Role.COMMUNE_OFFICER, area=place, username="khac"), by=boss, at=timezone.now())
    sign_in(client, "khac", slip.code)
    assert not is_in(client)
    assert OneTimeCode.objects.get(user=other.user).used_at is None


def test_a_suspension_ends_the_session_at_once(client):
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER, username="lo.van.a")
    sign_in(client, "lo.van.a")
    life.suspend(person, by=boss, at=timezone.now(), reason="phone was stolen")
    assert client.get(reverse("home")).status_code == 302
    sign_in(client, "lo.van.a")
    assert client.get(reverse("home")).status_code == 302


def test_a_reset_ends_the_session_at_once(client):
    boss, person = administrator(province()), user(Role.COMMUNE_OFFICER, username="lo.van.a")
    sign_in(client, "lo.van.a")
    life.reset(person, by=boss, at=timezone.now())
    assert client.get(reverse("home")).status_code == 302


def with_app(client, person: User) -> str:
    """Set up the authenticator app through its pages; returns the secret."""
    confirm(client)
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.status_code == 302
    return secret


def code_now(secret: str, ahead: int = 0) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())) + ahead))


def test_the_app_is_set_up_and_then_asked_for(client, time_machine, django_capture_on_commit_callbacks):
    person = user(username="lo.van.a")
    time_machine.move_to(timezone.now(), tick=False)
    sign_in(client, "lo.van.a")
    with django_capture_on_commit_callbacks(execute=True):
        secret = with_app(client, person)
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert {"totp_activated"} <= set(AuditEntry.objects.values_list("verb", flat=True))
    client.post("/sign-out/")
    answer = sign_in(client, "lo.van.a")
    assert answer.url == reverse("mfa_authenticate")
    assert not is_in(client)
    time_machine.shift(60)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert is_in(client)


def test_the_secret_of_the_app_is_sealed_in_the_database(client, time_machine):
    person = user(username="lo.van.a")
    time_machine.move_to(timezone.now(), tick=False)
    sign_in(client, "lo.van.a")
    secret = with_app(client, person)
    assert all(secret not in str(one.data) for one in person.authenticator_set.all())


def test_wrong_codes_are_counted_like_wrong_passwords(client, time_machine):
    person = user(username="lo.van.a")
    time_machine.move_to(timezone.now(), tick=False)
    sign_in(client, "lo.van.a")
    secret = with_app(client, person)
    client.post("/sign-out/")
    sign_in(client, "lo.van.a")
    time_machine.shift(60)
    answers = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _attempt in range(5)]
    assert answers[-1].status_code == 429
    assert client.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).status_code == 429
    assert not is_in(client)


def test_a_second_step_can_be_required_of_a_role(client, settings):
    settings.SECOND_STEP_REQUIRED_OF = [Role.ADMINISTRATOR]
    client.force_login(administrator())
    assert client.get(reverse("home")).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    client.force_login(user(Role.COMMUNE_OFFICER))
    assert client.get(reverse("home")).status_code == 200


PAGES = [
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_about_ones_sign_in_open(client, name):
    user(username="lo.van.a")
    sign_in(client, "lo.van.a")
    confirm(client)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert "UNDEFINED" not in page.content.decode()
    assert "style=" not in page.content.decode()


def test_there_is_no_way_to_sign_up_or_to_reset_by_mail(client):
    for path in ("/sign-up/", "/signup/", "/accounts/signup/", "/password/reset/"):
        assert client.get(path).status_code in (302, 404)


def test_adding_a_second_step_asks_for_the_password_once_more(client):
    user(username="lo.van.a")
    sign_in(client, "lo.van.a")
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    assert client.get(reverse("account_reauthenticate")).status_code == 200
