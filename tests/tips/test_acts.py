"""Which act may follow which, who may do it, and what is left of it: a step and a line in the trail, to the hour."""

from collections.abc import Callable
from typing import Any

import pytest

from luytre.accounts.models import User
from luytre.audit.models import AuditEntry
from luytre.tips import acts
from luytre.tips.framing import Malformed
from luytre.tips.hours import on_the_hour
from luytre.tips.models import Class, DeskKind, KeyRole, Matter, Outcome, State, Step, Suspension, Tip, Urgency, Verb
from tests import factories as places
from tests.tips import factories
from tests.tips.factories import NOISE

pytestmark = pytest.mark.django_db

CRIME = {"classed": Class.CRIME, "matter": Matter.THEFT, "urgency": Urgency.USUAL}
WIDER = {**CRIME, "classed": Class.WIDER}


@pytest.fixture
def desk() -> Any:
    return factories.desk(places.province(), kind=DeskKind.PROVINCE)


@pytest.fixture
def officer(desk: Any) -> User:
    return factories.officer(desk)


def checked(desk: Any, officer: User, said: dict[str, str] = CRIME, **about: Any) -> Tip:
    tip = factories.tip(desk, **about)
    acts.classify(tip, by=officer, **said)
    acts.begin_checking(tip, by=officer)
    return tip


def state(tip: Tip) -> str:
    return Tip.objects.get(pk=tip.pk).state


def test_a_tip_goes_from_receipt_to_its_end_and_each_act_leaves_a_step_and_a_line(desk: Any, officer: User) -> None:
    tip = checked(desk, officer)
    acts.acknowledge(tip, by=officer)
    acts.suspend(tip, by=officer, ground=Suspension.EXPERT)
    acts.resume(tip, by=officer)
    acts.conclude(tip, by=officer, outcome=Outcome.PROSECUTED, is_valuable=True, case_count=1, person_count=2)
    acts.notify(tip, by=officer)
    acts.close(tip, by=officer)
    verbs = list(tip.steps.values_list("verb", flat=True))
    assert verbs == [
        Verb.RECEIVED,
        Verb.CLASSIFIED,
        Verb.CHECKING,
        Verb.ACKNOWLEDGED,
        Verb.SUSPENDED,
        Verb.RESUMED,
        Verb.CONCLUDED,
        Verb.NOTIFIED,
        Verb.CLOSED,
    ]
    trail = AuditEntry.objects.filter(subject_id=str(tip.pk)).order_by("pk")
    assert list(trail.values_list("verb", flat=True)) == [f"tip {verb}" for verb in verbs[1:]]
    assert all(entry.at == on_the_hour(entry.at) and entry.fields == {} for entry in trail)
    assert {entry.area_path for entry in trail} == {desk.area.path}


ACTS: dict[str, Callable[[Tip, User], Step]] = {
    Verb.CLASSIFIED: lambda tip, by: acts.classify(tip, by=by, **CRIME),
    Verb.CONVERTED: lambda tip, by: acts.convert(tip, by=by),
    Verb.CHECKING: lambda tip, by: acts.begin_checking(tip, by=by),
    Verb.SUSPENDED: lambda tip, by: acts.suspend(tip, by=by, ground=Suspension.EXPERT),
    Verb.RESUMED: lambda tip, by: acts.resume(tip, by=by),
    Verb.ACKNOWLEDGED: lambda tip, by: acts.acknowledge(tip, by=by),
    Verb.CONCLUDED: lambda tip, by: acts.conclude(tip, by=by, outcome=Outcome.NO_GROUND, is_valuable=False),
    Verb.NOTIFIED: lambda tip, by: acts.notify(tip, by=by),
    Verb.CLOSED: lambda tip, by: acts.close(tip, by=by),
    Verb.REOPENED: lambda tip, by: acts.reopen(tip, by=by, basis="new facts"),
}


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("state", State.values)
def test_no_act_is_done_in_a_state_that_does_not_allow_it(verb: str, state: str, desk: Any, officer: User) -> None:
    tip = factories.tip(desk, state=state, classed=Class.CRIME)
    if state in acts.WHEN[verb]:
        return
    with pytest.raises(acts.NotNow):
        ACTS[verb](tip, officer)
    assert tip.steps.count() == 1


@pytest.mark.parametrize("verb", ACTS)
def test_only_an_officer_of_the_desk_with_a_certified_key_acts(verb: str, desk: Any, officer: User) -> None:
    tip = factories.tip(desk)
    for stranger in (
        factories.officer(factories.desk()),
        factories.officer(desk, certified_at=None),
        factories.officer(desk, KeyRole.CUSTODIAN),
    ):
        with pytest.raises(acts.NotOfTheDesk):
            ACTS[verb](tip, stranger)


def test_what_is_wider_becomes_a_crime_source_by_conversion_alone(desk: Any, officer: User) -> None:
    tip = checked(desk, officer, WIDER)
    with pytest.raises(acts.NotClassed):
        acts.classify(tip, by=officer, **CRIME)
    acts.classify(tip, by=officer, **{**WIDER, "classed": Class.PLACE})
    acts.convert(tip, by=officer)
    assert Tip.objects.get(pk=tip.pk).classed == Class.CRIME
    with pytest.raises(acts.NotClassed):
        acts.convert(tip, by=officer)
    with pytest.raises(acts.NotClassed):
        acts.classify(tip, by=officer, **WIDER)


def test_the_next_desk_begins_with_its_own_receipt_and_the_first_may_drop_its_key(desk: Any, officer: User) -> None:
    commune = factories.desk(sends_to=desk)
    duty = factories.officer(commune)
    tip = factories.tip(commune)
    acts.classify(tip, by=duty, **CRIME)
    acts.transfer(tip, by=duty, to_desk=desk, wrapping=NOISE, keeps_own=False, basis="TTLT 01/2017 art. 8")
    tip.refresh_from_db()
    assert (tip.desk, tip.state) == (desk, State.RECEIVED)
    assert {one.epoch.desk for one in tip.wrappings.exclude(epoch=None)} == {desk}
    step = tip.steps.get(verb=Verb.TRANSFERRED)
    assert (step.desk, step.to_desk) == (commune, desk)
    with pytest.raises(acts.NotOfTheDesk):
        acts.begin_checking(tip, by=duty)
    acts.classify(tip, by=officer, **CRIME)


def test_a_tip_is_passed_only_to_an_open_desk_with_a_key_and_sealed(desk: Any, officer: User) -> None:
    tip = factories.tip(desk)
    elsewhere = factories.desk()
    with pytest.raises(Malformed):
        acts.transfer(tip, by=officer, to_desk=elsewhere, wrapping=b"clear", keeps_own=True, basis="x")
    elsewhere.epochs.all().delete()
    for to in (desk, elsewhere):
        with pytest.raises(acts.NotThere):
            acts.transfer(tip, by=officer, to_desk=to, wrapping=NOISE, keeps_own=True, basis="x")


def test_a_duplicate_is_joined_to_the_earlier_one_so_that_no_clock_runs_longer(desk: Any, officer: User) -> None:
    earlier = factories.tip(desk, received_at=factories.ago(hours=5))
    later = factories.tip(desk)
    with pytest.raises(acts.CannotJoin):
        acts.join(earlier, by=officer, other=later)
    with pytest.raises(acts.CannotJoin):
        acts.join(later, by=officer, other=later)
    acts.join(later, by=officer, other=earlier)
    later.refresh_from_db()
    assert (later.state, later.classed, later.duplicate_of) == (State.CLOSED, Class.DUPLICATE, earlier)
    acts.reopen(later, by=officer, basis="not the same after all")
    later.refresh_from_db()
    assert (later.state, later.classed, later.duplicate_of) == (State.RECEIVED, "", None)


def test_commune_police_issue_no_procedural_decision_unless_the_law_gave_it_to_them() -> None:
    commune = factories.desk()
    duty = factories.officer(commune)
    tip = checked(commune, duty)
    decided = {"outcome": Outcome.PROSECUTED, "is_valuable": True, "case_count": 1}
    with pytest.raises(acts.NotCompetent):
        acts.conclude(tip, by=duty, **decided)
    with pytest.raises(acts.NotCompetent):
        acts.suspend(tip, by=duty, ground=Suspension.EXPERT)
    commune.decides_cases = True
    commune.save()
    acts.conclude(tip, by=duty, **decided)
    assert state(tip) == State.CONCLUDED


def test_numbers_say_the_same_as_the_outcome(desk: Any, officer: User) -> None:
    tip = checked(desk, officer)
    for wrong in (
        {"outcome": Outcome.PROSECUTED, "is_valuable": True},
        {"outcome": Outcome.ADMINISTRATIVE, "is_valuable": True, "case_count": 1},
        {"outcome": Outcome.NO_GROUND, "is_valuable": True},
        {"outcome": Outcome.NOT_PROSECUTED, "is_valuable": True, "person_count": -1},
    ):
        with pytest.raises(acts.CountsDoNotFit):
            acts.conclude(tip, by=officer, **wrong)


def test_who_gave_a_name_is_told_before_it_is_closed_and_nobody_else_need_be(desk: Any, officer: User) -> None:
    named, unnamed = checked(desk, officer, is_named=True), checked(desk, officer)
    for tip in (named, unnamed):
        acts.conclude(tip, by=officer, outcome=Outcome.NO_GROUND, is_valuable=False)
    acts.close(unnamed, by=officer)
    with pytest.raises(acts.StillOwed):
        acts.close(named, by=officer)
    acts.notify(named, by=officer)
    acts.close(named, by=officer)


def test_what_this_desk_need_not_check_is_closed_at_once_and_nothing_else_is(desk: Any, officer: User) -> None:
    spam, crime = factories.tip(desk), factories.tip(desk)
    acts.classify(spam, by=officer, **{**CRIME, "classed": Class.SPAM})
    acts.close(spam, by=officer)
    acts.classify(crime, by=officer, **CRIME)
    with pytest.raises(acts.NotNow):
        acts.close(crime, by=officer)
    with pytest.raises(acts.NotNow):
        acts.conclude(crime, by=officer, outcome=Outcome.NO_GROUND, is_valuable=False)


def test_nothing_is_reopened_that_nobody_can_read(desk: Any, officer: User) -> None:
    tip = checked(desk, officer)
    acts.conclude(tip, by=officer, outcome=Outcome.NO_GROUND, is_valuable=False)
    acts.close(tip, by=officer)
    tip.wrappings.all().delete()
    with pytest.raises(acts.Unreadable):
        acts.reopen(tip, by=officer, basis="new facts")


def test_receipt_is_told_once_by_each_desk(desk: Any, officer: User) -> None:
    tip = checked(desk, officer)
    acts.acknowledge(tip, by=officer)
    with pytest.raises(acts.AlreadyDone):
        acts.acknowledge(tip, by=officer)
