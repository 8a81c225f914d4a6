"""Workbook files from outside, opened with care: nothing here trusts a name, a size or a cell's address.

Imports nothing of Django, so that other processes start quickly; what is wrong is told as a `Trouble`.
"""

import io
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePosixPath

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 400
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 600, 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel, and every workbook with a password
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
KEPT = (".xml", ".rels")
NEEDLESS = ("docProps/", "xl/theme/", "xl/drawings/", "xl/comments", "xl/calcChain", "xl/printerSettings/")
CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br\s*=\s*[\"']([A-Z]+)(\d+)[\"'][^>]*(?<!/)>")
FILLED_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)[\"'][^>]*(?<!/)>\s*<(?:\w+:)?c\b")


class Trouble(StrEnum):
    """Why a file was not read."""

    NOT_EXCEL = "not_excel"
    OLD_EXCEL = "old_excel"
    TEXT = "text"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    BOMB = "bomb"
    NESTED = "nested"
    BAD_NAME = "bad_name"
    TOO_MANY = "too_many"
    EMPTY = "empty"
    NOT_OURS = "not_ours"
    NO_COLUMNS = "no_columns"


class Unreadable(Exception):
    """A file that is not read; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def safe(name: str, content: bytes) -> bytes:
    """The workbook packed anew with nothing in it but its own tables; raises Unreadable."""
    refuse_by_name(name)
    refuse_by_head(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            refuse_by_parts(source.infolist())
            return packed(source)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(Trouble.BROKEN) from error
    except RuntimeError as error:  # a part that wants a password
        raise Unreadable(Trouble.ENCRYPTED) from error


def refuse_by_name(name: str) -> None:
    ending = PurePosixPath(name.lower()).suffix
    if ending in (".xlsm", ".xltm", ".xlsb", ".xlam"):
        raise Unreadable(Trouble.MACROS)
    if ending in (".csv", ".txt", ".tsv"):
        raise Unreadable(Trouble.TEXT)
    if ending in (".xls", ".xlt", ".ods", ".et"):
        raise Unreadable(Trouble.OLD_EXCEL)
    if ending in (".zip", ".rar", ".7z", ".gz", ".tar"):
        raise Unreadable(Trouble.NESTED)


def refuse_by_head(content: bytes) -> None:
    if not content:
        raise Unreadable(Trouble.EMPTY)
    if len(content) > MAX_BYTES:
        raise Unreadable(Trouble.TOO_LARGE)
    if content.startswith(OLE):
        is_locked = ENCRYPTED_PART in content[:MAX_BYTES]
        raise Unreadable(Trouble.ENCRYPTED if is_locked else Trouble.OLD_EXCEL)
    if not content.startswith(b"PK"):
        raise Unreadable(Trouble.NOT_EXCEL)


def refuse_by_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(Trouble.BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Trouble.ENCRYPTED)
    if any(name.lower().endswith(("vbaproject.bin", "xlm.xml")) or "/macrosheets/" in name.lower() for name in names):
        raise Unreadable(Trouble.MACROS)
    if "xl/workbook.bin" in names:
        raise Unreadable(Trouble.MACROS)
    if "xl/workbook.xml" not in names:
        raise Unreadable(Trouble.NOT_EXCEL)


def packed(source: zipfile.ZipFile) -> bytes:
    """Only the tables, each no longer than it says: a lying size ends at the size it tells."""
    clean, known = io.BytesIO(), set[str]()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as target:
        for part in source.infolist():
            if is_needed(part.filename) and part.filename not in known:
                known.add(part.filename)
                content = source.read(part)
                refuse_wide(content)
                target.writestr(part.filename, content)
    return clean.getvalue()


def is_needed(name: str) -> bool:
    return name.endswith(KEPT) and not name.startswith(NEEDLESS)


def refuse_wide(content: bytes) -> None:
    """Two cells at the ends of the earth would make a table of milliards."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(Trouble.BROKEN)
    if b"sheetData" not in content:
        return
    cells = CELL.findall(content)
    last_row = max([int(row) for _letters, row in cells] + [int(row) for row in FILLED_ROW.findall(content)], default=0)
    last_column = max((column_number(letters.decode()) for letters in {letters for letters, _row in cells}), default=0)
    if last_row > MAX_ROWS or last_column > MAX_COLUMNS or last_row * last_column > MAX_CELLS:
        raise Unreadable(Trouble.BOMB)
    if cells and b"<!--" in content:
        raise Unreadable(Trouble.BROKEN)


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
