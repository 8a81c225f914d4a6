from datetime import UTC, date, datetime

import pytest
from django.test import Client

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.api.limits import BUCKETS
from luytre.api.models import Token
from tests.factories import user


@pytest.fixture(autouse=True)
def nobody_has_called_yet():
    BUCKETS.paid_at.clear()


@pytest.fixture
def sessions(places, clerk):
    for key, day, attendance, qualifier in [
        ("n1", date(2026, 1, 5), 30, "exact"),
        ("s1", date(2026, 1, 20), 45, "about"),
        ("n3", date(2026, 2, 3), 0, "exact"),
        ("n3", date(2025, 12, 20), 12, "exact"),
        ("c2", date(2025, 1, 5), 80, "nearly"),
        ("c4", date(2024, 12, 31), 7, "exact"),
    ]:
        OutreachSession(
            area=places[key], held_on=day, place="Sân", attendance=attendance, attendance_qualifier=qualifier
        ).add(by=clerk)


def program(person: User) -> Client:
    secret = Token(name="kho dữ liệu").issue(by=person, at=datetime.now(UTC))
    return Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"})


@pytest.fixture
def ministry(places) -> Client:
    return program(user(Role.MINISTRY_DESK, area=places["nation"]))


@pytest.fixture
def desk(places) -> Client:
    return program(user(Role.PROVINCE_DESK, area=places["n11"]))


@pytest.fixture
def officer(places) -> Client:
    return program(user(Role.COMMUNE_OFFICER, area=places["n1"]))
