"""Documents that are zips of XML, Word's and OpenDocument's: nothing is unpacked before its size is known."""

import io
import zipfile
import zlib

from lxml import etree  # type: ignore[import-untyped]

from luytre.reporting.reading import opendocument, word
from luytre.reporting.reading.files import Found, Refused, Trouble

MAX_PARTS = 5_000
MAX_UNPACKED = 150 * 1024 * 1024  # of all parts, pictures too
MAX_XML = 32 * 1024 * 1024  # of one part that is read
MAX_RATIO, RATIO_FROM = 250, 8 * 1024 * 1024  # no document packs better than this, once it is large
ENTRY = b"PK\x01\x02"
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class Parts:
    """The parts of a document; each is read whole, and only when its size is in order."""

    def __init__(self, source: zipfile.ZipFile) -> None:
        self.source = source
        self.names = set(source.namelist())

    def read(self, name: str) -> bytes:
        entry = self.source.getinfo(name)
        if entry.file_size > MAX_XML:
            raise Refused(Trouble.BOMB)
        with self.source.open(entry) as part:
            content = part.read(MAX_XML + 1)
        if len(content) > MAX_XML:
            raise Refused(Trouble.BOMB)
        return content

    def xml(self, name: str) -> "etree._Element":
        """Without entities: whoever declares some is refused, before they grow."""
        content = self.read(name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as broken:
            is_bomb = b"<!ENTITY" in content
            raise Refused(Trouble.BOMB if is_bomb else Trouble.BROKEN) from broken
        if root.getroottree().docinfo.doctype:
            raise Refused(Trouble.BOMB)
        return root


def read(content: bytes) -> Found:
    if content.count(ENTRY) > MAX_PARTS:
        raise Refused(Trouble.BOMB)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            refuse_bombs(source.infolist())
            return document(Parts(source))
    except BROKEN as error:
        raise Refused(Trouble.BROKEN) from error
    except RecursionError as error:
        raise Refused(Trouble.TOO_HARD) from error
    except RuntimeError as error:  # a part that wants a password
        raise Refused(Trouble.ENCRYPTED) from error


def refuse_bombs(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(Trouble.BOMB)
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise Refused(Trouble.BOMB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(Trouble.ENCRYPTED)


def document(parts: Parts) -> Found:
    if word.main_part(parts):
        return word.read(parts)
    if "content.xml" in parts.names:
        return opendocument.read(parts)
    is_ours = parts.names & {"[Content_Types].xml", "mimetype"}
    raise Refused(Trouble.UNKNOWN if is_ours else Trouble.PACKED)
