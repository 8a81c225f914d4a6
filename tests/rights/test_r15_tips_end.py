"""R15 for tips: by outcome and law first the keys are destroyed, thirty days later the sealed parts; figures stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from luytre.accounts import retention
from luytre.tips import acts, keeping
from luytre.tips.models import Channel, Class, Clock, IdentitySeal, Matter, Outcome, Part, State, Tip, Urgency, Wrapping
from tests.tips import factories
from tests.tips.factories import NOISE

pytestmark = pytest.mark.django_db


def ended(classed: str, outcome: str = "") -> Tip:
    desk = factories.desk()
    officer, tip = factories.officer(desk), factories.tip(desk, channel=Channel.WEB)
    Part.objects.create(
        tip=tip, direction="reporter", number=1, digest=str(tip.pk), rung=0, came_at=tip.received_at, sealed=NOISE
    )
    acts.classify(tip, by=officer, classed=classed, matter=Matter.PLACES, urgency=Urgency.USUAL)
    if outcome:
        acts.begin_checking(tip, by=officer)
        acts.conclude(tip, by=officer, outcome=outcome, is_valuable=False, administrative_count=1)
    acts.close(tip, by=officer)
    return tip


@pytest.mark.parametrize(
    ("classed", "outcome", "days"),
    [(Class.SPAM, "", 30), (Class.FEEDBACK, "", 365), (Class.CRIME, Outcome.ADMINISTRATIVE, 1826)],
)
def test_keys_go_first_and_parts_follow_when_the_longest_period_is_over(classed: str, outcome: str, days: int):
    tip = ended(classed, outcome)
    today = timezone.localdate()
    retention.erase_due(today=today + timedelta(days=days))
    assert Wrapping.objects.count() == 2
    retention.erase_due(today=today + timedelta(days=days + 1))
    assert Wrapping.objects.count() == 0
    assert Part.objects.count() == 1
    retention.erase_due(today=today + timedelta(days=days + 1 + keeping.KEYS_FIRST))
    assert Part.objects.count() == 0
    tip.refresh_from_db()
    assert (tip.lookup, tip.state) == (None, State.CLOSED)
    assert tip.steps.exists()
    assert Clock.objects.filter(tip=tip).exists()
    assert not IdentitySeal.objects.exists()


def test_what_is_open_is_kept_however_old():
    factories.tip(factories.desk())
    retention.erase_due(today=timezone.localdate() + timedelta(days=9999))
    assert Wrapping.objects.count() == 2


def test_every_class_and_outcome_has_its_period():
    assert set(keeping.periods()) == {*Class.values, *Outcome.values}
