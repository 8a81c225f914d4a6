"""What is done to every text that was not a plain text file: one way of writing letters, nothing that nobody sees."""

import re
import unicodedata

from luytre.reporting.reading import guessing
from luytre.reporting.reading.files import MAX_TEXT, Note, Refused, Trouble

DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f\x00-\x08\x0e-\x1f\x7f]"
)
BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x0b\x0c]")
RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))  # no part of the number before them
LONE = re.compile("[\ud800-\udfff]")
MANY_BLANKS = re.compile(r" {2,}")
EMPTY_LINES = re.compile(r"\n{3,}")


def raised(text: str) -> str:
    return "".join(RAISED.get(sign, sign) for sign in text)


def tidied(text: str, notes: list[Note]) -> tuple[str, list[Note]]:
    """Raises Refused when nothing is left."""
    if len(text) > MAX_TEXT:
        raise Refused(Trouble.TOO_LONG)
    text, letters = guessing.mended(text.replace("\r\n", "\n").replace("\r", "\n"))
    if letters and letters.value not in [note.code for note in notes]:
        notes = [*notes, Note(letters.value)]
    if DIRECTIONS.search(text):
        notes = [*notes, Note("directions")]
    text = LONE.sub("\ufffd", INVISIBLE.sub("", BLANKS.sub(" ", text)))
    text = MANY_BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    text = EMPTY_LINES.sub("\n\n", "\n".join(line.strip(" ") for line in text.split("\n"))).strip()
    if not text:
        raise Refused(Trouble.EMPTY)
    return text + "\n", notes
