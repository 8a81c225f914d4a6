"""Patrols as they were walked, and the hazards found on the way."""

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.activities.models import Hazard, Patrol
from luytre.activities.models.patrols import minutes_between, night_minutes
from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.reporting import rollup
from tests.activities.duty_factories import (
    EventKindFactory,
    HazardFactory,
    HazardKindFactory,
    PatrolFactory,
)
from tests.factories import residential, user

pytestmark = pytest.mark.django_db
NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("began", "ended", "whole", "night"),
    [
        ("20:00", "21:30", 90, 0),
        ("21:00", "23:30", 150, 90),
        ("22:00", "06:00", 480, 480),
        ("23:00", "02:30", 210, 210),
        ("04:30", "07:00", 150, 90),
        ("00:15", "01:00", 45, 45),
        ("18:00", "23:59", 359, 119),
        ("05:00", "23:00", 1080, 120),
    ],
)
def test_night_hours_are_those_between_ten_and_six(began: str, ended: str, whole: int, night: int) -> None:
    start, end = time.fromisoformat(began), time.fromisoformat(ended)
    assert (minutes_between(start, end), night_minutes(start, end)) == (whole, night)


def head_of(area: Area):
    return user(Role.AREA_HEAD, area=area)


def written(area: Area, **more):
    held_on = timezone.localdate().isoformat()
    return {"held_on": held_on, "began": "21:00", "ended": "23:30", "area": area.pk, "people_count": "5", **more}


def test_a_hamlet_head_records_a_patrol_and_a_broken_lamp_on_one_page(client):
    here, kind = residential(), HazardKindFactory()
    client.force_login(head_of(here), backend="luytre.accounts.backends.SignInBackend")
    address = reverse("activities:patrols-add")
    answer = client.post(address, written(here, hazard_kind=kind.pk, hazard_place="Cột đèn thứ ba sau trường"))
    assert answer.status_code == 302
    patrol = Patrol.objects.get()
    hazard = Hazard.objects.get()
    assert (hazard.patrol, hazard.area, hazard.place) == (patrol, here, "Cột đèn thứ ba sau trường")
    assert hazard in Hazard.objects.waiting_for_an_owner()
    page = client.get(answer.url).content.decode()
    assert "Cột đèn thứ ba sau trường" in page


def test_a_hazard_is_said_with_its_place_or_not_at_all(client):
    here, kind = residential(), HazardKindFactory()
    client.force_login(head_of(here), backend="luytre.accounts.backends.SignInBackend")
    address = reverse("activities:patrols-add")
    assert client.post(address, written(here, hazard_kind=kind.pk)).status_code == 422
    assert client.post(address, written(here, hazard_place="Sau trường")).status_code == 422
    assert not Patrol.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"held_on": "2099-01-01"},
        {"ended": "21:00"},
        {"began": "06:00", "ended": "20:00"},
        {"people_count": "0"},
    ],
)
def test_a_patrol_that_cannot_have_been_is_refused_in_words(client, wrong):
    here = residential()
    client.force_login(head_of(here), backend="luytre.accounts.backends.SignInBackend")
    answer = client.post(reverse("activities:patrols-add"), written(here, **wrong))
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_events_are_counted_by_kind_and_counted_anew_when_corrected(client):
    here, tree, fire = residential(), EventKindFactory(), EventKindFactory(code="fire", vi_name="Cháy")
    client.force_login(head_of(here), backend="luytre.accounts.backends.SignInBackend")
    client.post(reverse("activities:patrols-add"), written(here, event_fallen_tree="2", event_fire="1"))
    patrol = Patrol.objects.get()
    assert {event.kind: event.count for event in patrol.events.all()} == {tree: 2, fire: 1}
    assert patrol.event_count == 3
    client.post(reverse("activities:patrols-edit", kwargs={"pk": patrol.pk}), written(here, event_fire="1"))
    patrol.refresh_from_db()
    assert {event.kind: event.count for event in patrol.events.all()} == {fire: 1}
    assert patrol.event_count == 1


def test_patrols_yield_their_figures():
    here = residential()
    PatrolFactory(area=here, people_count=4, event_count=2)
    walked = PatrolFactory(area=here, people_count=6)
    PatrolFactory(area=here, held_on=date(2026, 10, 31))
    HazardFactory(area=here, patrol=walked)
    HazardFactory(area=here)  # seen by itself, on no patrol
    found = {
        code: rollup.total(here.parent, code, NOVEMBER).value
        for code in ("patrols_conducted", "patrol_attendances", "patrol_incidents_found")
    }
    assert found == {"patrols_conducted": 2, "patrol_attendances": 10, "patrol_incidents_found": 3}


def test_a_patrol_taken_out_counts_no_more():
    walked = PatrolFactory()
    walked.remove(by=user(), reason="ghi nhầm hai lần")
    assert rollup.total(walked.area.parent, "patrols_conducted", NOVEMBER).value == 0
