"""Which windows a form is owed for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.common import periods
from luytre.common.periods import Calendar, Window
from luytre.reporting.models import Every, ReturnForm
from luytre.reporting.returns import spans

DAYS = st.dates(min_value=date(2016, 1, 20), max_value=date(2040, 12, 1))
REGULAR = [Every.MONTH, Every.QUARTER, Every.HALF, Every.YEAR]


def form(every: str = Every.MONTH, *, calendar: str = Calendar.ADMINISTRATIVE, **more) -> ReturnForm:
    return ReturnForm(code="thu", every=every, calendar=calendar, **{"valid_from": date(2016, 1, 1), **more})


@given(day=DAYS, every=st.sampled_from(REGULAR), calendar=st.sampled_from(list(Calendar)))
def test_the_window_of_a_day_covers_it_and_is_read_back_from_its_address(day, every, calendar):
    one = form(every, calendar=calendar.value)
    window = spans.of(one, day)
    assert window.covers(day)
    assert spans.is_of(one, window)
    assert spans.read(one, spans.token(one, window)) == window


@given(day=DAYS, every=st.sampled_from(REGULAR))
def test_windows_follow_one_another_without_a_gap(day, every):
    found = list(spans.until(form(every), day, count=5))
    for newer, older in zip(found, found[1:], strict=False):
        assert older.end == newer.first_day


@pytest.mark.parametrize("token", ["2026-13", "2026-Q3", "2026", "2026-11c", "", "x", "20260101-20260131"])
def test_an_address_of_another_period_is_no_window_of_a_monthly_form(token):
    with pytest.raises(spans.NoSuchSpan):
        spans.read(form(), token)


def test_a_window_before_the_form_was_in_force_is_none_of_its_own():
    one = form(valid_from=date(2025, 12, 15), valid_to=date(2026, 12, 15))
    assert spans.is_of(one, periods.month(2026, 1))
    assert spans.is_of(one, periods.month(2026, 12))
    assert not spans.is_of(one, periods.month(2025, 12))
    assert not spans.is_of(one, periods.month(2027, 1))


def test_any_other_days_are_no_window():
    assert not spans.is_of(form(), Window(date(2026, 10, 15), date(2026, 11, 13)))


def test_a_special_report_has_the_window_it_is_in_force_for():
    one = form(Every.ONCE, valid_from=date(2022, 1, 1), valid_to=date(2022, 8, 22))
    window = Window(date(2022, 1, 1), date(2022, 8, 21))
    assert list(spans.until(one, date(2026, 1, 1), count=3)) == [window]
    assert spans.read(one, "20220101-20220821") == window
    with pytest.raises(spans.NoSuchSpan):
        spans.read(one, "20220101-20220822")


def test_it_is_due_so_many_days_after_the_last_day():
    assert spans.due_on(form(due_days=5), periods.month(2026, 11)) == date(2026, 11, 19)
