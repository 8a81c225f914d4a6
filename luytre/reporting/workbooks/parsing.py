"""One workbook as plain text cells; without Django, so that two processes share thousands of them."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from luytre.reporting.workbooks.files import Trouble, Unreadable, column_letters, safe

MARK = "luytre"  # the hidden sheet of a workbook that the system issued
WHOLE = "*"  # stands in the code column beside the comment on the whole return
MANY = 48  # from so many workbooks on, both cores read
A_TURN = 64
PROCESSES = 2
MAX_SHOWN_ROWS, MAX_SHOWN_COLUMNS = 600, 120


@dataclass(frozen=True)
class Cell:
    """A row of an issued form: the code, what was typed, the note, and the cell's address."""

    code: str
    text: str
    note: str
    address: str


@dataclass(frozen=True)
class Table:
    """A visible sheet of somebody's own workbook, as text."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Parsed:
    """What one file holds: an issued form, or an office's own sheets, or trouble."""

    name: str
    trouble: Trouble | None = None
    mark: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    cells: list[Cell] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def is_issued(self) -> bool:
        return bool(self.mark)


def parse(name: str, content: bytes) -> Parsed:
    try:
        return parsed(name, CalamineWorkbook.from_filelike(io.BytesIO(safe(name, content))))
    except Unreadable as problem:
        return Parsed(name, problem.trouble)
    except (CalamineError, ValueError, OSError, IndexError):
        return Parsed(name, Trouble.BROKEN)


def parsed(name: str, book: CalamineWorkbook) -> Parsed:
    sheets = [one for one in book.sheet_names if one != MARK]
    if MARK in book.sheet_names:
        mark = dict(pairs(rows_of(book, MARK)))
        for sheet in sheets:
            if cells := form_cells(rows_of(book, sheet), mark):
                return Parsed(name, mark=mark, sheet=sheet, cells=cells)
        return Parsed(name, Trouble.NO_COLUMNS)
    tables = [Table(sheet, shown(rows_of(book, sheet))) for sheet in sheets[:8]]
    return Parsed(name, None if any(one.rows for one in tables) else Trouble.EMPTY, tables=tables)


def rows_of(book: CalamineWorkbook, sheet: str) -> list[list[Any]]:
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def pairs(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        if len(row) > 1 and row[0] != "":
            yield as_text(row[0]), as_text(row[1])


def shown(rows: list[list[Any]]) -> list[list[str]]:
    told = [[as_text(cell) for cell in row[:MAX_SHOWN_COLUMNS]] for row in rows[:MAX_SHOWN_ROWS]]
    while told and not any(told[-1]):
        told.pop()
    return told


def form_cells(rows: list[list[Any]], mark: dict[str, str]) -> list[Cell]:
    """By the headings the form was issued with, wherever they stand now; nothing if they are gone."""
    wanted = [mark.get(key, "") for key in ("code_heading", "value_heading", "note_heading")]
    for number, row in enumerate(rows, 1):
        texts = [as_text(cell) for cell in row]
        if all(one and one in texts for one in wanted):
            code, value, note = (texts.index(one) for one in wanted)
            below = enumerate(rows[number:], number + 1)
            return [form_cell(one, place, code, value, note) for place, one in below if as_text(one[code])]
    return []


def form_cell(row: list[Any], number: int, code: int, value: int, note: int) -> Cell:
    return Cell(as_text(row[code]), as_text(row[value]), as_text(row[note]), f"{column_letters(value + 1)}{number}")


def as_text(cell: Any) -> str:
    """As somebody would type it in Viet Nam: no ".0", a comma before parts, days first."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, datetime | date):
        return cell.strftime("%d/%m/%Y")
    return str(cell).strip()


def number_text(number: float) -> str:
    if number.is_integer():
        return str(int(number))
    nearest = round(number, 2)
    exact = nearest if abs(number - nearest) < 1e-9 else number  # 0.30000000000000004 is 0,3
    return f"{Decimal(repr(exact)):f}".replace(".", ",")


# thousands


def parse_all(path: Path, names: Sequence[str]) -> Iterator[Parsed]:
    """Files of a zip in their order; two processes where there are many."""
    turns = [(path, some) for some in turns_of(names)]
    if len(names) < MANY:
        for turn in turns:
            yield from parse_turn(turn)
        return
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for some in pool.map(parse_turn, turns):
            yield from some


def turns_of(names: Sequence[str]) -> Iterator[list[str]]:
    left = iter(names)
    while some := list(islice(left, A_TURN)):
        yield some


def parse_turn(turn: tuple[Path, list[str]]) -> list[Parsed]:
    path, names = turn
    with zipfile.ZipFile(path) as source:
        return [parse_part(source, name) for name in names]


def parse_part(source: zipfile.ZipFile, name: str) -> Parsed:
    try:
        content = source.read(name)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error):
        return Parsed(name, Trouble.BROKEN)
    except RuntimeError:
        return Parsed(name, Trouble.ENCRYPTED)
    return parse(name, content)
