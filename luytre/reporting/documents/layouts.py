"""An office's own Word layout: fields in double braces that are filled, with the body and annexes in their place."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from luytre.reporting.documents import content
from luytre.reporting.documents.content import OfficialDocument, Signature, printable
from luytre.reporting.documents.word import WordWriter

BODY, ANNEXES = "\u2983body\u2984", "\u2983annexes\u2984"  # brackets that no office types
PLACED = {"body": BODY, "annexes": ANNEXES}
GROUPS = ("figures", "last_year", "changes")  # each followed by a dot and the code of an indicator


@dataclass(frozen=True)
class Figures:
    """What an office may put into its layout besides the body, by the indicator's code."""

    now: Mapping[str, str] = field(default_factory=dict)
    last_year: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, str] = field(default_factory=dict)


def words(document: OfficialDocument) -> dict[str, str]:
    """Every field that stands for words."""
    signature = document.signature
    return {
        "superior_body": document.superior_body.upper(),
        "issuing_body": document.issuing_body.upper(),
        "state": content.STATE,
        "motto": content.MOTTO,
        "number": document.reference(),
        "place_and_date": document.placed(),
        "draft": content.DRAFT if document.draft else "",
        "type_name": document.type_name.upper(),
        "subject": document.subject,
        "recipients": "\n".join(document.recipient_lines()),
        "authority": "\n".join(line.upper() for line in signature.authority),
        "position": signature.position.upper(),
        "signer": signature.name,
    }


def fill(layout: bytes, document: OfficialDocument, figures: Figures) -> bytes:
    """The layout must have passed `layout_check.check`; codes that it names and nobody counts yet read "–"."""
    template = DocxTemplate(BytesIO(layout))
    template.render(context(document, figures), jinja_env=environment())
    word: Document = template.docx
    writer = WordWriter(word)
    put_body(writer, document)
    put_annexes(writer, document)
    return writer.finish(document)


def context(document: OfficialDocument, figures: Figures) -> dict[str, Any]:
    groups = zip(GROUPS, (figures.now, figures.last_year, figures.changes), strict=True)
    told = {name: printable(text) for name, text in words(document).items()}
    return {**told, **PLACED, **{name: Known(values) for name, values in groups}}


class Known(dict[str, str]):
    """A code of the catalogue that has no figure reads as missing."""

    def __missing__(self, code: str) -> str:
        return "–"


def environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, extensions=[])


def put_body(writer: WordWriter, document: OfficialDocument) -> None:
    """Blocks are written at the end of the file and then moved to where the layout wants them."""
    place = marked(writer.word, BODY)
    body = writer.word.element.body
    before = len(body)
    writer.blocks(document.body)
    end = body[-1] if body[-1].tag == qn("w:sectPr") else None
    made = list(body)[before - (end is not None) : len(body) - (end is not None)]
    for element in made:
        place.addprevious(element)
    place.getparent().remove(place)


def put_annexes(writer: WordWriter, document: OfficialDocument) -> None:
    place = marked(writer.word, ANNEXES, required=False)
    if place is not None:
        place.getparent().remove(place)
        writer.annexes(document)


def marked(word: Document, mark: str, *, required: bool = True) -> Any:
    """The paragraph in the main text that a mark was rendered into."""
    for paragraph in word.element.body.iter(qn("w:p")):
        if mark in "".join(text.text or "" for text in paragraph.iter(qn("w:t"))):
            return paragraph
    if required:
        raise LookupError(mark)
    return None


# The standard layout: the official head and foot with fields where the words go.

SIGNS = {
    name: chr(0x2460 + at) * length  # keep when capitalised; as long as usual words, for the rules below them
    for at, (name, length) in enumerate(
        {
            "superior_body": 14, "issuing_body": 18, "type_name": 7, "subject": 70, "recipients": 1, "authority": 1,
            "position": 1, "signer": 1,
        }.items()
    )
}  # fmt: skip
OPTIONAL = ("superior_body", "draft", "authority")  # their whole line goes where they are empty


def standard() -> bytes:
    """A file to start from: what the system prints, each part of it a field."""
    document = OfficialDocument(
        superior_body=SIGNS["superior_body"],
        issuing_body=SIGNS["issuing_body"],
        symbol="",
        place="",
        day=content.SOME_DAY,
        type_name=SIGNS["type_name"],
        subject=SIGNS["subject"],
        body=[content.Paragraph("{{ body }}")],
        signature=Signature(position=SIGNS["position"], authority=[SIGNS["authority"]], name=SIGNS["signer"]),
        recipients=[SIGNS["recipients"]],
        draft=True,
    )
    writer = WordWriter()
    writer.head(document)
    writer.blocks(document.body)
    writer.foot(document)
    writer.block(content.Paragraph("{{ annexes }}"))
    name_fields(writer.word, document)
    return writer.finish(replace(document, type_name="Mẫu", subject="báo cáo", issuing_body=""))


def name_fields(word: Document, document: OfficialDocument) -> None:
    """Put the fields where their signs stand; whole lines where the writer composes them."""
    lines = {
        f"Số: {document.reference()}": "Số: {{ number }}",
        document.placed(): "{{ place_and_date }}",
        document.recipient_lines()[0]: "{{ recipients }}",
        content.DRAFT: "{{ draft }}",
        **{sign: f"{{{{ {name} }}}}" for name, sign in SIGNS.items()},
    }
    for paragraph in list(word.element.body.iter(qn("w:p"))):
        for text in paragraph.iter(qn("w:t")):
            text.text = lines.get(text.text or "", text.text)
            for name in OPTIONAL:
                if text.text == f"{{{{ {name} }}}}":
                    paragraph.addprevious(condition(f"{{%p if {name} %}}"))
                    paragraph.addnext(condition("{%p endif %}"))


def condition(words: str) -> Any:
    paragraph = OxmlElement("w:p")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = words
    run.append(text)
    paragraph.append(run)
    return paragraph
