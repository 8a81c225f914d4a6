"""A workbook of 5,000 rows, 40 of them wrong in eight ways."""

import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.activities.models import OutreachSession
from luytre.areas.models import Area
from luytre.audit.models import AuditEntry
from luytre.common import spreadsheets
from luytre.ui.kit.import_pages import forget_uploads
from tests.activities.factories import TopicFactory
from tests.factories import commune, residential, user

pytestmark = pytest.mark.django_db

ADDRESS = "/activities/outreach-sessions/import/"
WRONG = {
    0: (4, "rất đông"),  # no number
    1: (4, -5),  # below zero
    2: (0, "31/02/2026"),  # no such day
    3: (0, "01/01/2030"),  # still to come
    4: (1, "Mường Kia"),  # another commune
    5: (2, ""),  # nothing where something must stand
    6: (3, "Trồng lúa"),  # not in the list
    7: (5, "múa lân"),  # no such form
}


def sheet(rows: list[list[object]], headings: list[str]) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet("Sổ")
        for number, row in enumerate([["Sổ tuyên truyền của xã"], headings, *rows]):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("so.xlsx", buffer.getvalue())


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def officer(here: Area) -> User:
    return user(Role.COMMUNE_OFFICER, area=here)


@pytest.fixture
def headings() -> list[str]:
    from luytre.activities.registers.outreach import sessions

    names = ["held_on", "area", "place", "topics", "attendance", "form", "audience"]
    return [sessions.heading(name) for name in names]


def rows_of(here: Area, count: int) -> list[list[object]]:
    areas = [residential(f"Bản {number}", parent=here) for number in range(1, 11)]
    topic = TopicFactory()
    start = date(2020, 1, 1)
    return [
        [
            (start + timedelta(days=number % 2000)).strftime("%d/%m/%Y"),
            areas[number % 10].code,
            f"Nhà văn hóa, buổi {number}",
            topic.vi_name,
            20 + number % 90,
            "",
            "",
        ]
        for number in range(count)
    ]


def test_forty_wrong_rows_of_five_thousand_are_named_and_stay_out(
    client: Client, officer: User, here: Area, headings: list[str]
) -> None:
    commune("Mường Kia")
    rows = rows_of(here, 5000)
    for number in range(40):
        column, wrong = WRONG[number % 8]
        rows[number * 100][column] = wrong
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    report = client.post(ADDRESS, {"workbook": sheet(rows, headings)})
    outcome = report.context["outcome"]
    assert (len(outcome.good), outcome.bad_rows) == (4960, 40)
    assert not OutreachSession.objects.exists()
    assert {fault.row for fault in outcome.faults} == {number * 100 + 3 for number in range(40)}
    assert set(Counter((fault.column, fault.mend) for fault in outcome.faults).values()) <= {5, 10}
    assert all(fault.column in headings and fault.mend for fault in outcome.faults)
    written = {fault.column: set() for fault in outcome.faults}
    for fault in outcome.faults:
        written[fault.column].add(fault.value)
    assert written[headings[4]] == {"rất đông", "-5"}
    assert written[headings[0]] == {"31/02/2026", "01/01/2030"}

    ticket = report.context["ticket"]
    faults = client.post(f"{ADDRESS}confirmation/", {"ticket": ticket, "faults": "1"})
    assert len(spreadsheets.read(faults.content).rows) == 40

    client.post(f"{ADDRESS}confirmation/", {"ticket": ticket})
    assert OutreachSession.objects.count() == 4960
    assert OutreachSession.topics.through.objects.count() == 4960
    assert AuditEntry.objects.filter(verb="imported").count() == 4960


def test_the_same_workbook_brings_in_nothing_the_second_time(
    client: Client, officer: User, here: Area, headings: list[str]
) -> None:
    rows = rows_of(here, 12)
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    content = sheet(rows, headings).read()
    for _ in range(2):
        report = client.post(ADDRESS, {"workbook": SimpleUploadedFile("so.xlsx", content)})
        client.post(f"{ADDRESS}confirmation/", {"ticket": report.context["ticket"]})
    assert OutreachSession.objects.count() == 12


def test_a_repeated_row_is_named(client: Client, officer: User, here: Area, headings: list[str]) -> None:
    rows = rows_of(here, 3)
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    report = client.post(ADDRESS, {"workbook": sheet([*rows, rows[0]], headings)})
    (fault,) = report.context["outcome"].faults
    assert (fault.row, "3" in fault.mend) == (6, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"not a workbook", ".xlsx"), (b"PK\x03\x04broken", ".xlsx"), (b"", "")],
)
def test_what_is_no_workbook_is_said_so(client: Client, officer: User, content: bytes, words: str) -> None:
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    answer = client.post(ADDRESS, {"workbook": SimpleUploadedFile("so.xlsx", content)})
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors)


def test_a_ticket_of_somebody_else_opens_nothing(
    client: Client, officer: User, here: Area, headings: list[str]
) -> None:
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    ticket = client.post(ADDRESS, {"workbook": sheet(rows_of(here, 2), headings)}).context["ticket"]
    other = user(Role.COMMUNE_OFFICER, area=here)
    client.force_login(other, backend="luytre.accounts.backends.SignInBackend")
    client.post(f"{ADDRESS}confirmation/", {"ticket": ticket})
    assert not OutreachSession.objects.exists()


def test_a_workbook_that_nobody_brought_in_is_not_kept(
    client: Client, officer: User, here: Area, headings: list[str]
) -> None:
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    ticket = client.post(ADDRESS, {"workbook": sheet(rows_of(here, 2), headings)}).context["ticket"]
    assert forget_uploads(before=timezone.now() + timedelta(hours=3)) >= 1
    client.post(f"{ADDRESS}confirmation/", {"ticket": ticket})
    assert not OutreachSession.objects.exists()
