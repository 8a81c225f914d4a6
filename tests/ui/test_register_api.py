"""Registers through the API: the same scope and the same form as the pages."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.api.models import Token
from tests.activities.factories import OutreachSessionFactory, TopicFactory
from tests.factories import commune, residential, user

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/registers/outreach-sessions"


@pytest.fixture
def officer() -> User:
    return user(Role.COMMUNE_OFFICER, area=commune("Mường Đây"))


@pytest.fixture
def caller(officer: User) -> Client:
    secret = Token(name="kho dữ liệu").issue(by=officer, at=timezone.now())
    return Client(headers={"Authorization": f"Bearer {secret}"})


def sent(area_code: str) -> dict[str, object]:
    values = {"held_on": "2026-11-03", "area": area_code, "place": "Đình làng", "topics": [TopicFactory().code]}
    return {"uid": str(uuid4()), "values": {**values, "attendance": 40}}


def test_a_session_is_recorded_once_however_often_it_is_sent(caller: Client, officer: User) -> None:
    area = residential(parent=officer.assignments.get().area)
    content = json.dumps(sent(area.code))
    first = caller.post(ADDRESS, content, content_type="application/json")
    second = caller.post(ADDRESS, content, content_type="application/json")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert OutreachSession.objects.get().area == area


def test_another_communes_record_is_not_there(caller: Client) -> None:
    theirs = OutreachSessionFactory()
    assert caller.get(ADDRESS).json()["count"] == 0
    assert caller.get(f"{ADDRESS}/{theirs.pk}").status_code == 404
    assert caller.get(f"{ADDRESS}?area={theirs.area.code}").json()["count"] == 0
    refused = caller.post(ADDRESS, json.dumps(sent(theirs.area.code)), content_type="application/json")
    assert refused.status_code == 422
    assert refused.json()[0]["field"] == "area"


def test_a_uid_of_another_commune_gives_nothing_away(caller: Client, officer: User) -> None:
    theirs = OutreachSessionFactory()
    area = residential(parent=officer.assignments.get().area)
    content = json.dumps({**sent(area.code), "uid": str(theirs.uid)})
    assert caller.post(ADDRESS, content, content_type="application/json").status_code == 422


def test_nobody_reads_a_register_without_a_token(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/api/v1/registers/no-such-register").status_code == 404


def test_the_openapi_description_names_the_registers(client: Client) -> None:
    assert "/api/v1/registers/{name}" in client.get("/api/v1/openapi.json").json()["paths"]
