"""R20: no refusal, removal or grade of a member without a written reason and a rule; somebody else answers."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.registry.models import (
    Grading,
    GuardTeam,
    JoinAnswer,
    JoinRequest,
    Leaving,
    Member,
    MemberGrade,
    Objection,
    ObjectionAnswer,
    Recognition,
    TeamGrade,
)
from luytre.registry.models.grades import Grade
from luytre.registry.models.objections import AlreadyAnswered, OwnAnswer
from tests.factories import commune, user
from tests.registry.factories import GuardTeamFactory, MemberFactory

pytestmark = pytest.mark.django_db
DAY, REASON, RULE = date(2026, 11, 1), "Bỏ trực ba lần.", "Điều 17 Luật 30/2023"
ANSWER = {"on": DAY, "is_upheld": True, "reason": "Có báo trước.", "rule": RULE}
LACKING = pytest.mark.parametrize("said", [{"reason": REASON, "rule": ""}, {"reason": "", "rule": RULE}])


@pytest.fixture
def here():
    return commune("Mường Đây")


@pytest.fixture
def team(here) -> GuardTeam:
    return GuardTeamFactory(area=here)


@pytest.fixture
def member(team) -> Member:
    return MemberFactory(team=team)


def refused(team, member) -> Recognition:
    made = Recognition.propose(team, [(member, False)], by=user(), on=DAY)
    made.refuse(by=user(), on=DAY, reason=REASON, rule=RULE)
    return made


def graded(team, member) -> Grading:
    team_grade = TeamGrade(team=team, grade=Grade.DONE, reason="Còn chậm.")
    member_grade = MemberGrade(member=member, grade=Grade.DONE)
    made = Grading.propose(team.area, 2026, [team_grade], [member_grade], by=user(), on=DAY)
    made.decide(by=user(), on=DAY, is_approved=True, reason="Đúng thực tế.", rule="Hướng dẫn 01")
    return made


DECISIONS = {
    "recognition": refused,
    "leaving": lambda team, member: member.leave(by=user(), on=DAY, ground="tasks", reason=REASON, rule=RULE),
    "team_grade": lambda team, member: graded(team, member).teams.get(),
    "member_grade": lambda team, member: graded(team, member).members.get(),
}


@LACKING
def test_the_database_keeps_none_of_them_without_both(team, member, said):
    asked = JoinRequest(area=team.area, full_name="Lò Văn Thử", phone="0912345678")
    asked.file(on=DAY, text_version="2026-11")
    proposal = Recognition.propose(team, [(member, False)], by=user(), on=DAY)
    grading = Grading.propose(team.area, 2026, [], [], by=user(), on=DAY)
    objection = Objection.file(area=team.area, on=DAY, text="Tôi ốm có báo.", by=user(), recognition=proposal)
    by = {"by": user(), "on": DAY}
    for write in (
        lambda: Leaving.objects.create(member=member, ground="tasks", **by, **said),
        lambda: JoinAnswer.objects.create(request=asked, is_accepted=False, **by, **said),
        lambda: ObjectionAnswer.objects.create(objection=objection, is_upheld=False, **by, **said),
        lambda: proposal.refuse(**by, **said),
        lambda: grading.decide(is_approved=False, **by, **said),
        lambda: grading.decide(is_approved=True, **by, **said),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


@LACKING
def test_the_pages_ask_for_both(client, here, team, member, said):
    asked = JoinRequest(area=here, full_name="Lò Văn Thử", phone="0912345678").file(on=DAY, text_version="2026-11")
    proposal = Recognition.propose(team, [(member, False)], by=user(), on=DAY)
    answers = {"on": "2026-11-01", "answer": "no", "ground": "tasks", **said}
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    assert client.post(reverse("registry:member-leaving", args=[member.pk]), answers).status_code == 422
    assert client.post(reverse("registry:join-request", args=[asked.pk]), answers).status_code == 422
    client.force_login(user(Role.COMMUNE_LEADER, area=here), backend="luytre.accounts.backends.SignInBackend")
    assert client.post(reverse("registry:recognition", args=[proposal.pk]), answers).status_code == 422
    assert not Leaving.objects.exists()
    assert not JoinAnswer.objects.exists()
    assert Recognition.objects.open().exists()


@pytest.mark.parametrize("kind", DECISIONS)
def test_each_can_be_objected_to_and_nobody_involved_answers(team, member, kind):
    decision = DECISIONS[kind](team, member)
    objection = Objection.file(area=team.area, on=DAY, text="Tôi ốm có báo.", by=user(), **{kind: decision})
    source = getattr(decision, "grading", decision)
    parts = [getattr(source, name, None) for name in ("by", "proposed_by", "decided_by")]
    involved = [person for person in parts if person]
    assert involved
    for person in involved:
        with pytest.raises(OwnAnswer):
            objection.decide(by=person, **ANSWER)
    objection.decide(by=user(), **ANSWER)
    with pytest.raises(AlreadyAnswered):
        objection.decide(by=user(), **ANSWER)


@pytest.mark.parametrize("kind", DECISIONS)
def test_each_page_leads_to_the_objection(client, here, team, member, kind):
    decision = DECISIONS[kind](team, member)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    form = reverse("registry:objecting", args=[kind.replace("_", "-"), decision.pk])
    page = {
        "recognition": lambda: reverse("registry:recognition", args=[decision.pk]),
        "leaving": lambda: reverse("registry:members-record", args=[member.pk]),
    }.get(kind, lambda: reverse("registry:grading", args=[decision.grading_id]))()
    if kind == "leaving":
        form = reverse("registry:leaving-objection", args=[member.pk])
    assert form in client.get(page).content.decode()
    assert client.post(form, {"on": "2026-11-02", "text": "Tôi ốm có báo."}).status_code == 302
    assert Objection.objects.open().count() == 1
