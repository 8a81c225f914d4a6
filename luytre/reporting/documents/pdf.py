"""Writes an official document as tagged PDF/A with typst; every word reaches it as data, none as markup."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

import luytre
from luytre.reporting.documents import content
from luytre.reporting.documents.content import OfficialDocument, printable

TEMPLATE = Path(__file__).with_name("official.typ")
FONTS = Path(luytre.__file__).parent / "ui/static/build/print-fonts"
VIET_NAM = timezone(timedelta(hours=7))
BUILT_IN = "≥≤≈≠→←↑↓✓□\n"  # signs that typst's own fonts lend to Tinos
UNKNOWN = "□"


class PrintFontsMissing(RuntimeError):
    """The set-up makes the print fonts; without them letters would differ from machine to machine."""

    def __init__(self) -> None:
        super().__init__(f"No print fonts in {FONTS}: run the set-up.")


def write(document: OfficialDocument) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(data(document), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["a-2b"],
        timestamp=datetime.combine(document.day, time(), VIET_NAM),
    )


@cache
def fonts() -> typst.Fonts:
    if not any(FONTS.glob("*.ttf")):
        raise PrintFontsMissing
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


@cache
def letters() -> frozenset[str]:
    """What all four styles can show: PDF/A refuses the whole document for a single letter without a picture."""
    styles = [set(map(chr, TTFont(font).getBestCmap() or ())) for font in FONTS.glob("*.ttf")]
    return frozenset(set.intersection(*styles) | set(BUILT_IN))


def shown(text: str) -> str:
    """Emoji and the like become a box; marks that have no picture of their own go."""
    signs = (sign for sign in printable(text) if sign in letters() or not _is_invisible(sign))
    return "".join(sign if sign in letters() else UNKNOWN for sign in signs)


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"


def data(document: OfficialDocument) -> Any:
    """What the template reads: the words as they are printed, blocks marked with their kind."""
    return _clean(
        {
            "state": content.STATE,
            "motto": content.MOTTO,
            "title": document.title(),
            "author": " ".join(document.issuing_body.split()),
            "superior": document.superior_body.upper(),
            "issuer": document.issuing_body.upper(),
            "number": f"Số: {document.reference()}",
            "draft": content.DRAFT if document.draft else "",
            "placed": document.placed(),
            "type": document.type_name.upper(),
            "subject": document.subject,
            "body": [_block(block) for block in document.body],
            "signature": [line.upper() for line in (*document.signature.authority, document.signature.position)],
            "signer": document.signature.name,
            "recipients_title": content.RECIPIENTS,
            "recipients": document.recipient_lines(),
            "annexes": [
                {
                    "name": name,
                    "tie": tie,
                    "title": annex.title.upper(),
                    "body": [_block(block) for block in annex.body],
                }
                for name, tie, annex in document.annex_heads()
            ],
        }
    )


def _block(block: content.Block) -> dict[str, Any]:
    match block:
        case content.Paragraph(text):
            return {"kind": "paragraph", "pieces": _pieces(text)}
        case content.BulletList(items):
            return {"kind": "list", "items": [_pieces(item) for item in items]}
        case content.Table():
            source = f"{content.SOURCE}: {block.source}" if block.source else ""
            return {"kind": "table", **asdict(block), "shares": block.shares(), "source": source}
        case _:
            return {"kind": type(block).__name__.lower(), **asdict(block)}


def _pieces(text: content.Text) -> list[str | dict[str, str]]:
    return [
        {"footnote": piece.text} if isinstance(piece, content.Footnote) else piece for piece in content.pieces(text)
    ]


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {key: _clean(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_clean(one) for one in value]
    return value
