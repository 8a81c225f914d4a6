"""R11: two different people; nobody approves their own, no role bypasses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luytre.accounts import life
from luytre.accounts.models import Assignment, OneTimeCode, StepKind, SubjectRequest, Suspension, User
from luytre.accounts.models.requests import OwnRequest
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS, Role
from luytre.areas.models import Area
from luytre.reporting.models.reports import OwnReport, Report, Step
from tests.factories import administrator, nation, user

VERBS = ["reset", "suspend", "lift", "assign", "end", "stand_in"]


def act(verb: str, *, about: User, by: User, area: Area) -> None:
    """Any verb of an account's life, done to `about` by `by`."""
    now = timezone.now()
    today = timezone.localdate(now)
    if verb == "reset":
        life.reset(about, by=by, at=now)
    elif verb == "suspend":
        life.suspend(about, by=by, at=now, reason="a reason")
    elif verb == "lift":
        life.lift(about, by=by, at=now, reason="a reason")
    elif verb == "assign":
        life.assign(Assignment(user=about, role=Role.COMMITTEE, area=area, valid_from=today), by=by, on=today)
    elif verb == "end":
        life.end(about.assignments.get(), by=by, on=today, today=today)
    else:
        end = today + timedelta(days=3)
        life.name_stand_in(about, stand_in=by, first=today, end=end, by=by, today=today)


class TwoPeople(TestCase):
    @given(verb=st.sampled_from(VERBS), role=st.sampled_from([role for role in Role if role != Role.AUDITOR]))
    def test_no_role_lets_anybody_act_on_their_own_account(self, verb: str, role: Role) -> None:
        person = user(role)
        if role != Role.ADMINISTRATOR:
            Assignment.objects.create(
                user=person, role=Role.ADMINISTRATOR, area=nation(), valid_from=timezone.localdate()
            )
        with pytest.raises((life.OwnAccount, Assignment.MultipleObjectsReturned)):
            act(verb, about=person, by=person, area=nation())

    @given(
        verb=st.sampled_from(VERBS[:-1]), role=st.sampled_from([role for role in Role if role != Role.ADMINISTRATOR])
    )
    def test_only_who_keeps_accounts_acts_on_them(self, verb: str, role: Role) -> None:
        with pytest.raises(life.Refused):
            act(verb, about=user(Role.COMMUNE_OFFICER), by=user(role), area=nation())


pytestmark = pytest.mark.django_db


def test_nobody_makes_themselves_a_stand_in():
    boss, absent = administrator(nation()), user(Role.MINISTRY_DESK)
    today = timezone.localdate()
    with pytest.raises(life.OwnAccount):
        life.name_stand_in(absent, stand_in=boss, first=today, end=today + timedelta(days=1), by=boss, today=today)


def test_nobody_answers_their_own_request():
    officer = user(Role.PROVINCE_DESK)
    area = officer.assignments.get().area
    asked = SubjectRequest(kind="ask", area=area, text="what is held about me?")
    asked.file(at=timezone.now(), requester=officer)
    with pytest.raises(OwnRequest):
        asked.step(StepKind.ACKNOWLEDGED, by=officer, at=timezone.now())


def refused(row) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return True
    return False


def test_the_database_says_so_too():
    person, now = user(), timezone.now()
    assert refused(Suspension(user=person, by=person, reason="self"))
    assert refused(OneTimeCode(user=person, issued_by=person, issued_at=now, expires_at=now, code_hash="x"))
    assert refused(
        Assignment(
            user=person, stands_in_for=person, role=Role.COMMITTEE, area=nation(), valid_from=timezone.localdate()
        )
    )


@pytest.mark.parametrize("name", ["reset", "suspend", "lift", "assign", "stand-in"])
def test_the_pages_refuse_it_in_words(client, name):
    boss = administrator(nation())
    client.force_login(boss)
    today = timezone.localdate().isoformat()
    data = {"reason": "a good reason", "role": Role.COMMITTEE, "area": "0", "valid_from": today, "first": today}
    answer = client.post(reverse(f"administration:{name}", kwargs={"pk": boss.pk}), data | {"last": today})
    assert answer.status_code == 422
    assert boss.assignments.count() == 1
    assert boss.is_active


SIGNING = [role for role in Role if Permission.REPORT_SIGN in GRANTS[role].permissions]


@pytest.mark.parametrize("role", SIGNING)
def test_no_role_signs_its_own_report(role):
    person, now = user(role), timezone.now()
    report = Report(area=person.assignments.get().area, first_day=now.date(), last_day=now.date())
    report.draft(figures={}, body=[], by=person, at=now)
    report.submit(base=1, by=person, at=now)
    with pytest.raises(OwnReport):
        report.sign(base=1, by=person, at=now)
    assert not report.steps.filter(kind=Step.SIGNED).exists()
