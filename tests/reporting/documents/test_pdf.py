from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luytre.reporting.documents import content, pdf
from luytre.reporting.documents.content import Paragraph
from tests.reporting.documents.sample import FULL, MARKS, MARKUP, SHORT


@cache
def written() -> bytes:
    return pdf.write(FULL)


@cache
def pages() -> list[list[str]]:
    """The lines of each page."""
    return [page.get_textpage().get_text_range().splitlines() for page in pypdfium2.PdfDocument(written())]


def flowing(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_the_page_is_a4():
    for page in pypdfium2.PdfDocument(written()):
        assert [round(length / 72 * 25.4) for length in page.get_size()] == [210, 297]


def test_the_text_keeps_to_the_margins():
    for page in pypdfium2.PdfDocument(written()):
        text = page.get_textpage()
        for left, bottom, right, _ in map(text.get_rect, range(text.count_rects())):
            assert left / 72 * 25.4 > 29
            assert right / 72 * 25.4 < 196.5  # the space that ends a line hangs over
            assert bottom / 72 * 25.4 > 19


def test_every_vietnamese_mark_is_in_the_text():
    assert MARKS in flowing(pages()[0])


def test_all_parts_are_there():
    everything = " ".join(map(flowing, pages()))
    for piece in (
        "TỈNH ĐIỆN BIÊN",
        "XÃ MƯỜNG PHĂNG",
        content.STATE,
        content.MOTTO,
        "Số: 07/BC-UBND",
        "Mường Phăng, ngày 05 tháng 02 năm 2026",
        "BÁO CÁO",
        "Kết quả phong trào tháng 01 năm 2026",
        "Tổng cộng gần 72.240",
        "Nguồn: sổ tuyên truyền",
        "Nơi nhận:",
        "- Lưu: VT.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lò Văn Ánh",
        "Sổ tuyên truyền, 18 bản ghi.",
        "Phụ lục II",
    ):
        assert piece in everything


def test_the_page_number_stands_on_the_second_page_and_not_on_the_first():
    assert pages()[1][0].strip() == "2"
    assert "1" not in [line.strip() for line in pages()[0]]
    top = pypdfium2.PdfDocument(written())[1].get_textpage().get_charbox(0)
    assert (top[0] + top[2]) / 2 == pytest.approx((30 + 165 / 2) / 25.4 * 72, abs=2)
    assert top[1] > 297 / 25.4 * 72 - 20 / 25.4 * 72


def test_each_annex_counts_its_own_pages():
    start = next(at for at, lines in enumerate(pages()) if lines[0].strip() == "Phụ lục I")
    assert pages()[start + 1][0].strip() == "2"


def test_a_table_over_two_pages_repeats_its_head():
    assert sum("Khu dân cư" in flowing(lines) and "So với cùng kỳ" in flowing(lines) for lines in pages()) >= 4


def test_markup_is_only_letters():
    assert MARKUP in " ".join(map(flowing, pages()))


def test_it_is_a_tagged_archive_file_in_vietnamese():
    assert b"pdfaid:part>2<" in written()
    assert b"/MarkInfo" in written()
    assert b"/Lang(vi-VN)" in written()
    facts = pypdfium2.PdfDocument(written()).get_metadata_dict()
    assert facts["Title"] == "Báo cáo Kết quả phong trào tháng 01 năm 2026"
    assert facts["Author"] == "Ủy ban nhân dân xã Mường Phăng"


def test_the_same_document_is_the_same_file():
    assert pdf.write(SHORT) == pdf.write(SHORT)


def test_several_can_be_written_at_once():
    with ThreadPoolExecutor(4) as several:
        assert len(set(several.map(pdf.write, [SHORT] * 8))) == 1


def test_signs_without_a_picture_become_a_box():
    assert pdf.shown("vui 😀\ufe0f\u200d ≥ 5") == "vui □ ≥ 5"


def test_a_draft_says_so():
    draft = pypdfium2.PdfDocument(pdf.write(replace(SHORT, draft=True, number="")))
    assert "DỰ THẢO" in draft[0].get_textpage().get_text_range()


def test_missing_print_fonts_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(pdf.PrintFontsMissing):
        pdf.fonts.__wrapped__()


@given(st.text(min_size=1))
@settings(max_examples=25)
def test_any_text_can_be_written(text: str):
    pdf.write(replace(SHORT, body=[Paragraph(text)]))


def test_every_sign_it_calls_its_own_can_be_shown():
    pdf.write(replace(SHORT, body=[Paragraph("".join(sorted(pdf.letters())))], subject="".join(sorted(pdf.BUILT_IN))))
