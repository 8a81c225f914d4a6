"""Every number of a table is the roll-up's own, and so are its totals."""

from datetime import date

import pytest
from django.http import QueryDict

from luytre.reporting import rollup
from luytre.reporting.exploring import asking, shown
from luytre.reporting.exploring.pivot import Pivot
from luytre.reporting.questions import Unclear
from tests.reporting.exploring.conftest import NATION, TODAY
from tests.reporting.territory import REFORM

pytestmark = [pytest.mark.django_db]
CODES = "indicator=outreach_sessions&indicator=outreach_attendances&indicator=model_types&indicator=model_sites"
RATE = "indicator=residential_areas_with_model_rate"


@pytest.fixture
def recorded(places, record, site):
    """Some of everything, before and after the reform, at every level."""
    for place, on, times in [
        ("n1", date(2026, 1, 20), 2), ("s1", date(2026, 2, 3), 3), ("s2", date(2026, 2, 20), 1),
        ("n2", date(2026, 3, 1), 4), ("n3", date(2026, 3, 20), 5), ("c1", date(2025, 2, 3), 2),
        ("r3", date(2025, 3, 1), 1),
    ]:  # fmt: skip
        record(place, on=on, times=times)
    record("n11", on=date(2026, 2, 1))
    record("n3", on=date(2026, 2, 5), attendance=55, attendance_qualifier="about")
    for place, name in [("s1", "Camera"), ("s1", "Đèn"), ("s3", "Camera"), ("n3", "Kẻng")]:
        site(place, name=name, on=REFORM)
    return places


def pivot(address: str) -> Pivot:
    return Pivot(asking.ask(QueryDict(address), scope=NATION, today=TODAY))


def value(number):
    return number and (number.now.value, number.now.qualifier, number.now.is_estimate)


def asked_again(pivot: Pivot, number, place=None):
    figure = rollup.total(
        place or number.spot.place, number.spot.definition.code, number.spot.window, territory=pivot.asked.territory
    )
    return figure.value, figure.qualifier, figure.is_estimate


@pytest.mark.parametrize("shape", asking.SHAPES)
@pytest.mark.parametrize(
    "places_asked", ["area=0&below=children", "area=11&below=children", "area=00001&area=00004&below="]
)
@pytest.mark.parametrize(
    "days", ["step=month&count=3", "period=2026-Q1&period=2025-Q1", "from=2026-01-20&to=2026-02-20"]
)
def test_every_number_is_the_roll_up_s(recorded, shape, places_asked, days):
    table = pivot(f"{CODES}&{RATE}&{places_asked}&{days}&shape={shape}")
    numbers = [one for sheet in table.sheets() for _head, row in sheet.rows for one in row]
    assert len(numbers) == len(table.places) * len(table.codes[:4] + [RATE]) * len(table.windows)
    assert [value(one) for one in numbers] == [asked_again(table, one) for one in numbers]


@pytest.mark.parametrize(
    "code", ["outreach_sessions", "outreach_attendances", "model_types", "residential_areas_with_model_rate"]
)
def test_the_total_of_what_lies_below_a_place_is_that_of_the_place(recorded, code):
    table = pivot(f"indicator={code}&area=11&below=children&step=month&count=4")
    [sheet] = table.sheets()
    assert [value(one) for one in sheet.total] == [asked_again(table, one, recorded["n11"]) for one in sheet.total]


def test_all_periods_together_are_read_as_one_window(recorded):
    """Kinds of initiative do not add over months."""
    table = pivot("indicator=model_types&indicator=outreach_sessions&area=11&below=&step=month&count=3")
    [[kinds], [meetings]] = [[row for _head, row in sheet.rows] for sheet in table.sheets()]
    assert kinds[-1].now.value == 3
    assert meetings[-1].now.value == sum(one.now.value for one in meetings[:-1]) == 17


def test_chosen_places_add_up_where_they_may(recorded):
    table = pivot(f"{CODES}&{RATE}&area=00001&area=00002&below=&period=2026-03&shape=place-indicator")
    [sheet] = table.sheets()
    meetings, people, kinds, sites, rate = sheet.total
    assert (meetings.now.value, people.now.value) == (5, 200)
    assert kinds is None
    assert sites.now.value == 3
    assert rate.now.value == round(100 * 2 / 3, 2) or str(rate.now.value) == "66.67"


def test_places_that_lie_in_each_other_are_not_added(recorded):
    [sheet] = pivot("area=11&area=00001&below=&period=2026-03").sheets()
    assert sheet.total == [None]


def test_only_the_chosen_kind_of_place_is_shown_and_added(recorded):
    [sheet] = pivot("area=11&below=children&kind=ward&step=year&count=1").sheets()
    assert [place.code for place, _row in sheet.rows] == ["00004"]
    assert sheet.total[0].now.value == 6


def test_communes_and_residential_areas_of_a_province_are_found_below_it(recorded):
    [communes] = pivot("area=0&below=communes&step=year&count=1").sheets()
    assert {place.code: row[0].now.value for place, row in communes.rows} == {"00001": 6, "00002": 4, "00004": 6}
    [areas] = pivot("area=0&below=areas&step=year&count=1").sheets()
    assert {place.code: row[0].now.value for place, row in areas.rows} == {"00001-01": 3, "00001-02": 1, "00002-01": 0}


def test_last_year_stands_beside_on_the_same_territory(recorded):
    [sheet] = pivot("area=11&below=children&period=2026-Q1&change=1").sheets()
    told = {place.code: (row[0].now.value, row[0].then.value) for place, row in sheet.rows}
    assert told == {"00001": (6, 2), "00002": (4, 1), "00004": (1, 0)}
    assert (sheet.total[0].now.value, sheet.total[0].then.value) == (12, 3)


def test_a_table_with_too_many_cells_is_refused_before_it_is_read(recorded, monkeypatch):
    monkeypatch.setattr("luytre.reporting.exploring.pivot.MOST_CELLS", 5)
    with pytest.raises(Unclear):
        pivot("area=11&below=children&count=6").sheets()


def test_a_download_has_plain_numbers_and_no_formula(recorded):
    rows = shown.flat(pivot("area=11&below=children&period=2026-02&period=2026-03&change=1"))
    assert rows[1][1:5] == ["00001", "xã N1", 5, 1]
    assert rows[3][1:5] == ["00004", "phường N3", 1, 0]
    assert rows[-1][2:5] == ["Cộng", 7, 5]
    assert list(shown.safe([["=1+1", "@x", -3, "xã"]])) == [["'=1+1", "'@x", -3, "xã"]]
