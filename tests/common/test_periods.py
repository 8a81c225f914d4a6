"""Windows: the administrative month runs from the 15th to the 14th, and any from-to works."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.common import periods
from luytre.common.periods import Calendar, Window

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-11", date(2026, 10, 15), date(2026, 11, 14)),
        ("2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-01c", date(2026, 1, 1), date(2026, 1, 31)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
        ("2024-02c", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_named_periods(name: str, first: date, last: date) -> None:
    window = periods.parse(name)
    assert (window.first_day, window.last_day) == (first, last)


@pytest.mark.parametrize("name", ["", "2026-13", "2026-00", "2026-Q5", "2026-H3", "26-01", "tháng 1", "9999"])
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        periods.parse(name)


@given(DAYS, st.sampled_from(Calendar))
def test_every_day_lies_in_its_month_and_in_no_other(day: date, calendar: Calendar) -> None:
    month = periods.month_of(day, calendar)
    assert month.covers(day)
    following = periods.month_of(month.end, calendar)
    assert following.first_day == month.last_day + timedelta(days=1)


@given(DAYS)
def test_twelve_months_make_the_year(day: date) -> None:
    months = periods.months_back(date(day.year, 12, 1), 12)
    year = periods.whole_year(day.year)
    assert (months[0].first_day, months[-1].last_day) == (year.first_day, year.last_day)
    assert sum(month.days for month in months) == year.days


def test_each_standard_has_its_own_year() -> None:
    assert periods.residential_standard_year(2026).first_day == date(2025, 11, 1)
    assert periods.unit_standard_year(2026).last_day == date(2026, 11, 15)
    assert periods.team_rating_year(2026).last_day == date(2026, 11, 14)


def test_the_same_window_last_year_ends_with_the_month_too() -> None:
    assert Window(date(2024, 2, 1), date(2024, 2, 29)).same_last_year().last_day == date(2023, 2, 28)
    assert Window(date(2023, 2, 1), date(2023, 2, 28)).same_last_year().last_day == date(2022, 2, 28)


def test_a_window_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends on or after"):
        Window(date(2026, 1, 2), date(2026, 1, 1))
