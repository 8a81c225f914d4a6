"""Files of reports from outside, opened with care: what kind one is goes by its content, never by its name alone.

Imports nothing of Django, so that the process that takes a file apart starts quickly; what is wrong is a `Trouble`.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

MAX_BYTES = 20 * 1024 * 1024
MAX_TEXT = 5_000_000  # characters: a report of a province has about a hundred thousand
MAX_PAGES = 600
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Word, and every new one with a password
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
WORD_PART = "WordDocument".encode("utf-16-le")
PACKED_HEADS = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
TEXT_ENDINGS = (".txt", ".text", ".md", ".log", ".csv", ".tsv")
OWN_HEADS = (".docx", ".docm", ".dotx", ".odt", ".pdf", ".rtf")  # never mere text, whatever their content looks like
HTML_ENDINGS = (".html", ".htm", ".xhtml")
HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


class Kind(StrEnum):
    """What a file is, by its content."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    TXT = "txt"
    HTML = "html"
    RTF = "rtf"


class Trouble(StrEnum):
    """Why a file was not read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_HARD = "too_hard"
    ENCRYPTED = "encrypted"
    SCANNED = "scanned"
    NO_TESSERACT = "no_tesseract"
    NO_LANGUAGE = "no_language"
    SCAN_TOO_SLOW = "scan_too_slow"
    BROKEN = "broken"
    BOMB = "bomb"
    PACKED = "packed"
    UNKNOWN = "unknown"
    NOT_TEXT = "not_text"
    LETTERS = "letters"
    OLD_WORD = "old_word"


class Refused(Exception):
    """A file that is not read; `trouble` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Note:
    """Something about the reading that its reader should know, with what the words need."""

    code: str
    about: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a file said."""

    kind: Kind
    text: str
    pages: int = 0
    notes: list[Note] = field(default_factory=list)


def ending_of(name: str) -> str:
    return PurePosixPath(name.lower().replace("\\", "/")).suffix


def refuse_by_size(content: bytes) -> None:
    if not content:
        raise Refused(Trouble.EMPTY)
    if len(content) > MAX_BYTES:
        raise Refused(Trouble.TOO_LARGE)


def is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_plain(content: bytes) -> bool:
    """Text that needs no guessing: UTF-8 without the signs that only programs write."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", content)


def kind_of(content: bytes, name: str) -> Kind | None:
    """None for a zip, which says what it is only once it is opened. Raises Refused."""
    refuse_by_size(content)
    ending = ending_of(name)
    if ending in TEXT_ENDINGS and is_plain(content):
        return Kind.TXT
    if content.startswith(OLE):
        raise Refused(trouble_of_ole(content))
    if content.startswith(PACKED_HEADS):
        raise Refused(Trouble.PACKED)
    if is_zip(content):
        return None
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith(b"{\\rtf"):
        return Kind.RTF
    if ending in HTML_ENDINGS or HTML.match(head(content)):
        return Kind.HTML
    if ending in OWN_HEADS:
        raise Refused(Trouble.BROKEN)
    return Kind.TXT


def head(content: bytes) -> bytes:
    """The beginning without a mark of byte order and, where letters take two bytes, without the empty ones."""
    start = content[:4096].removeprefix(b"\xef\xbb\xbf")
    return start[2:].replace(b"\x00", b"") if start.startswith((b"\xff\xfe", b"\xfe\xff")) else start


def trouble_of_ole(content: bytes) -> Trouble:
    if ENCRYPTED_PART in content:
        return Trouble.ENCRYPTED
    return Trouble.OLD_WORD if WORD_PART in content else Trouble.UNKNOWN
