"""What stands in an official document; figures come in as text that is already formatted."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

# Fixed by Decree 30/2020/NĐ-CP: the same in every language of the screen, so not translated.
STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DRAFT = "DỰ THẢO"
RECIPIENTS = "Nơi nhận:"
SOURCE = "Nguồn"
SOME_DAY = date(2000, 1, 1)  # of a file that has no day of its own

Alignment = Literal["left", "center", "right"]
BLANK = "\N{NO-BREAK SPACE}" * 5  # room for the clerk's pen


@dataclass(frozen=True, kw_only=True)
class Footnote:
    """Stands inside a text at the place where its number goes."""

    text: str


Text = str | Sequence[str | Footnote]


@dataclass(frozen=True)
class Heading:
    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: Text


@dataclass(frozen=True)
class BulletList:
    items: Sequence[Text]


@dataclass(frozen=True)
class Note:
    """Small print: a definition, a window, why a figure is missing."""

    text: str


@dataclass(frozen=True)
class Column:
    title: str
    align: Alignment = "left"


@dataclass(frozen=True, kw_only=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    title: str = ""
    total: Sequence[str] = ()
    source: str = ""

    def __post_init__(self) -> None:
        for row in self.lines():
            if len(row) != len(self.columns):
                raise RowDoesNotFit(row, self.columns)

    def lines(self) -> list[Sequence[str]]:
        return [*self.rows, *([self.total] if self.total else [])]

    def shares(self) -> list[float]:
        """The part of the width each column gets: by its longest cell, within reason, and by its longest word."""
        wishes = [self._wish(position, column) for position, column in enumerate(self.columns)]
        return [wish / sum(wishes) for wish in wishes]

    def _wish(self, position: int, column: Column) -> int:
        cells = [row[position] for row in self.lines()]
        words = [len(word) for text in (column.title, *cells) for word in text.split()]
        title = min(len(column.title), max(len(column.title) // 2, 10))  # a long title may take two lines
        comfortable = min(max([title, *map(len, cells)]), 36)
        return max(comfortable, *words, 4) + 3


Block = Heading | Paragraph | BulletList | Note | Table


@dataclass(frozen=True, kw_only=True)
class Signature:
    """`authority` holds the lines above the position: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"."""

    position: str
    name: str = ""
    authority: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Annex:
    title: str
    body: Sequence[Block]


@dataclass(frozen=True, kw_only=True)
class OfficialDocument:
    """A draft leaves the day blank. Bodies come written in ordinary letters; their line breaks are kept in the head."""

    superior_body: str
    issuing_body: str
    symbol: str  # "BC-UBND", behind the number
    place: str
    day: date
    type_name: str  # "Báo cáo"; printed in capitals
    subject: str
    body: Sequence[Block]
    signature: Signature
    recipients: Sequence[str]
    number: str = ""
    annexes: Sequence[Annex] = ()
    draft: bool = False

    def reference(self) -> str:
        return f"{self.number.zfill(2) if self.number else BLANK}/{self.symbol}"

    def dated(self) -> str:
        """The decree wants a leading zero before days under 10 and before January and February."""
        day = BLANK if self.draft else f"{self.day:%d}"
        month = f"{self.day:%m}" if self.day.month < 3 else str(self.day.month)
        return f"ngày {day} tháng {month} năm {self.day.year}"

    def placed(self) -> str:
        return f"{self.place}, {self.dated()}"

    def title(self) -> str:
        return f"{self.type_name} {self.subject}"

    def recipient_lines(self) -> list[str]:
        last = len(self.recipients) - 1
        ends = "".join("." if at == last else ";" for at in range(last + 1))
        return [f"- {name.rstrip('.;')}{end}" for name, end in zip(self.recipients, ends, strict=True)]

    def annex_heads(self) -> Iterator[tuple[str, str, Annex]]:
        """The annex's name, the line that ties it to this document, and the annex."""
        issuer = " ".join(self.issuing_body.split())
        tie = f"(Kèm theo {self.type_name} số {self.reference()} {self.dated()} của {issuer})"
        for position, annex in enumerate(self.annexes, 1):
            yield f"Phụ lục {roman(position)}" if len(self.annexes) > 1 else "Phụ lục", tie, annex


def pieces(text: Text) -> list[str | Footnote]:
    return [text] if isinstance(text, str) else list(text)


class RowDoesNotFit(ValueError):
    """A row of a table has more or fewer cells than the table has columns."""

    def __init__(self, row: Sequence[str], columns: Sequence[Column]) -> None:
        super().__init__(f"{len(row)} cells for {len(columns)} columns: {list(row)}")


def roman(number: int) -> str:
    signs = {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
    written = ""
    for value, sign in signs.items():
        written += sign * (number // value)
        number %= value
    return written


def printable(text: str) -> str:
    """Composed letters, and no control signs: neither Word nor PDF/A can hold them."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs", "Cn", "Co"}
    )
