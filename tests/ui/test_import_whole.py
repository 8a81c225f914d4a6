"""The workbook an office already has: read through its own words, compared with the register, taken back."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luytre.accounts import retention
from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.registry.models import WatchGroup
from luytre.registry.registers.groups import groups
from luytre.ui.models import AlreadyUndone, ColumnReading, Import, ImportedRow, TooLateToUndo
from tests.factories import commune, user
from tests.registry.factories import GroupKindFactory, WatchGroupFactory
from tests.ui.sheets import again, bring_in, send

pytestmark = pytest.mark.django_db
HEADINGS: list[object] = ["STT", "Tên tổ", "Loại hình", "Thuộc xã", "Ngày ra mắt", "Số thành viên"]


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def here() -> Area:
    GroupKindFactory()
    return commune("Mường Đây")


@pytest.fixture
def officer(client: Client, here: Area) -> User:
    person = user(Role.COMMUNE_OFFICER, area=here)
    client.force_login(person, backend="luytre.accounts.backends.SignInBackend")
    return person


def row(number: int, name: str, kind: str = "Tổ an ninh trật tự", place: str = "Mường Đây", members: int = 8) -> Any:
    return [number, name, kind, place, "10/03/2026", members]


SAID = {
    "Tên tổ": "name",
    "Loại hình": "kind",
    "Thuộc xã": "area",
    "Ngày ra mắt": "founded_on",
    "Số thành viên": "member_count",
}


def test_what_is_missing_is_asked_on_the_page_and_remembered_for_the_office(client: Client, officer: User) -> None:
    report = send(client, groups, [HEADINGS, row(1, "Tổ số 1"), row(2, "Tổ số 2")], before=3)
    assert report.context["outcome"].missing
    report = again(client, groups, report, **SAID)
    assert len(report.context["outcome"].good) == 2
    bring_in(client, groups, report)
    assert WatchGroup.objects.count() == 2
    second = send(client, groups, [HEADINGS, row(1, "Liên gia Na Lay", place="muong day")])
    assert len(second.context["outcome"].good) == 1
    assert ColumnReading.objects.get().rule["columns"]["ten to"] == "name"


def test_another_office_is_not_read_by_it(client: Client, officer: User) -> None:
    report = send(client, groups, [HEADINGS, row(1, "Tổ số 1")])
    bring_in(client, groups, again(client, groups, report, **SAID))
    other = user(Role.COMMUNE_OFFICER, area=commune("Mường Kia"))
    client.force_login(other, backend="luytre.accounts.backends.SignInBackend")
    assert send(client, groups, [HEADINGS, row(1, "Tổ số 1")]).context["outcome"].missing
    assert client.get(groups.url("imports")).context["lines"] == []


def test_columns_are_guessed_by_their_likeness_and_marked(client: Client, officer: User) -> None:
    headings = ["Tên của tổ", groups.heading("kind"), groups.heading("area"), "Ngày thành lập tổ", "Số thành viên"]
    report = send(client, groups, [list(headings), row(1, "Tổ số 1")[1:]])
    how = {one.heading: (one.name, one.how) for one in report.context["columns"]}
    assert how["Tên của tổ"] == ("name", "guessed")
    assert how["Ngày thành lập tổ"] == ("founded_on", "guessed")
    assert how[groups.heading("kind")] == ("kind", "named")
    assert report.context["guessed"]


def test_another_sheet_and_row_of_headings_are_chosen(client: Client, officer: User) -> None:
    rows = [["Danh sách", "của xã"], HEADINGS, row(1, "Tổ số 1")]
    report = send(client, groups, rows, first_sheet="Bìa")
    assert report.status_code == 422 or report.context["outcome"].missing
    rows = [["Danh sách", "của xã"], HEADINGS, row(1, "Tổ số 1")]
    report = send(client, groups, rows)
    report = again(client, groups, report, sheet="Sổ", header="2")
    assert [one.heading for one in report.context["columns"]] == HEADINGS


def test_an_offices_own_word_is_said_once(client: Client, officer: User) -> None:
    rows = [HEADINGS, row(1, "Tổ số 1", kind="Tổ giữ làng"), row(2, "Tổ số 2", kind="tổ giữ làng")]
    report = again(client, groups, send(client, groups, rows), **SAID)
    (strange,) = report.context["strange"]
    assert (strange.name, strange.written) == ("kind", "Tổ giữ làng")
    report = again(client, groups, report, **SAID, **{"Tổ giữ làng": str(GroupKindFactory().pk)})
    assert len(report.context["outcome"].good) == 2


@pytest.fixture
def known(here: Area) -> WatchGroup:
    return WatchGroupFactory(area=here, name="Tổ an ninh Na Lay", founded_on=date(2026, 3, 10), member_count=5)


def reported(client: Client, *rows: Any) -> Any:
    return again(client, groups, send(client, groups, [HEADINGS, *rows]), **SAID)


def test_a_row_like_a_record_is_shown_beside_it_and_left_out(client: Client, officer: User, known: WatchGroup) -> None:
    report = reported(client, row(1, "Tổ an ninh Na Lay"), row(2, "Đội cờ đỏ"))
    ((one, pairs),) = report.context["alike"]
    assert (one.record, one.is_sure) == (known, True)
    assert {pair["label"] for pair in pairs if pair["differs"]} == {"Số thành viên"}
    bring_in(client, groups, report)
    assert sorted(WatchGroup.objects.values_list("name", flat=True)) == ["Tổ an ninh Na Lay", "Đội cờ đỏ"]
    done = Import.objects.get()
    assert (done.added, done.updated, done.skipped) == (1, 0, 1)


def test_a_row_like_a_record_is_recorded_too_if_told_so(client: Client, officer: User, known: WatchGroup) -> None:
    bring_in(client, groups, reported(client, row(1, "Tổ an ninh Na Lay")), row_2="keep")
    assert WatchGroup.objects.count() == 2


def test_a_record_is_corrected_only_in_what_the_sheet_says(client: Client, officer: User, known: WatchGroup) -> None:
    WatchGroup.objects.filter(pk=known.pk).update(decision="12/QĐ-UBND")
    bring_in(client, groups, reported(client, row(1, "Tổ an ninh bản Na Lay", members=9)), row_2="update")
    known.refresh_from_db()
    assert (known.name, known.decision) == ("Tổ an ninh bản Na Lay", "12/QĐ-UBND")
    assert known.member_count == 5  # which is counted anew, by an act of its own


def test_an_import_is_taken_back_but_not_what_somebody_changed_since(
    client: Client, officer: User, known: WatchGroup
) -> None:
    report = reported(client, row(1, "Tổ an ninh bản Na Lay"), row(2, "Đội cờ đỏ"), row(3, "Nhóm liên gia bản Co"))
    bring_in(client, groups, report, row_2="update")
    touched = WatchGroup.objects.get(name="Đội cờ đỏ")
    touched.member_count = 11
    touched.correct(by=officer, fields=["member_count"])
    done = Import.objects.get()
    client.post(groups.url("import-undo-step", pk=done.pk))
    known.refresh_from_db()
    assert known.name == "Tổ an ninh Na Lay"
    assert set(WatchGroup.objects.kept()) == {known, touched}
    (line,) = client.get(groups.url("imports")).context["lines"]
    assert line["left"] == [(3, groups.url("record", pk=touched.pk))]
    with pytest.raises(AlreadyUndone):
        done.undo(by=officer, at=timezone.now())


def test_what_was_taken_back_can_come_in_again(client: Client, officer: User) -> None:
    for count in (1, 1):
        bring_in(client, groups, reported(client, row(1, "Đội cờ đỏ")))
        assert WatchGroup.objects.kept().count() == count
        client.post(groups.url("import-undo-step", pk=Import.objects.latest("pk").pk))
    assert not WatchGroup.objects.kept().exists()


def test_after_a_week_an_import_stays_and_its_rows_are_forgotten(client: Client, officer: User) -> None:
    bring_in(client, groups, reported(client, row(1, "Đội cờ đỏ")))
    done = Import.objects.get()
    with pytest.raises(TooLateToUndo):
        done.undo(by=officer, at=done.at + timedelta(days=7))
    retention.erase_due(today=done.at.date() + timedelta(days=10))
    assert not ImportedRow.objects.exists()
    assert Import.objects.exists()


def test_nobody_takes_back_another_communes_import(client: Client, officer: User) -> None:
    bring_in(client, groups, reported(client, row(1, "Đội cờ đỏ")))
    done = Import.objects.get()
    other = user(Role.COMMUNE_OFFICER, area=commune("Mường Kia"))
    client.force_login(other, backend="luytre.accounts.backends.SignInBackend")
    assert client.post(groups.url("import-undo-step", pk=done.pk)).status_code == 404


def test_nothing_of_the_file_is_left_on_disk(client: Client, officer: User, tmp_path: Path) -> None:
    report = reported(client, row(1, "Đội cờ đỏ"))
    assert list((tmp_path / "imports").glob("*.xlsx"))
    for stale in (tmp_path / "imports").iterdir():
        if report.context["ticket"].split(".")[0] not in stale.name:
            stale.unlink()  # the first sending of the two, which the night forgets
    bring_in(client, groups, report)
    assert list((tmp_path / "imports").iterdir()) == []
