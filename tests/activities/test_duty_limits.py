"""The limit of duty nights a month: refused with the reason, passed only with one, read and set where it belongs."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.activities.models import BeyondLimit, Duty, NightLimit
from luytre.activities.models.duty import CannotServe
from luytre.activities.models.duty_swaps import Swap
from luytre.activities.rosters import Week
from luytre.audit.models import AuditEntry
from luytre.registry.models.norms import BeginsBeforeLast
from tests.activities.duty_factories import ShiftFactory
from tests.factories import province, user
from tests.registry.factories import GuardTeamFactory, rosterable

pytestmark = pytest.mark.django_db
FIRST = date(2026, 11, 2)  # a Monday


@pytest.fixture
def team():
    return GuardTeamFactory()


@pytest.fixture
def officer(team):
    return user(Role.COMMUNE_OFFICER, area=team.area.parent)


@pytest.fixture
def limit(team):
    return NightLimit(area=province(), most=2, basis="05/NQ-HĐND", valid_from=date(2026, 1, 1)).put_in_force(by=user())


def night(team, step: int, **more):
    return ShiftFactory(team=team, on=FIRST + timedelta(days=2 * step), **more)


def after_two_nights(team, officer):
    member = rosterable(team=team)
    for step in (0, 1):
        night(team, step).assign(member, by=officer)
    return member


def test_who_has_the_nights_of_the_month_is_refused_with_count_limit_and_what_to_do(team, officer, limit):
    member, third = after_two_nights(team, officer), night(team, 2)
    with pytest.raises(CannotServe) as refused:
        third.assign(member, by=officer)
    said = str(refused.value)
    for words in (str(member), "2 đêm", "11/2026", "05/NQ-HĐND", "chọn người khác"):
        assert words in said
    assert refused.value.is_waivable


def test_only_nights_of_the_same_month_count_and_only_while_a_limit_holds(team, officer, limit):
    member = after_two_nights(team, officer)
    night(team, 3, began=time(14), ended=time(18)).assign(member, by=officer)  # by day
    ShiftFactory(team=team, on=date(2026, 12, 1)).assign(member, by=officer)  # next month
    NightLimit(area=province(), most=None, basis="09/QĐ", valid_from=date(2026, 11, 10)).put_in_force(by=officer)
    ShiftFactory(team=team, on=date(2026, 11, 12)).assign(member, by=officer)
    assert Duty.objects.kept().filter(member=member).count() == 5


def test_another_provinces_limit_and_a_night_that_was_taken_off_do_not_count(team, officer, limit):
    member = after_two_nights(team, officer)
    Duty.objects.filter(member=member).first().end("taken_off", by=officer)
    night(team, 2).assign(member, by=officer)
    NightLimit.objects.update(area=province(code="99", name="Tỉnh khác"))
    night(team, 4).assign(member, by=officer)


def test_with_a_reason_it_is_passed_and_written_down(team, officer, limit):
    member, third = after_two_nights(team, officer), night(team, 2)
    duty = third.assign(member, by=officer, beyond="Đêm có bão, cả tổ đều trực")
    beyond = BeyondLimit.objects.get(duty=duty)
    assert (beyond.nights_before, beyond.limit, beyond.by) == (2, limit, officer)
    assert AuditEntry.objects.filter(verb="put_beyond_limit", subject_id=str(duty.pk)).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        BeyondLimit.objects.update(reason="")


def test_a_reason_outweighs_nothing_else(team, officer, limit):
    member = rosterable(team=team, expires_on=FIRST)
    with pytest.raises(CannotServe) as refused:
        night(team, 2).assign(member, by=officer, beyond="Đêm có bão, cả tổ đều trực")
    assert not refused.value.is_waivable


def test_a_swap_does_not_pass_the_limit(team, officer, limit):
    tired, other, third = after_two_nights(team, officer), rosterable(team=team), night(team, 2)
    duty = third.assign(other, by=officer)
    swap = Swap.ask(duty, tired, other=None, by=officer, at=timezone.now())
    with pytest.raises(CannotServe):
        swap.agree(by=user(), at=timezone.now())
    assert list(third.manned) == [duty]


def test_the_planner_sees_it_before_and_gives_the_reason_on_the_page(client, team, officer, limit):
    member, third = after_two_nights(team, officer), night(team, 2)
    client.force_login(officer)
    week = reverse("activities:duty-week", kwargs={"kind": "team", "pk": team.pk}) + f"?week={FIRST}"
    assert "hết giới hạn" in client.get(week).content.decode()
    address = reverse("activities:duty-assign", kwargs={"pk": third.pk})
    refused = client.post(address, {"member": member.pk})
    assert refused.status_code == 422
    assert f'action="{address}"' in refused.content.decode()
    assert client.post(address, {"member": member.pk, "beyond": "vì"}, follow=True).status_code == 200
    assert client.post(address, {"member": member.pk, "beyond": "Nhờ ông Lò Văn Mẫu"}).status_code == 302
    assert not third.manned.exists()
    assert client.post(address, {"member": member.pk, "beyond": "Đêm có bão, cả tổ đều trực"}).status_code == 302
    assert "Đêm có bão" in client.get(week).content.decode()


def test_a_stand_in_may_pass_it_with_a_reason_too(client, team, officer, limit):
    tired, other, third = after_two_nights(team, officer), rosterable(team=team), night(team, 2)
    duty = third.assign(other, by=officer)
    client.force_login(officer)
    address = reverse("activities:duty-end", kwargs={"pk": duty.pk})
    assert client.post(address, {"stand_in": tired.pk}).status_code == 422
    assert list(third.manned) == [duty]
    assert client.post(address, {"stand_in": tired.pk, "beyond": "Không còn ai khác"}).status_code == 302
    assert [one.member for one in third.manned] == [tired]


def test_the_page_of_a_week_asks_as_often_for_many_members_as_for_few(
    team, officer, limit, django_assert_max_num_queries
):
    for _each in range(6):
        rosterable(team=team)
    with django_assert_max_num_queries(4):
        week = Week(team, FIRST)
        assert len(week.members) == 6
        assert week.used_up == {}


def test_a_provinces_desk_sets_it_and_its_communes_read_it(client, team, officer):
    client.force_login(user(Role.PROVINCE_DESK))
    answers = {"area": province().pk, "most": "10", "basis": "05/NQ-HĐND", "valid_from": "2026-01-01"}
    new = reverse("activities:duty-limit-new")
    assert client.get(new).status_code == 200
    assert client.post(new, answers | {"most": "40"}).status_code == 422
    assert client.post(new, answers | {"basis": ""}).status_code == 422
    assert client.post(new, answers).status_code == 302
    assert client.post(new, answers).status_code == 422  # begins no later than the one that stands
    assert client.post(new, answers | {"most": "8", "valid_from": "2026-06-01"}).status_code == 302
    assert NightLimit.objects.on(date(2026, 3, 1)).get().most == 10
    client.force_login(officer)
    page = client.get(reverse("activities:duty-limits"))
    assert [limit.most for limit in page.context["limits"]] == [8]
    assert [limit.most for limit in page.context["past"]] == [10]
    assert new not in page.content.decode()
    assert (
        client.post(new, answers | {"valid_from": "2026-07-01"}).status_code == 422
    )  # no province of theirs to choose


def test_two_limits_of_one_day_cannot_stand(limit):
    with pytest.raises(BeginsBeforeLast):
        NightLimit(area=province(), most=3, basis="x", valid_from=limit.valid_from).put_in_force(by=user())
