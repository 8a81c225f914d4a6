"""Clocks begin and end with acts, stand while a tip is suspended, know Tết, and never forget that they were missed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from time_machine import travel

from luytre.areas.models import Area
from luytre.common import working_days
from luytre.tips import acts, clock, clock_rules, complaints, intake
from luytre.tips.clock import CannotExtend
from luytre.tips.models import (
    Authority,
    Class,
    Clock,
    ClockSetting,
    DayOff,
    DeskKind,
    Matter,
    Outcome,
    State,
    Suspension,
    Tip,
    Unit,
    Urgency,
)
from tests import factories as places
from tests.tips import factories
from tests.tips.factories import NOISE

pytestmark = pytest.mark.django_db

CRIME = {"classed": Class.CRIME, "matter": Matter.THEFT, "urgency": Urgency.USUAL}
AT_ONCE = {**CRIME, "urgency": Urgency.AT_ONCE}


def at(day: int, hour: int = 8, *, month: int = 3) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, hour, 20))


def province() -> Any:
    return factories.desk(places.province(), kind=DeskKind.PROVINCE)


def running(tip: Tip) -> dict[str, str]:
    ends = tip.clocks.running().values_list("rule", "due_at")
    return {rule: f"{timezone.localtime(end):%d/%m %H:%M}" for rule, end in ends}


def test_a_commune_has_a_day_to_say_what_it_is_and_seven_to_pass_it_on() -> None:
    with travel(at(2), tick=False):
        desk = factories.desk()
        officer, tip = factories.officer(desk), factories.tip(desk)
        assert running(tip) == {"classify": "03/03 08:00"}
    with travel(at(2, 15), tick=False):
        acts.classify(tip, by=officer, **CRIME)
        assert running(tip) == {"report_to_head": "02/03 20:00", "pass_on_file": "09/03 23:59"}
        tip.refresh_from_db()
        assert tip.due_at == at(2, 20).replace(minute=0)


def test_what_turns_out_to_be_urgent_has_the_short_clock_at_once_from_receipt() -> None:
    with travel(at(2), tick=False):
        desk = factories.desk(is_remote=True)
        officer, tip = factories.officer(desk), factories.tip(desk)
        acts.classify(tip, by=officer, **CRIME)
        assert running(tip)["pass_on_file"] == "09/03 23:59"  # no longer for being remote
        assert running(tip)["report_to_head"] == "03/03 08:00"  # twice twelve hours
    with travel(at(3), tick=False):
        acts.classify(tip, by=officer, **AT_ONCE)
        assert running(tip) == {"report_to_head": "03/03 08:00", "pass_on_at_once": "04/03 08:00"}


def test_the_investigating_body_has_its_clocks_from_its_own_receipt() -> None:
    with travel(at(2), tick=False):
        desk, commune = province(), factories.desk()
        officer, duty, tip = factories.officer(desk), factories.officer(commune), factories.tip(commune)
        acts.classify(tip, by=duty, **AT_ONCE)
    with travel(at(3, 10), tick=False):
        acts.transfer(tip, by=duty, to_desk=desk, wrapping=NOISE, keeps_own=False, basis="form 03")
        assert running(tip) == {"classify": "04/03 10:00"}
        late = tip.clocks.get(rule="pass_on_at_once")
        assert (late.met_at, late.breached_at) == (at(3, 10).replace(minute=0), at(3, 8).replace(minute=0))
        acts.classify(tip, by=officer, **CRIME)
        assert running(tip) == {"acknowledge": "06/03 23:59", "assign": "06/03 23:59", "resolve": "23/03 23:59"}


def test_receipt_is_told_in_three_working_days_and_tet_is_none() -> None:
    with travel(at(13, month=2), tick=False):
        desk = province()
        officer, tip = factories.officer(desk), factories.tip(desk)
        acts.classify(tip, by=officer, **CRIME)
        assert running(tip)["acknowledge"] == "25/02 23:59"
        assert running(tip)["assign"] == "23/02 23:59"  # three days, the last of them in Tết
        DayOff(day=date(2026, 2, 24), basis="QĐ", area=desk.area).add(by=officer)
        other = factories.tip(desk)
        acts.classify(other, by=officer, **CRIME)
        assert running(other)["acknowledge"] == "26/02 23:59"


def test_resolving_stands_while_suspended_and_then_has_a_month() -> None:
    with travel(at(2), tick=False):
        desk = province()
        officer, tip = factories.officer(desk), factories.tip(desk, is_named=True)
        acts.classify(tip, by=officer, **CRIME)
        acts.begin_checking(tip, by=officer)
        acts.acknowledge(tip, by=officer)
        acts.suspend(tip, by=officer, ground=Suspension.EXPERT)
        assert running(tip)["tell_suspended"] == "03/03 08:00"
    with travel(at(30), tick=False):
        assert clock.mark_breaches(now=timezone.now()) == 2  # the notice and the sending, not what stands
        acts.resume(tip, by=officer)
        assert running(tip)["resolve"] == "04/05 23:59"  # 30 April to 3 May are days off
        assert running(tip)["tell_resumed"] == "02/04 23:59"
        acts.notify(tip, by=officer)
        assert Tip.objects.get(pk=tip.pk).state == State.CHECKING
        assert set(running(tip)) == {"resolve", "send_decision"}


def test_more_time_is_given_by_the_head_to_two_months_then_once_by_the_procuracy() -> None:
    with travel(at(2), tick=False):
        desk = province()
        officer, tip = factories.officer(desk), factories.tip(desk)
        acts.classify(tip, by=officer, **CRIME)

    def extend(until: datetime, authority: str, **more: Any) -> None:
        acts.extend(tip, by=officer, until=until, authority=authority, **more)

    with travel(at(10), tick=False):
        for until, authority, why in (
            (at(20), Authority.HEAD, "short"),
            (at(3, month=5), Authority.HEAD, "long"),
            (at(30), Authority.PROCURACY, "order"),
        ):
            with pytest.raises(CannotExtend) as refused:
                extend(until, authority)
            assert refused.value.why == why
        extend(at(2, month=5), Authority.HEAD)
        assert running(tip)["resolve"] == "02/05 23:59"
        with pytest.raises(CannotExtend, match="once"):
            extend(at(2, month=5), Authority.HEAD)
    with travel(at(30, month=4), tick=False):
        with pytest.raises(CannotExtend, match="late"):
            extend(at(2, month=6), Authority.PROCURACY)
        with pytest.raises(CannotExtend, match="long"):
            extend(at(3, month=7), Authority.PROCURACY, asked_at=at(24, month=4))
        extend(at(2, month=7), Authority.PROCURACY, asked_at=at(24, month=4))
        assert running(tip)["resolve"] == "02/07 23:59"


def test_what_is_late_stays_late_whatever_is_done_afterwards() -> None:
    with travel(at(2), tick=False):
        desk = factories.desk()
        officer, tip = factories.officer(desk), factories.tip(desk)
    with travel(at(4), tick=False):
        assert clock.mark_breaches(now=timezone.now()) == 1
        assert clock.mark_breaches(now=timezone.now()) == 0
        acts.classify(tip, by=officer, **{**CRIME, "classed": Class.SPAM})
        acts.close(tip, by=officer)
    assert tip.clocks.get().breached_at == at(3).replace(minute=0)
    assert not running(tip)


def test_a_withdrawn_tip_has_no_clock() -> None:
    tip = factories.tip(factories.desk())
    intake.withdraw(tip)
    assert not running(tip)
    assert Tip.objects.get(pk=tip.pk).due_at is None


def test_conversion_starts_the_clocks_of_the_legal_register_then() -> None:
    with travel(at(2), tick=False):
        desk = province()
        officer, tip = factories.officer(desk), factories.tip(desk)
        acts.classify(tip, by=officer, **{**CRIME, "classed": Class.WIDER})
        assert running(tip) == {}
    with travel(at(9), tick=False):
        acts.convert(tip, by=officer)
        assert running(tip)["resolve"] == "30/03 23:59"


def test_the_ministry_changes_a_clock_and_those_that_run_keep_their_end() -> None:
    with travel(at(2), tick=False):
        desk = factories.desk()
        officer, before = factories.officer(desk), factories.tip(desk)
        ClockSetting(code="classify", length=48, unit=Unit.HOURS, is_doubled_when_remote=False, basis="TT mới").change(
            by=officer
        )
        assert running(before) == {"classify": "03/03 08:00"}
        assert running(factories.tip(desk)) == {"classify": "04/03 08:00"}


def test_a_complaint_gives_the_desk_above_a_clock_and_nothing_to_read() -> None:
    desk = province()
    commune = factories.desk(sends_to=desk)
    tip = factories.tip(commune)
    complaints.complain(tip)
    assert set(running(tip)) == {"classify", "answer_complaint"}
    assert not tip.wrappings.filter(epoch__desk=desk).exists()
    with pytest.raises(intake.Refused, match="complained"):
        complaints.complain(tip)
    with pytest.raises(acts.NotOfTheDesk):
        acts.answer_complaint(tip, by=factories.officer(commune))
    acts.answer_complaint(tip, by=factories.officer(desk))
    assert set(running(tip)) == {"classify"}
    with pytest.raises(intake.Refused, match="desk"):
        complaints.complain(tip, str(factories.desk().pk))


CHOICES = {
    "classify": lambda tip, by: acts.classify(tip, by=by, **CRIME),
    "wider": lambda tip, by: acts.classify(tip, by=by, **{**CRIME, "classed": Class.WIDER}),
    "urgent": lambda tip, by: acts.classify(tip, by=by, **AT_ONCE),
    "convert": lambda tip, by: acts.convert(tip, by=by),
    "check": lambda tip, by: acts.begin_checking(tip, by=by),
    "suspend": lambda tip, by: acts.suspend(tip, by=by, ground=Suspension.DOCUMENTS),
    "resume": lambda tip, by: acts.resume(tip, by=by),
    "conclude": lambda tip, by: acts.conclude(tip, by=by, outcome=Outcome.NO_GROUND, is_valuable=False),
    "notify": lambda tip, by: acts.notify(tip, by=by),
    "close": lambda tip, by: acts.close(tip, by=by),
    "reopen": lambda tip, by: acts.reopen(tip, by=by, basis="new facts"),
}


class AnyOrder(TestCase):  # type: ignore[misc]
    @settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.sampled_from(sorted(CHOICES)), st.integers(0, 80)), max_size=9))
    def test_in_any_order_of_acts_no_clock_doubles_and_no_breach_is_lost(self, done: list[tuple[str, int]]) -> None:
        now = at(2)
        with travel(now, tick=False) as traveller:
            desk = province()
            officer, tip = factories.officer(desk), factories.tip(desk)
            late: set[int] = set()
            for name, hours in done:
                now += timedelta(hours=hours)
                traveller.move_to(now)
                clock.mark_breaches(now=now)
                late |= set(Clock.objects.exclude(breached_at=None).values_list("pk", flat=True))
                try:
                    CHOICES[name](tip, officer)
                except acts.Unlawful:
                    continue
                tip.refresh_from_db()
                rules = list(tip.clocks.running().values_list("rule", flat=True))
                assert len(rules) == len(set(rules))
                assert tip.due_at == min(tip.clocks.ticking().values_list("due_at", flat=True), default=None)
                assert late <= set(Clock.objects.exclude(breached_at=None).values_list("pk", flat=True))
                if tip.state == State.CLOSED:
                    assert not rules
                if tip.state == State.SUSPENDED:
                    assert not tip.clocks.ticking().filter(rule="resolve").exists()
                if tip.classed == Class.CRIME and tip.state in (State.CLASSIFIED, State.CHECKING):
                    assert "resolve" in rules


@given(st.dates(date(2024, 1, 1), date(2031, 12, 31)), st.booleans())
def test_no_limit_of_days_ends_on_a_day_off_or_before_its_time(day: date, is_remote: bool) -> None:
    from unittest.mock import patch

    from luytre.tips.models import Desk

    desk = Desk(kind=DeskKind.PROVINCE, is_remote=is_remote, area=Area(path="0."))
    begin = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
    with patch.object(DayOff.objects, "for_place") as none:
        none.return_value.changes.return_value = {}
        for rule in clock_rules.ALL:
            end = timezone.localtime(clock.due(rule, begin, desk))
            twice = 2 if is_remote and rule.is_doubled_when_remote else 1
            if rule.unit == Unit.HOURS:
                assert end - begin == timedelta(hours=rule.length * twice)
            else:
                assert end.date() >= day + timedelta(days=rule.length)
                assert working_days.is_working(end.date())
