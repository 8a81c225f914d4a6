"""Offices rest on public holidays, on what the decision of the year swaps, and where a place's own change says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.common.periods import months_after
from luytre.common.working_days import add_working_days, is_working, on_or_after

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 11, 27), 3, date(2026, 12, 2)),  # over a weekend
        (date(2026, 2, 13), 3, date(2026, 2, 25)),  # over Tết: 16 to 20 February off
        (date(2026, 4, 29), 1, date(2026, 5, 4)),  # 30 April, 1 May, a weekend
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # a Saturday worked for a Monday off
    ],
)
def test_working_days_pass_over_weekends_and_holidays(day: date, count: int, last: date) -> None:
    assert add_working_days(day, count) == last


def test_a_place_can_have_a_day_of_its_own() -> None:
    flood = {date(2026, 12, 1): False, date(2026, 11, 28): True}
    assert add_working_days(date(2026, 11, 27), 1, flood) == date(2026, 11, 28)
    assert add_working_days(date(2026, 11, 30), 1, flood) == date(2026, 12, 2)


@given(DAYS, st.integers(1, 15))
def test_exactly_so_many_working_days_lie_between(day: date, count: int) -> None:
    last = add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(map(is_working, between)) == count
    assert is_working(last)
    assert on_or_after(day) == day or not is_working(day)


def test_a_month_ends_on_the_day_of_the_same_number_or_on_its_last() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 27), 2) == date(2027, 1, 27)
