"""What python-docx has no call for: footnotes, rules, borders, the page field."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph


def element(name: str, **attributes: str | int) -> Any:
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


class Footnotes:
    """Word keeps footnotes in a part of their own; the text holds their numbers only."""

    def __init__(self) -> None:
        self.root = parse_xml(
            f"<w:footnotes {nsdecls('w')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0">'
            "<w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"
        )
        self.count = 0

    def add(self, paragraph: Paragraph, text: str) -> None:
        self.count += 1
        self._mark(paragraph).append(element("footnoteReference", id=self.count))
        note = element("footnote", id=self.count)
        self.root.append(note)
        lines = element("p")
        note.append(lines)
        inside = Paragraph(lines, paragraph.part)
        inside.style = "footnote text"
        self._mark(inside).append(element("footnoteRef"))
        inside.add_run(f" {text}")

    def attach(self, document: Document) -> None:
        if self.count:
            name = PackURI("/word/footnotes.xml")
            part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, serialize_part_xml(self.root), document.part.package)
            document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    @staticmethod
    def _mark(paragraph: Paragraph) -> Any:
        return paragraph.add_run(style="footnote reference")._r


def put_page_number(section: Section) -> None:
    """At the top; the first page has an empty head of its own. Later sections take both over."""
    section.header.paragraphs[0]._p.append(element("fldSimple", instr="PAGE"))
    section.first_page_header.is_linked_to_previous = False


def count_anew(section: Section) -> None:
    """A new section comes with a copy of the settings of the one before."""
    if section._sectPr.find(qn("w:pgNumType")) is None:
        section._sectPr.find(qn("w:pgMar")).addnext(element("pgNumType", start=1))


def draw_rule(paragraph: Paragraph, *, length: Length, inside: Length) -> None:
    """A solid line under the text before it, centred, of a length of its own: what underlining cannot do."""
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = Length(max(0, (inside - length) // 2))
    layout.space_before = Pt(2)
    layout.line_spacing = Pt(3)
    layout.space_after = Pt(6)
    border(paragraph, "top")


def border(paragraph: Paragraph, *sides: str) -> None:
    borders = element("pBdr")
    for side in sides:
        borders.append(element(side, val="single", sz=6, space=1, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def lay_out(table: Any, widths: Sequence[Length], *, padding: Length) -> None:
    """Fixed widths, so that Word, LibreOffice and the printer agree."""
    table.autofit = False
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=padding.twips, type="dxa"))
    table._tbl.tblPr.find(qn("w:tblLayout")).addnext(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def keep_rows_whole(table: Any) -> None:
    """No row is cut by the end of a page, and the last one takes its neighbour along."""
    for cell in table.rows[-2].cells if len(table.rows) > 1 else ():
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))


def repeat_first_row(table: Any) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))


def describe(table: Any, title: str) -> None:
    """What a screen reader says when it comes to the table."""
    table._tbl.tblPr.append(element("tblCaption", val=title))
