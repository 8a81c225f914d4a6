"""The text of a Word file: paragraphs and tables in their order, each run with the letters of its font."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from luytre.reporting.reading import legacy, tidying
from luytre.reporting.reading.files import Found, Kind, Note
from luytre.reporting.reading.legacy import Letters

if TYPE_CHECKING:
    from lxml import etree  # type: ignore[import-untyped]

    from luytre.reporting.reading.packed import Parts

USUAL = "word/document.xml"
TRANSITIONAL = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
OFF = ("0", "false", "off")
# Not part of what the file says now: taken out, moved away, the command of a field, what older programs show instead.
LEFT_OUT = {"del", "moveFrom", "instrText", "delText", "pPr", "tblPr", "sectPr", "Fallback", "footnoteReference",
            "endnoteReference", "commentReference", "annotationRef", "rt"}  # fmt: skip
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad", "ptab": "\t", "sym": " "}


def main_part(parts: "Parts") -> str:
    """Where the text is; usually always in the same place."""
    if USUAL in parts.names:
        return USUAL
    if "_rels/.rels" in parts.names:
        for relation in parts.xml("_rels/.rels").iter("{*}Relationship"):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target.startswith("word/"):
                return target if target in parts.names else ""
    return ""


def read(parts: "Parts") -> Found:
    root = parts.xml(main_part(parts))
    reader = WordReader(Fonts(parts.xml("word/styles.xml") if "word/styles.xml" in parts.names else None))
    body = next(root.iter("{*}body"), root)
    text = "\n".join(reader.lines(body))
    return Found(Kind.DOCX, text, notes=[Note(letters) for letters in sorted(reader.letters)])


def name_of(element: "etree._Element") -> str:
    """Without its namespace; comments and the like have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: "etree._Element | None", attribute: str = "val") -> str:
    if element is None:
        return ""
    return element.get(TRANSITIONAL + attribute) or element.get(STRICT + attribute) or ""


def child(element: "etree._Element | None", name: str) -> "etree._Element | None":
    return None if element is None else element.find(f"{{*}}{name}")


class Fonts:
    """Which font a run has: its own, its styles', its paragraph's, the document's."""

    def __init__(self, styles: "etree._Element | None") -> None:
        self.own: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.default = self.usual = ""
        for style in () if styles is None else styles.iter("{*}style"):
            key = value(style, "styleId")
            self.own[key] = font_in(child(style, "rPr"))
            self.parents[key] = value(child(style, "basedOn"))
            if value(style, "default") in ("1", "true", "on") and value(style, "type") == "paragraph":
                self.default = key
        if styles is not None:
            self.usual = font_in(child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr"))

    def of_style(self, key: str) -> str:
        seen = set[str]()
        while key and key not in seen:
            seen.add(key)
            if font := self.own.get(key):
                return font
            key = self.parents.get(key, "")
        return ""

    def of_paragraph(self, properties: "etree._Element | None") -> str:
        return self.of_style(value(child(properties, "pStyle")) or self.default) or self.usual

    def of_run(self, properties: "etree._Element | None", paragraph: str) -> str:
        return font_in(properties) or self.of_style(value(child(properties, "rStyle"))) or paragraph


def font_in(properties: "etree._Element | None") -> str:
    fonts = child(properties, "rFonts")
    return value(fonts, "hAnsi") or value(fonts, "ascii")


class WordReader:
    def __init__(self, fonts: Fonts) -> None:
        self.fonts = fonts
        self.letters = set[str]()

    def lines(self, parent: "etree._Element") -> Iterator[str]:
        for element in parent:
            match name_of(element):
                case "p":
                    yield from self.paragraph(element)
                case "tbl":
                    yield from self.table(element)
                case "AlternateContent":
                    yield from self.lines(chosen(element))
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag":
                    yield from self.lines(element)

    def table(self, table: "etree._Element") -> Iterator[str]:
        """A row a line, its cells parted by tabs; a row with words in one cell alone is what that cell says."""
        for row in within(table, "tr"):
            cells = [[line for line in self.lines(cell) if line.strip()] for cell in within(row, "tc")]
            if sum(map(bool, cells)) == 1:
                yield from (line for cell in cells for line in cell)
            elif cells:
                yield "\t".join(" ".join(" ".join(cell).split()) for cell in cells)

    def paragraph(self, paragraph: "etree._Element") -> Iterator[str]:
        """Its own line, then those of the boxes that hang on it."""
        font = self.fonts.of_paragraph(child(paragraph, "pPr"))
        boxes: list[etree._Element] = []
        yield self.mended(self.pieces(paragraph, font, boxes))
        for box in boxes:
            yield from self.lines(box)

    def pieces(
        self, parent: "etree._Element", font: str, boxes: list["etree._Element"]
    ) -> Iterator[tuple[Letters | None, str]]:
        for element in parent:
            name = name_of(element)
            if name == "txbxContent":
                boxes.append(element)
            elif name == "r":
                properties = child(element, "rPr")
                if is_raised(properties):
                    yield None, tidying.raised("".join(text for _kind, text in self.pieces(element, "", boxes)))
                elif not is_hidden(properties):
                    yield from self.pieces(element, self.fonts.of_run(properties, font), boxes)
            elif name == "AlternateContent":
                yield from self.pieces(chosen(element), font, boxes)
            elif name == "t":
                yield legacy.of_font(font), element.text or ""
            elif name in SIGNS:
                yield legacy.of_font(font), SIGNS[name]
            elif name and name not in LEFT_OUT and name != "rPr":
                yield from self.pieces(element, font, boxes)

    def mended(self, pieces: Iterable[tuple[Letters | None, str]]) -> str:
        """Runs of the same letters are read as one: a letter and its mark may stand in two."""
        told: list[list[str]] = []
        kinds: list[Letters | None] = []
        for letters, text in pieces:
            if kinds and kinds[-1] is letters:
                told[-1].append(text)
            else:
                told.append([text])
                kinds.append(letters)
        return "".join(self.decoded("".join(texts), kind) for texts, kind in zip(told, kinds, strict=True))

    def decoded(self, text: str, letters: Letters | None) -> str:
        """A font of old letters says nothing about text that was typed in Unicode all the same."""
        changed = legacy.of_run(text, letters)
        if letters and changed != text:
            self.letters.add(Letters.TCVN3 if letters is Letters.TCVN3_CAPITALS else letters)
        return changed


def within(parent: "etree._Element", wanted: str) -> Iterator["etree._Element"]:
    """The rows of a table or the cells of a row, also those in a content control or put in while changes were kept."""
    for element in parent:
        name = name_of(element)
        if name == wanted:
            yield element
        elif name in ("sdt", "sdtContent", "ins", "customXml"):
            yield from within(element, wanted)


def chosen(alternatives: "etree._Element") -> "etree._Element":
    """Of the forms of one thing the first, which is the newest."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    if choice is not None:
        return choice
    return alternatives if fallback is None else fallback


def is_raised(properties: "etree._Element | None") -> bool:
    return value(child(properties, "vertAlign")) == "superscript"


def is_hidden(properties: "etree._Element | None") -> bool:
    vanish = child(properties, "vanish")
    return vanish is not None and value(vanish) not in OFF
