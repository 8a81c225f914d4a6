"""Drafting a report: freeze the figures, change one paragraph at a time, freeze anew, compare, go back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.reporting import frozen, narrative, printing, prose
from luytre.reporting.documents.content import OfficialDocument
from luytre.reporting.frozen import Frozen, Line
from luytre.reporting.models.reports import Report, ReportIssue, ReportVersion, SavedMeanwhile
from luytre.reporting.prose import Block, Body, Token


class AlreadyDrafted(Exception):
    """The office has a report on these days."""

    def __init__(self, report: Report) -> None:
        super().__init__(str(report))
        self.report = report


class NoSuchParagraph(LookupError):
    """This version has no paragraph that may be written under that key."""


def draft(area: Area, window: Window, *, period: str, by: User, at: datetime, today: date) -> Report:
    """The first version, written from the records. Raises AlreadyDrafted or NoReportAtThisLevel."""
    days = {"first_day": window.first_day, "last_day": window.last_day}
    if known := Report.objects.filter(area=area, **days).first():
        raise AlreadyDrafted(known)
    picture = frozen.take(area, window, period=period, today=today, at=at)
    body = prose.to_json(narrative.write(picture))
    return Report(area=area, period=period, **days).draft(figures=frozen.to_json(picture), body=body, by=by, at=at)


@dataclass(frozen=True)
class Text:
    """A version opened for reading."""

    version: ReportVersion

    @cached_property
    def picture(self) -> Frozen:
        return frozen.from_json(self.version.figures.content)

    @cached_property
    def body(self) -> Body:
        return prose.from_json(self.version.body)

    def block(self, key: str) -> Block:
        found = next((one for one in self.body if one.key == key), None)
        if found is None or not found.is_editable:
            raise NoSuchParagraph(key)
        return found

    def written(self, key: str) -> str:
        """A blank starts empty; a paragraph as it stands, its figures in brackets."""
        block = self.block(key)
        return "" if block.kind == "blank" else prose.written(block, self.picture)

    def document(self, *, today: date) -> OfficialDocument:
        issue = ReportIssue.objects.filter(version=self.version).select_related("signed_by", "replaces").first()
        if issue is None:
            return printing.document(self.picture, self.body, day=today)
        return printing.document(self.picture, self.body, day=issue.issued_on, facts=facts_of(issue, self.picture))


def facts_of(issue: ReportIssue, picture: Frozen) -> printing.Facts:
    return printing.Facts(
        number=str(issue.number),
        signer=issue.signed_by.full_name,
        signed_as=issue.signed_as,
        replaces=reference(issue.replaces, picture) if issue.replaces else "",
        is_draft=False,
    )


def reference(issue: ReportIssue, picture: Frozen) -> str:
    return f"Báo cáo số {issue.number:02}/{picture.issuer.symbol} ngày {issue.issued_on:%d/%m/%Y}"


def version_of(report: Report, number: int) -> ReportVersion:
    return report.versions.select_related("figures", "saved_by").get(number=number)


def rewrite(report: Report, *, base: int, key: str, typed: str, by: User, at: datetime, add: str = "") -> ReportVersion:
    """Another's change to another paragraph is kept; to the same one raises SavedMeanwhile."""
    text = Text(version_of(report, base))
    block = text.block(key)
    pieces = prose.read(tidy(typed), block, text.picture)
    if add:
        pieces = (*pieces, " ", Token(add))
    return saved(report, text, prose.rewritten(block, pieces), by=by, at=at)


def tidy(typed: str) -> str:
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return "\n".join(line for line in lines if line)


def saved(report: Report, text: Text, block: Block, *, by: User, at: datetime) -> ReportVersion:
    newest = Text(report.newest)
    if newest.version.number != text.version.number and newest.block(block.key) != text.block(block.key):
        raise SavedMeanwhile(newest.version)
    body = prose.to_json(prose.replaced(newest.body, block))
    return report.save_version(base=newest.version.number, body=body, by=by, at=at, note="corrected")


def add_after(report: Report, *, key: str, typed: str, by: User, at: datetime, add: str = "") -> ReportVersion:
    """A paragraph of one's own; it disturbs nobody, so it goes into the newest version."""
    newest = Text(report.newest)
    newest.block(key)
    words = (tidy(typed), *((" ", Token(add)) if add else ()))
    body = prose.put_after(newest.body, key, prose.new_paragraph(words))
    return report.save_version(base=newest.version.number, body=prose.to_json(body), by=by, at=at, note="corrected")


def leave_out(report: Report, *, base: int, key: str, by: User, at: datetime) -> ReportVersion:
    text = Text(version_of(report, base))
    block = text.block(key)
    return saved(report, text, replace(block, is_removed=not block.is_removed), by=by, at=at)


def anew(report: Report, *, at: datetime, today: date) -> Frozen:
    """What the records say at this moment."""
    return frozen.take(report.area, report.window, period=report.period, today=today, at=at)


def refresh(report: Report, *, base: int, by: User, at: datetime, today: date) -> ReportVersion:
    """Freeze the figures again; what people wrote stays, its figures are the new ones."""
    picture = anew(report, at=at, today=today)
    body = prose.refreshed(prose.from_json(version_of(report, base).body), narrative.write(picture))
    content = frozen.to_json(picture)
    return report.save_version(base=base, body=prose.to_json(body), figures=content, by=by, at=at, note="refreshed")


def restore(report: Report, *, base: int, number: int, by: User, at: datetime) -> ReportVersion:
    """An earlier version becomes the newest one again, with the figures it had."""
    old = version_of(report, number)
    figures = old.figures.content if old.figures_id != report.newest.figures_id else None
    return report.save_version(base=base, body=old.body, figures=figures, by=by, at=at, note="restored")


@dataclass(frozen=True)
class Shift:
    """A figure that is not what it was."""

    line: Line
    before: Line | None
    after: Line | None

    @property
    def turned(self) -> bool:
        """More has become fewer, or the other way round: words around it may no longer fit."""
        return bool(self.before and self.after and self.before.direction != self.after.direction)


def shifts(before: Frozen, after: Frozen) -> list[Shift]:
    found = []
    for code, line in {**before.lines, **after.lines}.items():
        old, new = before.lines.get(code), after.lines.get(code)
        if shown(old) != shown(new):
            found.append(Shift(line, old, new))
    return found


def shown(line: Line | None) -> tuple[str, str] | None:
    return (str(line.now), str(line.then)) if line and line.is_told else None


def to_read_again(body: Body, changed: list[Shift]) -> Body:
    """Paragraphs that people wrote around figures which have changed."""
    codes = {shift.line.code for shift in changed}
    return [block for block in prose.standing(body) if block.is_edited and codes & {t.figure for t in block.tokens()}]


@dataclass(frozen=True)
class Difference:
    """A paragraph in two versions; nothing on the side that does not have it."""

    before: str
    after: str


def differences(older: Text, newer: Text) -> Iterator[Difference]:
    old = {block.key: block.said(older.picture) for block in prose.standing(older.body) if block.kind != "table"}
    new = {block.key: block.said(newer.picture) for block in prose.standing(newer.body) if block.kind != "table"}
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            yield Difference(old.get(key, ""), new.get(key, ""))


def hand_typed(text: Text) -> list[str]:
    """Numbers in the words that no register vouches for."""
    return [number for block in prose.standing(text.body) for number in block.typed_numbers()]


def names_of_figures(picture: Frozen) -> list[tuple[str, str]]:
    """What may be put into a paragraph."""
    return [(line.code, f"{line.name}: {line.now} {line.unit}") for line in picture.in_order if line.is_told]
