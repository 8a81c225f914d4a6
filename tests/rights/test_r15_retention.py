"""R15: every personal field has its time; what is due is erased, from search as well. Told by travelling in time."""

from datetime import date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from luytre.accounts import inventory, life, retention
from luytre.accounts.models import Assignment, OneTimeCode, StepKind, SubjectRequest, User
from luytre.accounts.roles import Role
from luytre.audit import chain
from luytre.audit.models import AuditEntry
from tests.factories import administrator, commune, nation, user

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 3, 2, 9, 0))
TODAY = date(2026, 3, 2)
FIVE_YEARS = timedelta(days=1826)


def everything_said(row: models.Model) -> str:
    row.refresh_from_db()
    return " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)


def somebody_who_left() -> User:
    person = user(
        Role.COMMUNE_OFFICER,
        username="quang.am",
        full_name="Quàng Thị Ằm",
        phone="0912345678",
        position="Phó Công an xã",
    )
    person.assignments.update(valid_to=TODAY)
    User.objects.filter(pk=person.pk).update(joined_at=NOW - timedelta(days=400))
    return person


def test_who_left_five_years_ago_is_only_a_number():
    person = somebody_who_left()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    retention.erase_due(today=TODAY + FIVE_YEARS)
    assert "quang" in everything_said(person)
    retention.erase_due(today=TODAY + FIVE_YEARS + timedelta(days=1))
    said = everything_said(person)
    for trace in ("uàng", "quang", "Ằm", "0912345678", "Công an"):
        assert trace not in said
    assert not User.objects.matching("quang am").exists()
    assert not person.authenticator_set.exists()
    assert not person.assignments.exists()


def test_two_may_leave_and_names_stay_unique():
    somebody_who_left()
    other = user(Role.COMMUNE_OFFICER)
    other.assignments.update(valid_to=TODAY)
    retention.erase_due(today=TODAY + FIVE_YEARS + timedelta(days=500))
    assert User.objects.filter(username__startswith="gone-").count() == 2


def test_who_still_serves_is_left_alone():
    person = user(Role.COMMUNE_OFFICER, since=date(2015, 1, 1))
    retention.erase_due(today=TODAY + 3 * FIVE_YEARS)
    assert everything_said(person).count("gone-") == 0
    assert person.assignments.exists()


def test_erasing_happens_once_and_is_in_the_trail_which_still_verifies():
    somebody_who_left()
    later = TODAY + FIVE_YEARS + timedelta(days=1)
    chain.chain_committed(today=TODAY)
    assert retention.erase_due(today=later)["accounts.User"] == 1
    assert retention.erase_due(today=later)["accounts.User"] == 0
    chain.chain_committed(today=later)
    assert "erased" in AuditEntry.objects.values_list("verb", flat=True)
    assert list(chain.verify()) == []


def test_reasons_of_a_suspension_go_five_years_after_it_was_lifted():
    boss, person = administrator(nation()), user(Role.COMMUNE_OFFICER)
    suspension = life.suspend(person, by=boss, at=NOW, reason="lost the phone at the market")
    life.lift(person, by=boss, at=NOW, reason="came with a new phone")
    retention.erase_due(today=TODAY + FIVE_YEARS)
    assert "market" in everything_said(suspension)
    retention.erase_due(today=TODAY + FIVE_YEARS + timedelta(days=1))
    assert "market" not in everything_said(suspension)
    assert "new phone" not in everything_said(suspension)


def test_a_code_goes_thirty_days_after_it_ran_out():
    boss, person = administrator(nation()), user(Role.COMMUNE_OFFICER)
    life.reset(person, by=boss, at=NOW)
    retention.erase_due(today=TODAY + timedelta(days=37))
    assert OneTimeCode.objects.exists()
    retention.erase_due(today=TODAY + timedelta(days=38))
    assert not OneTimeCode.objects.exists()


def test_a_request_is_blanked_two_years_after_its_answer():
    officer = user(Role.COMMUNE_OFFICER)
    asked = SubjectRequest(kind="ask", area=commune(), text="Tôi là Vừ A Lềnh", name="Vừ A Lềnh", contact="0987654321")
    asked.file(at=NOW, requester=None)
    step = asked.step(StepKind.DONE, by=officer, at=NOW, text="Nothing is held about Vừ A Lềnh.")
    retention.erase_due(today=TODAY + timedelta(days=731))
    assert "Lềnh" in everything_said(asked)
    retention.erase_due(today=TODAY + timedelta(days=732))
    assert "Lềnh" not in everything_said(asked) + everything_said(step)
    assert "0987654321" not in everything_said(asked)


def test_an_unanswered_request_waits():
    asked = SubjectRequest(kind="ask", area=commune(), text="Tôi là Vừ A Lềnh")
    asked.file(at=NOW, requester=None)
    retention.erase_due(today=TODAY + FIVE_YEARS)
    assert "Lềnh" in everything_said(asked)


def test_failed_sign_ins_go_after_thirty_days_and_ended_sessions_the_next_night(client):
    attempt = AccessAttempt.objects.create(
        username="quang.am", ip_address="198.51.100.7", user_agent="x", failures_since_start=1
    )
    client.force_login(user())
    retention.erase_due(today=timezone.localdate() + timedelta(days=30))
    assert AccessAttempt.objects.filter(pk=attempt.pk).exists()
    assert not Session.objects.exists()
    retention.erase_due(today=timezone.localdate() + timedelta(days=31))
    assert not AccessAttempt.objects.exists()


def erasable() -> list[str]:
    return [label for label, holding in inventory.load().items() if holding.erase]


@pytest.mark.parametrize("label", erasable())
def test_every_rule_of_the_inventory_runs_and_names_real_columns(label):
    holding = inventory.load()[label]
    assert list(retention.due(holding, holding.erase, today=TODAY)) == []
    names = {field.name for field in holding.model._meta.concrete_fields}
    assert set(holding.erase.blank) <= names


@pytest.mark.parametrize("label", erasable())
def test_what_is_made_from_a_blanked_name_is_blanked_with_it(label):
    """A search column that keeps the name would undo the blanking."""
    holding = inventory.load()[label]
    names = {field.name for field in holding.model._meta.concrete_fields}
    spoken = set(getattr(holding.model, "spoken_by", ())) | ({"full_name"} & names)
    if spoken & set(holding.erase.blank):
        assert {"folded", "sort_key"} & names <= set(holding.erase.blank)


def test_assignments_of_others_are_not_touched():
    gone, here = somebody_who_left(), user(Role.COMMUNE_OFFICER)
    retention.erase_due(today=TODAY + FIVE_YEARS + timedelta(days=1))
    assert list(Assignment.objects.values_list("user", flat=True)) == [here.pk]
    assert gone.pk != here.pk
