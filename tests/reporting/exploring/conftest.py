from datetime import date
from typing import Any

import pytest

from luytre.activities.models import OutreachSession
from luytre.areas.models import Area, Scope
from luytre.registry.models import Initiative, Site

TODAY = date(2026, 3, 31)
NATION = Scope(("0.",), TODAY)


@pytest.fixture
def record(places, clerk):
    """Writes meetings: where, on which day, how many."""

    def write(place: str, on: date = date(2026, 3, 1), times: int = 1, **more: Any) -> list[OutreachSession]:
        values = {"place": "Nhà văn hóa", "attendance": 40, **more}
        return [OutreachSession(area=places[place], held_on=on, **values).add(by=clerk) for _ in range(times)]

    return write


@pytest.fixture
def site(places, clerk):
    """Writes sites of an initiative; several names make several kinds."""

    def write(place: str, name: str = "Camera an ninh", on: date = date(2025, 1, 5)) -> Site:
        initiative, _made = Initiative.objects.get_or_create(name=name, field="watch", area=places["nation"])
        return Site(initiative=initiative, area=places[place], launched_on=on).add(by=clerk)

    return write


def codes(areas: list[Area]) -> list[str]:
    return [area.code for area in areas]
