"""The periodic report that writes itself: figures in sentences, in a table, and where each of them comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import override

from luytre.areas.models import Area
from luytre.common import periods
from luytre.common.periods import Window
from luytre.reporting import indicators, outline, phrases, rollup
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
from luytre.reporting.models import Definition
from luytre.reporting.outline import Chapter, Sentence
from luytre.reporting.rollup import Change, Figure
from luytre.reporting.territory import until

BY_PLACE = ("outreach_sessions", "outreach_attendances", "model_sites", "mass_security_orgs")
WRITTEN_BY_PEOPLE = (
    ("IV. Phương hướng, nhiệm vụ", "phương hướng, nhiệm vụ kỳ tới"),
    ("V. Kiến nghị, đề xuất", "kiến nghị, đề xuất"),
)


class NoReportAtThisLevel(ValueError):
    """Communes, provinces and the nation report; residential areas and former districts do not."""


def report(area: Area, period: str, *, today: date) -> OfficialDocument:
    """The draft of a place's report for a period such as "2026-11", in Vietnamese whoever asks."""
    if area.level not in outline.LEVELS:
        raise NoReportAtThisLevel(area.level)
    with override("vi"):
        return Draft(area, periods.parse(period), today).document()


@dataclass(frozen=True)
class Draft:
    """One report being written."""

    area: Area
    period: Window
    today: date

    @cached_property
    def window(self) -> Window:
        """A period that is still running is read until today, and so is last year's."""
        return until(self.period, self.today)

    @cached_property
    def now(self) -> rollup.Reading:
        return rollup.read(self.area, self.window)

    @cached_property
    def then(self) -> rollup.Reading:
        return rollup.read(self.area, self.window.same_last_year(), territory=self.window.last_day)

    @cached_property
    def changes(self) -> dict[str, Change]:
        return {
            definition.code: Change(self.now.figure(definition.code), self.then.figure(definition.code))
            for definition in indicators.available()
        }

    def document(self) -> OfficialDocument:
        issuer = outline.issuer(self.area)
        return OfficialDocument(
            superior_body=issuer.superior_body,
            issuing_body=issuer.issuing_body,
            symbol=issuer.symbol,
            place=issuer.place,
            day=self.today,
            type_name="Báo cáo",
            subject=outline.subject(phrases.lowered(self.period.name)),
            body=[*self.situation(), *self.results(), *self.assessment(), *self.left_to_people()],
            signature=Signature(position=issuer.position, authority=issuer.authority),
            recipients=issuer.recipients,
            annexes=[self.sources(), *self.by_place()],
            draft=True,
        )

    def situation(self) -> Iterator[Block]:
        yield Heading(1, "I. Tình hình")
        yield Paragraph(f"Báo cáo tổng hợp số liệu {phrases.span(self.window)}.{self.unfinished()}")
        if places := self.now.children:
            silent = [place.full_name for place in self.now.silent()]
            heard = f"{len(places) - len(silent)}/{len(places)}"
            names = f"; chưa ghi nhận hoạt động: {phrases.listed(silent)}" if silent else ""
            yield Paragraph(f"Trong kỳ có {heard} địa bàn trực thuộc ghi nhận hoạt động{names}.")
        yield Note(
            "Tình hình an ninh, trật tự và các đặc điểm ảnh hưởng đến phong trào: chưa có số liệu trong hệ thống."
        )

    def unfinished(self) -> str:
        if self.window.last_day == self.period.last_day:
            return ""
        return " Kỳ báo cáo chưa kết thúc, nên cùng kỳ năm trước cũng chỉ tính đến cùng ngày."

    def results(self) -> Iterator[Block]:
        yield Heading(1, "II. Kết quả thực hiện")
        told = [(chapter, list(self.sentences(chapter))) for chapter in outline.chapters()]
        full = [(chapter, sentences) for chapter, sentences in told if sentences]
        for number, (chapter, sentences) in enumerate(full, 1):
            yield Heading(2, f"{number}. {chapter.title}")
            yield from (Paragraph(sentence) for sentence in sentences)
        if missing := [chapter.title for chapter, sentences in told if not sentences]:
            yield Note(f"Chưa có số liệu trong hệ thống về: {'; '.join(phrases.lowered(title) for title in missing)}.")
        yield from self.table()

    def sentences(self, chapter: Chapter) -> Iterator[str]:
        for sentence in chapter.sentences:
            change = self.changes.get(sentence.main)
            if change and (change.now.value or change.then.value):
                yield self.said(sentence, change)

    def said(self, sentence: Sentence, change: Change) -> str:
        figures = {code: str(self.changes[code].now) for code in sentence.codes()}
        words = sentence.text if change.now.value else sentence.none
        until = phrases.until(self.area, self.window)
        return words.format(until=until, **figures) + phrases.compared(change, unit=sentence.unit) + "."

    def table(self) -> Iterator[Block]:
        told = [change for change in self.changes.values() if change.now.value or change.then.value]
        if told:
            yield Table(
                title="Bảng số liệu",
                columns=[
                    Column("Chỉ tiêu"),
                    Column("Đơn vị tính"),
                    Column("Kỳ này", "right"),
                    Column("Cùng kỳ năm trước", "right"),
                    Column("So sánh", "right"),
                ],
                rows=[self.line(change) for change in told],
            )
        if rest := [change.now.definition for change in self.changes.values() if change not in told]:
            names = "; ".join(phrases.lowered(definition.name) for definition in rest)
            yield Note(f"Cả hai kỳ chưa ghi nhận: {names}.")

    def line(self, change: Change) -> list[str]:
        definition = change.now.definition
        return [definition.name, definition.unit, str(change.now), str(change.then), phrases.cell(change)]

    def assessment(self) -> Iterator[Block]:
        yield Heading(1, "III. Đánh giá")
        more = [change for change in self.changes.values() if (change.difference or 0) > 0]
        fewer = [change for change in self.changes.values() if (change.difference or 0) < 0]
        for words, which in (("tăng", more), ("giảm", fewer)):
            if which:
                names = "; ".join(phrases.lowered(change.now.definition.name) for change in which)
                yield Paragraph(f"Chỉ tiêu {words} so với cùng kỳ năm trước: {names}.")
        yield Note("Ưu điểm, tồn tại, nguyên nhân: do đơn vị báo cáo viết.")

    def left_to_people(self) -> Iterator[Block]:
        for title, what in WRITTEN_BY_PEOPLE:
            yield Heading(1, title)
            yield Note(f"{phrases.capitalised(what)}: do đơn vị báo cáo viết.")

    def sources(self) -> Annex:
        """Where each figure comes from, so that anyone can look it up."""
        columns = [Column("Chỉ tiêu"), Column("Nguồn"), Column("Kỳ số liệu"), Column("Cách tính")]
        told = [change.now for change in self.changes.values() if change.now.value or change.then.value]
        rows = [[figure.definition.name, origin(figure), self.days(figure), self.link(figure)] for figure in told]
        territory = f"Địa giới hành chính: tại ngày {self.window.last_day:%d/%m/%Y}. Trang số liệu: {self.page()}"
        estimates = [phrases.lowered(figure.definition.name) for figure in told if figure.is_estimate]
        notes = [Note(f"Ước tính do địa bàn đã chia tách: {'; '.join(estimates)}.")] if estimates else []
        return Annex(title="Nguồn số liệu", body=[Note(territory), *notes, Table(columns=columns, rows=rows)])

    def days(self, figure: Figure) -> str:
        if figure.definition.behaviour == "flow":
            return f"{self.window.first_day:%d/%m/%Y} – {self.window.last_day:%d/%m/%Y}"
        return f"đến hết ngày {self.window.last_day:%d/%m/%Y}"

    def link(self, figure: Figure) -> str:
        return reverse("reporting:indicator", kwargs={"code": figure.definition.code})

    def page(self) -> str:
        """Where the same figures stand on the screen."""
        place = reverse("reporting:territory", kwargs={"code": self.area.code})
        return f"{place}?from={self.window.first_day}&to={self.window.last_day}"

    def by_place(self) -> Iterator[Annex]:
        if not self.now.children:
            return
        figures = [self.now.figure(code) for code in BY_PLACE]
        columns = [Column("Địa bàn"), *(Column(self.heading(one.definition), "right") for one in figures)]
        parts = [self.now.parts(figure) for figure in figures]
        rows = [[place.full_name, *(part_of(row, place) for row in parts)] for place in self.now.children]
        if any(part.is_own for row in parts for part in row):
            rows.append(["Ghi tại cấp này", *(part_of(row, None) for row in parts)])
        total = ["Cộng", *(str(figure) for figure in figures)]
        yield Annex(title="Số liệu theo địa bàn", body=[Table(columns=columns, rows=rows, total=total)])

    def heading(self, definition: Definition) -> str:
        return f"{definition.name} ({definition.unit})"


def part_of(parts: list[rollup.Part], place: Area | None) -> str:
    """What a place gives; None asks for what stands at the level itself."""
    found = next((part for part in parts if part.is_own == (place is None) and place in (None, part.area)), None)
    return str(found) if found else "0"


def origin(figure: Figure) -> str:
    """The registers that a figure is counted from."""
    codes = indicators.needs(figure.definition)
    models = [model for code in codes for model in indicators.get(code).models(figure.window)]
    names = dict.fromkeys(str(model._meta.verbose_name_plural) for model in models)
    return "Sổ: " + "; ".join(names)
