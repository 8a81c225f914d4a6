"""The pages of returns: who may open them, what they answer, and that a typed number is never lost."""

import json
from datetime import date

import pytest
from django.utils import timezone

from luytre.accounts.roles import Role
from luytre.common import periods
from luytre.reporting.models import Return, ReturnDraft, ReturnReminder, StepKind
from luytre.reporting.returns import minutes, owing, paper
from luytre.reporting.returns.paper import Errand
from tests.factories import commune, user
from tests.reporting.returns.factories import zeros


@pytest.fixture
def last_month():
    """The last administrative month that is over today."""
    running = periods.month_of(timezone.localdate())
    return periods.months_back(running.first_day.replace(day=1), 1)[0]


@pytest.fixture
def errand(forms, unit, last_month):
    return Errand(forms["commune-month"], unit, last_month)


def url(errand, name="fill"):
    form, area, token = errand.address
    return f"/returns/{form}/{area}/{token}/{name}{'/' if name else ''}"


def filled(errand, **more):
    typed = {f"v-{code}": text for code, text in zeros(errand, **more).items()}
    return {**typed, "c-": "số của tháng", "base": "0", "do": "send"}


@pytest.fixture
def client_of(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def test_the_page_is_filled_with_what_the_registers_know(client_of, errand, officer):
    page = client_of(officer).get(url(errand))
    assert page.status_code == 200
    text = page.content.decode()
    assert f"/figures/outreach_sessions/records/?area={errand.area.code}" in text
    assert 'name="v-outreach_sessions"' not in text
    assert 'name="v-crime_tips_received"' in text


def test_it_is_sent_read_approved_and_locked(client_of, errand, officer, leader):
    answer = client_of(officer).post(url(errand), filled(errand, crime_tips_received="12"))
    assert answer.status_code == 302
    assert answer.url == url(errand, "")
    assert "12" in client_of(officer).get(answer.url).content.decode()
    client_of(leader).post(url(errand, "approval"), {"number": "1"})
    assert Return.objects.get().state == StepKind.APPROVED
    client_of(leader).post(url(errand, "lock"))
    assert Return.objects.get().state == StepKind.LOCKED
    refused = client_of(officer).post(url(errand), filled(errand, crime_tips_received="13"))
    assert refused.status_code == 409
    client_of(leader).post(url(errand, "reopening"), {"reason": "số sai của một bản"})
    assert Return.objects.get().state == StepKind.REOPENED


def test_a_wrong_number_comes_back_as_it_was_typed(client_of, errand, officer):
    answer = client_of(officer).post(url(errand), filled(errand, traffic_accidents="ba vụ"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'value="ba vụ"' in text
    assert 'href="#id_v-traffic_accidents"' in text
    assert not Return.objects.exists()


def test_a_warning_comes_back_until_it_is_explained(client_of, errand, officer):
    odd = filled(errand, crime_tips_received="10", crime_tips_valuable="12")
    assert client_of(officer).post(url(errand), {**odd, "c-": ""}).status_code == 422
    assert client_of(officer).post(url(errand), odd).status_code == 302


def test_nobody_approves_their_own(client_of, forms, unit, last_month):
    errand = Errand(forms["commune-month"], unit, last_month)
    both = user(Role.COMMUNE_OFFICER, area=unit)
    both.assignments.create(role=Role.COMMUNE_LEADER, area=unit, valid_from=date(2025, 7, 1))
    client_of(both).post(url(errand), filled(errand))
    client_of(both).post(url(errand, "approval"), {"number": "1"})
    assert Return.objects.get().state == StepKind.SENT


def test_sending_back_needs_a_reason(client_of, errand, officer, leader):
    client_of(officer).post(url(errand), filled(errand))
    assert client_of(leader).post(url(errand, "giving-back"), {"reason": ""}).status_code == 422
    assert client_of(leader).post(url(errand, "giving-back"), {"reason": "thiếu số của Bản Khá"}).status_code == 302
    assert Return.objects.get().state == StepKind.RETURNED
    assert "thiếu số của Bản Khá" in client_of(officer).get(url(errand, "")).content.decode()


def test_the_second_of_two_sees_both_numbers_and_may_send_again(client_of, errand, officer):
    other = user(Role.COMMUNE_OFFICER, area=errand.area)
    client_of(officer).post(url(errand), filled(errand, traffic_accidents="3"))
    second = client_of(other).post(url(errand), filled(errand, traffic_accidents="4"))
    assert second.status_code == 409
    text = second.content.decode()
    assert 'name="v-traffic_accidents" id="id_v-traffic_accidents" value="4"' in text
    assert "<b>3</b>" in text
    assert Return.objects.get().amounts["traffic_accidents"] == 300
    again = client_of(other).post(url(errand), {**filled(errand, traffic_accidents="4"), "base": "1"})
    assert again.status_code == 302
    assert Return.objects.get().amounts["traffic_accidents"] == 400


def test_pressing_twice_sends_once(client_of, errand, officer):
    for _ in range(2):
        assert client_of(officer).post(url(errand), filled(errand)).status_code == 302
    assert Return.objects.get().number == 1


def test_a_draft_is_kept_without_a_script(client_of, errand, officer):
    answer = client_of(officer).post(url(errand), {"v-traffic_accidents": "ba", "base": "0", "do": "save"})
    assert answer.status_code == 302
    assert 'value="ba"' in client_of(officer).get(url(errand)).content.decode()


def test_one_button_writes_nought_into_what_is_empty(client_of, errand, officer):
    client_of(officer).post(url(errand), {"v-traffic_accidents": "3", "base": "0", "do": "zeros"})
    typed = ReturnDraft.objects.get().typed
    assert (typed["v-traffic_accidents"], typed["v-fires_and_explosions"]) == ("3", "0")
    assert "v-crime_sources_overdue" not in typed


def test_the_script_keeps_cells_and_is_told_what_is_wrong(client_of, errand, officer):
    answer = client_of(officer).post(url(errand, "draft"), {"v-traffic_accidents": "ba", "base": "0", "seconds": "40"})
    told = json.loads(answer.content)
    assert told["findings"]["traffic_accidents"][0][0] == "error"
    assert told["drafted"]
    assert told["theirs"] == {}


def test_a_broken_upload_leaves_the_draft(client_of, errand, officer):
    client_of(officer).post(url(errand, "draft"), {"v-traffic_accidents": "3", "base": "0"})
    body = "do=send&base=0&v-traffic_accidents"  # the connection broke in the middle
    answer = client_of(officer).post(url(errand), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert not Return.objects.sent().exists()
    assert 'value="3"' in client_of(officer).get(url(errand)).content.decode()


@pytest.mark.parametrize("token", ["2026-13", "2031-01", "nothing", "2025-11", "2026-Q3"])
def test_a_period_the_form_is_not_owed_for_is_not_there(client_of, errand, officer, token):
    assert client_of(officer).get(f"/returns/commune-month/{errand.area.code}/{token}/fill/").status_code == 404


def test_another_commune_is_not_there(client_of, errand, officer):
    neighbour = Errand(errand.form, commune("Thanh Nưa"), errand.window)
    assert client_of(officer).get(url(neighbour)).status_code == 404
    assert client_of(officer).post(url(neighbour), filled(neighbour)).status_code == 404
    assert client_of(officer).get(url(neighbour, "")).status_code == 404
    assert not Return.objects.exists()


def test_the_desk_above_reads_but_does_not_write_for_a_commune(client_of, errand, officer):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    client_of(officer).post(url(errand), filled(errand))
    assert client_of(desk).get(url(errand, "")).status_code == 200
    assert client_of(desk).get(url(errand)).status_code == 404


def test_a_running_period_can_be_drafted_and_not_sent(client_of, errand, officer, forms):
    running = Errand(forms["commune-month"], errand.area, periods.month_of(timezone.localdate()))
    if timezone.localdate() == running.window.last_day:
        running = Errand(running.form, running.area, periods.month_of(running.window.end))
    assert client_of(officer).post(url(running), filled(running)).status_code == 409
    assert client_of(officer).post(url(running), {**filled(running), "do": "save"}).status_code == 302


def test_the_page_of_a_form_asks_few_questions(client_of, errand, officer, django_assert_max_num_queries):
    client_of(officer).get(url(errand))
    with django_assert_max_num_queries(40):
        client_of(officer).get(url(errand))


def test_the_first_page_says_what_is_due(client_of, errand, officer):
    text = client_of(officer).get("/returns/").content.decode()
    assert url(errand) in text


def test_many_are_approved_on_one_page(client_of, errand, officer):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    plain = {**filled(errand), "c-": ""}
    client_of(officer).post(url(errand), plain)
    asked = {"form": "commune-month", "period": errand.token, "area": errand.area.parent.code}
    assert url(errand, "") in client_of(desk).get("/returns/overview/", asked).content.decode()
    client_of(desk).post("/returns/overview/approval/", asked)
    assert Return.objects.get().state == StepKind.APPROVED
    client_of(desk).post("/returns/overview/lock/", asked)
    assert Return.objects.get().state == StepKind.LOCKED


def test_what_had_to_be_explained_is_not_approved_in_bulk(client_of, errand, officer):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    client_of(officer).post(url(errand), filled(errand))
    asked = {"form": "commune-month", "period": errand.token, "area": errand.area.parent.code}
    client_of(desk).post("/returns/overview/approval/", asked)
    assert Return.objects.get().state == StepKind.SENT


def test_an_officer_cannot_approve_in_bulk(client_of, errand, officer):
    client_of(officer).post(url(errand), {**filled(errand), "c-": ""})
    ministry = user(Role.MINISTRY_DESK)
    asked = {"form": "commune-month", "period": errand.token, "area": errand.area.parent.code}
    assert client_of(officer).post("/returns/overview/approval/", asked).status_code == 403
    client_of(ministry).post("/returns/overview/approval/", asked)
    assert Return.objects.get().state == StepKind.SENT


def test_the_silent_are_reminded_from_the_same_page(client_of, errand, officer):
    desk = user(Role.PROVINCE_DESK, area=errand.area.parent)
    asked = {"form": "commune-month", "period": errand.token, "area": errand.area.parent.code}
    client_of(desk).post("/returns/overview/reminder/", asked)
    assert ReturnReminder.objects.get().area == errand.area
    assert str(desk) in client_of(officer).get("/returns/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_taken_away(client_of, errand, officer, kind):
    answer = client_of(officer).get(
        f"/returns/overview/table.{kind}", {"form": "commune-month", "period": errand.token}
    )
    assert answer.status_code == 200
    assert answer.content[:2] == (b"PK" if kind == "xlsx" else b"\xef\xbb")


def test_versions_are_told_cell_by_cell(client_of, errand, officer):
    client_of(officer).post(url(errand), filled(errand, traffic_accidents="3"))
    client_of(officer).post(url(errand), {**filled(errand, traffic_accidents="5"), "base": "1"})
    text = client_of(officer).get(url(errand, "versions")).content.decode()
    assert text.count("<tr>") == 2
    assert ">3</td>" in text
    assert ">5</td>" in text


def test_minutes_are_what_the_page_told_but_no_longer_than_it_was_open(client_of, errand, officer):
    opened = minutes.opened({}, at=timezone.now() - timezone.timedelta(minutes=3))
    client_of(officer).post(url(errand), {**filled(errand), "opened": opened, "seconds": "100"})
    assert Return.objects.get().seconds == 100


def test_without_a_script_minutes_are_from_opening_to_sending_at_most_half_an_hour(client_of, errand, officer):
    opened = minutes.opened({}, at=timezone.now() - timezone.timedelta(hours=5))
    client_of(officer).post(url(errand), {**filled(errand), "opened": opened, "seconds": ""})
    assert Return.objects.get().seconds == 1800


def test_a_forged_opening_counts_for_nothing(client_of, errand, officer):
    client_of(officer).post(url(errand), {**filled(errand), "opened": "giả mạo", "seconds": "9999"})
    assert Return.objects.get().seconds <= 1


def test_noughts_leave_stocks_alone(errand):
    typed = paper.with_zeros(errand.form, {})
    assert typed["v-traffic_accidents"] == "0"
    assert "v-crime_sources_overdue" not in typed


def test_own_units_are_those_one_reports_for(officer, unit, hamlet):
    from luytre.accounts.permissions import Permission

    scope = officer.scope(Permission.RETURN_WRITE, on=timezone.localdate())
    assert owing.own_units(scope) == [unit]
