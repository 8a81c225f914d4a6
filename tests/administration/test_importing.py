"""Accounts from Excel: told row by row, made only when said so."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.administration import importing
from tests.factories import administrator, commune, province, residential, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    person = administrator(province())
    client.force_login(person)
    return person


def sheet(rows: list[list[object]], headings: list[str] | None = None) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, headings or importing.headings())
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("people.xlsx", buffer.getvalue())


def look(client, rows, headings=None):
    return client.post(reverse("administration:import"), {"workbook": sheet(rows, headings)})


def test_a_dry_run_makes_nobody(client, boss):
    place = commune()
    before = User.objects.count()
    answer = look(client, [["Lò Văn A", "lo.van.a", "0912345678", "", str(Role.COMMUNE_OFFICER.label), place.code]])
    assert answer.status_code == 200
    assert len(answer.context["outcome"].good) == 1
    assert User.objects.count() == before


def test_each_fault_names_row_column_value_and_mend(client, boss):
    place = commune()
    user(username="da.co")
    officer, head = str(Role.COMMUNE_OFFICER.label), str(Role.AREA_HEAD.label)
    answer = look(
        client,
        [
            ["Lò Văn A", "lo.van.a", 912345678, "", officer, place.code],
            ["", "khong.ten", "", "", officer, place.code],
            ["Lò Văn B", "da.co", "", "", officer, place.code],
            ["Lò Văn C", "tên có dấu", "", "", officer, place.code],
            ["Lò Văn D", "lo.van.d", "123", "", officer, place.code],
            ["Lò Văn E", "lo.van.e", "", "", "vua", place.code],
            ["Lò Văn G", "lo.van.g", "", "", officer, "99998"],
            ["Lò Văn H", "lo.van.h", "", "", head, place.code],
            ["Lò Văn I", "lo.van.a", "", "", officer, place.code],
            ["Lò Văn K", "lo.van.k", "0912345678", "", officer, place.code],
        ],
    )
    outcome = answer.context["outcome"]
    columns = {name: str(label) for name, label in importing.COLUMNS.items()}
    assert [number for number, _form in outcome.good] == [2]
    assert [(fault.row, fault.column) for fault in outcome.faults] == [
        (3, columns["full_name"]),
        (4, columns["username"]),
        (5, columns["username"]),
        (6, columns["phone"]),
        (7, columns["role"]),
        (8, columns["area"]),
        (9, columns["area"]),
        (10, columns["username"]),
        (11, columns["phone"]),
    ]
    assert all(fault.mend for fault in outcome.faults)
    assert outcome.faults[5].value == "99998"


def test_the_good_rows_come_in_when_told_so_and_each_gets_a_slip(client, boss):
    place = commune()
    area = residential(parent=place)
    answer = look(
        client,
        [
            ["Lò Văn A", "lo.van.a", 912345678, "Công an viên", str(Role.COMMUNE_OFFICER.label), place.code],
            ["Vừ A Lềnh", "vu.a.lenh", "", "Trưởng bản", Role.AREA_HEAD.value, area.code],
            ["", "khong.ten", "", "", Role.AREA_HEAD.value, area.code],
        ],
    )
    answer = client.post(reverse("administration:import-confirm"), {"rows": answer.context["rows"]})
    assert [slip.user.username for slip in answer.context["slips"]] == ["lo.van.a", "vu.a.lenh"]
    assert answer.context["left_out"] == 1
    made = User.objects.get(username="lo.van.a")
    assert made.phone == "0912345678"
    assert made.roles_on(timezone.localdate()) == {Role.COMMUNE_OFFICER}


def test_the_rows_are_checked_anew_so_that_nobody_smuggles_one_in(client, boss):
    elsewhere = commune(parent=province("12", "Lai Châu"))
    row = {"full_name": "Lò Văn A", "username": "lo.van.a", "role": "commune_officer", "area": elsewhere.code}
    answer = client.post(reverse("administration:import-confirm"), {"rows": importing.packed([(2, row)])})
    assert answer.context["slips"] == []
    assert not User.objects.filter(username="lo.van.a").exists()
    row |= {"role": Role.AUDITOR.value, "area": "11"}
    client.post(reverse("administration:import-confirm"), {"rows": importing.packed([(2, row)])})
    assert not User.objects.filter(username="lo.van.a").exists()


@pytest.mark.parametrize("rows", ["", "[", "[[1]]", '[["x", {}]]', '{"a": 1}', "[[1, 2]]"])
def test_a_broken_list_is_refused_in_words(client, boss, rows):
    assert client.post(reverse("administration:import-confirm"), {"rows": rows}).status_code == 302


def test_a_sheet_without_the_columns_or_no_sheet_at_all_is_refused_in_words(client, boss):
    assert look(client, [["x", "y"]], ["Tên", "Ghi chú"]).status_code == 422
    file = SimpleUploadedFile("people.xlsx", b"not a workbook")
    assert client.post(reverse("administration:import"), {"workbook": file}).status_code == 422


def test_a_long_list_asks_the_database_little_for_each_row(boss, django_assert_max_num_queries):
    place = commune()
    rows = [
        (
            number,
            {"full_name": f"Lò {number}", "username": f"lo{number}", "role": "commune_officer", "area": place.code},
        )
        for number in range(100)
    ]
    scope = boss.scope("account_write", on=timezone.localdate())
    with django_assert_max_num_queries(310):
        assert len(importing.check(rows, scope=scope).good) == 100
