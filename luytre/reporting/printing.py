"""A report as an official document: the body, the table and the annexes, all from the same frozen figures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import override

from luytre.reporting import outline, phrases
from luytre.reporting.documents.content import (
    Annex,
    Block,
    Column,
    Heading,
    Note,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from luytre.reporting.frozen import BY_PLACE, Amount, Frozen, Line
from luytre.reporting.measures import OWN
from luytre.reporting.models import Behaviour
from luytre.reporting.prose import Body, standing

NOTHING = Amount(value=None)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What stands on the paper besides the body: number, day, who signs."""

    number: str = ""
    signer: str = ""
    signed_as: str = ""
    replaces: str = ""
    is_draft: bool = True
    authority: list[str] = field(default_factory=list)


def document(picture: Frozen, body: Body, *, day: date, facts: Facts | None = None) -> OfficialDocument:
    """In Vietnamese whoever asks."""
    facts = facts or Facts()
    issuer = picture.issuer
    with override("vi"):
        return OfficialDocument(
            superior_body=issuer.superior_body,
            issuing_body=issuer.issuing_body,
            symbol=issuer.symbol,
            number=facts.number,
            place=issuer.place,
            day=day,
            type_name="Báo cáo",
            subject=outline.subject(picture.period),
            body=[*replacing(facts), *blocks(picture, body)],
            signature=signature(picture, facts),
            recipients=issuer.recipients,
            annexes=[sources(picture), *by_place(picture)],
            draft=facts.is_draft,
        )


def replacing(facts: Facts) -> list[Block]:
    return [Note(f"Báo cáo này thay thế {facts.replaces}.")] if facts.replaces else []


def signature(picture: Frozen, facts: Facts) -> Signature:
    """A deputy signs for the head of the office: "KT. CHỦ TỊCH"."""
    head = picture.issuer.position
    position = facts.signed_as or head
    for_head = [f"KT. {head}"] if position.casefold() != head.casefold() else []
    return Signature(position=position, name=facts.signer, authority=[*picture.issuer.authority, *for_head])


def blocks(picture: Frozen, body: Body) -> Iterator[Block]:
    for block in standing(body):
        match block.kind:
            case "heading":
                yield Heading(1 if block.level == 1 else 2, block.said(picture))
            case "paragraph":
                yield from (Paragraph(text) for text in block.said(picture).split("\n") if text.strip())
            case "table":
                yield from table(picture)
            case _:
                yield Note(block.said(picture))


def table(picture: Frozen) -> Iterator[Table]:
    if told := picture.told():
        yield Table(
            title="Bảng số liệu",
            columns=[
                Column("Chỉ tiêu"),
                Column("Đơn vị tính"),
                Column("Kỳ này", "right"),
                Column("Cùng kỳ năm trước", "right"),
                Column("So sánh", "right"),
            ],
            rows=[[line.name, line.unit, str(line.now), str(line.then), phrases.cell(line)] for line in told],
            source=f"số liệu lấy lúc {picture.taken_at.astimezone():%H:%M ngày %d/%m/%Y}",
        )


def sources(picture: Frozen) -> Annex:
    """Where each figure comes from, so that anyone can look it up: its code leads to the very records."""
    columns = [Column("Chỉ tiêu"), Column("Mã"), Column("Nguồn"), Column("Kỳ số liệu")]
    rows = [[line.name, line.code, line.source, days(picture, line)] for line in picture.told()]
    day = f"{picture.last_day:%d/%m/%Y}"
    territory = Note(f"Địa giới hành chính: tại ngày {day}. Trang số liệu: {page(picture)}")
    records = Note(f"Bản ghi của từng số liệu, thay (mã) bằng mã ở cột thứ hai: {picture.records_url('(mã)')}")
    estimates = [phrases.lowered(line.name) for line in picture.told() if line.now.is_estimate]
    notes = [Note(f"Ước tính do địa bàn đã chia tách: {'; '.join(estimates)}.")] if estimates else []
    return Annex(title="Nguồn số liệu", body=[territory, records, *notes, Table(columns=columns, rows=rows)])


def days(picture: Frozen, line: Line) -> str:
    if line.behaviour == Behaviour.FLOW:
        return f"{picture.first_day:%d/%m/%Y} – {picture.last_day:%d/%m/%Y}"
    return f"đến hết ngày {picture.last_day:%d/%m/%Y}"


def page(picture: Frozen) -> str:
    """Where the same figures stand on the screen."""
    place = reverse("reporting:territory", kwargs={"code": picture.place.code})
    return f"{place}?from={picture.first_day}&to={picture.last_day}"


def by_place(picture: Frozen) -> Iterator[Annex]:
    lines = [picture.lines[code] for code in BY_PLACE if code in picture.lines]
    if not picture.children or not lines:
        return
    columns = [Column("Địa bàn"), *(Column(f"{line.name} ({line.unit})", "right") for line in lines)]
    rows = [[place.name, *(part(line, place.code) for line in lines)] for place in picture.children]
    if any(OWN in line.parts for line in lines):
        rows.append(["Ghi tại cấp này", *(part(line, OWN) for line in lines)])
    total = ["Cộng", *(str(line.now) for line in lines)]
    yield Annex(title="Số liệu theo địa bàn", body=[Table(columns=columns, rows=rows, total=total)])


def part(line: Line, code: str) -> str:
    return str(line.parts[code]) if code in line.parts else "0"
