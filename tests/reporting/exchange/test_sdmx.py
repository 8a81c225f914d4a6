"""The message says the same as the table, by the rules of SDMX-JSON 2.0."""

import re

import pytest

pytestmark = pytest.mark.django_db
TABLE = "/api/v1/figures/table"
ASK = {
    "area": "0",
    "below": "commune",
    "indicator": "outreach_sessions,outreach_attendances",
    "period": "2026-01,2026-02",
}
ID = re.compile(r"^[A-Za-z0-9_@$-]+$")


def read_back(message: dict) -> set[tuple]:
    """As a reader of SDMX does: indices into the lists of values."""
    structure = message["data"]["structures"][0]
    indicator, area = structure["dimensions"]["series"]
    (time,) = structure["dimensions"]["observation"]
    status, qualifier = structure["attributes"]["observation"]
    (unit,) = structure["attributes"]["series"]
    found = set()
    for key, series in message["data"]["dataSets"][0]["series"].items():
        i, a = map(int, key.split(":"))
        for n, (value, s, q) in series["observations"].items():
            days = time["values"][int(n)]
            place = area["values"][a]["id"].rpartition("_")[2]
            said = (
                unit["values"][series["attributes"][0]]["value"],
                status["values"][s]["id"],
                qualifier["values"][q]["id"],
            )
            found.add((indicator["values"][i]["id"], place, days["start"][:10], days["end"][:10], value, *said))
    return found


def test_the_message_holds_the_figures_of_the_table(ministry, sessions):
    told = ministry.get(TABLE, ASK).json()["figures"]
    answer = ministry.get(TABLE, {**ASK, "format": "sdmx"})
    assert answer["Content-Type"].startswith("application/vnd.sdmx.data+json")
    assert read_back(answer.json()) == {
        (
            row["indicator"], row["area"], row["from"], row["to"], row["value"], row["unit"],
            "E" if row["is_estimate"] else "A", row["qualifier"],
        )
        for row in told
    }  # fmt: skip


def test_the_message_keeps_the_rules_of_the_standard(ministry, sessions):
    message = ministry.get(TABLE, {**ASK, "format": "sdmx"}).json()
    assert {"id", "prepared", "sender"} <= message["meta"].keys()
    structure, data_set = message["data"]["structures"][0], message["data"]["dataSets"][0]
    assert data_set["links"]
    dimensions = [one for some in structure["dimensions"].values() for one in some]
    assert sorted(one["keyPosition"] for one in dimensions) == [0, 1, 2]
    attributes = [one for some in structure["attributes"].values() for one in some]
    assert all(len(one["relationship"]) == 1 for one in attributes)
    for component in [*dimensions, *attributes]:
        values = [tuple(sorted(value.items())) for value in component["values"]]
        assert len(values) == len(set(values))
        for value in component["values"]:
            assert ("id" in value) != ("value" in value)
            assert "id" not in value or (ID.match(value["id"]) and value["name"])


def test_any_window_is_a_day_and_a_length(ministry, sessions):
    message = ministry.get(TABLE, {**ASK, "format": "sdmx"}).json()
    (time,) = message["data"]["structures"][0]["dimensions"]["observation"]
    assert [one["value"] for one in time["values"]] == ["2025-12-15/P31D", "2026-01-15/P31D"]


def test_an_empty_page_is_a_message_too(ministry):
    answer = ministry.get(TABLE, {**ASK, "format": "sdmx", "page": "9"})
    assert (answer.status_code, answer.json()["data"]["dataSets"][0]["links"] != []) == (200, True)
