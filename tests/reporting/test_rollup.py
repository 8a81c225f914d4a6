from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.registry.models import Initiative, Organisation, Rating, Site
from luytre.reporting import catalogue, indicators, rollup
from luytre.reporting.figures import Part
from tests.reporting.territory import AFTER, BEFORE

YEAR = Window(date(2025, 1, 1), date(2025, 6, 30))


@pytest.fixture
def record(places, clerk):
    def write(place: str, on: date = date(2025, 3, 1), **more: Any) -> OutreachSession:
        values = {"place": "Nhà văn hóa", "attendance": 40, **more}
        return OutreachSession(area=places[place], held_on=on, **values).add(by=clerk)

    return write


@pytest.fixture
def site(places, clerk):
    initiative = Initiative.objects.create(name="Camera an ninh", field="watch", area=places["nation"])

    def write(place: str, on: date = date(2025, 1, 5), **more: Any) -> Site:
        return Site(initiative=initiative, area=places[place], launched_on=on, **more).add(by=clerk)

    return write


def part_values(parts: list[Part]) -> dict[tuple[str, bool], Any]:
    return {(part.area.code, part.is_own): part.value for part in parts if part.value}


def test_what_stands_at_the_place_itself_is_a_part_of_its_own(places, record):
    record("c1")
    record("r1")
    parts = rollup.parts(places["c1"], "outreach_sessions", YEAR)
    assert part_values(parts) == {("00001-01", False): 1, ("00001", True): 1}


def test_places_without_a_record_are_parts_too(places, record):
    record("c1")
    parts = rollup.parts(places["d1"], "outreach_sessions", YEAR)
    assert [(part.area.code, part.value) for part in parts] == [("00001", 1), ("00002", 0), ("00003", 0)]


def test_the_territory_is_that_of_the_last_day_unless_another_is_given(places, record):
    record("c4")
    assert rollup.total(places["p12"], "outreach_sessions", YEAR).value == 1
    assert rollup.total(places["p11"], "outreach_sessions", YEAR).value == 0
    assert rollup.total(places["n11"], "outreach_sessions", YEAR, territory=AFTER).value == 1


def test_an_approximate_part_makes_an_approximate_total(places, record):
    record("c1", attendance=100)
    record("c2", attendance=500, attendance_qualifier="nearly")
    figure = rollup.total(places["p11"], "outreach_attendances", YEAR)
    assert (figure.value, figure.qualifier) == (600, Qualifier.NEARLY)
    record("c3", attendance=50, attendance_qualifier="more_than")
    assert rollup.total(places["p11"], "outreach_attendances", YEAR).qualifier == Qualifier.ABOUT


def test_a_divided_place_makes_an_estimate_only_where_a_piece_lies_outside(places, record):
    record("c2")
    commune = rollup.total(places["n2"], "outreach_sessions", YEAR, territory=AFTER)
    province = rollup.total(places["n11"], "outreach_sessions", YEAR, territory=AFTER)
    assert commune.is_estimate
    assert not province.is_estimate
    assert province.cells["00002"].is_estimate
    assert not rollup.total(places["nation"], "outreach_sessions", YEAR, territory=AFTER).cells["11"].is_estimate
    assert not rollup.total(places["c2"], "outreach_sessions", YEAR).is_estimate


def test_ratios_are_worked_out_anew_at_each_level_and_are_empty_without_a_denominator(places, site):
    site("r1")
    site("c3").serves.set([places["r3"]])
    reading = rollup.read(places["d1"], YEAR)
    rate = reading.figure("residential_areas_with_model_rate")
    assert rate.value == Decimal("66.67")
    assert [(part.area.code, part.value) for part in reading.parts(rate)] == [
        ("00001", Decimal("50.00")),
        ("00002", None),
        ("00003", Decimal("100.00")),
    ]


def test_kinds_are_never_added_over_places(places, site):
    site("r1"), site("c3"), site("c4")
    assert rollup.total(places["nation"], "model_types", YEAR).value == 1
    assert rollup.total(places["nation"], "model_sites", YEAR).value == 3


def test_a_stock_is_read_on_the_last_day(places, site, clerk):
    closed = site("r1")
    closed.close(by=clerk, on=date(2025, 6, 30), reason="nhập điểm", rule="Hướng dẫn 22")
    assert rollup.total(places["p11"], "model_sites", YEAR).value == 0
    assert rollup.total(places["p11"], "model_sites", Window(date(2025, 1, 1), date(2025, 6, 29))).value == 1
    assert rollup.total(places["p11"], "model_sites_dissolved", YEAR).value == 1


def test_the_last_rating_until_the_last_day_counts(places, site, clerk):
    rated = site("r1")
    rated.rate(by=clerk, on=date(2025, 2, 1), grade=Rating.Grade.INEFFECTIVE)
    rated.rate(by=clerk, on=date(2025, 7, 5), grade=Rating.Grade.EFFECTIVE)
    site("r2")
    codes = ["model_sites_effective", "model_sites_ineffective", "model_sites_unrated"]
    assert [figure.value for figure in rollup.table(places["p11"], codes, YEAR).values()] == [0, 1, 1]


def test_a_place_of_outreach_counts_once_in_a_window(places, record, clerk):
    school = Organisation(kind="school", area=places["c1"], name="Trường số 1").add(by=clerk)
    record("r1"), record("r1", date(2025, 4, 1))
    record("c1", organisation=school), record("r1", organisation=school)
    assert rollup.total(places["d1"], "outreach_locations", YEAR).value == 2


def test_change_is_measured_on_one_territory(places, record):
    record("c4", date(2026, 1, 5))
    record("c4", date(2025, 1, 5))
    record("c3", date(2025, 1, 5))
    change = rollup.read(places["n11"], Window(date(2026, 1, 1), date(2026, 1, 31))).change("outreach_sessions")
    assert (change.now.value, change.then.value, change.difference, change.rate) == (1, 2, -1, Decimal("-50.00"))


def test_silent_places_are_named(places, record):
    record("c2")
    assert [place.code for place in rollup.read(places["d1"], YEAR).silent()] == ["00001", "00003"]


def test_a_new_place_has_no_older_part_than_the_place_that_held_it_all(places, record):
    record("n1", date(2025, 8, 1))
    window = Window(date(2025, 1, 1), date(2025, 12, 31))
    parts = rollup.parts(places["d1"], "outreach_sessions", window, territory=BEFORE)
    assert part_values(parts) == {("101", True): 1}


def test_every_declared_indicator_can_be_asked_at_every_level(places):
    for definition in indicators.available():
        for key in ("nation", "p11", "c1", "r1"):
            figure = rollup.total(places[key], definition.code, YEAR)
            assert figure.value in (0, None) or definition.code == "residential_areas_total"


def test_a_statistic_that_nothing_carries_says_so(places):
    assert rollup.total(places["nation"], "crime_tips_received", YEAR).value is None
    with pytest.raises(indicators.NothingYields):
        rollup.total(places["nation"], "models_commended", YEAR)
    with pytest.raises(catalogue.NoSuchIndicator):
        rollup.total(places["nation"], "no_such_thing", YEAR)


def test_names_stand_for_places_of_their_own_time(places: dict[str, Area]):
    parts = rollup.parts(places["nation"], "outreach_sessions", YEAR)
    assert [part.area for part in parts] == [places["p11"], places["p12"]]
