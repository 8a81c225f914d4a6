"""Excel in and out: plain tables, nothing clever."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

MAX_ROWS = 20_000
MAX_BYTES = 10 * 1024 * 1024


class UnreadableWorkbook(Exception):
    """The file is no workbook that can be read; the message says what to do."""


@dataclass(frozen=True)
class Sheet:
    """A heading row and the rows below it; `first_row` is the number Excel shows for the first of them."""

    headings: list[str]
    rows: list[list[Any]]
    first_row: int


def names(content: bytes) -> list[str]:
    """The sheets of a workbook; none when it cannot be read."""
    try:
        return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names)
    except (CalamineError, OSError, ValueError):
        return []


def read(source: Path | bytes, sheet_name: str = "", header: int = 0) -> Sheet:
    """A sheet of a workbook, the first unless named; `header` is the number of its row of headings, found if not said.

    Empty rows are left out at the end only, so that numbers stay right.
    """
    content = source.read_bytes() if isinstance(source, Path) else source
    if len(content) > MAX_BYTES:
        raise UnreadableWorkbook(_("The file is larger than 10 MB. Split it and send the parts one by one."))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_name(sheet_name) if sheet_name in book.sheet_names else book.get_sheet_by_index(0)
        table = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS + 100)
    except (CalamineError, IndexError, OSError, ValueError) as error:
        raise UnreadableWorkbook(
            _("This is not an Excel file that can be read. Save it as .xlsx without a password and send it again.")
        ) from error
    while table and not any(has_text(cell) for cell in table[-1]):
        table.pop()
    found = next((i for i, row in enumerate(table) if sum(has_text(cell) for cell in row) > 1), None)
    start = header - 1 if 0 < header < len(table) else found
    if start is None or start + 1 >= len(table):
        raise UnreadableWorkbook(_("The first sheet has no rows. Put the headings in one row and the records below."))
    if len(table) - start - 1 > MAX_ROWS:
        raise UnreadableWorkbook(_("The sheet has more than 20,000 rows. Split it and send the parts one by one."))
    return Sheet([str(cell).strip() for cell in table[start]], table[start + 1 :], start + 2)


def has_text(cell: Any) -> bool:
    return str(cell).strip() != ""


def as_text(cell: Any) -> str:
    """A cell as somebody would have typed it: whole numbers without ".0", dates day first."""
    if isinstance(cell, bool):
        return "1" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.strftime("%d/%m/%Y")
    return str(cell).strip()


def write(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str, notes: Sequence[str] = ()) -> bytes:
    """A sheet with bold headings, a filter and frozen head; text that looks like a formula stays text."""
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(safe_name(title))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, max(12, min(40, len(heading) + 4)))
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(last, column, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
                else:
                    sheet.write(last, column, cell)
        sheet.autofilter(0, 0, last, max(0, len(headings) - 1))
        if notes:
            about = book.add_worksheet(_("About this sheet"))
            about.set_column(0, 0, 80)
            for row_number, note in enumerate(notes):
                about.write_string(row_number, 0, note)
    return buffer.getvalue()


def safe_name(title: str) -> str:
    """A sheet's name: at most 31 characters, none that Excel refuses."""
    return "".join(c for c in title if c not in "[]:*?/\\")[:31] or "1"
