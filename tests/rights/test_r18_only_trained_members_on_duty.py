"""R18: an untrained or expired member cannot be rostered; whoever may be, and why not, agree on every day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luytre.registry.models import ConsentWithdrawal, Disbanding, Leaving, Member, TrainingRecord, WatchGroup
from luytre.registry.models.duty import Why
from tests.factories import user
from tests.registry.factories import (
    GuardTeamFactory,
    MemberFactory,
    TrainingTopicFactory,
    WatchGroupFactory,
    rosterable,
)

DAY = date(2026, 6, 1)
days = st.one_of(st.none(), st.integers(-40, 40).map(lambda step: DAY + timedelta(days=step)))


class WhoMayBeOnDuty(TestCase):
    @given(
        in_team=st.booleans(),
        trained=days,
        lasts=st.integers(1, 60),
        until=days,
        left=days,
        withdrawn=days,
        ended=days,
        removed=st.booleans(),
    )
    def test_the_list_and_the_reasons_agree(
        self, in_team, trained, lasts, until, left, withdrawn, ended, removed
    ) -> None:
        topic, officer = TrainingTopicFactory(), user()
        group = WatchGroupFactory(founded_on=DAY - timedelta(days=300))
        where = {"team": GuardTeamFactory()} if in_team else {"group": group}
        member = MemberFactory(serves_from=DAY - timedelta(days=100), serves_until=until, **where)
        if trained:
            ends = trained + timedelta(days=lasts)
            TrainingRecord.objects.create(member=member, topic=topic, held_on=trained, expires_on=ends)
        if left:
            Leaving.objects.create(member=member, on=left, ground="wish", reason="bận việc nhà", by=officer)
        if withdrawn:
            ConsentWithdrawal.objects.create(consent=member.consents.get(), on=withdrawn)
        if ended:
            Disbanding.objects.create(group=group, on=ended, by=officer, reason="không còn hoạt động")
        if removed:
            member.remove(by=officer, reason="ghi nhầm")
        member = Member.objects.get()
        reasons = member.why_not_rostered_on(DAY)
        assert Member.objects.rosterable_on(DAY).exists() == (not reasons) == member.may_be_rostered_on(DAY)
        lacks_training = not trained or trained > DAY or trained + timedelta(days=lasts) <= DAY
        assert (Why.UNTRAINED in [one.why for one in reasons]) == lacks_training


pytestmark = pytest.mark.django_db


def why(member: Member, day: date = DAY) -> list[Why]:
    return [one.why for one in Member.objects.get(pk=member.pk).why_not_rostered_on(day)]


def test_whoever_is_in_office_and_trained_may_go_on_duty():
    member = rosterable()
    assert why(member) == []
    assert list(Member.objects.rosterable_on(DAY)) == [member]


def test_training_that_ran_out_keeps_them_home_from_that_day_on():
    member = rosterable(expires_on=DAY)
    assert why(member, DAY - timedelta(days=1)) == []
    assert why(member) == [Why.UNTRAINED]
    assert not Member.objects.rosterable_on(DAY).exists()


def test_the_reason_names_the_topics_in_words():
    TrainingTopicFactory(code="fire_rescue", vi_name="Phòng cháy, chữa cháy", groups_need_it=False)
    member = rosterable()
    member.training.filter(topic__code="fire_rescue").delete()
    [obstacle] = Member.objects.get().why_not_rostered_on(DAY)
    assert str(obstacle) == "Chưa tập huấn hoặc đã quá hạn: Phòng cháy, chữa cháy."


def test_other_groups_need_fewer_topics():
    TrainingTopicFactory(code="support_tools", groups_need_it=False)
    group = WatchGroupFactory()
    member = rosterable(group=group)
    member.training.filter(topic__code="support_tools").delete()
    assert why(member) == []


def test_a_term_that_ended_yesterday_ended():
    member = rosterable(serves_until=DAY - timedelta(days=1))
    assert why(member) == [Why.EXPIRED]


def test_who_withdrew_is_not_rostered():
    member = rosterable()
    member.withdraw_consent(by=user(), on=DAY)
    assert why(member) == [Why.NO_CONSENT]
    assert WatchGroup.objects.count() == 0
