"""The periodic report that writes itself: the outline filled with sentences about the frozen figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from string import Formatter

from django.utils import timezone

from luytre.areas.models import Area
from luytre.common import periods
from luytre.reporting import frozen, outline, phrases, printing
from luytre.reporting.documents.content import OfficialDocument
from luytre.reporting.frozen import Frozen, Line, NoReportAtThisLevel
from luytre.reporting.outline import Sentence
from luytre.reporting.prose import Block, Body, Piece, Token

__all__ = ["NoReportAtThisLevel", "report", "write"]

NOTABLE_RATE = 50  # percent; smaller changes are told in their own sentences
NOTABLE_COUNT = 10  # of so few, percentages say nothing
DIRECTIONS = {
    "more": "Chỉ tiêu tăng so với cùng kỳ năm trước",
    "fewer": "Chỉ tiêu giảm so với cùng kỳ năm trước",
    "same": "Chỉ tiêu giữ nguyên",
    "new": "Cùng kỳ năm trước chưa ghi nhận, kỳ này có",
    "gone": "Cùng kỳ năm trước có, kỳ này chưa ghi nhận",
}
SPECIAL = {"until": Token(shows="until")}


def report(area: Area, period: str, *, today: date) -> OfficialDocument:
    """The draft of a place's report for a period such as "2026-11", in Vietnamese whoever asks; nothing is kept."""
    picture = frozen.take(area, periods.parse(period), period=period, today=today, at=timezone.now())
    return printing.document(picture, write(picture), day=today)


def write(picture: Frozen) -> Body:
    """The whole body as a careful clerk would draft it; what only people know is left blank."""
    return list(Draft(picture).body())


@dataclass(frozen=True)
class Draft:
    """One report being written."""

    picture: Frozen

    def body(self) -> Iterator[Block]:
        yield from self.situation()
        yield from self.results()
        yield from self.assessment()
        yield heading("iv", 1, "IV. Phương hướng, nhiệm vụ")
        yield blank("directions", "Phương hướng, nhiệm vụ kỳ tới: do đơn vị báo cáo viết.")
        yield heading("v", 1, "V. Kiến nghị, đề xuất")
        yield blank("proposals", "Kiến nghị, đề xuất: do đơn vị báo cáo viết.")

    def situation(self) -> Iterator[Block]:
        yield heading("i", 1, "I. Tình hình")
        running = " Kỳ báo cáo chưa kết thúc, nên cùng kỳ năm trước cũng chỉ tính đến cùng ngày."
        ending = f".{running}" if self.picture.is_running else "."
        yield paragraph("span", "Báo cáo tổng hợp số liệu ", Token(shows="span"), ending)
        if self.picture.children:
            yield paragraph("heard", "Trong kỳ có ", Token(shows="heard"), ".")
        yield blank(
            "situation",
            "Tình hình an ninh, trật tự và các đặc điểm ảnh hưởng đến phong trào: do đơn vị báo cáo viết.",
        )

    def results(self) -> Iterator[Block]:
        yield heading("ii", 1, "II. Kết quả thực hiện")
        told = [(chapter, list(self.sentences(chapter.sentences))) for chapter in outline.chapters()]
        full = [(chapter, paragraphs) for chapter, paragraphs in told if paragraphs]
        for number, (chapter, paragraphs) in enumerate(full, 1):
            yield heading(f"ii-{chapter.key}", 2, f"{number}. {chapter.title}")
            yield from paragraphs
        if missing := [chapter.title for chapter, paragraphs in told if not paragraphs]:
            names = "; ".join(phrases.lowered(title) for title in missing)
            yield Block("missing", "note", (f"Chưa có số liệu trong hệ thống về: {names}.",))
        yield Block("table", "table")
        rest = [line for line in self.picture.in_order if not line.is_told]
        if silent := [line for line in rest if line.now.value is None]:
            yield Block("unreported", "note", (f"Chưa có đơn vị nào báo cáo: {phrases.indicators(silent)}.",))
        if nothing := [line for line in rest if line.now.value is not None]:
            yield Block("unrecorded", "note", (f"Cả hai kỳ chưa ghi nhận: {phrases.indicators(nothing)}.",))

    def sentences(self, sentences: list[Sentence]) -> Iterator[Block]:
        for sentence in sentences:
            line = self.picture.lines.get(sentence.main)
            if line and line.is_told and all(code in self.picture.lines for code in sentence.codes()):
                yield self.said(sentence, line)

    def said(self, sentence: Sentence, line: Line) -> Block:
        words = pieces(sentence.text if line.now.value else sentence.none)
        rest: list[Piece] = [Token(sentence.main, "compared", sentence.unit), "."]
        most = Token(sentence.main, "most", sentence.unit)
        if line.now.value and most.said(self.picture):
            rest.append(most)
        return paragraph(f"s-{sentence.main.replace('_', '-')}", *words, *rest)

    def assessment(self) -> Iterator[Block]:
        yield heading("iii", 1, "III. Đánh giá")
        for direction, words in DIRECTIONS.items():
            if lines := self.going(direction):
                yield paragraph(direction, f"{words}: {phrases.indicators(lines)}.")
        if notable := self.notable():
            yield paragraph("notable", *between_semicolons("Biến động đáng chú ý: ", notable))
        yield blank("judgement", "Ưu điểm, tồn tại, nguyên nhân: do đơn vị báo cáo viết.")

    def going(self, direction: str) -> list[Line]:
        return [line for line in self.picture.in_order if line.direction == direction]

    def notable(self) -> list[Line]:
        """The greatest changes, where there was enough to compare with."""
        rates = [(abs(line.rate), line) for line in self.picture.in_order if line.rate is not None]
        great = [
            (rate, line) for rate, line in rates if rate >= NOTABLE_RATE and (line.then.value or 0) >= NOTABLE_COUNT
        ]
        return [line for _rate, line in sorted(great, key=lambda pair: -pair[0])[:5]]


def between_semicolons(start: str, lines: list[Line]) -> Iterator[Piece]:
    yield start
    for position, line in enumerate(lines):
        yield f"{'; ' if position else ''}{phrases.lowered(line.name)} "
        yield Token(line.code, "moved")
    yield "."


def pieces(text: str) -> Iterator[Piece]:
    """A sentence of the outline, with its figures as tokens."""
    for words, name, _, _ in Formatter().parse(text):
        if words:
            yield words
        if name:
            yield SPECIAL.get(name) or Token(name)


def heading(key: str, level: int, text: str) -> Block:
    return Block(key, "heading", (text,), level)


def paragraph(key: str, *words: Piece) -> Block:
    return Block(key, "paragraph", words)


def blank(key: str, prompt: str) -> Block:
    return Block(key, "blank", (prompt,))
