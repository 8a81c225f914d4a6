"""A text as it is read: one way of writing letters and spaces, each place pointing back to the text as it came."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from luytre.reporting.reading.wording import UPPER

INVISIBLE = set(
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"
)
DASHES = dict.fromkeys(map(ord, "–—−‐‑‒"), "-")
BULLET = re.compile(r"(?:[-+*•●▪◦○■□➢✓]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-zđ][.)]|[IVX]{1,5}[.)])\s")
ENDS = re.compile(r"[.!?…:;”\"»)]\s*$")
BROKEN, RAGGED = 100, 14  # the widest line of a text broken at one width, and how much shorter its full lines may be
# A full stop ends a sentence where a capital or a new line follows, but not after the short words that carry one.
SHORT = re.compile(r"(?:\b(?:TP|Tp|tp|TX|Tx|TT|Q|P|H|X|Tr|Ths|TS|PGS|GS|BS|KS|ThS|St|Nguyễn|No|tr|v\.v|[A-ZĐ]))$")
LONGEST_SHORT = len("Nguyễn")
# Letters. What is longer is no sentence and is read in pieces, so that reading takes a time in proportion to the text.
ENDLESS = 2000
STOP = re.compile(rf"(?:[.!?…]+[”\"»)]*(?=\s+[“\"«(]?[{UPPER}\d*+-])|\n+)")


@dataclass(frozen=True)
class Piece:
    """From `start` up to `end`, places in the text as it is read."""

    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """The text as it came, the same text as it is read, and where each letter of the second stands in the first."""

    original: str
    text: str
    places: tuple[int, ...]

    def whence(self, start: int, end: int) -> tuple[int, int]:
        """A piece of the text as it is read, as offsets of the text as it came; marks of the last letter included."""
        if start >= end:
            return self.places[start], self.places[start]
        last = self.places[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return self.places[start], last

    @cached_property
    def sentences(self) -> list[Piece]:
        """Sentences in order, none crossing a line."""
        pieces, start = [], 0
        for stop in STOP.finditer(self.text):
            if "\n" not in stop[0] and self._is_short(start, stop.start()) and stop[0] == ".":
                continue
            end = stop.start() if "\n" in stop[0] else stop.end()
            pieces += self._sentence(start, end)
            start = stop.end()
        return [*pieces, *self._sentence(start, len(self.text))]

    def _is_short(self, start: int, stop: int) -> bool:
        """Whether a full stop stands after a short word that carries one."""
        return bool(SHORT.search(self.text[max(start, stop - LONGEST_SHORT - 1) : stop]))

    def _sentence(self, start: int, end: int) -> list[Piece]:
        """One, or the pieces of an endless one, cut after a mark or between words."""
        pieces: list[Piece] = []
        while end - start > ENDLESS:
            halves = (self.text.rfind(mark, start + ENDLESS // 2, start + ENDLESS) + 1 for mark in "\t;, ")
            cut = next((one for one in halves if one), start + ENDLESS)
            pieces += self._trimmed(start, cut)
            start = cut
        return [*pieces, *self._trimmed(start, end)]

    @cached_property
    def lines(self) -> list[Piece]:
        pieces, start = [], 0
        for line in self.text.split("\n"):
            pieces += self._trimmed(start, start + len(line))
            start += len(line) + 1
        return pieces

    def _trimmed(self, start: int, end: int) -> list[Piece]:
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        return [Piece(start, end)] if start < end else []


def composed(original: str) -> tuple[list[str], list[int]]:
    """Letters with their marks in one (NFC), invisible ones left out, dashes and spaces made alike."""
    letters: list[str] = []
    places: list[int] = []
    start = 0
    while start < len(original):
        end = start + 1
        while end < len(original) and unicodedata.combining(original[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", original[start:end]).translate(DASHES):
            if letter not in INVISIBLE:
                letters.append(
                    "\n"
                    if letter in "\r\u2028\u2029\x0b\x0c\x85"
                    else " "
                    if letter not in "\n\t" and letter.isspace()
                    else letter
                )
                places.append(start)
        start = end
    return letters, places


def full_width(lines: list[str]) -> int:
    """From how many letters on a line is full, in a text whose lines are all broken at one width; 0 in any other."""
    widths = [len(line) for line in lines if line]
    widest = max(widths, default=0)
    full = sum(width > widest - RAGGED for width in widths)
    return widest - RAGGED if widest <= BROKEN and full >= max(3, len(widths) * 0.3) else 0


def goes_on(line: str, after: str, full: int) -> bool:
    """Whether a line is broken in the middle of a sentence, or of a paragraph where every line is."""
    if not line or not after or BULLET.match(after):
        return False
    if full and len(line) > full:
        return True
    return not ENDS.search(line) and (after[0].islower() or line.endswith(","))


def read(original: str) -> Source:
    """The text as it is read: single spaces, lines only where a paragraph, a heading or an item ends."""
    letters, places = composed(original)
    text: list[str] = []
    kept: list[int] = []
    lines: list[tuple[int, int]] = []
    start = 0
    for at in [*(i for i, one in enumerate(letters) if one == "\n"), len(letters)]:
        lines.append((start, at))
        start = at + 1
    words = [re.sub(" +", " ", "".join(letters[a:b])).strip() for a, b in lines]
    full = full_width(words)
    for number, (begin, end) in enumerate(lines):
        space = True
        for at in range(begin, end):
            if letters[at] == " " and (space or at + 1 == end):
                continue
            space = letters[at] == " "
            text.append(letters[at])
            kept.append(places[at])
        if number + 1 < len(lines):
            following = words[number + 1]
            text.append(" " if goes_on(words[number], following, full) else "\n")
            kept.append(places[end])
    kept.append(len(original))
    return Source(original, "".join(text), tuple(kept))
