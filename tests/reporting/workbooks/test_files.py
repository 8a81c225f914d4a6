"""Files that are not what they say, and files that would break the machine."""

import io
import time
import zipfile

import pytest

from luytre.reporting.workbooks import files, parsing, zips
from luytre.reporting.workbooks.files import Trouble, Unreadable
from tests.reporting.workbooks.factories import packed, replaced, table

SHEET = "xl/worksheets/sheet1.xml"


def trouble(name: str, content: bytes) -> Trouble | None:
    return parsing.parse(name, content).trouble


def test_a_plain_workbook_is_read_as_text():
    parsed = parsing.parse(
        "a.xlsx", table([["Tên", "Số"], ["một", 12.5], ["hai", 3], ["ba", 0.1 + 0.2], ["bốn", True]])
    )
    assert parsed.tables[0].rows == [["Tên", "Số"], ["một", "12,5"], ["hai", "3"], ["ba", "0,3"], ["bốn", "TRUE"]]


def test_a_part_of_a_thousand_is_not_taken_for_thousands():
    assert parsing.number_text(1.234) == "1,234"
    assert parsing.number_text(1e18) == "1000000000000000000"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Trouble.OLD_EXCEL),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Trouble.ENCRYPTED),
        ("a.xlsm", b"PK", Trouble.MACROS),
        ("a.csv", b"a;b", Trouble.TEXT),
        ("a.zip", b"PK", Trouble.NESTED),
        ("a.xlsx", b"", Trouble.EMPTY),
        ("a.xlsx", b"%PDF-1.7", Trouble.NOT_EXCEL),
        ("a.xlsx", b"PK\x03\x04 torn", Trouble.BROKEN),
        ("a.xlsx", packed({"word/document.xml": b"<w/>"}), Trouble.NOT_EXCEL),
    ],
)
def test_what_is_no_workbook_says_so(name, content, why):
    assert trouble(name, content) == why


def test_macros_under_a_harmless_name_are_found():
    with_macros = io.BytesIO(table([["a"]]))
    with zipfile.ZipFile(with_macros, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    assert trouble("a.xlsx", with_macros.getvalue()) == Trouble.MACROS


def test_a_workbook_that_unpacks_to_a_hundred_megabytes_is_not_opened():
    bomb = io.BytesIO(table([["a"]]))
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet9.xml", b" " * 100 * 1024 * 1024)
    assert len(bomb.getvalue()) < 500_000
    begun = time.monotonic()
    assert trouble("a.xlsx", bomb.getvalue()) == Trouble.BOMB
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "ZZZ2"])
def test_a_cell_at_the_end_of_the_earth_is_not_opened(cell):
    content = table([["a", "b"], [1, 2]])
    assert trouble("a.xlsx", replaced(content, SHEET, 'r="B2"', f'r="{cell}"')) == Trouble.BOMB


def test_an_empty_row_at_the_end_as_some_programs_write_it_does_no_harm():
    content = replaced(table([["a", "b"], [1, 2]]), SHEET, "</sheetData>", '<row r="1048576" ht="12"/></sheetData>')
    assert trouble("a.xlsx", content) is None


def test_columns_are_counted_as_excel_does():
    for letters, number in [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)]:
        assert files.column_number(letters) == number
        assert files.column_letters(number) == letters


# zips


def put(tmp_path, content: bytes):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    return path


def test_names_that_point_outside_are_refused_and_litter_is_left_out(tmp_path):
    files_in = {
        "ok.xlsx": b"1",
        "../x.xlsx": b"1",
        "/y.xlsx": b"1",
        "__MACOSX/z": b"",
        "c/~$ok.xlsx": b"",
        "Thumbs.db": b"",
    }
    found = zips.listing(put(tmp_path, packed(files_in)))
    assert found.names == ["ok.xlsx"]
    assert {why for _name, why in found.refused} == {Trouble.BAD_NAME}


@pytest.mark.parametrize(
    ("content", "why"), [(b"", Trouble.BROKEN), (b"PK\x05", Trouble.BROKEN), (packed({}), Trouble.EMPTY)]
)
def test_a_zip_that_is_none_is_told(tmp_path, content, why):
    with pytest.raises(Unreadable) as told:
        zips.listing(put(tmp_path, content))
    assert told.value.trouble == why


def test_a_zip_bomb_is_told_before_anything_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(zips, "MAX_ALL", 1024 * 1024)
    with pytest.raises(Unreadable) as told:
        zips.listing(put(tmp_path, packed({f"{n}.xlsx": b" " * 300_000 for n in range(5)})))
    assert told.value.trouble == Trouble.BOMB


def test_more_files_than_are_read_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(zips, "MAX_FILES", 3)
    with pytest.raises(Unreadable) as told:
        zips.listing(put(tmp_path, packed({f"{n}.xlsx": b"" for n in range(4)})))
    assert told.value.trouble == Trouble.TOO_MANY


def test_vietnamese_names_packed_in_an_old_way_are_spelled_right():
    garbled = "xã Mường Phăng.xlsx".encode().decode("cp437")
    assert zips.spelled(garbled) == "xã Mường Phăng.xlsx"


def test_many_files_are_read_by_two_processes_in_their_order(tmp_path):
    names = {f"{n:03}.xlsx": table([["a", n]]) for n in range(parsing.MANY + 2)}
    found = list(parsing.parse_all(put(tmp_path, packed(names)), list(names)))
    assert [one.tables[0].rows[0][1] for one in found] == [str(n) for n in range(parsing.MANY + 2)]
