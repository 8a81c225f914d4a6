"""Many figures in one call are the same figures."""

import csv
import io
from datetime import UTC, datetime

import pytest

from luytre.reporting import indicators, publishing
from luytre.reporting.exchange import asking
from luytre.reporting.models import Release
from tests.factories import UserFactory
from tests.reporting.exchange import facts

pytestmark = pytest.mark.django_db
TABLE = "/api/v1/figures/table"
CODES = "outreach_sessions,outreach_attendances"
ASK = {"area": "11", "indicator": CODES, "period": "2026-01,2026-02"}


def test_each_cell_of_a_table_is_what_the_single_question_answers(ministry, sessions):
    codes = [one.code for one in indicators.available()]
    periods = ["2026-01", "2026-Q1", "2025", "2026-02c"]
    for area, below in [("0", ""), ("0", "province"), ("11", "commune"), ("0", "commune"), ("00001", "residential")]:
        asked = {"area": area, "below": below, "indicator": ",".join(codes), "period": ",".join(periods)}
        told = ministry.get(TABLE, {**asked, "territory": "2026-03-31", "page_size": 50}).json()
        assert len(told["figures"]) == told["count"] * len(codes) * len(periods)
        for row in told["figures"][:: 1 + len(told["figures"]) // 40]:
            one = {"area": row["area"], "indicator": row["indicator"], "period": row["period"]}
            single = ministry.get("/api/v1/figures", {**one, "territory": "2026-03-31"}).json()
            same = ("from", "to", "value", "qualifier", "is_estimate", "territory", "unit")
            assert {name: row[name] for name in same} == {name: single[name] for name in same}, one


def test_the_table_has_one_territory_the_last_day_of_its_last_window(desk, sessions):
    rows = desk.get(TABLE, {**ASK, "period": "2025-01,2026-02"}).json()["figures"]
    assert {row["territory"] for row in rows} == {"2026-02-14"}
    before = desk.get(TABLE, {**ASK, "period": "2025-01", "territory": "2025-06-30"}).json()["figures"]
    assert {row["value"] for row in before if row["indicator"] == "outreach_sessions"} == {1}


def test_places_outside_are_not_told_and_not_counted(officer, sessions):
    assert officer.get(TABLE, {**ASK, "area": "00001"}).status_code == 200
    assert officer.get(TABLE, {**ASK, "area": "00001,00004"}).status_code == 404
    assert officer.get(TABLE, {**ASK, "area": "0", "below": "commune"}).status_code == 404


def test_pages_follow_one_another_and_miss_nothing(ministry, sessions):
    address, seen = f"{TABLE}?area=0&below=commune&indicator={CODES}&period=2026-01&page_size=2", []
    while address:
        page = ministry.get(address).json()
        seen += page["figures"]
        address = page["next"]
    assert [row["area"] for row in seen] == ["00001", "00001", "00002", "00002", "00004", "00004"]


def test_csv_is_read_back_by_any_reader(desk, sessions):
    answer = desk.get(TABLE, {**ASK, "format": "csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.endswith(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"), newline="")))
    told = desk.get(TABLE, ASK).json()["figures"]
    assert [(row["area"], row["indicator"], row["from"], row["value"], row["qualifier"]) for row in rows] == [
        (row["area"], row["indicator"], row["from"], str(row["value"]), row["qualifier"]) for row in told
    ]
    marked = desk.get(TABLE, {**ASK, "format": "csv", "bom": "true"})
    assert marked.content == b"\xef\xbb\xbf" + answer.content


def test_the_header_chooses_the_form_where_the_address_does_not(desk, sessions):
    def kind(accept: str) -> str:
        return desk.get(TABLE, ASK, headers={"Accept": accept})["Content-Type"].partition(";")[0]

    assert kind("text/csv") == "text/csv"
    assert kind("application/vnd.sdmx.data+json;version=2.0.0") == "application/vnd.sdmx.data+json"
    assert kind("*/*") == kind("application/json, text/csv;q=0.5") == "application/json"


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"area": ""}, "area"),
        ({"indicator": ""}, "indicator"),
        ({"indicator": "outreach_sessions,nothing_such"}, "indicator"),
        ({"period": "2026-99"}, "period"),
        ({"period": "2026-01", "from": "2026-01-01", "to": "2026-01-31"}, "period"),
        ({"territory": "soon"}, "territory"),
        ({"page_size": "5000", "indicator": ",".join(f"x{n}" for n in range(20))}, "indicator"),
    ],
)
def test_an_error_names_the_field(desk, other, field):
    answer = desk.get(TABLE, {**ASK, **other})
    assert answer.status_code == 422, answer.content
    assert answer.json()["field"] == field


def test_a_page_that_would_be_too_large_is_refused_with_what_fits(desk, monkeypatch):
    monkeypatch.setattr(asking, "MOST_CELLS", 40)
    answer = desk.get(TABLE, {**ASK, "page_size": "11"})
    assert (answer.status_code, answer.json()["field"]) == (422, "page_size")
    assert " 10 " in answer.json()["message"]
    assert desk.get(TABLE, {**ASK, "page_size": "10"}).status_code == 200
    assert desk.get(TABLE, ASK).json()["page_size"] == 10  # not asked for: as many as fit


def release(places, area: str, period: str) -> None:
    window = asking.windows({"period": period})[0].window
    made = Release(
        area=places[area],
        first_day=window.first_day,
        last_day=window.last_day,
        codes=["outreach_sessions"],
        reason="hằng tháng",
    ).ask(by=UserFactory())
    publishing.publish(made, by=UserFactory(), at=datetime.now(UTC), reason="đã kiểm tra")


def test_without_a_token_a_table_holds_only_what_was_released(client, places, sessions):
    assert client.get(TABLE, ASK).status_code == 404
    release(places, "n11", "2026-01")
    told = client.get(TABLE, ASK).json()
    assert [(row["area"], row["indicator"], row["period"]) for row in told["figures"]] == [
        ("11", "outreach_sessions", "2026-01")
    ]
    hidden = client.get(TABLE, {**ASK, "below": "commune"}).json()["figures"]
    assert [row["area"] for row in hidden] == ["00001", "00002", "00004"]
    assert all(row["is_hidden"] and row["value"] is None for row in hidden)
    assert client.get(TABLE, {**ASK, "period": "2026-02"}).status_code == 404
    assert client.get(TABLE, {**ASK, "area": "00001", "below": "residential"}).status_code == 404
    assert client.get(TABLE, {**ASK, "territory": "2026-01-14"}).status_code == 404
    assert client.get(TABLE, {**ASK, "format": "csv"}).content.count(b"\r\n") == 2


def test_nought_that_was_reported_is_told_from_silence(ministry, places, clerk):
    facts.record(places, clerk)
    asked = {"area": "0", "below": "commune", "indicator": ",".join(facts.TYPED), "period": "2026-02,2026-Q1"}
    told = ministry.get(TABLE, asked).json()["figures"]
    said = {(row["area"], row["indicator"], row["period"]): row["value"] for row in told}
    assert said["00004", "criminal_cases", "2026-02"] == 0
    assert said["00001", "criminal_cases", "2026-02"] is None
    assert said["00001", "criminal_cases", "2026-Q1"] == 11
    assert said["00002", "tip_boxes", "2026-02"] is not None
    for row in told:
        one = {
            "area": row["area"],
            "indicator": row["indicator"],
            "period": row["period"],
            "territory": row["territory"],
        }
        assert ministry.get("/api/v1/figures", one).json()["value"] == row["value"], one
