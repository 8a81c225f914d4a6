"""R18: whatever is planned, taken off, swapped or replaced, nobody untrained or expired is ever on a shift."""

from contextlib import suppress
from datetime import date, time, timedelta

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luytre.activities.models.duty import CannotServe, Duty
from luytre.activities.models.duty_swaps import Swap
from luytre.registry.models import Member
from tests.activities.duty_factories import ShiftFactory
from tests.factories import user
from tests.registry.factories import GuardTeamFactory, rosterable

MONDAY = date(2026, 11, 23)
ends = st.one_of(st.none(), st.integers(-2, 8).map(lambda step: MONDAY + timedelta(days=step)))
acts = st.lists(
    st.tuples(st.sampled_from(["assign", "replace", "swap"]), st.integers(0, 3), st.integers(0, 4)), max_size=8
)


class Rosters(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        trained=st.lists(ends, min_size=4, max_size=4),
        terms=st.lists(ends, min_size=4, max_size=4),
        days=st.lists(st.integers(0, 6), min_size=5, max_size=5),
        hours=st.lists(st.sampled_from([18, 20, 22]), min_size=5, max_size=5),
        acts=acts,
    )
    def test_nobody_who_may_not_is_on_duty(self, trained, terms, days, hours, acts) -> None:
        team, planner, leader = GuardTeamFactory(), user(), user()
        members = [
            rosterable(team=team, expires_on=expires, serves_until=until)
            for expires, until in zip(trained, terms, strict=True)
        ]
        shifts = [
            ShiftFactory(team=team, on=MONDAY + timedelta(days=step), began=time(hour), ended=time(hour + 1), slots=2)
            for step, hour in zip(days, hours, strict=True)
        ]
        for act, who, where in acts:
            with suppress(CannotServe):
                self.do(act, members[who], shifts[where], planner, leader)
        for duty in Duty.objects.kept().select_related("shift", "member"):
            assert Member.objects.rosterable_on(duty.shift.on).filter(pk=duty.member_id).exists()
        for shift in shifts:
            assert shift.manned.count() <= shift.slots

    def do(self, act, member, shift, planner, leader) -> None:
        duty = shift.manned.first()
        if act == "assign" or duty is None:
            shift.assign(member, by=planner)
        elif act == "replace":
            duty.replace(member, by=planner)
        else:
            Swap.ask(duty, member, other=None, by=planner, at=timezone.now()).agree(by=leader, at=timezone.now())
