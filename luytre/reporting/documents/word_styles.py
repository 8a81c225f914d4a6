"""The styles of an official Word document: one table of looks, written over python-docx's own template."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
FIRST_LINE = Cm(1.27)


@dataclass(frozen=True, kw_only=True)
class Look:
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: ALIGN = ALIGN.LEFT
    indented: bool = False
    before: float = 0
    after: float = 0
    line: float = 1
    keep_with_next: bool = False
    base: str = "Normal"


HEADING = Look(bold=True, align=ALIGN.JUSTIFY, indented=True, before=6, after=6, keep_with_next=True)
BODY = Look(align=ALIGN.JUSTIFY, indented=True, after=6, line=1.15)
LOOKS = {
    "Normal": Look(),
    "Body Text": BODY,
    "List Bullet": BODY,
    "Heading 1": HEADING,
    "Heading 2": HEADING,
    "Heading 3": Look(
        bold=True, italic=True, align=ALIGN.JUSTIFY, indented=True, before=6, after=6, keep_with_next=True
    ),
    "Title": Look(bold=True, align=ALIGN.CENTER, before=18, keep_with_next=True),
    "Subtitle": Look(bold=True, align=ALIGN.CENTER, keep_with_next=True),
    "Caption": Look(size=13, bold=True, align=ALIGN.CENTER, before=6, after=6, keep_with_next=True),
    "Header": Look(align=ALIGN.CENTER),
    "Letterhead": Look(size=13, align=ALIGN.CENTER),
    "Place and Date": Look(italic=True, align=ALIGN.CENTER),
    "Table Text": Look(size=12, before=2, after=2),
    "Note": Look(size=12, italic=True, align=ALIGN.JUSTIFY, before=3, after=9),
    "Annex": Look(bold=True, align=ALIGN.CENTER, keep_with_next=True, base="Heading 1"),
    "Annex Title": Look(bold=True, align=ALIGN.CENTER, keep_with_next=True),
    "Annex Reference": Look(italic=True, align=ALIGN.CENTER, after=12),
    "Recipients Title": Look(size=12, bold=True, italic=True),
    "Recipients": Look(size=11),
    "Signature": Look(bold=True, align=ALIGN.CENTER, keep_with_next=True),
    "footnote text": Look(size=11, align=ALIGN.JUSTIFY),
}


KEPT = {"Default Paragraph Font", "No List", "Normal Table", "Table Grid"}


def prepare(document: Document) -> None:
    _drop_the_rest(document)
    _set_defaults(document)
    for name, look in LOOKS.items():
        _apply(look, _style(document, name), document)
    _bullet_is_a_dash(document)
    _add_reference(document)


def add_missing(document: Document) -> None:
    """Of an office's own layout every style is kept; only what the body needs and it lacks is added."""
    names = {style.name for style in document.styles}
    for name, look in LOOKS.items():
        if name not in names:
            _apply(look, _style(document, name), document)
    if "footnote reference" not in names:
        _add_reference(document)
    if "Table Grid" not in names:
        document.styles.element.append(deepcopy(docx.Document().styles["Table Grid"].element))


def _add_reference(document: Document) -> None:
    reference = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    reference.font.superscript = True


def _style(document: Document, name: str) -> Any:
    if name not in document.styles:
        return document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("footnote"))
    return document.styles[name]


def _apply(look: Look, style: ParagraphStyle, document: Document) -> None:
    numbering = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    for old in (*style.element.findall(qn("w:pPr")), *style.element.findall(qn("w:rPr"))):
        style.element.remove(old)
    if numbering is not None:
        style.element.get_or_add_pPr().append(numbering)
    if style.name != "Normal":
        style.base_style = document.styles[look.base]
    style.font.size, style.font.bold, style.font.italic = Pt(look.size), look.bold, look.italic
    layout = style.paragraph_format
    layout.alignment, layout.keep_with_next = look.align, look.keep_with_next
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.line
    layout.first_line_indent = FIRST_LINE if look.indented else Cm(0)
    if outline is not None:
        style.element.get_or_add_pPr().append(outline)


def _set_defaults(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    letters = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in list(letters):
        letters.remove(old)
    fonts, language = OxmlElement("w:rFonts"), OxmlElement("w:lang")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), LANGUAGE)
    letters.extend([fonts, language])
    spacing = defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}/{qn('w:spacing')}")
    spacing.attrib.clear()
    document.settings.element.find(f".//{qn('w:compatSetting')}").set(
        qn("w:val"), "15"
    )  # today's Word, not that of 2010
    theme = document.settings.element.find(qn("w:themeFontLang"))
    theme.attrib.clear()
    theme.set(qn("w:val"), LANGUAGE)


def _drop_the_rest(document: Document) -> None:
    """The template brings 160 styles, most of them coloured, that would only crowd the officer's list."""
    for style in list(document.styles):
        if style.name not in KEPT and style.name not in LOOKS:
            style.delete()
    for link in document.styles.element.findall(f"{qn('w:style')}/{qn('w:link')}"):
        link.getparent().remove(link)


def _bullet_is_a_dash(document: Document) -> None:
    """Official documents list with a dash inside the first-line indent."""
    number = document.styles["List Bullet"].element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    kind = numbering.xpath(f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")[0]
    level = numbering.xpath(f"w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[@w:ilvl='0']")[0]
    level.find(qn("w:lvlText")).set(qn("w:val"), "-")
    for old in (*level.findall(qn("w:rPr")), *level.findall(qn("w:pPr"))):
        level.remove(old)
    gap = OxmlElement("w:suff")
    gap.set(qn("w:val"), "space")
    level.find(qn("w:lvlText")).addprevious(gap)
