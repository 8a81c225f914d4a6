import gzip
from datetime import date

import pytest

from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.api.models import Token
from tests.api.test_tokens import caller
from tests.factories import UserFactory, user
from tests.reporting import territory

pytestmark = pytest.mark.django_db
ASK = "/api/v1/figures?area=11&indicator=outreach_sessions&from=2025-12-15&to=2026-01-14"


@pytest.fixture
def places(db):
    return territory.build()


@pytest.fixture
def program(places):
    return caller(user(Role.PROVINCE_DESK, area=places["n11"]))


def record(places) -> None:
    OutreachSession(area=places["n1"], held_on=date(2026, 1, 5), place="Sân", attendance=30).add(by=UserFactory())


def test_nothing_new_is_told_without_the_answer_and_the_very_next_record_with_it(program, places):
    first = program.get(ASK)
    mark = {"If-None-Match": first["ETag"]}
    again = program.get(ASK, headers=mark)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    record(places)
    changed = program.get(ASK, headers=mark)
    assert (changed.status_code, changed.json()["value"]) == (200, 1)
    assert changed["ETag"] != first["ETag"]


def test_answers_are_compressed_for_who_can_read_that(program):
    plain = program.get(ASK)
    packed = program.get(ASK, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)
    assert program.get(ASK, headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}).status_code == 304


def test_no_cache_in_between_keeps_an_answer(program):
    answer = program.get(ASK)
    assert {"private", "no-cache"} <= set(answer["Cache-Control"].split(", "))
    assert {"Authorization", "Accept", "Accept-Language"} <= set(answer["Vary"].split(", "))


def test_a_token_that_ran_out_gets_no_304(program):
    mark = {"If-None-Match": program.get(ASK)["ETag"]}
    Token.objects.update(revoked_at="2100-01-01T00:00Z")
    assert program.get(ASK, headers=mark).status_code == 401
