"""The file is read back as XML: it must say what the decree wants, whatever program opens it."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from luytre.reporting.documents import content, word
from luytre.reporting.documents.content import Paragraph, printable
from tests.reporting.documents.sample import FULL, MARKS, MARKUP, SHORT


@cache
def written() -> bytes:
    return word.write(FULL)


def opened() -> Document:
    return docx.Document(BytesIO(written()))


def part(name: str) -> Any:
    return etree.fromstring(ZipFile(BytesIO(written())).read(f"word/{name}.xml"))


def words(root: Any) -> str:
    return " ".join(text for text in root.itertext() if text.strip())


def test_the_page_is_a4_with_the_margins_of_the_decree():
    for section in opened().sections:
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        assert 20 <= round(section.top_margin.mm) <= 25
        assert 20 <= round(section.bottom_margin.mm) <= 25
        assert 30 <= round(section.left_margin.mm) <= 35
        assert 15 <= round(section.right_margin.mm) <= 20


def test_the_page_number_stands_top_centre_from_the_second_page():
    first = opened().sections[0]
    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == ""
    number = first.header.paragraphs[0]
    assert [field.get(qn("w:instr")) for field in number._p.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert number.style.name == "Header"
    assert number.style.paragraph_format.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    assert number.style.font.size == Pt(14)


def test_each_annex_starts_a_page_and_a_count_of_its_own():
    starts = [start.get(qn("w:start")) for start in part("document").iter(qn("w:pgNumType"))]
    assert starts == ["1", "1"]
    assert [section.header.is_linked_to_previous for section in opened().sections] == [False, True, True]
    assert all(section.different_first_page_header_footer for section in opened().sections)


def test_all_parts_are_there_in_their_order():
    everything = words(part("document"))
    order = [
        "ỦY BAN NHÂN DÂN TỈNH ĐIỆN BIÊN",
        "ỦY BAN NHÂN DÂN XÃ MƯỜNG PHĂNG",
        content.STATE,
        content.MOTTO,
        "Số: 07/BC-UBND",
        "Mường Phăng, ngày 05 tháng 02 năm 2026",
        "BÁO CÁO",
        "Kết quả phong trào tháng 01 năm 2026",
        "I. KẾT QUẢ",
        MARKS,
        "Bảng 1.",
        "Tổng cộng",
        "Nguồn: sổ tuyên truyền",
        "Trên đây là báo cáo./.",
        "Nơi nhận:",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Lò Văn Ánh",
        "Phụ lục I",
        "(Kèm theo Báo cáo",
        "Phụ lục II",
    ]
    places = [everything.find(piece) for piece in order]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic"),
    [
        ("Body Text", 14, False, False),
        ("Heading 1", 14, True, False),
        ("Heading 3", 14, True, True),
        ("Title", 14, True, False),
        ("Subtitle", 14, True, False),
        ("Letterhead", 13, False, False),
        ("Place and Date", 14, False, True),
        ("Recipients Title", 12, True, True),
        ("Recipients", 11, False, False),
        ("Signature", 14, True, False),
    ],
)
def test_sizes_and_weights_follow_the_decree(style: str, size: int, bold: bool, italic: bool):
    look = opened().styles[style].font
    assert (look.size, bool(look.bold), bool(look.italic)) == (Pt(size), bold, italic)


def test_the_letters_are_times_new_roman_in_vietnamese_everywhere():
    fonts = {value for element in part("styles").iter(qn("w:rFonts")) for value in element.attrib.values()}
    languages = {value for element in part("styles").iter(qn("w:lang")) for value in element.attrib.values()}
    assert fonts == {"Times New Roman"}
    assert languages == {"vi-VN"}


def test_the_body_is_indented_and_spaced():
    layout = opened().styles["Body Text"].paragraph_format
    assert Mm(10) <= layout.first_line_indent <= Mm(12.7)
    assert layout.space_after >= Pt(6)
    assert 1 <= layout.line_spacing <= 1.5


def test_the_state_stands_in_bold_above_a_line_as_long_as_the_motto():
    cell = opened().tables[0].cell(0, 1)
    state, motto, line = cell.paragraphs
    assert (state.text, state.runs[0].bold) == (content.STATE, True)
    assert (motto.text, motto.runs[0].bold, motto.runs[0].font.size) == (content.MOTTO, True, Pt(14))
    layout = line.paragraph_format
    assert cell.width - layout.left_indent - layout.right_indent == pytest.approx(Mm(61), abs=Mm(1))


def test_tables_repeat_their_head_and_do_not_cut_rows():
    table = opened().tables[1]
    rows = [row._tr for row in table.rows]
    assert [bool(row.findall(f".//{qn('w:tblHeader')}")) for row in rows] == [True] + [False] * 61
    assert all(row.findall(f".//{qn('w:cantSplit')}") for row in rows)
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
    assert table.rows[-1].cells[1].paragraphs[0].runs[0].bold
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Bảng 1. Kết quả theo khu dân cư"


def test_headings_are_headings_for_a_screen_reader():
    outline = [(p.style.name, p.text) for p in opened().paragraphs if p.style.name.startswith(("Heading", "Annex"))]
    assert ("Heading 1", "I. KẾT QUẢ") in outline
    assert ("Heading 3", "a) Tập trung") in outline
    assert opened().styles["Annex"].base_style.name == "Heading 1"


def test_footnotes_are_words_own():
    notes = [words(note) for note in part("footnotes").iter(qn("w:footnote"))]
    assert notes[2].strip() == "Sổ tuyên truyền, 18 bản ghi."
    references = [one.get(qn("w:id")) for one in part("document").iter(qn("w:footnoteReference"))]
    assert references == ["1", "2"]


def test_settings_stand_in_the_order_word_insists_on():
    table = [child.tag.split("}")[1] for child in opened().tables[1]._tbl.tblPr]
    section = [child.tag.split("}")[1] for child in opened().sections[-1]._sectPr]
    assert table == ["tblStyle", "tblW", "tblLayout", "tblCellMar", "tblLook", "tblCaption"]
    assert section.index("pgMar") < section.index("pgNumType") < section.index("cols") < section.index("titlePg")


def test_the_file_knows_its_title_author_and_language():
    facts = opened().core_properties
    assert facts.title == "Báo cáo Kết quả phong trào tháng 01 năm 2026"
    assert facts.author == "Ủy ban nhân dân xã Mường Phăng"
    assert (facts.language, facts.comments) == ("vi-VN", "")


def test_a_draft_says_so():
    draft = docx.Document(BytesIO(word.write(replace(SHORT, draft=True))))
    final = docx.Document(BytesIO(word.write(SHORT)))
    assert "DỰ THẢO" in draft.tables[0].cell(1, 0).text
    assert "DỰ THẢO" not in final.tables[0].cell(1, 0).text


def test_markup_is_only_letters():
    assert MARKUP in [paragraph.text for paragraph in opened().paragraphs]
    assert MARKUP in words(part("footnotes"))


@given(st.text(min_size=1))
def test_any_text_can_be_written_and_read_back(text: str):
    made = docx.Document(BytesIO(word.write(replace(SHORT, body=[Paragraph(text)]))))
    assert [p.text for p in made.paragraphs if p.style.name == "Body Text"] == [printable(text)]
