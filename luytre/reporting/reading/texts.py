"""From a file to its text: `text_of` reads what offices write reports in, or says why not and how to mend it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from luytre.reporting.reading import confined, decoding, files, troubles
from luytre.reporting.reading.files import MAX_TEXT, TEXT_ENDINGS, Found, Kind, Note, Refused, Trouble


@dataclass(frozen=True)
class ReadText:
    """The text of a file; pages are those of a PDF, 0 elsewhere."""

    text: str
    kind: str
    pages: int = 0
    notes: tuple[str | Promise, ...] = ()


class Unreadable(Exception):
    """A file that is not read: `trouble` says why to programs, `message` and `mend` to people."""

    def __init__(self, trouble: Trouble, name: str) -> None:
        self.trouble, self.name = trouble, name
        self.message, self.mend = troubles.TROUBLES[trouble]
        super().__init__(trouble.value, name)

    def __str__(self) -> str:
        return f"{self.name}: {self.message} {self.mend}"


def text_of(content: bytes, name: str, *, ocr: bool = False) -> ReadText:
    """The text of a UTF-8 .txt is exactly its content. Pages that are pictures are read only with `ocr`.

    Raises Unreadable.
    """
    try:
        found = found_in(content, name, ocr=ocr)
    except Refused as refused:
        raise Unreadable(refused.trouble, name) from refused
    return ReadText(found.text, found.kind.value, found.pages, tuple(words(note) for note in found.notes))


def found_in(content: bytes, name: str, *, ocr: bool) -> Found:
    kind = files.kind_of(content, name)
    return plain(content, name) if kind is Kind.TXT else confined.read(kind, content, ocr=ocr)


def plain(content: bytes, name: str) -> Found:
    """Needs no process of its own: letters are looked up, nothing is taken apart."""
    try:
        text, notes = decoding.text_of(content)
    except Refused as refused:
        is_called_text = files.ending_of(name) in TEXT_ENDINGS or refused.trouble is not Trouble.NOT_TEXT
        raise Refused(refused.trouble if is_called_text else Trouble.UNKNOWN) from refused
    if len(text) > MAX_TEXT:
        raise Refused(Trouble.TOO_LONG)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise Refused(Trouble.EMPTY)
    return Found(Kind.TXT, text, notes=notes)


def words(note: Note) -> str | Promise:
    told = troubles.NOTES[note.code]
    return str(told) % note.about if note.about else told
