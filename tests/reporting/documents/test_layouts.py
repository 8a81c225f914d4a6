"""An office's own Word file: what it is refused for, and what it becomes."""

import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO

import docx
import pytest

from luytre.reporting.documents import layout_check, layouts, word
from luytre.reporting.documents.layout_check import BadLayout
from luytre.reporting.documents.layouts import Figures
from tests.reporting.documents.sample import FULL, MARKS, MARKUP

FIELDS = {*layouts.words(FULL), *layouts.PLACED}
DOCUMENT = "word/document.xml"


@cache
def standard() -> bytes:
    return layouts.standard()


def check(content: bytes, name: str = "mau.docx") -> None:
    layout_check.check(name, content, fields=FIELDS, codes={"outreach_sessions"})


def changed(part: str, change, content: bytes = b"") -> bytes:
    """The standard layout with one of its parts otherwise."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content or standard())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return made.getvalue()


def saying(*paragraphs: str) -> bytes:
    """An office's file with these paragraphs and the body."""
    file = docx.Document()
    for text in ("{{ body }}", *paragraphs):
        file.add_paragraph(text)
    made = BytesIO()
    file.save(made)
    return made.getvalue()


def refused(content: bytes, name: str = "mau.docx") -> BadLayout:
    with pytest.raises(BadLayout) as bad:
        check(content, name)
    return bad.value


def told(content: bytes) -> str:
    file = docx.Document(BytesIO(content))
    cells = [paragraph.text for table in file.tables for cell in table._cells for paragraph in cell.paragraphs]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_the_standard_layout_passes_its_own_check_and_has_every_main_field():
    check(standard())
    for field in ("body", "annexes", "number", "subject", "recipients", "signer", "position"):
        assert f"{{{{ {field} }}}}" in told(standard())


def test_the_standard_layout_says_all_that_the_system_prints():
    filled, printed = told(layouts.fill(standard(), FULL, Figures())), told(word.write(FULL))
    assert sorted(filter(None, map(str.strip, filled.split("\n")))) == sorted(
        filter(None, map(str.strip, printed.split("\n")))
    )
    assert MARKS in filled


def test_a_line_goes_where_it_has_nothing_to_say():
    bare = replace(FULL, superior_body="", signature=replace(FULL.signature, authority=()))
    both = layouts.fill(standard(), bare, Figures()), word.write(bare)
    filled, printed = (docx.Document(BytesIO(made)) for made in both)
    assert [p.text for p in filled.tables[0].cell(0, 0).paragraphs] == [
        p.text for p in printed.tables[0].cell(0, 0).paragraphs
    ]
    assert "DỰ THẢO" not in told(layouts.fill(standard(), bare, Figures()))
    assert "DỰ THẢO" in told(layouts.fill(standard(), replace(bare, draft=True), Figures()))


def test_the_body_stands_where_the_office_wants_it():
    filled = docx.Document(BytesIO(layouts.fill(saying("Sau thân"), FULL, Figures())))
    texts = [paragraph.text for paragraph in filled.paragraphs]
    assert texts.index("I. KẾT QUẢ") < texts.index("Trên đây là báo cáo./.") < texts.index("Sau thân")
    assert len(filled.tables) == 1


def test_annexes_come_only_where_they_are_asked_for():
    assert "Phụ lục I" not in told(layouts.fill(saying(), FULL, Figures()))
    assert "Phụ lục I" in told(layouts.fill(saying("{{ annexes }}"), FULL, Figures()))


def test_figures_may_stand_anywhere_by_their_code():
    content = saying("Buổi: {{ figures.outreach_sessions }} ({{ changes.outreach_sessions }})")
    check(content)
    figures = Figures(now={"outreach_sessions": "18"}, changes={"outreach_sessions": "tăng 3"})
    assert "Buổi: 18 (tăng 3)" in told(layouts.fill(content, FULL, figures))
    assert "Buổi: – (–)" in told(layouts.fill(content, FULL, Figures()))


def test_asking_whether_a_field_has_anything_is_allowed():
    content = saying("{% if draft %}NHÁP{% else %}CHÍNH THỨC{% endif %}")
    check(content)
    assert "CHÍNH THỨC" in told(layouts.fill(content, FULL, Figures()))
    assert "NHÁP" in told(layouts.fill(content, replace(FULL, draft=True), Figures()))


def test_words_of_the_report_are_never_read_as_fields():
    shown = told(layouts.fill(standard(), replace(FULL, subject=MARKUP), Figures()))
    assert MARKUP in shown


def test_an_unknown_field_is_named_with_its_paragraph():
    bad = refused(saying("Kính gửi: {{ kinh_gui }}"))
    assert (bad.why, bad.what, bad.where) == ("unknown", "kinh_gui", "Kính gửi: {{ kinh_gui }}")
    assert refused(saying("{{ figures.no_such }}")).what == "figures.no_such"
    assert refused(saying("{{ subject.x }}")).why == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "{% for x in recipients %}{{ x }}{% endfor %}",
        "{{ ''.__class__ }}",
        "{{ subject.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ range(10**9) }}",
        "{{ subject * 100000000 }}",
        "{{ subject|upper }}",
        "{% set a = 1 %}",
        "{% include 'x' %}",
        "{% if subject() %}x{% endif %}",
        "{{ figures.__init__ }}",
    ],
)
def test_anything_but_plain_fields_is_refused(text):
    assert refused(saying(text)).why in ("block", "unknown", "syntax")


@pytest.mark.parametrize("text", ["{{ subject", "{% if draft %}x", "{{ subject }} {% endif %}", "{{ 1 + }}"])
def test_what_is_not_closed_is_refused_before_it_is_used(text):
    assert refused(saying(text)).why in ("syntax", "block")


def test_the_body_stands_once_and_alone():
    assert refused(saying("{{ body }}")).why == "body"
    assert refused(changed(DOCUMENT, lambda xml: xml.replace(b"{{ body }}", b"x"))).why == "body"
    assert refused(changed(DOCUMENT, lambda xml: xml.replace(b"{{ body }}", b"x {{ body }}"))).why == "alone"


def test_a_file_of_another_kind_is_refused():
    assert refused(b"%PDF-1.7").why == "not_word"
    assert refused(b"").why == "not_word"
    assert refused(standard(), "mau.doc").why == "not_word"
    assert refused(standard()[:2000]).why == "not_word"
    assert refused(changed(DOCUMENT, lambda xml: xml[:500])).why == "not_word"


def test_programs_inside_are_refused():
    assert refused(standard(), "mau.docm").why == "macros"
    assert refused(changed("word/vbaProject.bin", lambda _: b"x")).why == "macros"
    assert refused(changed("word/embeddings/oleObject1.bin", lambda _: b"x")).why == "macros"
    kinds = changed(
        "[Content_Types].xml",
        lambda xml: xml.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )
    assert refused(kinds).why == "macros"


def test_nothing_is_fetched_from_outside():
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://example.org/a.png" TargetMode="External"/></Relationships>'
    )
    bad = refused(changed("word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", link)))
    assert (bad.why, bad.what) == ("link", "http://example.org/a.png")
    field = b'<w:p><w:r><w:instrText>INCLUDEPICTURE "http://example.org/a.png"</w:instrText></w:r></w:p><w:sectPr'
    assert refused(changed(DOCUMENT, lambda xml: xml.replace(b"<w:sectPr", field, 1))).why == "link"


def test_entities_are_refused():
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
    assert refused(changed(DOCUMENT, lambda xml: entity + xml.split(b"?>", 1)[1])).why == "not_word"


def test_a_bomb_is_not_unpacked():
    zeros = b" " * (layout_check.LARGEST_UNPACKED + 1)
    assert refused(changed("word/media/a.xml", lambda _: zeros)).why == "bomb"
    assert refused(changed(DOCUMENT, lambda xml: xml + b" " * layout_check.LARGEST_TEXT)).why == "too_large"
    assert refused(b"PK" + b"0" * layout_check.LARGEST_FILE).why == "too_large"


def test_no_part_steps_out_of_the_file():
    assert refused(changed("../evil.xml", lambda _: b"<a/>")).why == "not_word"
