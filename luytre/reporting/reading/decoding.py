"""The bytes of a text as letters: UTF-8 exactly as it is, else by its mark, else by what makes Vietnamese of it."""

import codecs
import re

from luytre.reporting.reading import guessing, legacy
from luytre.reporting.reading.files import Note, Refused, Trouble
from luytre.reporting.reading.legacy import Letters

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
RARE = 1_000  # one sign in so many may be damaged before it is no text at all
WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
MOSTLY_PLAIN = 0.02  # the share of words with marks in a text of another language


def text_of(content: bytes) -> tuple[str, list[Note]]:
    """UTF-8 comes out exactly as it went in, with its mark and its ends of lines. Raises Refused."""
    for reading in (as_wide, as_utf8, as_legacy):
        if found := reading(content):
            text, notes = found
            return without_controls(text, notes)
    raise Refused(Trouble.LETTERS)


def as_wide(content: bytes) -> tuple[str, list[Note]] | None:
    """Two bytes a letter: by their mark, or because every second byte is empty."""
    page = WIDE.get(content[:2])
    if page is None:
        start = content[:4096]
        if len(start) < 4 or content.startswith(codecs.BOM_UTF8):
            return None
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) < len(start) * 0.2 or min(even, odd) > len(start) * 0.01:
            return None
        page = "utf-16-le" if odd > even else "utf-16-be"
    text = content.decode(page, "replace").removeprefix("\ufeff")
    return text, [Note("utf16"), *damage(text)]


def damage(text: str) -> list[Note]:
    lost = text.count("\ufffd")
    return [Note("damaged", {"count": lost})] if lost else []


def as_utf8(content: bytes) -> tuple[str, list[Note]] | None:
    """Also with a few bytes that were damaged on the way or cut off at the end."""
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    whole = sum(not sign.isascii() for sign in text)
    lost = text.count("\ufffd")
    return (text, damage(text)) if lost * 20 < whole - lost else None


def as_legacy(content: bytes) -> tuple[str, list[Note]] | None:
    text = legacy.western(content)
    refuse_binary(text)
    letters = guessing.guess(text)
    if letters:
        return legacy.decoded(text, letters), [Note(letters.value)]
    words = guessing.WORD.findall(text[: guessing.SAMPLE])
    if guessing.marked_words(text[: guessing.SAMPLE]).total() <= len(words) * MOSTLY_PLAIN:
        return legacy.decoded(text, Letters.CP1258), [Note(Letters.CP1258.value)]
    return None


def refuse_binary(text: str) -> None:
    if len(CONTROL.findall(text)) * RARE > len(text):
        raise Refused(Trouble.NOT_TEXT)


def without_controls(text: str, notes: list[Note]) -> tuple[str, list[Note]]:
    """Empty signs become blanks, so that every place in the text stays where it was."""
    refuse_binary(text)
    count = text.count("\x00")
    return (text.replace("\x00", " "), [*notes, Note("empty_signs", {"count": count})]) if count else (text, notes)
