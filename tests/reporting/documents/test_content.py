from dataclasses import replace

import pytest

from luytre.reporting.documents.content import Column, RowDoesNotFit, Table, printable, roman
from tests.reporting.documents.sample import FIGURES, FULL, SHORT


def test_small_numbers_and_days_and_the_first_two_months_get_a_zero():
    assert SHORT.reference() == "07/BC-UBND"
    assert SHORT.placed() == "Mường Phăng, ngày 05 tháng 02 năm 2026"
    assert replace(SHORT, day=SHORT.day.replace(month=8)).dated() == "ngày 05 tháng 8 năm 2026"


def test_a_draft_leaves_room_for_number_and_day():
    draft = replace(SHORT, draft=True, number="")
    assert draft.reference().strip() == "/BC-UBND"
    assert "05" not in draft.dated()
    assert draft.dated().endswith("tháng 02 năm 2026")


def test_the_last_recipient_ends_with_a_full_stop():
    assert SHORT.recipient_lines() == ["- Ủy ban nhân dân tỉnh;", "- Lưu: VT."]


def test_annexes_are_counted_only_when_there_are_several():
    alone = replace(FULL, annexes=FULL.annexes[:1])
    assert [name for name, _, _ in FULL.annex_heads()] == ["Phụ lục I", "Phụ lục II"]
    assert [name for name, _, _ in alone.annex_heads()] == ["Phụ lục"]
    assert [roman(number) for number in (4, 9, 14, 39)] == ["IV", "IX", "XIV", "XXXIX"]


def test_an_annex_names_the_document_it_belongs_to():
    _, tie, _ = next(FULL.annex_heads())
    assert tie == "(Kèm theo Báo cáo số 07/BC-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Mường Phăng)"


def test_a_row_must_fit_its_columns():
    with pytest.raises(RowDoesNotFit):
        Table(columns=[Column("Khu dân cư")], rows=[["Bản 1", "2"]])


def test_long_cells_get_the_wider_columns():
    name, count, _ = FIGURES.shares()
    assert sum(FIGURES.shares()) == pytest.approx(1)
    assert max(Table(columns=[Column("a"), Column("b")], rows=[["x" * 60, "1"]]).shares()) < 1
    assert min(name, count) > 0.2


def test_letters_are_composed_and_control_signs_go():
    assert printable("e\u0302\u0301\x00\x0b\ud800 a\tb\r\nc") == "ế a b\nc"
