"""The text of an OpenDocument file: headings, paragraphs, lists and tables in their order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from luytre.reporting.reading.files import Found, Kind, Refused, Trouble
from luytre.reporting.reading.word import name_of

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]

    from luytre.reporting.reading.packed import Parts

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LEFT_OUT = {"tracked-changes", "annotation", "note", "sequence-decls", "variable-decls", "user-field-decls", "forms",
            "bookmark", "index-title-template", "ruby-text", "title", "desc"}  # fmt: skip
MAX_REPEATED = 50  # cells that are written once and count many times


def read(parts: "Parts") -> Found:
    if "META-INF/manifest.xml" in parts.names and b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise Refused(Trouble.ENCRYPTED)
    body = next(parts.xml("content.xml").iter("{*}text"), None)
    if body is None:  # a workbook or slides
        raise Refused(Trouble.UNKNOWN)
    return Found(Kind.ODT, "\n".join(lines(body)))


def lines(parent: "etree._Element") -> Iterator[str]:
    for element in parent:
        name = name_of(element)
        if name in ("p", "h"):
            boxes: list[etree._Element] = []
            yield "".join(pieces(element, boxes))
            for box in boxes:
                yield from lines(box)
        elif name == "table":
            yield from table(element)
        elif name and name not in LEFT_OUT:
            yield from lines(element)


def table(element: "etree._Element") -> Iterator[str]:
    for row in element.iter(TABLE + "table-row"):
        if next(row.iterancestors(TABLE + "table")) is not element:
            continue  # of a table inside a cell, which the cell tells
        cells = [
            " ".join(" ".join(lines(cell)).split())
            for cell in row
            if name_of(cell) in ("table-cell", "covered-table-cell")
            for _ in range(repeated(cell))
        ]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield "\t".join(cells)


def repeated(cell: "etree._Element") -> int:
    times = cell.get(TABLE + "number-columns-repeated") or "1"
    return min(int(times), MAX_REPEATED) if times.isascii() and times.isdigit() and len(times) < 9 else 1


def pieces(parent: "etree._Element", boxes: list["etree._Element"]) -> Iterator[str]:
    yield parent.text or ""
    for element in parent:
        match name_of(element):
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case "s":
                yield " "
            case "frame" | "custom-shape" | "text-box":
                boxes.append(element)
            case name if name and name not in LEFT_OUT:
                yield from pieces(element, boxes)
        yield element.tail or ""
