"""Looks at written documents as a strict reader would: is the file sound, and is the page as the decree wants it."""

import ctypes
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw as pdfium
from docx.oxml.ns import qn
from lxml import etree

MM = 72 / 25.4
MARGINS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}  # mm, Decree 30/2020/NĐ-CP
NUMBER_ABOVE = 2  # mm; letters of the text never reach so far up
MISSING = {"\ufffd", "\u25a1", "\x00"}


@dataclass
class Page:
    """A page of a PDF."""

    page: Any
    number: int

    def __post_init__(self) -> None:
        self.text = self.page.get_textpage()
        self.words = unicodedata.normalize("NFC", self.text.get_text_range())

    def missing_glyphs(self) -> int:
        """Letters that have no picture or no meaning."""
        errors = sum(
            pdfium.FPDFText_HasUnicodeMapError(self.text.raw, at) == 1 for at in range(self.text.count_chars())
        )
        return errors + sum(sign in MISSING for sign in self.words)

    def fonts(self) -> set[str]:
        return {font_of(self.text, at) for at in range(0, self.text.count_chars(), 7)} - {""}

    def margin_faults(self) -> list[str]:
        """How far the outermost letters come; the page number alone may stand in the upper margin."""
        width, height = self.page.get_size()
        boxes = [self.text.get_charbox(at) for at in range(self.text.count_chars()) if self.is_letter(at)]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        number = self.first_line().isdigit()
        below = [top for top in tops if not number or (height - top) / MM > MARGINS["top"][0] - NUMBER_ABOVE]
        free = {
            "left": min(lefts) / MM, "right": (width - max(rights)) / MM, "bottom": min(bottoms) / MM,
            "top": (height - max(below)) / MM,
        }  # fmt: skip
        return [
            f"page {self.number}: {round(space, 1)} mm {side}"
            for side, space in free.items()
            if space < MARGINS[side][0] - 0.5
        ]

    def is_letter(self, at: int) -> bool:
        return not chr(pdfium.FPDFText_GetUnicode(self.text.raw, at)).isspace()

    def first_line(self) -> str:
        return next((line.strip() for line in self.words.splitlines() if line.strip()), "")

    def picture(self) -> bytes:
        bitmap = self.page.render(scale=1.2, rev_byteorder=True)
        return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)


def font_of(text: Any, at: int) -> str:
    flags, room = ctypes.c_int(), ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(text.raw, at, room, 200, ctypes.byref(flags))
    return room.value.decode(errors="replace").split("+")[-1]


def pages(content: bytes) -> list[Page]:
    return [Page(page, number) for number, page in enumerate(pypdfium2.PdfDocument(content), 1)]


def numbering_faults(sheets: list[Page], starts: set[int]) -> list[str]:
    """From the second page of the document and of each annex a number stands on top; `starts` are their first pages."""
    faults, count = [], 0
    for sheet in sheets:
        count = 1 if sheet.number in starts else count + 1
        first = sheet.first_line()
        if count == 1 and first.isdigit():
            faults.append(f"page {sheet.number} has a number and should have none")
        if count > 1 and first != str(count):
            faults.append(f"page {sheet.number} begins with {first[:30]!r} and not with {count}")
    return faults


def png(raw: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    lines = bytearray()
    for y in range(height):
        line = memoryview(raw)[y * stride : y * stride + width * channels]
        lines.append(0)
        for red, green, blue in zip(line[::channels], line[1::channels], line[2::channels], strict=True):
            lines += bytes((red, green, blue))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(part(*one) for one in parts)


def part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


# The Word file as a package.


def package_faults(content: bytes) -> list[str]:
    """Parts that are no XML, have no type, or are pointed at and not there; styles that are used and not there."""
    faults: list[str] = []
    with zipfile.ZipFile(BytesIO(content)) as parts:
        if broken := parts.testzip():
            faults.append(f"{broken} is broken")
        names = set(parts.namelist())
        trees = {name: etree.fromstring(parts.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    faults += untyped(trees["[Content_Types].xml"], names)
    faults += [
        fault for name, tree in trees.items() if name.endswith(".rels") for fault in unresolved(name, tree, names)
    ]
    faults += unstyled(trees)
    docx.Document(BytesIO(content))
    return faults


def untyped(types: Any, names: set[str]) -> Iterator[str]:
    known = {one.get("PartName") for one in types.iter("{*}Override")}
    endings = {one.get("Extension").lower() for one in types.iter("{*}Default")}
    for name in names - {"[Content_Types].xml"}:
        if f"/{name}" not in known and name.rpartition(".")[2].lower() not in endings:
            yield f"{name} has no type"
    yield from (f"{name} has a type and is not there" for name in known if name.lstrip("/") not in names)


def unresolved(name: str, tree: Any, names: set[str]) -> Iterator[str]:
    folder = PurePosixPath("/", name).parent.parent
    for relation in tree.iter("{*}Relationship"):
        target = relation.get("Target")
        found = normpath(folder / target).lstrip("/")
        if relation.get("TargetMode") == "External" or found not in names:
            yield f"{name} points at {target}"


def unstyled(trees: dict[str, Any]) -> Iterator[str]:
    known = {style.get(qn("w:styleId")) for style in trees["word/styles.xml"].iter(qn("w:style"))}
    for kind in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        for used in trees["word/document.xml"].iter(qn(kind)):
            if used.get(qn("w:val")) not in known:
                yield f"style {used.get(qn('w:val'))} is not there"


def page_setup_faults(content: bytes) -> list[str]:
    faults = []
    for section in docx.Document(BytesIO(content)).sections:
        for side, (least, most) in MARGINS.items():
            width = round(getattr(section, f"{side}_margin").mm)
            if not least <= width <= most:
                faults.append(f"{side} margin is {width} mm")
    return faults


def told(content: bytes) -> str:
    """All words of a Word file, whoever wrote it."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        root = etree.fromstring(parts.read("word/document.xml"))
    return squeezed("".join(text for text in root.itertext()))


def squeezed(text: str) -> str:
    """Composed, without any space, and with one kind of hyphen: how lines break is the program's own affair."""
    return "".join(
        unicodedata.normalize("NFC", text).replace("\xad", "").replace("\ufffe", "-").replace("\x02", "-").split()
    )


def save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
