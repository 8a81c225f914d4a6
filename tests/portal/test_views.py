"""The public site: names of today, released figures, and nothing else."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.test import Client

from luytre.areas.models import Area
from luytre.reporting import publishing
from luytre.reporting.models import Release
from tests.activities.factories import OutreachSessionFactory
from tests.factories import UserFactory, commune, residential

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Area:
    return commune("Mường Phăng", code="03325")


def test_a_place_is_found_without_tone_marks(client: Client, here: Area) -> None:
    page = client.get("/?q=muong+phang").content.decode()
    assert "/places/03325/" in page
    assert "Xã Mường Phăng" in page


def test_what_is_not_found_is_said(client: Client) -> None:
    assert "Không tìm thấy nơi nào" in client.get("/?q=khong+co").content.decode()


def test_a_place_without_released_figures_says_why(client: Client, here: Area) -> None:
    OutreachSessionFactory(area=here)
    page = client.get("/places/03325/").content.decode()
    assert "Chưa công bố số liệu" in page


def test_residential_areas_and_former_districts_have_no_public_page(client: Client, here: Area) -> None:
    hamlet = residential(parent=here)
    assert client.get(f"/places/{hamlet.code}/").status_code == 404
    assert client.get("/places/999/").status_code == 404


def test_released_figures_are_shown_once_two_people_have_seen_them(client: Client, here: Area) -> None:
    call_command("sync_catalogue", verbosity=0)
    for _ in range(7):
        OutreachSessionFactory(area=here, held_on=date(2025, 12, 20), attendance=31)
    asked = Release(
        area=here,
        first_day=date(2025, 12, 15),
        last_day=date(2026, 1, 14),
        period_name="2026-01",
        codes=["outreach_attendances"],
        reason="Số liệu tháng",
    ).ask(by=UserFactory())
    assert "217" not in client.get("/places/03325/").content.decode()
    publishing.publish(asked, by=UserFactory(), at=datetime(2026, 2, 1, tzinfo=UTC), reason="Đã kiểm tra")
    assert "217" in client.get("/places/03325/").content.decode()


def test_the_first_page_shows_the_emergency_numbers_first(client: Client) -> None:
    page = client.get("/").content.decode()
    assert page.index("tel:113") < page.index("<h1>")


def test_every_door_leads_somewhere(client: Client, here: Area) -> None:
    for door in client.get("/").context["doors"]:
        assert client.get(door["url"]).status_code == 200
