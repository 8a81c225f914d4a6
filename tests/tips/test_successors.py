"""When communes merge, the old desk closes with a successor, open tips wait there and no clock stops."""

from datetime import date

import pytest
from django.utils import timezone

from luytre.areas.models import Area, Succession
from luytre.tips import successors
from luytre.tips.models import Desk
from tests import factories as places
from tests.tips import factories

pytestmark = pytest.mark.django_db
ON = date(2026, 1, 1)


def merged() -> tuple[Desk, Area]:
    old, new = places.commune("Mường Cũ"), places.commune("Mường Mới", valid_from=ON)
    desk = factories.desk(old)
    Area.objects.filter(pk=old.pk).update(valid_to=ON)
    Succession.objects.create(before=old, after=new, on=ON, is_main=True, legal_basis="NQ 1")
    return desk, new


def test_the_old_desk_closes_with_its_successor_and_clocks_go_on():
    desk, place = merged()
    tip = factories.tip(desk)
    due_at = tip.clocks.get().due_at
    heir = factories.desk(place)
    assert successors.close_followed(now=timezone.now()) == 1
    desk.refresh_from_db()
    assert desk.successor == heir
    assert desk.closed_at is not None
    tip.refresh_from_db()
    assert (tip.desk, tip.due_at) == (desk, due_at)
    assert tip.clocks.running().count() == 1
    assert tip.wrappings.count() == 2
    assert successors.close_followed(now=timezone.now()) == 0


def test_a_desk_stays_open_until_there_is_one_to_follow_it():
    desk, _place = merged()
    assert successors.close_followed(now=timezone.now()) == 0
    desk.refresh_from_db()
    assert desk.closed_at is None
