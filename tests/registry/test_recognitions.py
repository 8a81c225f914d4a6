"""Recognition of guards and mediators, the vote of the households, the list for the notice board."""

from datetime import date

import pytest
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.registry.models import Ballot, MediationVote, Member, Recognition
from luytre.registry.models.mediation import NoMediationGroup, TooManyVotes
from luytre.registry.models.recognitions import AlreadyDecided, NobodyProposed, OwnProposal
from tests.factories import commune, user
from tests.registry.factories import GroupKindFactory, GuardTeamFactory, MemberFactory, WatchGroupFactory, recognise

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def here():
    return commune("Mường Đây")


def page(name: str, one) -> str:
    return reverse(f"registry:{name}", kwargs={"pk": one.pk})


def test_the_officer_proposes_and_the_chair_recognises(client, here):
    team = GuardTeamFactory(area=here)
    young, old = MemberFactory(team=team), MemberFactory(team=team)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    wrong = {"members": [young.pk], "past_seventy": [old.pk]}
    assert client.post(page("guard-team-recognition", team), wrong).status_code == 422
    right = {"members": [young.pk, old.pk], "past_seventy": [old.pk]}
    assert client.post(page("guard-team-recognition", team), right).status_code == 302
    assert young.full_name not in client.get(page("guard-team-recognition", team)).content.decode()
    proposal = Recognition.objects.get()
    assert list(proposal.lines.filter(is_past_seventy=True).values_list("member", flat=True)) == [old.pk]
    assert young.full_name not in client.get(page("guard-team-notice", team)).content.decode()
    client.force_login(user(Role.COMMUNE_LEADER, area=here))
    decision = {"answer": "yes", "on": "2026-06-01", "number": "", "signatory": "Chủ tịch UBND xã"}
    assert client.post(page("recognition", proposal), decision).status_code == 422
    assert client.post(page("recognition", proposal), decision | {"number": "41/QĐ-UBND"}).status_code == 302
    notice = client.get(page("guard-team-notice", team)).content.decode()
    assert young.full_name in notice
    assert "41/QĐ-UBND" in notice
    assert "41/QĐ-UBND" in client.get(page("member-certificate", young)).content.decode()


def test_a_refusal_says_why_and_by_which_rule_and_may_be_objected_to(client, here):
    team = GuardTeamFactory(area=here)
    proposal = Recognition.propose(team, [(MemberFactory(team=team), False)], by=user(), on=DAY)
    chair = user(Role.COMMUNE_LEADER, area=here)
    client.force_login(chair)
    refusal = {"answer": "no", "on": "2026-06-01"}
    assert set(client.post(page("recognition", proposal), refusal).context["form"].errors) == {"reason", "rule"}
    client.post(page("recognition", proposal), refusal | {"reason": "Thiếu hồ sơ.", "rule": "Điều 13 Luật 30/2023"})
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    address = reverse("registry:objecting", kwargs={"kind": "recognition", "pk": proposal.pk})
    assert client.get(address).status_code == 200
    answer = client.post(address, {"on": "2026-06-02", "text": "Hồ sơ đã nộp đủ."})
    client.force_login(chair)
    reply = {"is_upheld": "1", "on": "2026-06-03", "reason": "Đã tìm thấy hồ sơ.", "rule": "Điều 13"}
    assert client.post(answer["Location"], reply).status_code == 422
    client.force_login(user(Role.COMMUNE_LEADER, area=here))
    assert client.post(answer["Location"], reply).status_code == 302
    assert "Đã tìm thấy hồ sơ." in client.get(answer["Location"]).content.decode()


def test_a_proposal_is_decided_once_by_somebody_else(here):
    team, officer = GuardTeamFactory(area=here), user()
    with pytest.raises(NobodyProposed):
        Recognition.propose(team, [], by=officer, on=DAY)
    proposal = Recognition.propose(team, [(MemberFactory(team=team), False)], by=officer, on=DAY)
    with pytest.raises(OwnProposal):
        proposal.grant(by=officer, on=DAY, number="1", signatory="Chủ tịch")
    proposal.grant(by=user(), on=DAY, number="1", signatory="Chủ tịch")
    with pytest.raises(AlreadyDecided):
        proposal.refuse(by=user(), on=DAY, reason="khác", rule="Điều 13")


def test_whoever_left_is_not_posted(client, here):
    team = GuardTeamFactory(area=here)
    member = MemberFactory(team=team)
    recognise(member)
    member.leave(by=user(), on=DAY, ground="wish", reason="bận việc nhà")
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    assert member.full_name not in client.get(page("guard-team-notice", team)).content.decode()
    assert client.get(page("member-certificate", member)).status_code == 404


@pytest.fixture
def mediators(here):
    kind = GroupKindFactory(code="mediation_team", vi_name="Tổ hòa giải")
    return WatchGroupFactory(area=here, kind=kind)


def vote(group, votes: dict[Member, int], **more) -> MediationVote:
    fields = {"held_on": DAY, "way": "secret", "household_count": 60, "places": 3, "has_woman": True, **more}
    return MediationVote.record(MediationVote(group=group, **fields), votes.items(), by=user())


def test_whoever_has_more_than_half_of_all_households_passes(mediators):
    members = [MemberFactory(group=mediators) for _each in range(5)]
    held = vote(mediators, dict(zip(members, [31, 30, 45, 50, 40], strict=True)))
    assert {ballot.member for ballot in held.passed()} == {members[2], members[3], members[4]}
    assert held.shortfalls() == []


def test_too_few_or_no_woman_wants_another_vote(mediators):
    members = [MemberFactory(group=mediators) for _each in range(3)]
    held = vote(mediators, dict(zip(members, [31, 30, 45], strict=True)), has_woman=False)
    assert len(held.shortfalls()) == 2


def test_nobody_has_more_votes_than_there_are_households(mediators):
    with pytest.raises(TooManyVotes):
        vote(mediators, {MemberFactory(group=mediators): 61})
    with pytest.raises(NoMediationGroup):
        vote(WatchGroupFactory(), {})


def test_only_the_elected_are_put_before_the_chair(client, here, mediators):
    members = [MemberFactory(group=mediators) for _each in range(4)]
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    assert members[0].full_name not in client.get(page("mediators-recognition", mediators)).content.decode()
    counted = {f"votes-{one.pk}": votes for one, votes in zip(members, [20, 40, 41, 42], strict=True)}
    held = {"held_on": "2026-06-01", "way": "open", "household_count": 60, "places": 3, "has_woman": "on"}
    too_many = client.post(page("mediation-vote", mediators), held | counted | {f"votes-{members[0].pk}": 61})
    assert too_many.status_code == 422
    assert client.post(page("mediation-vote", mediators), held | counted).status_code == 302
    assert client.post(page("mediation-vote", mediators), held | counted).status_code == 422
    assert Ballot.objects.count() == 4
    proposing = client.get(page("mediators-recognition", mediators)).content.decode()
    assert [one.full_name in proposing for one in members] == [False, True, True, True]
    assert client.post(page("mediators-recognition", mediators), {"members": [members[0].pk]}).status_code == 422
    assert client.post(page("mediators-recognition", mediators), {"members": [members[1].pk]}).status_code == 302
