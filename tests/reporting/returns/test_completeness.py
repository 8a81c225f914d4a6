"""What is owed, what came, what came in time: at every level, from the rows themselves."""

from datetime import date

import pytest

from luytre.accounts.permissions import Permission
from luytre.accounts.roles import Role
from luytre.areas import standings
from luytre.areas.models import Succession
from luytre.common import periods
from luytre.reporting.models import ReturnReminder, StepKind
from luytre.reporting.returns import owing, reminding
from luytre.reporting.returns.completeness import Overview, Tally
from luytre.reporting.returns.paper import Errand
from tests.factories import commune, nation, province, residential, user
from tests.reporting.returns.conftest import NOVEMBER, moment
from tests.reporting.returns.factories import sent

TODAY = date(2026, 11, 25)


@pytest.fixture
def desk(unit):
    return user(Role.PROVINCE_DESK, area=unit.parent)


@pytest.fixture
def country(forms, unit, officer, desk):
    """Three communes in one province, one in another: in time, late, silent; silent."""
    late, silent = commune("Thanh Nưa", parent=unit.parent), commune("Sam Mứn", parent=unit.parent)
    other = commune("Sìn Hồ", parent=province("12", "Lai Châu"))
    form = forms["commune-month"]
    first = sent(Errand(form, unit, NOVEMBER), officer, moment(2026, 11, 19, 23))
    sent(Errand(form, late, NOVEMBER), desk, moment(2026, 11, 20, 0))
    first.approve(by=desk, at=moment(2026, 11, 21))
    return {"form": form, "late": late, "silent": silent, "other": other}


def overview(area, form):
    return Overview(area, form, NOVEMBER, TODAY)


def test_shares_are_counted_at_each_level(country, unit):
    whole = overview(nation(), country["form"])
    assert whole.total == Tally(owed=4, sent=2, in_time=1, approved=1, waiting=1)
    assert {line.area.code: (line.tally.owed, line.tally.sent) for line in whole.lines()} == {
        "11": (3, 2),
        "12": (1, 0),
    }
    assert whole.total.completeness == 50
    part = overview(unit.parent, country["form"])
    assert part.total.silent == 1
    assert part.total.late == 1
    assert str(part.total.timeliness) == "33.33"
    assert overview(unit, country["form"]).total == Tally(owed=1, sent=1, in_time=1, approved=1)


def test_the_last_minute_of_the_due_day_is_in_time(country, unit):
    lines = {line.area.pk: line.tally for line in overview(unit.parent, country["form"]).lines()}
    assert lines[unit.pk].in_time == 1
    assert lines[country["late"].pk].late == 1


def test_a_list_is_cut_to_the_silent_the_late_and_the_waiting(country, unit):
    part = overview(unit.parent, country["form"])
    assert [line.area for line in part.lines("silent")] == [country["silent"]]
    assert [line.area for line in part.lines("late")] == [country["late"]]
    assert [line.area for line in part.lines("waiting")] == [country["late"]]
    assert [line.area for line in part.lines("approved")] == [unit]


def test_the_number_of_queries_does_not_grow_with_the_units(country, unit, django_assert_max_num_queries):
    for _ in range(5):
        commune(parent=unit.parent)
    with django_assert_max_num_queries(5):
        part = overview(unit.parent, country["form"])
        assert part.total.owed == 8
        assert len(part.lines()) == 8


def test_a_unit_owes_only_for_days_on_which_it_stood(forms, unit):
    born = commune("Mới lập", parent=unit.parent, valid_from=date(2026, 11, 15))
    assert overview(unit.parent, forms["commune-month"]).total.owed == 1
    [running] = [one for one in owing.of_units([born], today=TODAY) if one.form.code == "commune-month"]
    assert running.window == periods.month(2026, 12)


def test_what_a_unit_owes_says_how_far_its_day_is(forms, unit, officer):
    def states(day):
        return {
            one.window.last_day: one.state
            for one in owing.of_units([unit], today=day)
            if one.form.code == "commune-month"
        }

    assert states(date(2026, 11, 13))[date(2026, 11, 14)] == owing.RUNNING
    assert states(date(2026, 11, 14))[date(2026, 11, 14)] == owing.OPEN
    assert states(date(2026, 11, 16))[date(2026, 11, 14)] == owing.NEAR
    assert states(date(2026, 11, 19))[date(2026, 11, 14)] == owing.NEAR
    assert states(date(2026, 11, 20))[date(2026, 11, 14)] == owing.LATE
    sent(Errand(forms["commune-month"], unit, NOVEMBER), officer, moment(2026, 11, 20))
    assert states(date(2026, 11, 20))[date(2026, 11, 14)] == StepKind.SENT


def test_who_took_a_commune_over_owes_what_it_still_owed(forms, unit):
    merged_on = date(2026, 11, 16)
    unit.valid_to = merged_on
    unit.save()
    heir = commune("Mường Phăng mới", parent=unit.parent, valid_from=merged_on)
    Succession.objects.create(before=unit, after=heir, on=merged_on)
    standings.rebuild()
    scope = user(Role.COMMUNE_OFFICER, area=heir, since=merged_on).scope(Permission.RETURN_WRITE, on=TODAY)
    owed = owing.of_units(owing.own_units(scope), today=TODAY)
    months = {(one.area, one.window.last_day) for one in owed if one.form.code == "commune-month"}
    assert (unit, NOVEMBER.last_day) in months
    assert (heir, date(2026, 12, 14)) in months
    assert (heir, NOVEMBER.last_day) not in months


def test_the_night_reminds_once_of_what_is_due_and_overdue(forms, unit, officer, hamlet):
    at = moment(2026, 11, 17, 5)
    count = reminding.remind_all(today=date(2026, 11, 17), at=at)
    kinds = set(ReturnReminder.objects.filter(last_day=NOVEMBER.last_day).values_list("form__code", "kind"))
    assert ("commune-month", "soon") in kinds
    assert count == ReturnReminder.objects.count() > 0
    assert reminding.remind_all(today=date(2026, 11, 17), at=at) == 0
    reminding.remind_all(today=date(2026, 11, 20), at=moment(2026, 11, 20, 5))
    assert ReturnReminder.objects.filter(
        form__code="commune-month", last_day=NOVEMBER.last_day, kind="overdue"
    ).exists()


def test_nobody_is_reminded_where_nobody_could_send(forms, unit):
    residential(parent=unit)
    assert reminding.remind_all(today=date(2026, 11, 20), at=moment(2026, 11, 20, 5)) == 0


def test_the_office_above_reminds_the_silent_ones(country, unit, desk):
    at = moment(2026, 11, 21)
    assert reminding.ask(overview(unit.parent, country["form"]), by=desk, at=at) == 1
    assert reminding.ask(overview(unit.parent, country["form"]), by=desk, at=at) == 1
    [notice] = ReturnReminder.objects.all()
    assert (notice.area, notice.kind, notice.by) == (country["silent"], "asked", desk)
