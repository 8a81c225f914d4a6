"""Writes an official document as Word."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time
from functools import singledispatchmethod
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from luytre.reporting.documents import content, word_parts, word_styles
from luytre.reporting.documents.content import Block, OfficialDocument, printable

MARGINS = {"top_margin": Mm(20), "bottom_margin": Mm(20), "left_margin": Mm(30), "right_margin": Mm(15)}
TEXT_WIDTH = Mm(165)
HEAD_WIDTHS = [Mm(66), Mm(99)]  # the state's name takes 96 mm in bold capitals of 13 points
FOOT_WIDTHS = [Mm(75), Mm(90)]
MOTTO_LENGTH = Mm(61)  # of the motto in bold letters of 14 points
ALIGNMENTS = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}


def write(document: OfficialDocument) -> bytes:
    writer = WordWriter()
    writer.head(document)
    writer.blocks(document.body)
    writer.foot(document)
    writer.annexes(document)
    return writer.finish(document)


def width_of(section: Section) -> Length:
    """What the margins leave for the text."""
    page, left, right = section.page_width, section.left_margin, section.right_margin
    return Length(page - left - right) if page and left is not None and right is not None else Length(TEXT_WIDTH)


class WordWriter:
    def __init__(self, layout: Document | None = None) -> None:
        """On an empty page, or on an office's own layout, whose page and styles are left as they are."""
        self.word = layout or docx.Document()
        self.footnotes = word_parts.Footnotes()
        if layout:
            word_styles.add_missing(self.word)
        else:
            word_styles.prepare(self.word)
            self._page(self.word.sections[0])
        self.text_width = width_of(self.word.sections[-1])

    @staticmethod
    def _page(section: Section) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        for margin, width in MARGINS.items():
            setattr(section, margin, width)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        word_parts.put_page_number(section)

    # The head: who speaks on the left, the state on the right.

    def head(self, document: OfficialDocument) -> None:
        # LibreOffice puts a whole blank line above a table that opens a document; this one is a point high.
        self.word.add_paragraph().paragraph_format.line_spacing = Pt(1)
        table = self.word.add_table(rows=2, cols=2)
        word_parts.lay_out(table, HEAD_WIDTHS, padding=Length(0))
        self._issuer(table.cell(0, 0), document)
        self._state(table.cell(0, 1))
        self._line(table.cell(1, 0), f"Số: {document.reference()}", "Letterhead")
        if document.draft:
            self._draft_mark(table.cell(1, 0))
        self._line(table.cell(1, 1), document.placed(), "Place and Date")
        self._add(document.type_name.upper(), "Title")
        self._add(document.subject, "Subtitle")
        self._rule(self.word.add_paragraph(), share=0.4 * len(document.subject) * Mm(2.5), inside=TEXT_WIDTH)

    def _issuer(self, cell: _Cell, document: OfficialDocument) -> None:
        if document.superior_body:
            self._line(cell, document.superior_body.upper(), "Letterhead")
        self._line(cell, document.issuing_body.upper(), "Letterhead", bold=True)
        longest = max(map(len, document.issuing_body.splitlines()), default=0)
        self._rule(cell.add_paragraph(), share=0.4 * longest * Mm(3.1), inside=HEAD_WIDTHS[0])

    def _state(self, cell: _Cell) -> None:
        self._line(cell, content.STATE, "Letterhead", bold=True)
        motto = self._line(cell, content.MOTTO, "Letterhead", bold=True)
        motto.runs[0].font.size = Pt(14)
        word_parts.draw_rule(cell.add_paragraph(), length=MOTTO_LENGTH, inside=HEAD_WIDTHS[1])

    def _draft_mark(self, cell: _Cell) -> None:
        mark = self._line(cell, content.DRAFT, "Letterhead", bold=True)
        mark.paragraph_format.space_before = Pt(6)
        mark.paragraph_format.left_indent = mark.paragraph_format.right_indent = Mm(16)
        word_parts.border(mark, "top", "left", "bottom", "right")

    @staticmethod
    def _rule(paragraph: WordParagraph, *, share: float, inside: Length) -> None:
        word_parts.draw_rule(paragraph, length=Length(min(int(share), int(inside * 0.4))), inside=inside)

    # The body, block by block.

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.block(block)

    @singledispatchmethod
    def block(self, block: Block) -> None:
        raise TypeError(block)

    @block.register
    def _(self, block: content.Heading) -> None:
        self._add(block.text, f"Heading {block.level}")

    @block.register
    def _(self, block: content.Paragraph) -> None:
        self._fill(self.word.add_paragraph(style="Body Text"), block.text)

    @block.register
    def _(self, block: content.BulletList) -> None:
        for item in block.items:
            self._fill(self.word.add_paragraph(style="List Bullet"), item)

    @block.register
    def _(self, block: content.Note) -> None:
        self._add(block.text, "Note")

    @block.register
    def _(self, block: content.Table) -> None:
        if block.title:
            self._add(block.title, "Caption")
        table = self.word.add_table(rows=0, cols=len(block.columns), style="Table Grid")
        self._row(
            table.add_row().cells, [column.title for column in block.columns], ["center"] * len(block.columns), True
        )
        for cell in table.rows[0].cells:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        alignments = [column.align for column in block.columns]
        for row in block.lines():
            self._row(table.add_row().cells, row, alignments, row is block.total)
        word_parts.lay_out(table, [Length(int(self.text_width * share)) for share in block.shares()], padding=Mm(1.5))
        word_parts.keep_rows_whole(table)
        word_parts.repeat_first_row(table)
        word_parts.describe(table, printable(block.title))
        self._add(f"{content.SOURCE}: {block.source}" if block.source else "", "Note")

    def _row(self, cells: Sequence[_Cell], texts: Sequence[str], alignments: Sequence[str], bold: bool) -> None:
        for cell, text, alignment in zip(cells, texts, alignments, strict=True):
            self._line(cell, text, "Table Text", bold=bold).alignment = ALIGNMENTS[alignment]

    # The foot, and what is bound behind it.

    def foot(self, document: OfficialDocument) -> None:
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self.word.add_table(rows=1, cols=2)
        word_parts.lay_out(table, FOOT_WIDTHS, padding=Length(0))
        word_parts.keep_rows_whole(table)
        left, right = table.rows[0].cells
        self._line(left, content.RECIPIENTS, "Recipients Title")
        for line in document.recipient_lines():
            self._line(left, line, "Recipients")
        for line in (*document.signature.authority, document.signature.position):
            self._line(right, line.upper(), "Signature")
        self._line(right, document.signature.name, "Signature").paragraph_format.space_before = Mm(28)

    def annexes(self, document: OfficialDocument) -> None:
        for name, tie, annex in document.annex_heads():
            word_parts.count_anew(self.word.add_section(WD_SECTION.NEW_PAGE))
            self._add(name, "Annex")
            self._add(annex.title.upper(), "Annex Title")
            self._add(tie, "Annex Reference")
            self.blocks(annex.body)

    def finish(self, document: OfficialDocument) -> bytes:
        self.footnotes.attach(self.word)
        self._properties(document)
        written = BytesIO()
        self.word.save(written)
        return written.getvalue()

    def _properties(self, document: OfficialDocument) -> None:
        facts = self.word.core_properties
        facts.title, facts.subject = printable(document.title())[:255], printable(document.subject)[:255]
        facts.author = facts.last_modified_by = printable(" ".join(document.issuing_body.split()))[:255]
        facts.language, facts.comments = word_styles.LANGUAGE, ""
        facts.created = facts.modified = datetime.combine(document.day, time(), UTC)

    # Text goes into the file here and nowhere else.

    def _add(self, text: str, style: str) -> WordParagraph:
        return self.word.add_paragraph(printable(text), style=style)

    def _line(self, cell: _Cell, text: str, style: str, *, bold: bool = False) -> WordParagraph:
        """Fills the empty paragraph a new cell comes with, then adds more."""
        first = cell.paragraphs[0]
        paragraph: WordParagraph = cell.add_paragraph() if first.runs or len(cell.paragraphs) > 1 else first
        paragraph.style = style
        paragraph.add_run(printable(text)).bold = bold or None
        return paragraph

    def _fill(self, paragraph: WordParagraph, text: content.Text) -> None:
        for piece in content.pieces(text):
            if isinstance(piece, content.Footnote):
                self.footnotes.add(paragraph, printable(piece.text))
            else:
                paragraph.add_run(printable(piece))
