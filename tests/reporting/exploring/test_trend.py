from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from luytre.areas import standings
from luytre.areas.models import Area, Kind, Level, Succession
from luytre.reporting.exploring import asking, breaks
from luytre.reporting.exploring.trend import Trend
from tests.reporting.exploring.conftest import NATION, TODAY
from tests.reporting.territory import REFORM

pytestmark = [pytest.mark.django_db]


def trend(place: str, step: str = "half", count: int = 4, indicator: str = "outreach_sessions") -> Trend:
    address = f"area={place}&indicator={indicator}&step={step}&count={count}&below="
    return Trend(asking.ask(QueryDict(address), scope=NATION, today=TODAY), TODAY)


def values(line) -> list:
    return [one and one.value for one in line]


@pytest.fixture
def meetings(record):
    """Two in the old province 11 and three in 12, which 11 took in; then four in what it is now."""
    record("c1", on=date(2025, 2, 1), times=2)
    record("c4", on=date(2025, 2, 1), times=3)
    record("n2", on=date(2025, 8, 1), times=4)


def test_two_lines_tell_growth_from_a_merger(places, meetings):
    line = trend("11")
    assert values(line.now) == [0, 5, 4, 0]
    assert values(line.of_the_day) == [0, 2, 4, 0]
    assert line.is_double
    assert [one.label for one in line.chart.columns[1:]] != []
    assert len(line.chart.columns) == 3


def test_a_place_that_did_not_change_has_one_line(places, meetings):
    line = trend("0")
    assert not line.is_double
    assert line.happenings == [] or not any(one.is_territory for one in line.happenings)
    assert len(line.chart.columns) == 2


def test_the_marks_say_what_was_taken_in_and_what_was_given(places, meetings):
    with translation.override("en"):
        [province] = [one for one in trend("11").happenings if one.is_territory]
        assert (province.on, province.words) == (REFORM, "took in P12 province; P11 province became N11 province")
        [commune] = [one for one in trend("00001").happenings if one.is_territory]
        assert commune.words == "took in a part of C2 rural commune; C1 rural commune became N1 rural commune"
        [other] = [one for one in trend("00002").happenings if one.is_territory]
        assert (
            other.words == "took in C3 ward; gave a part to N1 rural commune; C2 rural commune became N2 rural commune"
        )


def test_the_sentence_says_that_the_line_crosses_a_change(places, meetings):
    with translation.override("en"):
        chart = trend("11").chart
    told = "01/07/2025: took in P12 province; P11 province became N11 province"
    assert f"crosses a change of territory ({told})" in chart.sentence
    assert "07/2025" in chart.svg


def test_the_line_on_one_territory_runs_on_and_the_other_is_cut(places, meetings):
    svg = str(trend("11").chart.svg)
    assert svg.count('<polyline class="now"') == 1
    assert svg.count('<polyline class="before"') == 2


def test_a_new_kind_is_marked_and_cuts_nothing(places, meetings):
    old = places["n1"]
    Area.objects.filter(pk=old.pk).update(valid_to=date(2026, 1, 1))
    new = Area.objects.create(
        code="00001", level=Level.COMMUNE, kind=Kind.WARD, name="N1", parent=places["n11"], valid_from=date(2026, 1, 1)
    )
    Succession.objects.create(before=old, after=new, on=date(2026, 1, 1), legal_basis="Nghị quyết thử")
    standings.rebuild()
    with translation.override("en"):
        [one] = breaks.of_place(new, date(2025, 12, 1), TODAY)
    assert (one.words, one.basis, one.is_territory) == ("N1 rural commune became N1 ward", "Nghị quyết thử", False)
    assert [mark.cuts for mark in breaks.marks(trend("00001", "month", 6).windows, [one])] == [False]


def test_the_law_that_changed_what_is_counted_is_marked():
    [one] = breaks.of_definition("security_protection_teams", date(2024, 1, 1), date(2024, 12, 31))
    assert (one.on, one.basis, one.is_territory) == (date(2024, 7, 1), "Luật 30/2023/QH15", False)
    assert breaks.of_definition("outreach_sessions", date(2015, 1, 1), TODAY) == []


def test_the_first_record_is_marked_where_nothing_stands_before_it(places, meetings):
    marks = [one for one in trend("11").happenings if not one.is_territory]
    assert [one.on for one in marks] == [trend("11").windows[1].first_day]
    assert breaks.of_register(trend("11").windows, [3, 0, 1]) == []


def test_a_place_of_which_there_was_none_has_a_gap(places, record):
    """The code 00004 was a commune of another province before; a place younger than the line has no line then."""
    young = Area.objects.create(
        code="00009", level=Level.COMMUNE, kind=Kind.WARD, name="N9", parent=places["n11"], valid_from=REFORM
    )
    standings.rebuild()
    assert young.pk
    assert values(trend("00009").of_the_day)[:2] == [None, None]


def test_the_download_has_both_lines(places, meetings):
    line = trend("11")
    assert [row[1:] for row in line.table()] == [["0", "0"], ["5", "2"], ["4", "4"], ["0", "0"]]
