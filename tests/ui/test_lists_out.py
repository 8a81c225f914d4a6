"""What leaves a list is what its screen shows: columns, filters, order, ticked rows; on paper too."""

import io

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.common import spreadsheets
from luytre.registry.registers.groups import groups
from tests.factories import commune, user
from tests.registry.factories import WatchGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def officer(client: Client, here: Area) -> User:
    person = user(Role.COMMUNE_OFFICER, area=here)
    client.force_login(person, backend="luytre.accounts.backends.SignInBackend")
    return person


def test_the_workbook_has_the_columns_and_rows_on_screen_and_says_the_filters(
    client: Client, officer: User, here: Area
) -> None:
    for name in ("Tổ Na Lay", "Tổ Na Nghè", "Đội cờ đỏ"):
        WatchGroupFactory(area=here, name=name)
    page = client.get(groups.url(), {"q": "na", "columns": ["name", "decision"], "sort": "-name"})
    content = client.get(f"{groups.url('export')}?{page.context['on_screen']}").content
    sheet = spreadsheets.read(content)
    assert sheet.headings == [groups.heading("name"), groups.heading("decision")]
    assert [row[0] for row in sheet.rows] == ["Tổ Na Nghè", "Tổ Na Lay"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    notes = " ".join(str(row[0]) for row in book.get_sheet_by_index(1).to_python())
    assert "na" in notes
    assert groups.heading("name") in notes


def test_csv_opens_in_excel_and_carries_no_formula(client: Client, officer: User, here: Area) -> None:
    WatchGroupFactory(area=here, name="=cmd()")
    answer = client.get(f"{groups.url('export')}?format=csv&columns=name")
    assert answer.content.decode("utf-8").startswith("\ufeff")
    assert "'=cmd()" in answer.content.decode("utf-8-sig")


def test_ticked_rows_alone_are_exported_and_printed(client: Client, officer: User, here: Area) -> None:
    mine = [WatchGroupFactory(area=here) for _ in range(3)]
    theirs = WatchGroupFactory(area=commune("Mường Kia"))
    asked = {"pk": [mine[0].pk, theirs.pk], "columns": ["name", "kind"], "act": "export"}
    answer = client.get(groups.url("chosen-step"), asked, follow=True)
    assert [row[0] for row in spreadsheets.read(answer.content).rows] == [mine[0].name]
    answer = client.get(groups.url("chosen-step"), asked | {"act": "print"}, follow=True)
    assert [line["record"] for line in answer.context["listing"].lines()] == [mine[0]]


def test_the_paper_says_office_day_and_filters_and_has_large_letters(client: Client, officer: User, here: Area) -> None:
    WatchGroupFactory(area=here, name="Tổ Na Lay")
    page = client.get(groups.url("print"), {"q": "na lay", "size": "board"})
    words = page.content.decode()
    assert "Xã Mường Đây" in words
    assert "na lay" in words
    assert 'class="work printed board"' in words


def test_pages_from_the_end_hold_the_same_rows_as_from_the_beginning(client: Client, officer: User, here: Area) -> None:
    for number in range(60):
        WatchGroupFactory(area=here, name=f"Tổ số {number:02}")
    seen = [
        line["record"].name
        for page in (1, 2, 3)
        for line in client.get(groups.url(), {"sort": "name", "page": page}).context["listing"].lines()
    ]
    assert seen == [f"Tổ số {number:02}" for number in range(60)]


def test_the_figures_of_a_register_add_up_in_every_cut_and_lead_to_the_records(
    client: Client, officer: User, here: Area
) -> None:
    from tests.factories import residential

    hamlet = residential("Bản Co", parent=here)
    for area in (here, hamlet, hamlet):
        WatchGroupFactory(area=area)
    WatchGroupFactory(area=commune("Mường Kia"))
    page = client.get(groups.url("counts"))
    assert page.context["total"] == "3"
    assert {sum(int(row[-1]) for row in table.rows) for table in page.context["tables"]} == {3}
    assert f"?area={hamlet.code}" in page.content.decode()
