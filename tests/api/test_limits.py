from datetime import UTC, datetime

import pytest

from luytre.accounts.roles import Role
from luytre.api import limits
from luytre.api.limits import Allowance, Buckets
from luytre.api.models import Token
from tests.factories import user

ASK = "/api/v1/figures?area=0&indicator=outreach_sessions&period=2026-01"


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    return now


def test_so_many_at_once_and_then_one_for_each_spacing(clock):
    buckets, allowance = Buckets(), Allowance(per_minute=60, at_once=3)
    assert [buckets.take("a", allowance).remaining for _ in range(3)] == [2, 1, 0]
    refused = buckets.take("a", allowance)
    assert (refused.is_allowed, refused.headers["Retry-After"]) == (False, "1")
    clock[0] += 1
    assert buckets.take("a", allowance).is_allowed
    assert not buckets.take("a", allowance).is_allowed
    assert buckets.take("b", allowance).is_allowed


def test_being_refused_does_not_push_the_next_turn_away(clock):
    buckets, allowance = Buckets(), Allowance(per_minute=60, at_once=1)
    buckets.take("a", allowance)
    for _ in range(100):
        buckets.take("a", allowance)
    clock[0] += 1
    assert buckets.take("a", allowance).is_allowed


def test_who_called_cannot_be_read_from_memory_and_few_are_remembered(clock, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CALLERS", 10)
    buckets, allowance = Buckets(), Allowance(per_minute=60, at_once=2)
    for number in range(50):
        buckets.take(f"203.0.113.{number}", allowance)
        assert len(buckets.paid_at) <= 11
    assert b"203" not in b"".join(buckets.paid_at)
    assert Buckets().hidden("203.0.113.1") != buckets.hidden("203.0.113.1")


@pytest.mark.django_db
def test_a_stranger_who_asks_too_often_is_told_when_to_come_back(client, settings):
    settings.API_CALLS_A_MINUTE = {"token": 100, "anybody": 6}
    answers = [client.get(ASK) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert 1 <= int(answers[3]["Retry-After"]) <= 10
    assert answers[3].json()["message"]
    other = client.get(ASK, REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 404


@pytest.mark.django_db
def test_each_token_has_its_own_allowance_and_guesses_have_the_strangers(client, settings):
    settings.API_CALLS_A_MINUTE = {"token": 4, "anybody": 4}
    person = user(Role.MINISTRY_DESK)
    one, other = (Token(name="kho").issue(by=person, at=datetime.now(UTC)) for _ in range(2))

    def ask(secret: str) -> int:
        return client.get(ASK, headers={"Authorization": f"Bearer {secret}"}).status_code

    assert [ask(one) for _ in range(3)] == [200, 200, 429]
    assert ask(other) == 200
    assert [ask(f"lt_{number}") for number in range(3)] == [401, 401, 429]
    assert ask(other) == 200
