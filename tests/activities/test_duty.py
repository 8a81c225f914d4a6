"""The roster of a team: who goes on which shift, what stands in the way, and how it changes."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.activities import rosters
from luytre.activities.models.duty import CannotServe, Duty, DutyEnd, Shift
from luytre.activities.models.duty_swaps import AlreadyAnswered, NotTheirs, OwnSwap, Swap, SwapAnswer
from luytre.audit.models import AuditEntry
from luytre.registry.models import Member
from tests.activities.duty_factories import ShiftFactory
from tests.factories import residential, user
from tests.registry.factories import GuardTeamFactory, rosterable

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture
def team():
    return GuardTeamFactory()


@pytest.fixture
def officer(team):
    return user(Role.COMMUNE_OFFICER, area=team.area.parent)


def shift(team, on=MONDAY, began=time(22), ended=time(2), **more) -> Shift:
    return ShiftFactory(team=team, on=on, began=began, ended=ended, **more)


def refusals(wanted: Shift, member: Member, officer) -> str:
    with pytest.raises(CannotServe) as refused:
        wanted.assign(member, by=officer)
    return str(refused.value)


def test_a_trained_member_goes_on_a_shift_once(team, officer):
    member, night = rosterable(team=team), shift(team)
    night.assign(member, by=officer)
    assert [duty.member for duty in night.manned] == [member]
    assert night.free == 1
    assert "ca này" in refusals(night, member, officer)
    assert AuditEntry.objects.filter(subject_type="activities.duty", verb="added").count() == 1


def test_a_member_whose_training_ran_out_is_refused_with_the_reason(team, officer):
    member = rosterable(team=team, expires_on=MONDAY)
    shift(team, on=MONDAY - timedelta(days=1)).assign(member, by=officer)
    assert "Tuần tra" in refusals(shift(team), member, officer)
    assert Duty.objects.count() == 1


def test_nobody_is_on_two_shifts_at_once_or_without_rest(team, officer):
    member = rosterable(team=team)
    shift(team).assign(member, by=officer)
    same_time = shift(team, on=MONDAY + timedelta(days=1), began=time(1), ended=time(5))
    assert "cùng lúc" in refusals(same_time, member, officer)
    too_soon = shift(team, on=MONDAY + timedelta(days=1), began=time(8), ended=time(10))
    assert "nghỉ" in refusals(too_soon, member, officer)
    shift(team, on=MONDAY + timedelta(days=1), began=time(10), ended=time(12)).assign(member, by=officer)


def test_the_database_refuses_two_places_at_once_too(team, officer):
    member, first, second = rosterable(team=team), shift(team), shift(team, began=time(23))
    first.assign(member, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty(shift=second, member=member).save()


def test_a_full_shift_takes_nobody_more(team, officer):
    night = shift(team, slots=1)
    night.assign(rosterable(team=team), by=officer)
    assert "đủ người" in refusals(night, rosterable(team=team), officer)


def test_members_of_another_team_only_come_to_joint_shifts(team, officer):
    other = GuardTeamFactory(area=residential(parent=team.area.parent))
    guest = rosterable(team=other)
    assert "không thuộc" in refusals(shift(team), guest, officer).lower()
    joint = shift(team)
    joint.joined_teams.add(other)
    joint.assign(guest, by=officer)


def test_a_stand_in_comes_for_who_cannot_and_nobody_asks_why(team, officer):
    away, comes, night = rosterable(team=team), rosterable(team=team), shift(team)
    duty = night.assign(away, by=officer)
    stand_in = duty.replace(comes, by=officer)
    assert [one.member for one in night.manned] == [comes]
    assert stand_in.stands_in_for == duty
    assert Duty.objects.get(pk=duty.pk).removed_reason == DutyEnd.AWAY


def test_where_the_stand_in_cannot_serve_nothing_changes(team, officer):
    away, untrained, night = rosterable(team=team), rosterable(team=team, expires_on=MONDAY), shift(team)
    duty = night.assign(away, by=officer)
    with pytest.raises(CannotServe):
        duty.replace(untrained, by=officer)
    assert [one.member for one in night.manned] == [away]


def asked(team, officer, *, exchange=False):
    giver, taker, night = rosterable(team=team), rosterable(team=team), shift(team)
    duty = night.assign(giver, by=officer)
    other = shift(team, on=MONDAY + timedelta(days=2)).assign(taker, by=officer) if exchange else None
    return Swap.ask(duty, taker, other=other, by=officer, at=timezone.now())


def test_a_swap_needs_the_other_side(team, officer):
    swap, leader = asked(team, officer, exchange=True), user(Role.AREA_HEAD, area=team.area)
    with pytest.raises(OwnSwap):
        swap.agree(by=officer, at=timezone.now())
    giver, taker = swap.duty.member, swap.member
    swap.agree(by=leader, at=timezone.now())
    assert [one.member for one in swap.duty.shift.manned] == [taker]
    assert [one.member for one in swap.other.shift.manned] == [giver]
    with pytest.raises(AlreadyAnswered):
        swap.decline(by=leader, at=timezone.now())


def test_who_has_an_account_answers_for_themselves(team, officer):
    swap, leader = asked(team, officer), user(Role.AREA_HEAD, area=team.area)
    Member.objects.filter(pk=swap.member.pk).update(account=user())
    swap = Swap.objects.get()
    with pytest.raises(NotTheirs):
        swap.agree(by=leader, at=timezone.now())
    swap.agree(by=swap.member.account, at=timezone.now())
    assert [one.member for one in swap.duty.shift.manned] == [swap.member]


def test_a_swap_that_breaks_a_rule_changes_nothing(team, officer):
    swap, leader = asked(team, officer), user(Role.AREA_HEAD, area=team.area)
    swap.member.training.update(expires_on=MONDAY)
    with pytest.raises(CannotServe):
        swap.agree(by=leader, at=timezone.now())
    assert [one.member for one in swap.duty.shift.manned] == [swap.duty.member]
    assert not SwapAnswer.objects.exists()


def test_the_shifts_of_a_week_are_copied_once_and_without_people(team, officer):
    night = shift(team, place="Cầu treo")
    night.assign(rosterable(team=team), by=officer)
    assert rosters.copy_week(team, MONDAY + timedelta(days=7), by=officer) == 1
    assert rosters.copy_week(team, MONDAY + timedelta(days=7), by=officer) == 0
    copy = Shift.objects.get(on=MONDAY + timedelta(days=7))
    assert (copy.place, copy.free) == ("Cầu treo", copy.slots)


# the pages


def sign_in(client, person):
    client.force_login(person, backend="luytre.accounts.backends.SignInBackend")


def page_of(team, name="duty-week"):
    return reverse(f"activities:{name}", kwargs={"kind": "team", "pk": team.pk}) + f"?week={MONDAY}"


def test_a_head_plans_a_week_and_fills_it(client, team):
    head, member = user(Role.AREA_HEAD, area=team.area), rosterable(team=team)
    sign_in(client, head)
    planned = {"days": ["2026-11-23", "2026-11-25"], "began": "22:00", "ended": "02:00", "kind": "patrol", "slots": "2"}
    assert client.post(page_of(team, "duty-shifts-add"), planned).status_code == 302
    first, second = Shift.objects.order_by("on")
    assigned = client.post(reverse("activities:duty-assign", kwargs={"pk": first.pk}), {"member": member.pk})
    assert assigned.status_code == 302
    assert str(member) in client.get(page_of(team)).content.decode()
    assert str(member) in client.get(page_of(team, "duty-sheet")).content.decode()
    duty = Duty.objects.get()
    client.post(reverse("activities:duty-end", kwargs={"pk": duty.pk}), {"stand_in": ""})
    assert first.free == 2
    client.post(reverse("activities:duty-shift-removal", kwargs={"pk": second.pk}))
    assert list(Shift.objects.kept()) == [first]


def test_the_page_says_why_somebody_cannot_serve(client, team, officer):
    member, night = rosterable(team=team, expires_on=MONDAY), shift(team)
    sign_in(client, officer)
    answer = client.post(reverse("activities:duty-assign", kwargs={"pk": night.pk}), {"member": member.pk})
    assert answer.status_code == 422
    assert "Chưa tập huấn hoặc đã quá hạn: Tuần tra." in answer.content.decode()


def test_training_that_lapses_later_is_shown_on_the_roster(client, team, officer):
    member, night = rosterable(team=team), shift(team)
    night.assign(member, by=officer)
    member.training.update(expires_on=MONDAY)
    sign_in(client, officer)
    assert "không còn đủ điều kiện" in client.get(page_of(team)).content.decode()


def test_reading_the_names_leaves_a_trace(client, team, officer):
    member = rosterable(team=team)
    sign_in(client, officer)
    client.get(page_of(team))
    [entry] = AuditEntry.objects.filter(verb="listed", purpose="duty")
    assert list(entry.fields) == [f"member {member.pk}"]


def test_a_team_of_another_commune_is_not_there(client, team):
    night = shift(team)
    member = rosterable(team=team)
    sign_in(client, user(Role.COMMUNE_OFFICER))
    assert client.get(page_of(team)).status_code == 404
    answer = client.post(reverse("activities:duty-assign", kwargs={"pk": night.pk}), {"member": member.pk})
    assert answer.status_code == 404
    assert str(team) not in client.get(reverse("activities:duty-teams")).content.decode()


def test_a_swap_goes_over_the_pages(client, team, officer):
    giver, taker, night = rosterable(team=team), rosterable(team=team), shift(team, on=timezone.localdate())
    duty = night.assign(giver, by=officer)
    sign_in(client, officer)
    ask = reverse("activities:duty-swap", kwargs={"pk": duty.pk})
    assert client.get(ask).status_code == 200
    assert client.post(ask, {"member": taker.pk}).status_code == 302
    answer = reverse("activities:duty-swap-answer", kwargs={"pk": Swap.objects.get().pk})
    client.post(answer, {"said": "agreed"})
    assert [one.member for one in night.manned] == [giver]
    sign_in(client, user(Role.AREA_HEAD, area=team.area))
    client.post(answer, {"said": "agreed"})
    assert [one.member for one in night.manned] == [taker]


def test_a_member_with_an_account_sees_their_own_duty(client, team, officer):
    person, member = user(), rosterable(team=team)
    Member.objects.filter(pk=member.pk).update(account=person)
    duty = shift(team, on=timezone.localdate() + timedelta(days=1), place="Cầu treo").assign(member, by=officer)
    sign_in(client, person)
    assert "Cầu treo" in client.get(reverse("activities:duty-mine")).content.decode()
    assert client.get(reverse("activities:duty-swap", kwargs={"pk": duty.pk})).status_code == 200
    sign_in(client, user())
    assert "Cầu treo" not in client.get(reverse("activities:duty-mine")).content.decode()
    assert client.get(reverse("activities:duty-swap", kwargs={"pk": duty.pk})).status_code == 404


def test_the_page_asks_as_often_for_many_shifts_as_for_few(client, team, officer, django_assert_max_num_queries):
    for step in range(7):
        night = shift(team, on=MONDAY + timedelta(days=step))
        night.assign(rosterable(team=team), by=officer)
    sign_in(client, officer)
    with django_assert_max_num_queries(45):
        client.get(page_of(team))
