"""Kept sums against the records: whatever is written, folded, divided or corrected."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from luytre.activities.models import OutreachSession
from luytre.common.periods import Window, month, whole_year
from luytre.reporting import rollup
from luytre.reporting.facts import keeping, posting
from luytre.reporting.models import FactDelta, FactSum, FactTop, ReturnForm
from tests.reporting.facts.forms import form
from tests.reporting.territory import AFTER, BEFORE

NOW = datetime(2025, 12, 1, tzinfo=UTC)
MAY = month(2025, 5)
YEAR = whole_year(2025)
pytestmark = pytest.mark.django_db


def send(form: ReturnForm, area, window: Window, values, by, **more) -> int:
    _pk, number = posting.submit(form, area, window, values, by=by, at=NOW, **{"base_number": 0, **more})
    return number


def totals(place, code: str, window: Window, day: date) -> tuple[object, dict[str, object]]:
    reading = rollup.read(place, window, territory=day)
    figure = reading.figure(code)
    return figure.value, {part.area.code: part.value for part in reading.parts(figure) if part.value}


def test_a_session_is_in_the_nations_total_before_and_after_folding(places, clerk) -> None:
    for attendance in (10, 25):
        OutreachSession(area=places["r1"], held_on=date(2025, 5, 3), place="Sân", attendance=attendance).add(by=clerk)
    assert FactDelta.objects.count() == 2
    assert totals(places["nation"], "outreach_attendances", MAY, BEFORE) == (35, {"11": 35})
    assert keeping.fold() == 2
    assert (FactDelta.objects.count(), FactSum.objects.count(), FactTop.objects.exists()) == (0, 1, True)
    assert totals(places["nation"], "outreach_attendances", MAY, BEFORE) == (35, {"11": 35})
    assert totals(places["n11"], "outreach_sessions", MAY, AFTER) == (2, {"00001": 2})
    assert keeping.verify() == []


def test_a_write_past_the_verbs_is_counted_too(places, clerk) -> None:
    OutreachSession(area=places["c1"], held_on=date(2025, 5, 3), place="Sân", attendance=10).add(by=clerk)
    OutreachSession.objects.update(attendance=12, held_on=date(2025, 5, 15))
    assert totals(places["nation"], "outreach_attendances", MAY, BEFORE)[0] == 0
    assert totals(places["nation"], "outreach_attendances", month(2025, 6), BEFORE)[0] == 12
    OutreachSession.objects.all().delete()
    keeping.fold()
    assert totals(places["nation"], "outreach_attendances", YEAR, BEFORE)[0] == 0
    assert keeping.verify() == []


def test_a_typed_flow_and_its_correction(places, clerk) -> None:
    monthly = form("crime_tips_received")
    assert send(monthly, places["c1"], MAY, [2_00], clerk) == 1
    assert send(monthly, places["c3"], MAY, [5_00], clerk, qualifiers={"crime_tips_received": "nearly"}) == 1
    assert totals(places["nation"], "crime_tips_received", MAY, BEFORE) == (7, {"11": 7})
    assert rollup.total(places["p11"], "crime_tips_received", MAY).qualifier == "nearly"
    keeping.fold()
    assert send(monthly, places["c3"], MAY, [3_00], clerk, base_number=1) == 2
    assert totals(places["n11"], "crime_tips_received", YEAR, AFTER) == (5, {"00001": 2, "00002": 3})
    assert rollup.total(places["p11"], "crime_tips_received", MAY).qualifier == "exact"
    assert keeping.verify() == []


def test_the_second_of_two_savers_is_told(places, clerk) -> None:
    monthly = form("crime_tips_received")
    send(monthly, places["c1"], MAY, [2_00], clerk)
    with pytest.raises(posting.Changed):
        send(monthly, places["c1"], MAY, [3_00], clerk)
    assert totals(places["nation"], "crime_tips_received", MAY, BEFORE)[0] == 2


def test_nought_is_not_the_same_as_silence(places, clerk) -> None:
    monthly = form("crime_tips_received")
    assert rollup.total(places["nation"], "crime_tips_received", MAY).value is None
    send(monthly, places["c1"], MAY, [0], clerk)
    assert rollup.total(places["nation"], "crime_tips_received", MAY).value == 0


def test_a_stock_carries_on_until_it_is_told_anew(places, clerk) -> None:
    monthly = form("cameras_installed")
    send(monthly, places["c1"], month(2025, 1), [10_00], clerk)
    send(monthly, places["c3"], month(2025, 1), [4_00], clerk)
    send(monthly, places["c1"], month(2025, 3), [12_00], clerk)
    assert [rollup.total(places["nation"], "cameras_installed", month(2025, n)).value for n in (1, 2, 3, 5)] == [
        14,
        14,
        16,
        16,
    ]
    send(monthly, places["c1"], month(2025, 2), [11_00], clerk)  # late
    send(monthly, places["c1"], month(2025, 1), [9_00], clerk, base_number=1)  # corrected
    keeping.fold()
    assert [rollup.total(places["nation"], "cameras_installed", month(2025, n)).value for n in (1, 2, 3, 5)] == [
        13,
        15,
        16,
        16,
    ]
    assert keeping.verify() == []


def test_a_merged_commune_takes_over_what_its_parts_had(places, clerk) -> None:
    monthly = form("cameras_installed")
    for place, count in (("c2", 10), ("c3", 4)):
        send(monthly, places[place], MAY, [count * 100], clerk)
    assert totals(places["n11"], "cameras_installed", month(2025, 9), AFTER) == (14, {"00002": 14})
    send(monthly, places["n2"], month(2025, 8), [15_00], clerk)
    assert totals(places["n11"], "cameras_installed", month(2025, 9), AFTER) == (15, {"00002": 15})
    assert totals(places["nation"], "cameras_installed", month(2025, 9), AFTER)[0] == 15
    assert totals(places["n2"], "cameras_installed", month(2025, 9), AFTER)[0] == 15
    send(monthly, places["c3"], MAY, [6_00], clerk, base_number=1)  # the past mended after the merger
    assert totals(places["n11"], "cameras_installed", month(2025, 7), AFTER)[0] == 16
    assert totals(places["n11"], "cameras_installed", month(2025, 9), AFTER)[0] == 15
    keeping.fold()
    assert keeping.verify() == []


def test_a_damaged_sum_is_reported_and_repaired(places, clerk) -> None:
    OutreachSession(area=places["r1"], held_on=date(2025, 5, 3), place="Sân", attendance=10).add(by=clerk)
    keeping.fold()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_factsum SET amounts[1] = 700, amounts[2] = 300")
    assert keeping.verify()
    keeping.rebuild()
    assert keeping.verify() == []
    assert totals(places["nation"], "outreach_attendances", MAY, BEFORE)[0] == 10


def test_rebuilding_keeps_what_still_waits_to_be_folded(places, clerk) -> None:
    OutreachSession(area=places["r1"], held_on=date(2025, 5, 3), place="Sân", attendance=10).add(by=clerk)
    keeping.rebuild()
    assert totals(places["nation"], "outreach_attendances", MAY, BEFORE)[0] == 10
    keeping.fold()
    assert totals(places["nation"], "outreach_attendances", MAY, BEFORE)[0] == 10
    assert keeping.verify() == []


def test_a_series_reads_the_same_as_window_by_window(places, clerk) -> None:
    monthly = form("crime_tips_received")
    OutreachSession(area=places["r1"], held_on=date(2025, 5, 3), place="Sân", attendance=10).add(by=clerk)
    OutreachSession(area=places["s2"], held_on=date(2025, 9, 15), place="Sân", attendance=7).add(by=clerk)
    send(monthly, places["c1"], MAY, [2_00], clerk)
    keeping.fold()
    send(monthly, places["n2"], month(2025, 8), [5_00], clerk, qualifiers={"crime_tips_received": "about"})
    windows = [*(month(2025, n) for n in range(1, 13)), YEAR, Window(date(2025, 4, 20), date(2025, 9, 20))]
    codes = ["outreach_attendances", "crime_tips_received", "model_sites"]
    for key, day in (
        ("nation", None),
        ("nation", BEFORE),
        ("n11", AFTER),
        ("p11", BEFORE),
        ("c1", BEFORE),
        ("n1", AFTER),
    ):
        for code, line in rollup.series(places[key], codes, windows, territory=day).items():
            apart = [rollup.total(places[key], code, window, territory=day) for window in windows]
            assert [(one.value, one.qualifier) for one in line] == [(one.value, one.qualifier) for one in apart], (
                key,
                code,
            )
