"""Figures out to DHIS2, and numbers from it into returns."""

import json
from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from luytre.audit.models import AuditEntry
from luytre.common import periods
from luytre.common.periods import Calendar, Window
from luytre.reporting import rollup
from luytre.reporting.exchange import dhis2, importing
from luytre.reporting.models import Return, ReturnVersion
from tests.reporting.facts.forms import form

SETS = "/api/v1/dataValueSets"
CODES = ("criminal_cases", "cases_occurred", "cases_resolved")
JANUARY = Window(date(2025, 12, 15), date(2026, 1, 14))


@given(
    st.integers(1950, 2150), st.sampled_from(list(Calendar)), st.integers(1, 12), st.sampled_from(["", "Q", "H", "M"])
)
def test_a_period_goes_to_dhis2_and_comes_back_the_same(year, calendar, number, kind):
    part = {"": "", "M": f"-{number:02}", "Q": f"-Q{(number - 1) // 3 + 1}", "H": f"-H{(number - 1) // 6 + 1}"}[kind]
    name = f"{year}{part}{'c' if calendar is Calendar.CIVIL else ''}"
    assert dhis2.name_of(dhis2.period_of(name), calendar) == name
    assert dhis2.window_of(dhis2.period_of(name), calendar) == periods.parse(name)


@pytest.mark.parametrize("period", ["", "2026-01", "202613", "2026W1", "20260101", "2026Q5", "x", "202600"])
def test_other_periods_are_refused(period):
    with pytest.raises(dhis2.Unclear) as problem:
        dhis2.window_of(period)
    assert problem.value.field == "period"


@pytest.mark.django_db
def test_figures_go_out_as_data_values(ministry, sessions):
    asked = {"dataElement": "outreach_sessions,outreach_attendances", "orgUnit": "0", "below": "commune"}
    told = ministry.get(SETS, {**asked, "period": "202601,202602"}).json()["dataValues"]
    found = {(one["dataElement"], one["period"], one["orgUnit"]): (one["value"], one.get("comment")) for one in told}
    assert found["outreach_sessions", "202601", "00001"] == ("1", None)
    assert found["outreach_attendances", "202602", "00001"] == ("45", "about")
    assert found["outreach_sessions", "202602", "00004"] == ("1", None)
    civil = ministry.get(SETS, {**asked, "period": "202601", "calendar": "civil"}).json()["dataValues"]
    assert {one["value"] for one in civil if one["dataElement"] == "outreach_attendances"} >= {"75"}


@pytest.mark.django_db
def test_strangers_get_only_released_values(client, sessions):
    assert client.get(SETS, {"dataElement": "outreach_sessions", "orgUnit": "0", "period": "202601"}).status_code == 404


@pytest.fixture
def february():
    with time_machine.travel("2026-02-01T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def monthly(db, places):
    return form(*CODES, code="monthly", valid_from=date(2025, 7, 1))


def post(program, values, how: str = "", **more):
    content = json.dumps({"orgUnit": "00001", "period": "202601", "dataValues": values, **more})
    return program.post(f"{SETS}{how}", content, content_type="application/json")


def value(code: str, text: object, **more) -> dict:
    return {"dataElement": code, "value": text, **more}


def whole(*texts: object) -> list[dict]:
    return [value(code, text) for code, text in zip(CODES, texts, strict=True)]


def counts(answer) -> tuple[int, int, int]:
    told = answer.json()["response"]["importCount"]
    return told["imported"], told["updated"], told["ignored"]


@pytest.mark.django_db
@pytest.mark.usefixtures("february", "monthly")
class TestIntoReturns:
    def test_a_set_becomes_a_sent_return_and_counts_at_once(self, officer, places):
        answer = post(officer, whole("11", 9, "3"))
        assert (answer.status_code, counts(answer)) == (200, (3, 0, 0)), answer.content
        (report,) = Return.objects.all()
        assert (report.area, report.window, report.number, report.values) == (
            places["n1"],
            JANUARY,
            1,
            [1100, 900, 300],
        )
        assert rollup.total(places["nation"], "criminal_cases", JANUARY).value == 11
        assert AuditEntry.objects.filter(subject_type="reporting.return", subject_id=report.pk).exists()

    def test_the_same_set_again_changes_nothing(self, officer):
        post(officer, whole(11, 9, 3))
        again = post(officer, whole("11.0", "9", "3"))
        assert (again.status_code, counts(again)) == (200, (0, 0, 3)), again.content
        assert Return.objects.get().number == 1

    def test_a_trial_tells_the_same_and_writes_nothing(self, officer):
        trial = post(officer, whole(11, 9, 3), "?dryRun=true")
        assert (trial.status_code, counts(trial)) == (200, (3, 0, 0))
        assert not Return.objects.exists()

    def test_one_value_corrects_a_return_and_the_rest_stays(self, officer):
        post(officer, whole(11, 9, 3))
        answer = post(officer, [value("criminal_cases", 12)])
        assert (answer.status_code, counts(answer)) == (200, (0, 1, 0)), answer.content
        assert Return.objects.get().values == [1200, 900, 300]
        assert ReturnVersion.objects.get().values == [1100, 900, 300]

    def test_a_fault_is_named_by_row_value_and_reason_and_the_return_stays_out(self, officer):
        answer = post(officer, whole("11", "nine", 3))
        assert answer.status_code == 409
        told = answer.json()["response"]
        assert (told["status"], told["rejectedIndexes"]) == ("WARNING", [0, 1, 2])
        fault = next(one for one in told["conflicts"] if one["indexes"] == [1])
        assert (fault["property"], fault["sent"], fault["objects"]["dataElement"]) == (
            "value",
            "nine",
            "cases_occurred",
        )
        assert "number" in fault["value"]
        assert not Return.objects.exists()

    @pytest.mark.parametrize(
        "text", ["NaN", "-1", "1e5", "10" * 9, "1,5", "Infinity", "12 34", "=1+1", "1.005", "true"]
    )
    def test_what_is_no_count_is_never_written(self, officer, text):
        answer = post(officer, whole(text, 1, 1))
        assert answer.status_code == 409, answer.content
        assert [0] in [one["indexes"] for one in answer.json()["response"]["conflicts"]]
        assert not Return.objects.exists()

    def test_a_point_parts_decimals_and_never_thousands(self):
        assert [importing.as_typed(text) for text in ("1.234", "1234", "1.5", "x.y")] == ["1,234", "1234", "1,5", "x.y"]

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"orgUnit": "00004"}, "orgUnit"),
            ({"orgUnit": "11"}, "orgUnit"),
            ({"orgUnit": "99999"}, "orgUnit"),
            ({"orgUnit": ""}, "orgUnit"),
            ({"period": "202613"}, "period"),
            ({"period": "2026Q1"}, "period"),
            ({"dataElement": "nothing_such"}, "dataElement"),
            ({"dataElement": "tip_boxes"}, "dataElement"),
        ],
    )
    def test_what_cannot_be_placed_is_refused_with_the_field(self, officer, more, field):
        values = [{"orgUnit": "00001", "period": "202601", **value("criminal_cases", 1), **more}]
        answer = officer.post(SETS, json.dumps({"dataValues": values}), content_type="application/json")
        assert answer.status_code == 409
        (conflict,) = answer.json()["response"]["conflicts"]
        assert (conflict["property"], conflict["indexes"]) == (field, [0])
        assert conflict["value"]
        assert not Return.objects.exists()

    def test_one_bad_return_does_not_hold_up_the_others(self, desk, places):
        values = [
            {**one, "orgUnit": unit}
            for unit, texts in [("00001", (1, 1, 1)), ("00004", ("x", 1, 1))]
            for one in whole(*texts)
        ]
        post(desk, values)
        assert set(Return.objects.values_list("area__code", flat=True)) <= {"00001"}

    def test_a_value_that_stands_twice_counts_once(self, officer):
        answer = post(officer, [*whole(1, 1, 1), value("criminal_cases", 5)])
        assert answer.status_code == 409
        assert answer.json()["response"]["rejectedIndexes"] == [3]
        assert Return.objects.get().values == [100, 100, 100]

    def test_a_period_that_is_not_over_is_refused_in_words(self, officer):
        answer = post(officer, whole(1, 1, 1), period="202603")
        assert answer.status_code == 409
        assert not Return.objects.exists()

    def test_who_may_not_send_returns_is_told_so(self, client, ministry):
        assert post(client, whole(1, 1, 1)).status_code == 403
        assert post(ministry, whole(1, 1, 1)).status_code == 403

    def test_broken_content_is_refused(self, officer):
        for content in ("{", "[]", json.dumps({"dataValues": "x"}), json.dumps({})):
            answer = officer.post(SETS, content, content_type="application/json")
            assert answer.status_code in (400, 422)
