"""The reporter's pages as the server gives them: whole, light, without a cookie, asking for conduct first."""

import gzip
import json
import re

import pytest
from django.conf import settings as installed
from django.test import Client

from luytre.tips import conduct
from luytre.tips.models import Matter, Tip
from tests.tips.conftest import House, framed


@pytest.mark.parametrize("path", ["", "return/", "plain/", "plain/return/", "elsewhere/"])
@pytest.mark.parametrize("language", ["", "?lang=en"])
def test_a_page_sets_no_cookie_and_says_how_to_leave(house: House, client: Client, path: str, language: str) -> None:
    answer = client.get(f"/tips/{path}{language}", HTTP_ACCEPT_LANGUAGE="fr", HTTP_COOKIE="luytre_language=en")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert ('lang="en"' if language else 'lang="vi"') in page.split("<head>")[0]
    assert f'href="{installed.TIPS_EXIT}" rel="noreferrer" data-exit' in page
    assert "tel:113" in page
    assert "UNDEFINED" not in page


def test_conduct_is_asked_before_persons(house: House, client: Client) -> None:
    page = client.get("/tips/").content.decode()
    steps = re.findall(r'data-step="(\w+)"', page)
    assert steps[:8] == ["start", "matter", "what", "where", "when", "how", "persons", "files"]
    plain = client.get("/tips/plain/").content.decode()
    assert plain.index('name="text"') < plain.index('name="exact"') < plain.index('name="persons"')


def test_no_matter_is_opinion_belief_or_speech(house: House, client: Client) -> None:
    asked = set(re.findall(r'name="matter" value="(\w+)"', client.get("/tips/").content.decode()))
    assert asked == {*Matter.values, "feedback"}


def test_nothing_that_is_typed_stands_in_a_form_that_could_be_sent(house: House, client: Client) -> None:
    for path in ("/tips/", "/tips/return/"):
        assert "<form" not in client.get(path).content.decode()


def test_places_come_whole_so_that_no_search_is_sent(house: House, client: Client) -> None:
    answer = client.get("/tips/places/", HTTP_ACCEPT_ENCODING="gzip")
    rows = json.loads(gzip.decompress(answer.content))
    area = house.desk.desk.area
    assert area.parent
    assert [area.code, f"Xã {area.name}", area.parent.code] in rows
    assert client.get("/tips/places/").json() == rows


def test_desks_are_asked_for_by_province(house: House, client: Client) -> None:
    area = house.desk.desk.area
    assert area.parent
    found = client.get(f"/tips/desks/{area.parent.code}/").json()["desks"]
    assert [(one["name"], one["area"]) for one in found] == [("Công an xã Thử", area.code)]
    assert client.get("/tips/desks/99/").json() == {"desks": []}


def test_the_front_page_has_a_door_only_where_tips_are_taken(house: House, client: Client, settings) -> None:
    assert 'href="/tips/"' in client.get("/").content.decode()
    settings.TIPS_ROOT = ""
    assert 'href="/tips/"' not in client.get("/").content.decode()
    assert "Ở đây chưa nhận tin báo" in client.get("/tips/").content.decode()


def test_a_name_is_sealed_to_pairs_of_custodians_on_the_plain_page_too(house: House, client: Client) -> None:
    page = client.get("/tips/plain/").content.decode()
    number = re.search(r'name="number" value="([0-9a-f-]+)"', page)
    assert number
    said = {"number": number[1], "desk": str(house.desk.desk.pk), "matter": "officials", "act": "send"}
    client.post("/tips/plain/", {**said, "text": "Thu tiền không biên lai", "name": "Lò Thị Mẫu", "contact": "0900"})
    tip = Tip.objects.get()
    assert tip.is_named
    assert tip.identity_seals.count() == 6


def test_the_reporter_is_told_what_the_desk_owes_in_words(house: House, client: Client) -> None:
    from luytre.tips import intake
    from luytre.tips.framing import unframed
    from luytre.tips.models import Channel

    made = house.tip("Đèn hỏng")
    intake.accept(framed(made), channel=Channel.OFFICER)
    asked = {"lookup": made["lookup"]}
    answer = client.post("/tips/sealed/conversation/", asked, content_type="application/json")
    head = unframed(answer.content).head
    assert all(one["words"] and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d", one["due"]) for one in head["clocks"])
    assert list(head["chains"]) == [str(house.desk.desk.pk)]


def test_each_listed_word_has_its_reason() -> None:
    rows = conduct.rows("wary_words.csv")
    assert len({row["words"] for row in rows}) == len(rows) > 200
    assert {row["about"] for row in rows} == set(conduct.reasons())
    assert all(len(row["reason"]) > 15 and row["words"] == row["words"].lower() for row in rows)
