"""Figures of guard teams that come from members and trainings: who came, who left, what they learned."""

from datetime import date

import pytest

from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.registry.models import Objection, Recognition, TrainingRecord
from luytre.reporting import rollup
from tests.factories import commune, residential, user
from tests.registry.factories import (
    GuardTeamFactory,
    MemberFactory,
    TrainingFactory,
    TrainingTopicFactory,
    WatchGroupFactory,
    recognise,
)

pytestmark = pytest.mark.django_db
FIRST, SECOND = Window(date(2026, 1, 1), date(2026, 3, 31)), Window(date(2026, 4, 1), date(2026, 6, 30))
BOTH = Window(FIRST.first_day, SECOND.last_day)
RULE = "Điều 17 Luật 30/2023"


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


def figures(place: Area, code: str) -> list[int]:
    return [rollup.total(place, f"security_protection_{code}", window).value for window in (FIRST, SECOND, BOTH)]


def test_members_join_with_their_first_recognition(here):
    team = GuardTeamFactory(area=residential(parent=here))
    member, other = MemberFactory(team=team), MemberFactory(team=team)
    MemberFactory(group=WatchGroupFactory(area=here))
    assert figures(here, "members_joined") == [0, 0, 0]
    recognise(member, on=date(2026, 3, 31))
    recognise(member, on=date(2026, 5, 1))
    recognise(other, on=date(2026, 4, 1))
    refused = Recognition.propose(team, [(MemberFactory(team=team), False)], by=user(), on=date(2026, 5, 1))
    refused.refuse(by=user(), on=date(2026, 5, 2), reason="Thiếu hồ sơ.", rule="Điều 13 Luật 30/2023")
    assert figures(here, "members_joined") == [1, 1, 2]
    assert figures(here.parent, "members_joined") == [1, 1, 2]
    other.remove(by=user(), reason="ghi nhầm")
    assert figures(here, "members_joined") == [1, 0, 1]


def test_a_member_who_went_to_another_team_did_not_join_anew(here):
    member = MemberFactory(team=GuardTeamFactory(area=here))
    recognise(member, on=date(2026, 2, 1))
    member.team = GuardTeamFactory(area=here)
    member.correct(by=user(), fields=["team"])
    recognise(member, on=date(2026, 5, 1))
    assert figures(here, "members_joined") == [1, 0, 1]


def test_members_leave_on_their_day_and_an_overturned_removal_is_none(here):
    team = GuardTeamFactory(area=here)
    MemberFactory(team=team).leave(by=user(), on=date(2026, 3, 31), ground="wish", reason="bận việc nhà")
    sent_away = MemberFactory(team=team)
    leaving = sent_away.leave(by=user(), on=date(2026, 4, 1), ground="tasks", reason="bỏ trực", rule=RULE)
    MemberFactory(group=WatchGroupFactory(area=here)).leave(
        by=user(), on=date(2026, 4, 1), ground="wish", reason="bận việc nhà"
    )
    assert figures(here, "members_left") == [1, 1, 2]
    objection = Objection.file(area=here, on=date(2026, 4, 2), text="Tôi ốm có báo.", by=user(), leaving=leaving)
    objection.decide(by=user(), on=date(2026, 4, 5), is_upheld=True, reason="Có báo trước.", rule=RULE)
    assert figures(here, "members_left") == [1, 0, 1]


def test_a_training_counts_once_a_guard_was_there(here):
    guard, mediator = MemberFactory(area=here), MemberFactory(group=WatchGroupFactory(area=here))
    for_guards, for_others = TrainingFactory(area=here), TrainingFactory(area=here, held_on=date(2026, 4, 1))
    for_guards.attended_by([guard, mediator], by=user())
    for_others.attended_by([mediator], by=user())
    assert figures(here, "trainings") == [1, 0, 1]
    for_guards.remove(by=user(), reason="ghi nhầm")
    assert figures(here, "trainings") == [0, 0, 0]
    assert figures(here, "members_trained") == [0, 0, 0]


def test_each_trained_member_counts_once_in_a_period(here):
    """Half-years are not added: somebody trained in both counts once in the year."""
    member, other = MemberFactory(area=here), MemberFactory(area=here)
    fire = TrainingTopicFactory(code="fire_rescue")
    extra = TrainingTopicFactory(code="first_aid", guards_need_it=False)
    training = TrainingFactory(area=here)
    training.topics.add(fire)
    training.attended_by([member], by=user())
    member.was_trained([fire], on=date(2026, 4, 1), by=user())
    other.was_trained([extra], on=date(2026, 4, 1), by=user())
    assert TrainingRecord.objects.count() == 4
    assert figures(here, "members_trained") == [1, 1, 1]
