"""R2: two reporters who differ in all that networks and browsers tell leave the same rows and the same words."""

import logging
import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField
from django.test import Client

from luytre.audit.models import AuditEntry
from luytre.tips.models import IdentitySeal, Part, Step, Tip, Wrapping
from tests.tips.conftest import House, house, sealing  # noqa: F401
from tests.tips.test_attacks import everything_held
from tests.tips.test_intake import post, with_puzzle

REPORTERS: list[dict[str, Any]] = [
    {
        "REMOTE_ADDR": "203.0.113.177",
        "HTTP_X_FORWARDED_FOR": "198.51.100.23",
        "HTTP_USER_AGENT": "Trinh-duyet-gieo-4471",
        "HTTP_REFERER": "https://elsewhere.example/trang-gieo-4472",
        "HTTP_ACCEPT_LANGUAGE": "vi-x-gieo4474",
        "HTTP_COOKIE": "ten_gieo_4473=1",
        "HTTP_IF_NONE_MATCH": "the-gieo-4475",
    },
    {"REMOTE_ADDR": "127.0.0.1"},
]
NAMING = ("203.0.113.177", "198.51.100.23", "gieo-447", "gieo447", "gieo_447")
OWN = {"id", "lookup", "digest", "sealed", "tip_id", "inner", "outer"}  # what is random, or sealed


def told(tip: Tip) -> list[dict[str, Any]]:
    rows: list[Any] = [tip]
    for model in (Wrapping, Part, IdentitySeal, Step):
        rows += model.objects.filter(tip=tip).order_by("pk")
    return [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname not in OWN}
        for row in rows
    ]


@pytest.fixture
def sent(house: House, client: Client, caplog: pytest.LogCaptureFixture) -> list[tuple[Tip, str]]:  # noqa: F811
    """Each reporter's tip, and what was logged meanwhile."""
    caplog.set_level(logging.DEBUG)
    found = []
    for about in REPORTERS:
        made = house.tip("Đèn đường hỏng", name={"name": "Lò Văn Ẩn"})
        head = with_puzzle(house, client, made)
        caplog.clear()
        answer = post(client, "sealed/", head, made["pieces"], **about)
        assert answer.status_code == 201
        assert not answer.cookies
        for path in ("", "plain/", "return/", "elsewhere/"):
            page = client.get(f"/tips/{path}", **about)
            assert not page.cookies
            for mark in NAMING:
                assert mark not in page.content.decode()
        found.append((Tip.objects.get(pk=made["id"]), re.sub(r"[0-9a-f-]{32,}|\d+\.\d+", "…", caplog.text)))
    return found


def test_nothing_of_the_one_is_stored_and_both_look_alike(sent: list[tuple[Tip, str]]) -> None:
    (one, _logged), (other, _also) = sent
    assert told(one) == told(other)
    for held in everything_held():
        for mark in NAMING:
            assert mark.encode() not in held
    assert not Session.objects.exists()


def test_nothing_of_the_one_is_logged(sent: list[tuple[Tip, str]]) -> None:
    for _tip, logged in sent:
        for mark in NAMING:
            assert mark not in logged


def test_no_table_of_tips_knows_a_minute(sent: list[tuple[Tip, str]]) -> None:
    for tip, _logged in sent:
        for row in [tip, *tip.parts.all(), *tip.steps.all()]:
            for field in row._meta.concrete_fields:
                if isinstance(field, DateTimeField) and (at := getattr(row, field.attname)):
                    assert (at.minute, at.second) == (0, 0) or field.name.endswith("due_at"), (field, at)
    about = {model._meta.label_lower for model in apps.get_app_config("tips").get_models()}
    for entry in AuditEntry.objects.filter(subject_type__in=about - {"tips.desk", "tips.personkey"}):
        assert (entry.at.minute, entry.at.second) == (0, 0)
