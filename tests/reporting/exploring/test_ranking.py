from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from luytre.areas.models import Area
from luytre.reporting import catalogue
from luytre.reporting.exploring import asking, ranking
from luytre.reporting.exploring.ranking import Named
from luytre.reporting.measures import Cell
from tests.reporting.exploring.conftest import NATION, TODAY

MEETINGS = catalogue.get("outreach_sessions")


def entries(values: list[int]) -> list[ranking.Entry]:
    return [
        ranking.plain(Named(Area(name=str(number), sort_key=f"{number:03}"), ""), Cell(value))
        for number, value in enumerate(values)
    ]


@given(values=st.lists(st.integers(0, 30), max_size=40))
def test_equal_figures_share_a_rank_and_higher_ones_come_first(values):
    found = ranking.ordered(MEETINGS, None, entries(values))
    large = [value for value in values if value >= 5]
    assert [one.shown for one in found.entries] == sorted(large, reverse=True)
    assert [one.rank for one in found.entries] == [
        1 + sum(other > one.shown for other in large) for one in found.entries
    ]
    assert {one.shown for one in found.apart} <= set(range(5))
    assert all(one.rank is None and one.caution == "few" for one in found.apart)


def test_one_two_two_four():
    found = ranking.ordered(MEETINGS, None, entries([20, 30, 20, 10]))
    assert [one.rank for one in found.entries] == [1, 2, 2, 4]


@given(whole=st.integers(1, 5000), data=st.data())
def test_a_share_lies_within_its_interval_and_the_interval_within_a_hundred(whole, data):
    part = data.draw(st.integers(0, whole))
    limits = ranking.wilson(part, whole)
    assert limits is not None
    low, high = limits
    assert 0 <= low <= high <= 100
    assert low - Decimal("0.01") <= Decimal(100 * part) / whole <= high + Decimal("0.01")


def test_the_interval_is_wilson_s():
    """Ten of a hundred: 5.52 to 17.44 percent, as in the tables."""
    assert ranking.wilson(10, 100) == (Decimal("5.52"), Decimal("17.44"))
    assert ranking.wilson(12, 10) is None


def test_a_share_over_fewer_than_twenty_stands_apart():
    few = ranking.share(Named(Area(), ""), Cell(Decimal(80)), Cell(8), Cell(10))
    many = ranking.share(Named(Area(), ""), Cell(Decimal(80)), Cell(80), Cell(100))
    assert (few.caution, many.caution) == ("base", "")


@pytest.mark.parametrize(("count", "told"), [(100, "within"), (119, "within"), (121, "above"), (79, "below")])
def test_a_rate_is_held_against_what_chance_would_make_of_the_rate_of_all(count, told):
    """A hundred expected, give or take 1.96 times ten."""
    assert ranking.against(count, 1000, 0.1) == told


@pytest.mark.django_db
def test_places_below_a_province_are_put_in_order(places, record):
    for place, times in [("n1", 6), ("n2", 9), ("n3", 2)]:
        record(place, times=times)
    asked = asking.ask(QueryDict("area=11&below=children&period=2026-Q1"), scope=NATION, today=TODAY)
    found = ranking.rank(asked)
    assert [(one.area.code, one.rank, one.shown) for one in found.entries] == [("00002", 1, 9), ("00001", 2, 6)]
    assert [one.area.code for one in found.apart] == ["00004"]


@pytest.mark.django_db
def test_a_count_is_divided_by_the_residential_areas(places, record, monkeypatch):
    monkeypatch.setitem(ranking.comparing.rules(), "smallest_base", 1)
    for place, times in [("n1", 6), ("n2", 9), ("n3", 8)]:
        record(place, times=times)
    asked = asking.ask(QueryDict("area=11&below=children&period=2026-Q1"), scope=NATION, today=TODAY)
    found = ranking.rank(asked, per="residential_areas_total")
    assert [(one.area.code, one.shown) for one in found.entries] == [("00002", 900), ("00001", 300)]
    assert [(one.area.code, one.caution) for one in found.apart] == [("00004", "none")]
    assert ranking.rank(asked, per="crime_tips_received").base is None
