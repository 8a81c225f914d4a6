from datetime import date
from statistics import median

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from luytre.activities.models import OutreachSession
from luytre.areas.models import Area, Kind, Level
from luytre.common import periods
from luytre.reporting import catalogue
from luytre.reporting.exploring import outliers, spans
from tests.factories import commune, province

MARCH = periods.parse("2026-03c")
MEETINGS = "outreach_sessions"


def plain_z(value: float, others: list[int]) -> float:
    """The textbook's robust z, with the square root of the median as the least spread."""
    ordered = sorted(others)
    middle = median(ordered)
    distances = sorted(abs(one - middle) for one in ordered)
    return (value - middle) / max(1.4826 * median(distances), max(middle, 1) ** 0.5)


@given(value=st.integers(0, 10_000), others=st.lists(st.integers(1, 5_000), min_size=6, max_size=30))
def test_the_distance_is_that_of_the_textbook(value, others):
    held = outliers.yardstick(others)
    assert held.z(value) == pytest.approx(plain_z(value, others))
    told = outliers.judged(Area(), catalogue.get(MEETINGS), MARCH, value, others)
    is_far = abs(plain_z(value, others)) >= 3.5 and abs(value - held.median) >= 5
    assert (told is not None) == is_far


def test_the_sentence_says_how_far_and_from_what():
    months = [40, 20, 60, 30, 50, 22, 58, 40, 40, 25, 55, 40]
    with translation.override("en"):
        told = outliers.judged(Area(), catalogue.get(MEETINGS), periods.parse("2026-10"), 240, months)
        assert told is not None
        assert told.sentence == "Month 10/2026 is 240, 6 times the median 40 of the 12 earlier months; robust z = 10.8."


def test_a_small_difference_is_never_told_however_even_the_past():
    assert outliers.judged(Area(), catalogue.get(MEETINGS), MARCH, 4, [1] * 24) is None


def test_too_short_a_past_says_nothing():
    assert outliers.judged(Area(), catalogue.get(MEETINGS), MARCH, 900, [5] * 5) is None
    assert outliers.judged(Area(), catalogue.get(MEETINGS), MARCH, 900, [5] * 6) is not None


def test_months_without_any_are_left_out_where_they_are_the_most():
    past = [0] * 14 + [30, 32, 31, 29, 30, 33, 30, 31]
    assert outliers.judged(Area(), catalogue.get(MEETINGS), MARCH, 0, past) is None
    told = outliers.judged(Area(), catalogue.get(MEETINGS), MARCH, 300, past)
    assert told is not None
    assert told.held.count == 8


def test_nothing_is_learnt_from_the_time_before_the_first_record():
    assert outliers.begun([None, 0, 0, 3, 0, None, 4]) == [3, 0, 4]
    assert outliers.begun([0, None]) == []


@pytest.mark.parametrize(("name", "count"), [("2026-03", 24), ("2026-Q1", 8), ("2026", 2)])
def test_a_place_is_held_against_its_last_24_months(name, count):
    windows = outliers.earlier(periods.parse(name))
    assert len(windows) == count
    assert windows[-1].end == periods.parse(name).first_day


@pytest.mark.django_db
def test_a_commune_stands_out_from_its_own_past(places, record):
    for number, month in enumerate(spans.before(MARCH, 9)):
        record("n1", on=month.first_day, times=3 + number % 2)
    record("n1", on=date(2026, 3, 2), times=30)
    [told] = outliers.of(places["n1"], [MEETINGS, "outreach_contests"], MARCH)
    assert (told.area, told.value, told.held.median) == (places["n1"], 30, 3)
    assert [one.value for one in outliers.below(places["n11"], [MEETINGS], MARCH)] == [30]
    assert outliers.of(places["n3"], [MEETINGS], MARCH) == []


@pytest.mark.django_db
def test_a_commune_stands_out_among_its_peers_of_the_same_kind(clerk):
    above = province()
    kin = [commune(parent=above) for _ in range(10)]
    wards = [commune(parent=above, kind=Kind.WARD, level=Level.COMMUNE) for _ in range(3)]
    for place, times in [*((one, 3) for one in kin[1:]), (kin[0], 40), (wards[0], 40)]:
        meet(place, times, clerk)
    [told] = outliers.of(kin[0], [MEETINGS], MARCH)
    assert told.is_among_peers
    assert told.held.count == 9
    assert outliers.of(wards[0], [MEETINGS], MARCH) == []


@pytest.mark.django_db
def test_people_and_tips_are_never_held_against_other_places(clerk):
    """Rights rules R8 and R25: an own past only."""
    above = province()
    kin = [commune(parent=above) for _ in range(10)]
    for place, times in [*((one, 3) for one in kin[1:]), (kin[0], 40)]:
        meet(place, times, clerk)
    assert outliers.of(kin[0], ["outreach_attendances"], MARCH) == []


def meet(place, times, clerk):
    for _ in range(times):
        OutreachSession(area=place, held_on=date(2026, 3, 2), place="Sân", attendance=40).add(by=clerk)
