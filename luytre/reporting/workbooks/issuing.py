"""A return as a workbook to fill away from the network, in the office's layout; a hidden sheet says whose it is."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.common.numbers import Qualifier
from luytre.reporting import catalogue
from luytre.reporting.models import ReturnDraft
from luytre.reporting.models.facts import SCALE
from luytre.reporting.returns import checking, declaring, drafting, numbers, sending
from luytre.reporting.returns.history import History
from luytre.reporting.returns.numbers import LARGEST, PARTED_UNITS, Amount, NotANumber
from luytre.reporting.returns.paper import COMMENT, VALUE, Errand, Paper
from luytre.reporting.workbooks import parsing, slips

COLUMNS = ((0, 6), (1, 46), (2, 12), (3, 16), (4, 14), (5, 16), (6, 34), (7, 30))  # column, width
VALUE_COLUMN, NOTE_COLUMN, LAST = 3, 6, 7
GREY, GREEN = "#EEEEEE", "#E8F3EA"
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


@dataclass(frozen=True)
class Face:
    """What stands in the cells when the workbook is opened."""

    errand: Errand
    base_number: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    registers: Mapping[str, int | None] = field(default_factory=dict)
    past: History | None = None


def face(errand: Errand) -> Face:
    """As the page of the form shows it: the draft, else what was sent, else what is known."""
    report = sending.find(errand.form, errand.area, errand.window)
    paper = Paper(errand, report, timezone.now(), drafting.find(report))
    codes = errand.form.codes
    return Face(
        errand,
        base_of(paper.draft, paper.number),
        {code: text_of(paper, code) for code in codes},
        {code: paper.written.get(COMMENT + code, "") for code in [checking.WHOLE, *codes]},
        paper.kept,
        paper.past,
    )


def base_of(draft: ReturnDraft | None, number: int) -> int:
    return draft.base_number if draft else number


def text_of(paper: Paper, code: str) -> str:
    """With the word before the number that says how exact it is."""
    typed = paper.written.get(VALUE + code, "")
    try:
        amount = checking.read(code, paper.filled)
    except NotANumber:
        return typed
    return str(amount) if amount and amount.qualifier != Qualifier.EXACT else typed


def file_name(errand: Errand) -> str:
    return f"{errand.form.code}-{errand.area.code}-{errand.token}.xlsx"


def write(one: Face) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        Writer(book, one).write()
    return buffer.getvalue()


class Writer:
    """Puts a face on a sheet, row by row."""

    def __init__(self, book: Any, one: Face) -> None:
        self.face, self.form = one, one.errand.form
        self.book, self.sheet, self.row = book, book.add_worksheet(_("Return")), 0
        self.styles = {name: book.add_format({"font_name": "Times New Roman", **look}) for name, look in LOOKS.items()}

    def write(self) -> None:
        self.page()
        self.top()
        self.head()
        for number, section in enumerate(declaring.sections(self.form), 1):
            self.sheet.merge_range(self.row, 0, self.row, LAST, f"{number}. {section.name}", self.styles["section"])
            self.row += 1
            for place, code in enumerate(section.codes, 1):
                self.line(f"{number}.{place}", code)
        self.whole_comment()
        self.sheet.print_area(0, 0, self.row, NOTE_COLUMN)
        self.mark()

    def page(self) -> None:
        for column, width in COLUMNS:
            self.sheet.set_column(column, column, width)
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        self.sheet.set_footer("&C&P/&N")
        self.sheet.hide_gridlines(2)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def top(self) -> None:
        errand, styles = self.face.errand, self.styles
        due = _("due on %(day)s") % {"day": f"{errand.due_on:%d/%m/%Y}"}
        self.sheet.write_string(0, 0, errand.area.full_name.upper(), styles["plain"])
        self.sheet.merge_range(1, 0, 1, NOTE_COLUMN, self.form.name.upper(), styles["title"])
        self.sheet.merge_range(2, 0, 2, NOTE_COLUMN, f"{errand.window}, {due}", styles["centred"])
        self.sheet.merge_range(3, 0, 3, NOTE_COLUMN, how_to_fill(), styles["note"])
        self.sheet.set_row(3, 32)
        self.row = 5

    def head(self) -> None:
        for column, heading in enumerate(headings()):
            self.sheet.write_string(self.row, column, heading, self.styles["head"])
        self.sheet.set_row(self.row, 32)
        self.sheet.repeat_rows(self.row)
        self.row += 1
        self.sheet.freeze_panes(self.row, 2)

    def line(self, number: str, code: str) -> None:
        definition, styles = catalogue.get(code), self.styles
        self.sheet.write_string(self.row, 0, number, styles["cell"])
        self.sheet.write_string(self.row, 1, definition.name, styles["words"])
        self.sheet.write_string(self.row, 2, definition.unit, styles["cell"])
        if code in self.form.register_codes:
            self.number(VALUE_COLUMN, self.face.registers.get(code), "register")
        else:
            self.typed(code, is_parted=definition.en_unit in PARTED_UNITS)
        past = self.face.past
        self.number(4, hundredths(past.last(code) if past else None), "number")
        self.number(5, hundredths(past.year_before(code) if past else None), "number")
        note = "note_typed" if code in self.form.codes else "words"
        self.sheet.write_string(self.row, NOTE_COLUMN, self.face.comments.get(code, ""), styles[note])
        self.sheet.write_string(self.row, LAST, code, styles["code"])
        self.row += 1

    def number(self, column: int, amount: int | None, style: str) -> None:
        if amount is None:
            self.sheet.write_blank(self.row, column, None, self.styles[style])
        else:
            self.sheet.write_number(self.row, column, float(Decimal(amount) / SCALE), self.styles[style])

    def typed(self, code: str, *, is_parted: bool) -> None:
        """A number as a number; what is no number stays as it was typed."""
        text, style = self.face.texts.get(code, ""), self.styles["typed"]
        try:
            amount = numbers.parse(text, unit=catalogue.get(code).en_unit)
        except NotANumber:
            amount = None
        if amount and amount.qualifier == Qualifier.EXACT:
            self.sheet.write_number(self.row, VALUE_COLUMN, float(amount.value), style)
        else:
            self.sheet.write_string(self.row, VALUE_COLUMN, text, style)
        self.sheet.data_validation(self.row, VALUE_COLUMN, self.row, VALUE_COLUMN, rule(is_parted=is_parted))

    def whole_comment(self) -> None:
        styles = self.styles
        self.sheet.merge_range(
            self.row, 0, self.row, VALUE_COLUMN + 2, _("Comment on the whole return"), styles["words"]
        )
        whole = self.face.comments.get(checking.WHOLE, "")
        self.sheet.write_string(self.row, NOTE_COLUMN, whole, styles["note_typed"])
        self.sheet.write_string(self.row, LAST, parsing.WHOLE, styles["code"])
        self.sheet.set_row(self.row, 48)

    def mark(self) -> None:
        errand, head = self.face.errand, headings()
        said = slips.mark(errand.form, errand.area, errand.window, self.face.base_number)
        said |= {"code_heading": head[LAST], "value_heading": head[VALUE_COLUMN], "note_heading": head[NOTE_COLUMN]}
        hidden = self.book.add_worksheet(parsing.MARK)
        hidden.very_hidden()
        for row, (name, text) in enumerate(said.items()):
            hidden.write_string(row, 0, name)
            hidden.write_string(row, 1, text)


BORDERED = {"border": 1, "border_color": "#999999", "valign": "vcenter"}
NUMBER = "#,##0.##;-#,##0.##;0"
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {"bold": True},
    "title": {"bold": True, "font_size": 14, "align": "center"},
    "centred": {"align": "center", "italic": True},
    "note": {"text_wrap": True, "italic": True, "font_size": 10, "valign": "top"},
    "head": {**BORDERED, "bold": True, "text_wrap": True, "align": "center", "bg_color": GREY},
    "section": {**BORDERED, "bold": True},
    "cell": {**BORDERED, "align": "center", "text_wrap": True},
    "words": {**BORDERED, "text_wrap": True},
    "number": {**BORDERED, "num_format": NUMBER, "font_color": "#555555"},
    "register": {**BORDERED, "num_format": NUMBER, "bg_color": GREY},
    "typed": {**BORDERED, "num_format": NUMBER, "bg_color": GREEN, "locked": False, "align": "right"},
    "note_typed": {**BORDERED, "text_wrap": True, "locked": False},
    "code": {"font_size": 8, "font_color": "#888888", "valign": "vcenter"},
}


def headings() -> list[str]:
    return [
        _("No."),
        _("Indicator"),
        _("Unit of measure"),
        _("This period"),
        _("Period before"),
        _("Same period last year"),
        _("Note"),
        _("Code"),
    ]


def how_to_fill() -> str:
    return _(
        "Fill in the green cells only; grey ones come from the registers. Write 0 where there was none; "
        "“nearly”, “about” or “more than” may stand before a number. No names of residents in notes."
    )


def rule(*, is_parted: bool) -> dict[str, Any]:
    """Excel warns, and lets words such as "gần 300" pass; the system has the last word."""
    return {
        "validate": "decimal" if is_parted else "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": LARGEST,
        "error_type": "warning",
        "error_title": _("A number is asked here"),
        "error_message": _("Write digits only. Leave it so only if a word such as “nearly” stands before it."),
    }


def hundredths(amount: Amount | None) -> int | None:
    return amount.hundredths if amount else None
