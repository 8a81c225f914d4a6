"""A hazard is closed only by other eyes than those that said it is mended."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.activities.models import Hazard, HazardStep, HazardStepKind
from luytre.activities.models.hazards import DueBeforeNoted, NotNow, SameEyes
from luytre.audit.models import AuditEntry
from tests.activities.duty_factories import BodyFactory, HazardFactory
from tests.factories import user

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 10)


@pytest.fixture
def hazard() -> Hazard:
    return HazardFactory()


@pytest.fixture
def officer(hazard):
    return user(Role.COMMUNE_OFFICER, area=hazard.area.parent)


@pytest.fixture
def head(hazard):
    return user(Role.AREA_HEAD, area=hazard.area)


def handed(hazard, officer, due=DUE):
    return hazard.hand_over(to=BodyFactory(), due_on=due, by=officer, at=timezone.now())


def test_it_goes_from_the_first_sight_to_the_second_look(hazard, officer, head):
    assert hazard in Hazard.objects.waiting_for_an_owner()
    handed(hazard, officer)
    assert hazard.owner == BodyFactory()
    assert hazard in Hazard.objects.in_work_on(DUE)
    assert hazard in Hazard.objects.overdue_on(DUE + timedelta(days=1))
    hazard.tell_progress(by=officer, at=timezone.now(), note="Đã đặt mua bóng đèn.")
    hazard.report_done(by=officer, at=timezone.now())
    assert hazard in Hazard.objects.waiting_for_a_look()
    assert hazard not in Hazard.objects.overdue_on(DUE + timedelta(days=1))
    hazard.look_again(is_mended=True, by=head, at=timezone.now())
    assert hazard not in Hazard.objects.unfinished()
    verbs = AuditEntry.objects.filter(subject_type="activities.hazard").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["handed", "progressed", "done", "confirmed"]


def test_nobody_confirms_what_they_reported_themselves(hazard, officer):
    handed(hazard, officer)
    hazard.report_done(by=officer, at=timezone.now())
    with pytest.raises(SameEyes):
        hazard.look_again(is_mended=True, by=officer, at=timezone.now())
    assert hazard in Hazard.objects.waiting_for_a_look()


def test_the_database_says_so_too(hazard, officer):
    def confirm(**more):
        with transaction.atomic():
            HazardStep.objects.create(
                hazard=hazard, kind=HazardStepKind.CONFIRMED, by=officer, at=timezone.now(), **more
            )

    with pytest.raises(IntegrityError):
        confirm(said_by=officer)
    with pytest.raises(IntegrityError):
        confirm()


def test_what_is_not_mended_is_opened_again_with_a_new_day(hazard, officer, head):
    handed(hazard, officer)
    hazard.report_done(by=officer, at=timezone.now())
    hazard.look_again(is_mended=False, by=head, at=timezone.now(), due_on=DUE + timedelta(days=7))
    assert hazard.due == DUE + timedelta(days=7)
    assert hazard in Hazard.objects.in_work_on(DUE + timedelta(days=1))
    assert hazard.owner == BodyFactory()


def test_steps_follow_each_other_in_their_order(hazard, officer, head):
    for step in (
        lambda: hazard.look_again(is_mended=True, by=head, at=timezone.now()),
        lambda: hazard.tell_progress(by=officer, at=timezone.now(), note="?"),
    ):
        with pytest.raises(NotNow):
            step()
    with pytest.raises(DueBeforeNoted):
        handed(hazard, officer, due=hazard.noted_on - timedelta(days=1))


def sign_in(client, person):
    client.force_login(person, backend="luytre.accounts.backends.SignInBackend")


def address(name, hazard):
    return reverse(f"activities:hazard-{name}", kwargs={"pk": hazard.pk})


def test_the_pages_do_it(client, hazard, officer, head):
    sign_in(client, officer)
    due = (timezone.localdate() + timedelta(days=5)).isoformat()
    assert client.post(address("handover", hazard), {"to": BodyFactory().pk, "due_on": due}).status_code == 302
    assert client.post(address("progress", hazard), {"note": ""}).status_code == 422
    assert client.post(address("mending", hazard), {"note": "Đã thay bóng."}).status_code == 302
    refused = client.post(address("look", hazard), {"is_mended": "yes"})
    assert refused.status_code == 422
    sign_in(client, head)
    assert client.get(address("course", hazard)).status_code == 200
    assert client.post(address("look", hazard), {"is_mended": "yes"}).status_code == 302
    assert hazard not in Hazard.objects.unfinished()


def test_a_head_does_not_hand_over_but_sees_what_waits(client, hazard, head):
    sign_in(client, head)
    assert client.post(address("handover", hazard), {}).status_code == 403
    page = client.get(reverse("activities:hazard-board")).content.decode()
    assert hazard.place in page


def test_a_hazard_of_another_commune_is_not_there(client, hazard):
    sign_in(client, user(Role.COMMUNE_OFFICER))
    for name in ("course", "handover", "look"):
        answer = client.get(address(name, hazard)) if name == "course" else client.post(address(name, hazard))
        assert answer.status_code == 404
    assert hazard.place not in client.get(reverse("activities:hazard-board")).content.decode()


def test_the_first_screen_says_what_is_late(client, hazard, officer):
    handed(hazard, officer, due=hazard.noted_on)
    sign_in(client, officer)
    page = client.get("/today/").content.decode()
    assert reverse("activities:hazard-board") in page


def test_the_board_asks_as_often_for_many_as_for_few(client, hazard, officer, django_assert_max_num_queries):
    sign_in(client, officer)
    for _each in range(12):
        HazardFactory(area=hazard.area)
    with django_assert_max_num_queries(30):
        client.get(reverse("activities:hazard-board"))
