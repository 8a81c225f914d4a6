"""Lines of printed pages into paragraphs: what the margin broke is joined, what every page repeats is dropped."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

EDGE = 2  # lines at the head and at the foot of a page that may repeat
OFTEN = 0.6  # the share of pages on which a repeated line stands
PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang|page)?\s*(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE)
ITEM = re.compile(r"(?:[-–—+*•●○▪■✓o]|\d{1,3}(?:\.\d{1,2})*[.)]|\(?[a-zđ]\)|[a-zđ]\.|[IVXL]{1,5}[.)])\s", re.IGNORECASE)
HEADING = re.compile(r"(?:Phần|Chương|Mục|Điều|Phụ lục|Bảng|Biểu)\s+(?:\d|[IVXL]+\b|thứ\b)")
ENDS = tuple('.!?:;…"”')
ABBREVIATED = ("TP.", "Tp.", "Q.", "P.", "Th.S.", "ThS.", "TS.", "PGS.", "GS.", "Tx.", "TX.", "TT.")
CLOSING = tuple(".,;:)%”")  # what never begins a line, but is put there behind a raised sign
HYPHENS = ("\u0002", "\ufffe", "\u00ad")  # how the line's last hyphen is told
LEAST_WIDTH = 0.8  # of the paper, within which the text of a page ends
AIR = 0.3  # of a letter's height: a line ends that far from the margin at most, when the next word had no room


@dataclass(frozen=True)
class Line:
    """A line of a page, with where it stands, in points; `is_row` tells that wide gaps part it into cells."""

    text: str
    left: float = 0.0
    right: float = 0.0
    height: float = 12.0
    is_row: bool = False

    @property
    def a_letter(self) -> float:
        return (self.right - self.left) / max(1, len(self.text))

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    """The lines of a page, and how wide its paper is."""

    lines: list[Line]
    width: float = 0.0

    @property
    def margin(self) -> float:
        """Where a full line ends; on a page of short lines alone it lies farther out than any of them."""
        return max([line.right for line in self.lines] + [LEAST_WIDTH * self.width])

    @property
    def edge(self) -> float:
        """Where a line begins that goes on with a paragraph."""
        return min((line.left for line in self.lines), default=0.0)

    def without(self, some: Collection[int]) -> "Page":
        return replace(self, lines=[line for line in self.lines if id(line) not in some])


def paragraphs(pages: Sequence[Page]) -> Iterator[str]:
    """The text of all pages; a paragraph goes on over the end of a page."""
    open_line: Line | None = None
    text = ""
    for page in without_repeated(without_numbers(pages)):
        edge, margin = page.edge, page.margin
        for line in page.lines:
            if open_line is not None and continues(open_line, line, edge=edge, margin=margin):
                text = joined(text, line.text)
            else:
                if open_line is not None:
                    yield text
                text = line.text
            open_line = line
    if open_line is not None:
        yield text.rstrip("".join(HYPHENS))


def continues(before: Line, line: Line, *, edge: float, margin: float) -> bool:
    """Whether a line ended only because it was full."""
    if before.is_row or line.is_row or not before.text or not line.text:
        return False
    if before.text.endswith(HYPHENS) or line.text[0] in CLOSING:
        return True
    if ITEM.match(line.text) or HEADING.match(line.text):
        return False
    has_ended = before.text.endswith(ENDS) and not before.text.endswith(ABBREVIATED)
    if line.text[0].islower() and not has_ended:
        return True
    if abs(before.height - line.height) > 0.15 * before.height or is_heading(before) or is_heading(line):
        return False
    is_indented = line.left > min(before.left, edge) + 0.8 * line.height
    return not is_indented and is_full(before, line, margin)


def is_heading(line: Line) -> bool:
    return line.text.isupper() and len(line.text) > 12


def is_full(before: Line, line: Line, margin: float) -> bool:
    first_word = line.text.split(maxsplit=1)[0]
    return before.right + (len(first_word) + 1) * line.a_letter + AIR * line.height > margin


def joined(text: str, more: str) -> str:
    """A hyphen that parted a word goes; one between years or names stays."""
    if not text.endswith(HYPHENS):
        return f"{text}{'' if more[0] in CLOSING else ' '}{more}"
    start = text.rstrip("".join(HYPHENS))
    is_parted = start[-1:].isalpha() and more[:1].islower()
    return f"{start}{'' if is_parted else '-'}{more}"


def without_repeated(pages: Sequence[Page]) -> list[Page]:
    """The heads and feet that stand on most pages are kept where they stand first."""
    if len(pages) < 3:
        return list(pages)
    told = [{id(line): likeness(line, number) for line in edges(page)} for number, page in enumerate(pages, 1)]
    stand_on = Counter(key for keys in told for key in set(keys.values()))
    repeated = {key for key, count in stand_on.items() if count >= max(3, OFTEN * len(pages))}
    left, seen = list[Page](), set[str]()
    for page, keys in zip(pages, told, strict=True):
        left.append(page.without({line for line, key in keys.items() if key in repeated and key in seen}))
        seen |= set(keys.values())
    return left


def edges(page: Page) -> list[Line]:
    """Not the lines that fill the page's width or go on with a sentence: those are text."""
    outer = page.lines[:EDGE] + page.lines[max(EDGE, len(page.lines) - EDGE) :]
    return [
        line
        for line in outer
        if not line.text[:1].islower() and (line.is_row or line.right < page.margin - AIR * line.height)
    ]


def likeness(line: Line, number: int) -> str:
    """Alike but for the number of the page, and that only beside words: a figure stays a figure."""
    if not re.search(r"[^\W\d_]", line.text):
        return f"{line.text} {number}"
    return re.sub(rf"\b(?:{number - 1}|{number}|{number + 1})\b", "#", line.text)


def without_numbers(pages: Sequence[Page]) -> list[Page]:
    """Only numbers that grow with the pages, and those in the same place: a lone figure below a table is a figure."""
    if len(pages) < 2:
        return list(pages)
    found = [(at, number, line) for at, page in enumerate(pages) for number, line in numbers_of(page)]
    shifts = Counter({(number - at, at) for at, number, _line in found})
    counts = Counter(shift for shift, _at in shifts)
    shift, count = counts.most_common(1)[0] if counts else (0, 0)
    if count < (2 if len(pages) > 2 else 1) or (count == 1 and shift != 1):
        return list(pages)
    places = {line.middle for at, number, line in found if number == at + shift}
    drop = {id(line) for at, number, line in found if number == at + shift or is_at(line, places)}
    return [page.without(drop) for page in pages]


def is_at(line: Line, places: Collection[float]) -> bool:
    """Annexes count their pages anew, but in the same place."""
    return bool(line.right) and any(abs(line.middle - place) < 1.5 for place in places)


def numbers_of(page: Page) -> Iterator[tuple[int, Line]]:
    for line in {id(line): line for line in page.lines[:1] + page.lines[-1:]}.values():
        if found := PAGE_NUMBER.fullmatch(line.text):
            yield int(found[1]), line
