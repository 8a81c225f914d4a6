"""R11: nobody decides on their own proposal about members: no role, no page, not even a row written by hand."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from luytre.accounts.models import Assignment
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS, Role
from luytre.registry.models import Grading, RecognisedMember, Recognition
from luytre.registry.models.recognitions import OwnProposal
from tests.factories import commune, user
from tests.registry.factories import GuardTeamFactory, MemberFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
GRANTED = {"on": DAY, "number": "41/QĐ-UBND", "signatory": "Chủ tịch UBND xã"}
REASONED = {"on": DAY, "reason": "Thiếu hồ sơ.", "rule": "Điều 13 Luật 30/2023"}


def recognition(by, area=None) -> Recognition:
    member = MemberFactory(team=GuardTeamFactory(area=area or commune()))
    return Recognition.propose(member.team, [(member, False)], by=by, on=DAY)


def grading(by) -> Grading:
    return Grading.propose(commune(), 2026, [], [], by=by, on=DAY)


ACTS = {
    "grant": lambda by, who: recognition(by).grant(by=who, **GRANTED),
    "refuse": lambda by, who: recognition(by).refuse(by=who, **REASONED),
    "approve grades": lambda by, who: grading(by).decide(by=who, is_approved=True, **REASONED),
    "refuse grades": lambda by, who: grading(by).decide(by=who, is_approved=False, **REASONED),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", ACTS)
def test_no_role_decides_on_its_own_proposal(act, role):
    person = user(role)
    with pytest.raises(OwnProposal):
        ACTS[act](person, person)
    assert not Recognition.objects.exclude(decided_by=None).exists()
    assert not Grading.objects.exclude(decided_by=None).exists()
    assert not RecognisedMember.objects.granted_on(DAY).exists()


@pytest.mark.parametrize("act", ACTS)
def test_somebody_else_may(act):
    ACTS[act](user(), user())


@pytest.mark.parametrize("make", [recognition, grading])
def test_the_database_says_so_too(make):
    person = user()
    made = make(person)
    decided = {"decided_by": person, "decided_on": DAY, "number": "41", "reason": "vì", "rule": "luật"}
    answer = {"is_granted": True, "signatory": "Chủ tịch"} if isinstance(made, Recognition) else {"is_approved": True}
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(**decided, **answer)
    type(made).objects.filter(pk=made.pk).update(**decided | {"decided_by": user()}, **answer)


def test_the_page_refuses_who_holds_both_offices(client):
    """Somebody who may propose and decide still decides nothing of their own."""
    assert Permission.MEMBER_DECIDE in GRANTS[Role.COMMUNE_LEADER].permissions
    here = commune()
    chair = user(Role.COMMUNE_LEADER, area=here)
    Assignment.objects.create(user=chair, role=Role.COMMUNE_OFFICER, area=here, valid_from=date(2026, 1, 1))
    client.force_login(chair, backend="luytre.accounts.backends.SignInBackend")
    made = recognition(chair, here)
    answers = {"answer": "yes", "on": "2026-11-20", "number": "41/QĐ-UBND", "signatory": "Chủ tịch UBND xã"}
    assert client.post(reverse("registry:recognition", args=[made.pk]), answers).status_code == 422
    assert not Recognition.objects.granted().exists()
