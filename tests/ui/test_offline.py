"""What comes from a phone's outbox: by the register's own form and verb, once, whatever the network does."""

import json
import re
import threading
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.ui.kit import offline_worker
from luytre.ui.registers import REGISTERS
from tests.activities.duty_factories import HazardKindFactory
from tests.activities.factories import OutreachSessionFactory, TopicFactory
from tests.factories import commune, residential, user

pytestmark = pytest.mark.django_db
ARRIVALS = "/activities/outreach-sessions/arrivals/"
BACKEND = "luytre.accounts.backends.SignInBackend"


@pytest.fixture
def here() -> Area:
    return residential(parent=commune("Mường Đây"))


@pytest.fixture
def head(client: Client, here: Area) -> User:
    person = user(Role.AREA_HEAD, area=here)
    client.force_login(person, backend=BACKEND)
    return person


def answers(area: Area, **changed: object) -> dict[str, object]:
    values = {"held_on": "2026-11-03", "area": area.pk, "place": "Nhà văn hóa", "topics": [TopicFactory().pk]}
    rest = {"attendance": 30, "attendance_qualifier": "exact", "setting": "group", "form": "talk"}
    return {"uid": str(uuid4()), "audience": "residents", **values, **rest, **changed}


def test_a_session_arrives_once_however_often_it_is_sent(client: Client, head: User, here: Area) -> None:
    sent = answers(here)
    first, second = client.post(ARRIVALS, sent), client.post(ARRIVALS, sent)
    assert (first.status_code, second.status_code) == (201, 200)
    session = OutreachSession.objects.get()
    assert first.json() == second.json() == {"url": f"/activities/outreach-sessions/{session.pk}/"}
    assert str(session.uid) == sent["uid"]
    assert session.created_by == head


def test_what_is_wrong_is_named_by_field_and_nothing_is_recorded(client: Client, head: User, here: Area) -> None:
    answer = client.post(ARRIVALS, answers(here, attendance="", place=""))
    assert answer.status_code == 422
    assert {problem["field"] for problem in answer.json()["errors"]} == {"attendance", "place"}
    assert all(problem["label"] and problem["messages"] for problem in answer.json()["errors"])
    assert not OutreachSession.objects.exists()


def test_a_change_made_after_the_first_try_is_a_conflict_and_not_lost(client: Client, head: User, here: Area) -> None:
    sent = answers(here)
    client.post(ARRIVALS, sent)
    answer = client.post(ARRIVALS, {**sent, "attendance": 31, "edited": "1"})
    session = OutreachSession.objects.get()
    assert answer.status_code == 409
    assert answer.json()["correction"] == f"/activities/outreach-sessions/{session.pk}/correction/"
    assert session.attendance == 30
    assert client.post(ARRIVALS, {**sent, "edited": "1"}).status_code == 200  # changed back: no conflict


def test_nothing_comes_in_for_another_area_nor_under_anothers_number(client: Client, head: User, here: Area) -> None:
    theirs = OutreachSessionFactory()
    assert client.post(ARRIVALS, answers(theirs.area)).status_code == 422
    answer = client.post(ARRIVALS, answers(here, uid=str(theirs.uid)))
    assert answer.status_code == 409
    assert "url" not in answer.json()
    assert client.post(ARRIVALS, answers(here, uid="")).status_code == 422


def test_a_form_without_its_token_is_refused(here: Area) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user(Role.AREA_HEAD, area=here), backend=BACKEND)
    assert strict.post(ARRIVALS, answers(here)).status_code == 403
    token = strict.get("/offline/state/").json()["csrf"]
    assert strict.post(ARRIVALS, answers(here), headers={"X-CSRFToken": token}).status_code == 201


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", [ARRIVALS, "/activities/outreach-sessions/new/"])
def test_the_same_number_from_many_sides_at_once_is_one_record(here: Area, address: str) -> None:
    person, sent, statuses = user(Role.AREA_HEAD, area=here), answers(here), []
    start = threading.Barrier(4)

    def send() -> None:
        try:
            phone = Client()
            phone.force_login(person, backend=BACKEND)
            start.wait(10)
            statuses.append(phone.post(address, sent).status_code)
        finally:
            connection.close()

    phones = [threading.Thread(target=send) for _ in range(4)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join(30)
    assert OutreachSession.objects.count() == 1
    assert sorted(statuses) == ([200, 200, 200, 201] if address == ARRIVALS else [302] * 4)


def test_the_phone_learns_who_is_signed_in_and_which_pages_to_keep(client: Client, here: Area) -> None:
    assert client.get("/offline/state/").json() == {"luytre": True, "person": None}
    assert not client.cookies  # a stranger is given nothing to be known by
    person = user(Role.AREA_HEAD, area=here)
    client.force_login(person, backend=BACKEND)
    state = client.get("/offline/state/").json()
    assert state["person"] == str(person.pk)
    assert "/activities/outreach-sessions/new/" in state["pages"]
    assert state["version"] == offline_worker.version()
    assert client.get("/offline/").status_code == 200


def test_a_kept_page_eats_no_message(client: Client, head: User, here: Area) -> None:
    client.post(ARRIVALS, answers(here), headers={"X-Luytre-Now": "1"})
    kept = client.get("/activities/outreach-sessions/new/", headers={"X-Luytre-Keep": "1"})
    assert "data-outcome" not in kept.content.decode()
    assert "data-outcome" in client.get("/today/").content.decode()


def test_only_pages_of_who_works_in_the_field_start_the_worker(client: Client, here: Area) -> None:
    assert "offline/start.js" not in client.get("/").content.decode()
    client.force_login(user(Role.AREA_HEAD, area=here), backend=BACKEND)
    assert "offline/start.js" in client.get("/today/").content.decode()
    assert "offline/start.js" not in client.get("/").content.decode()
    client.force_login(user(Role.AUDITOR), backend=BACKEND)
    assert "offline/start.js" not in client.get("/today/").content.decode()


def test_the_worker_stands_at_the_root_and_names_files_that_are_there(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    given = json.loads(answer.content.decode().split("const GIVEN = ")[1].split(";\n")[0])
    from django.contrib.staticfiles import finders

    assert [one for one in given["shell"] if not finders.find(one.removeprefix("/static/"))] == []


def test_the_manifest_names_icons_that_are_there(client: Client) -> None:
    from django.contrib.staticfiles import finders

    told = client.get("/manifest.webmanifest").json()
    assert told["lang"] == "vi"
    assert all(finders.find(one["src"].removeprefix("/static/")) for one in told["icons"])


def test_sessions_have_no_photos_since_a_list_of_names_would_be_among_them() -> None:
    assert REGISTERS["outreach-sessions"].offline
    assert not REGISTERS["outreach-sessions"].photos


def test_what_comes_late_keeps_its_day(client: Client, head: User, here: Area) -> None:
    client.post(ARRIVALS, answers(here, held_on="2026-10-30"))
    assert OutreachSession.objects.get().held_on == date(2026, 10, 30)


def test_who_signed_in_meanwhile_does_not_record_what_another_wrote(client: Client, head: User, here: Area) -> None:
    other = user(Role.AREA_HEAD, area=here)
    sent = answers(here)
    assert client.post(ARRIVALS, sent, headers={"X-Luytre-Person": str(other.pk)}).status_code == 401
    photos = "/activities/patrols/arrivals/00000000-0000-4000-8000-000000000000/photos/"
    assert client.post(photos, headers={"X-Luytre-Person": str(other.pk)}).status_code == 401
    assert not OutreachSession.objects.exists()
    assert client.post(ARRIVALS, sent, headers={"X-Luytre-Person": str(head.pk)}).status_code == 201


def test_an_answer_that_the_form_no_longer_asks_for_is_not_dropped_without_a_word(
    client: Client, head: User, here: Area
) -> None:
    sent = answers(here, weather="mưa to")
    answer = client.post(ARRIVALS, sent)
    assert answer.status_code == 422
    assert "Biểu mẫu đã đổi" in answer.json()["errors"][0]["messages"][0]
    assert not OutreachSession.objects.exists()
    assert client.post(ARRIVALS, {**sent, "weather": ""}).status_code == 201  # nothing was answered there


def test_every_form_that_works_offline_asks_only_what_arrives(client: Client, here: Area) -> None:
    client.force_login(user(Role.AREA_HEAD, area=here), backend=BACKEND)
    pages = [one for one in client.get("/offline/state/").json()["pages"] if one != "/offline/"]
    assert {"/activities/pledge-counts/new/", "/activities/unit-counts/new/"} <= set(pages)
    for page in pages:
        answer = client.get(page)
        asked = set(
            re.findall(
                r'<(?:input|select|textarea)[^>]* name="([^"]+)"', answer.content.decode().split("data-offline=")[1]
            )
        )
        assert asked - {"uid", "csrfmiddlewaretoken"} <= set(answer.context["form"].fields) | {
            "theme",
            "next",
            "language",
        }


def test_a_change_of_what_only_a_new_record_is_asked_is_a_conflict_too(client: Client, here: Area) -> None:
    client.force_login(user(Role.AREA_HEAD, area=here), backend=BACKEND)
    kind = HazardKindFactory()
    sent = {"uid": str(uuid4()), "held_on": "2026-11-03", "began": "20:00", "ended": "21:00", "area": here.pk}
    sent |= {"people_count": 3, "hazard_kind": kind.pk, "hazard_place": "Cột đèn số 1"}
    address = "/activities/patrols/arrivals/"
    assert client.post(address, sent).status_code == 201
    assert client.post(address, sent).status_code == 200
    assert client.post(address, {**sent, "hazard_place": "Cột đèn số 2", "edited": "1"}).status_code == 409
