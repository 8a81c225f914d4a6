"""Where records of a place stand at other times: followed forwards, backwards, and through divided places."""

from datetime import date

import pytest

from luytre.areas import standings
from luytre.areas.models import Area, Level, Standing, Succession, valid_on
from tests.factories import AreaFactory, nation

pytestmark = pytest.mark.django_db

START, FIRST, SECOND = date(2015, 1, 1), date(2025, 7, 1), date(2026, 9, 1)
EARLY, MIDDLE, LATE = date(2020, 5, 5), date(2025, 12, 1), date(2026, 10, 1)


def place(code: str, *, under: Area, since: date = START, until: date | None = None, **fields: str) -> Area:
    return AreaFactory(code=code, parent=under, valid_from=since, valid_to=until, **fields)


def became(before: Area, after: Area, *, on: date = FIRST, main: bool = True) -> None:
    Succession.objects.create(before=before, after=after, on=on, is_main=main)


def stands(area: Area, day: date) -> tuple[str, bool] | None:
    standings.rebuild()
    return Standing.objects.filter(valid_on(day), area=area).values_list("path", "is_estimate").first()


@pytest.fixture
def province(db: None) -> Area:
    return place("11", under=nation(), level=Level.PROVINCE)


def test_a_place_without_history_stands_where_it_is(province):
    commune = place("01", under=province)
    assert stands(commune, EARLY) == ("0.11.01.", False)


def test_a_merged_place_stands_in_its_successor_from_the_day_of_the_merger(province):
    before, after = place("01", under=province, until=FIRST), place("02", under=province, since=FIRST)
    became(before, after)
    assert stands(before, date(2025, 6, 30)) == ("0.11.01.", False)
    assert stands(before, FIRST) == ("0.11.02.", False)


def test_a_chain_of_mergers_is_followed_to_its_end(province):
    first = place("01", under=province, until=FIRST)
    second = place("02", under=province, since=FIRST, until=SECOND)
    third = place("03", under=province, since=SECOND)
    became(first, second)
    became(second, third, on=SECOND)
    assert stands(first, MIDDLE) == ("0.11.02.", False)
    assert stands(first, LATE) == ("0.11.03.", False)


def test_a_divided_place_stands_as_an_estimate_in_its_main_successor_ever_after(province):
    before = place("01", under=province, until=FIRST)
    main = place("02", under=province, since=FIRST, until=SECOND)
    other, last = place("03", under=province, since=FIRST), place("04", under=province, since=SECOND)
    became(before, main)
    became(before, other, main=False)
    became(main, last, on=SECOND)
    assert stands(before, EARLY) == ("0.11.01.", False)
    assert stands(before, MIDDLE) == ("0.11.02.", True)
    assert stands(before, LATE) == ("0.11.04.", True)
    assert stands(main, LATE) == ("0.11.04.", False)


def test_a_new_place_with_one_predecessor_stood_in_it(province):
    before, after = place("01", under=province, until=FIRST), place("02", under=province, since=FIRST)
    became(before, after)
    assert stands(after, EARLY) == ("0.11.01.", False)


def test_a_new_place_of_several_stood_in_the_nearest_place_that_held_them_all(province):
    district = place("101", under=province, until=FIRST, level=Level.DISTRICT)
    one, two = place("01", under=district, until=FIRST), place("02", under=district, until=FIRST)
    after = place("03", under=province, since=FIRST)
    became(one, after)
    became(two, after)
    assert stands(after, EARLY) == ("0.11.101.", False)


def test_a_new_place_from_two_provinces_stood_in_the_nation(province):
    other = place("12", under=nation(), until=FIRST, level=Level.PROVINCE)
    after = place("03", under=province, since=FIRST)
    became(place("01", under=province, until=FIRST), after)
    became(place("02", under=other, until=FIRST), after)
    assert stands(after, EARLY) == ("0.", False)


def test_a_district_stands_in_the_province_that_was_there_all_along(province):
    district = place("101", under=province, until=FIRST, level=Level.DISTRICT)
    became(district, province)
    assert stands(district, EARLY) == ("0.11.101.", False)
    assert stands(district, MIDDLE) == ("0.11.", False)


def test_a_province_that_takes_in_others_keeps_its_own_past(province):
    taken_in = place("12", under=nation(), until=FIRST, level=Level.PROVINCE)
    became(taken_in, province)
    assert stands(province, EARLY) == ("0.11.", False)
    assert stands(taken_in, MIDDLE) == ("0.11.", False)
    assert Standing.objects.filter(area=province).count() == 1


def test_a_place_without_successor_ends_with_its_last_day(province):
    assert stands(place("01", under=province, until=FIRST), MIDDLE) is None


def test_rebuilding_twice_gives_the_same(province):
    became(place("01", under=province, until=FIRST), place("02", under=province, since=FIRST))
    assert standings.rebuild() == standings.rebuild() == Standing.objects.count()


def test_a_place_that_was_cut_from_another_stood_in_it_before(province):
    whole = place("01", under=province, until=FIRST)
    rest, cut = place("01", under=province, since=FIRST), place("02", under=province, since=FIRST)
    became(whole, rest)
    became(whole, cut, main=False)
    assert stands(cut, EARLY) == ("0.11.01.", False)
    assert stands(whole, MIDDLE) == ("0.11.01.", True)
