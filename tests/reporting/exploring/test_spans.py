from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.common import periods
from luytre.common.periods import Calendar, Window
from luytre.reporting.exploring import spans

OFFICIAL = ["2026-03", "2026-Q1", "2026-H1", "2026", "2026-03c", "2026-Q1c", "2026-H2c", "2026c"]


@pytest.mark.parametrize("name", OFFICIAL)
def test_the_window_before_an_official_one_is_the_official_one_before(name):
    window = periods.parse(name)
    before = spans.moved(window, -1)
    assert before.end == window.first_day
    assert spans.months_in(before) == spans.months_in(window)
    assert before.name
    assert spans.moved(before, 1) == window


def test_a_free_window_moves_by_its_own_days():
    window = Window(date(2026, 3, 3), date(2026, 3, 12))
    assert spans.moved(window, -2) == Window(date(2026, 2, 11), date(2026, 2, 20))


@given(
    day=st.dates(date(1990, 1, 1), date(2150, 1, 1)), step=st.sampled_from(list(spans.STEPS)), count=st.integers(1, 30)
)
@pytest.mark.parametrize("calendar", list(Calendar))
def test_the_last_periods_follow_on_each_other_and_end_with_the_one_of_the_day(day, step, count, calendar):
    windows = spans.last(day, count, step, calendar)
    assert len(windows) == count
    assert windows[-1].covers(day)
    assert all(one.end == later.first_day for one, later in zip(windows, windows[1:], strict=False))
    assert {spans.months_in(window) for window in windows} == {spans.STEPS[step]}
