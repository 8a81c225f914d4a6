from datetime import date
from html import unescape

import pytest
import time_machine

from luytre.accounts.roles import Role
from luytre.common import spreadsheets
from tests.factories import user

pytestmark = [pytest.mark.django_db]
PAGES = ["", "order/", "line/", "map/", "standing-out/", "views/", "table.csv", "table.xlsx", "line.csv"]


@pytest.fixture(autouse=True)
def spring():
    with time_machine.travel("2026-03-31T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def officer(client, places, record):
    for place, times in [("n1", 2), ("s1", 6), ("s2", 6), ("n3", 9)]:
        record(place, on=date(2026, 3, 2), times=times)
    client.force_login(user(Role.COMMUNE_OFFICER, area=places["n1"]))
    return client


def opened(client, address: str) -> str:
    answer = client.get(f"/figures/explore/{address}")
    assert answer.status_code == 200
    page = unescape(answer.content.decode())
    assert "UNDEFINED" not in page
    return page


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_without_a_question(officer, page):
    assert officer.get(f"/figures/explore/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES[:5] + PAGES[6:])
def test_a_foreign_place_in_an_address_is_not_there(officer, page):
    assert officer.get(f"/figures/explore/{page}?area=00004").status_code == 404
    assert officer.get(f"/figures/explore/{page}?area=00001&area=11").status_code == 404


@pytest.mark.parametrize("page", PAGES[:5])
def test_an_unclear_question_gets_a_page_that_says_what_to_mend(officer, page):
    assert officer.get(f"/figures/explore/{page}?period=2026-99").status_code == 400
    assert officer.get(f"/figures/explore/{page}?add=không+có+nơi+này").status_code == 400


def test_each_number_opens_to_its_records(officer):
    page = opened(officer, "?indicator=outreach_sessions&area=00001&below=children&period=2026-03")
    assert "/figures/outreach_sessions/records/?area=00001-01&from=2026-02-15&to=2026-03-14" in page


def test_who_may_not_read_the_register_has_numbers_without_links(client, places, record):
    record("n1", times=3)
    client.force_login(user(Role.COMMITTEE, area=places["n11"]))
    page = opened(client, "?area=11&below=children&period=2026-Q1")
    assert 'class="number">3</td>' in page
    assert "/records/" not in page


def test_a_typed_place_joins_the_chosen_ones(officer):
    moved = officer.get("/figures/explore/?area=00001&below=&add=S1")
    assert moved.status_code == 302
    assert moved.url.count("area=") == 2
    page = opened(officer, moved.url.removeprefix("/figures/explore/"))
    assert "S1" in page


def test_on_a_page_of_one_place_a_typed_place_takes_its_place(officer):
    moved = officer.get("/figures/explore/line/?area=00001&add=00001-01")
    assert moved.url.count("area=") == 1
    assert "area=00001-01" in moved.url


def test_indicators_are_found_without_tone_marks_as_a_fragment(officer):
    headers = {"HX-Request": "true", "HX-Target": "explore-indicators"}
    fragment = officer.get("/figures/explore/?q=diem+mo+hinh", headers=headers).content.decode()
    assert 'value="model_sites"' in fragment
    assert "<html" not in fragment
    assert 'value="outreach_sessions" checked' in fragment
    assert 'value="peaceful_clans"' not in fragment


def test_the_order_shows_ranks_and_what_stands_apart(officer):
    page = opened(officer, "order/?indicator=outreach_sessions&area=00001&period=2026-03")
    assert "S1" in page
    assert 'scope="row">1</th>' in page


def test_the_line_has_a_table_of_what_changed(officer):
    page = opened(officer, "line/?area=00001&step=quarter&count=8")
    assert "01/07/2025" in page


def test_what_stands_out_is_told_with_its_reason(client, places, record):
    for month in range(4, 13):
        record("n1", on=date(2025, month, 2), times=3)
    record("n1", on=date(2026, 2, 2), times=40)
    client.force_login(user(Role.PROVINCE_DESK, area=places["n11"]))
    page = opened(client, "standing-out/?area=11&period=2026-02")
    assert "N1" in page
    assert "z = " in page


def test_head_counts_of_meetings_may_be_drawn_on_a_map(client, places, record):
    client.force_login(user(Role.MINISTRY_DESK, area=places["nation"]))
    page = client.get("/figures/explore/map/?indicator=outreach_attendances&area=0&period=2026-03")
    assert page.context["map"] is not None
    assert "Hoàng Sa" in page.content.decode()


def test_a_commune_has_no_map_and_is_led_to_the_table(officer):
    assert 'href="/figures/explore/"' in opened(officer, "map/?area=00001")


def test_a_table_is_taken_away_with_its_numbers(officer):
    lines = officer.get("/figures/explore/table.csv?area=00001&below=children&period=2026-03").content.decode(
        "utf-8-sig"
    )
    assert "00001-01,S1,6" in lines
    sheet = spreadsheets.read(
        officer.get("/figures/explore/table.xlsx?area=00001&below=children&period=2026-03").content
    )
    assert [row[1:4] for row in sheet.rows][:2] == [["00001-01", "S1", 6.0], ["00001-02", "S2", 6.0]]


def test_a_download_of_the_line_has_its_periods(officer):
    lines = (
        officer.get("/figures/explore/line.csv?area=00001&step=year&count=3").content.decode("utf-8-sig").splitlines()
    )
    assert len(lines) == 4
    assert lines[-1].startswith("2026,14")
