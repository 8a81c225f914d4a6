"""Narrative reports brought in: proposals out of the text, and each beside what this system counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.functional import cached_property

from luytre.accounts.models import User
from luytre.areas.models import Area, Scope
from luytre.common.periods import Window
from luytre.common.text import clean, fold
from luytre.reporting import catalogue, indicators, questions, rollup
from luytre.reporting.figures import Figure
from luytre.reporting.models import Behaviour, Definition, FigureRole, QuotedFigure, QuotedReport, Said
from luytre.reporting.models.quoted import SENTENCE
from luytre.reporting.reading.proposing import Proposal, propose
from luytre.reporting.rollup import Reading

LARGEST = Decimal(10) ** 17  # a figure above this is no figure


@dataclass(frozen=True)
class Text:
    """What is to be read: the text, and words about how it came out of its file."""

    name: str
    text: str
    notes: tuple[str, ...] = ()


def bring_in(text: Text, *, office: Area, reported_on: date, scope: Scope, by: User, at: datetime) -> QuotedReport:
    """The report with its proposals, each placed and dated where the text says where and when."""
    kept = QuotedReport(
        area=office, name=clean(text.name)[:200], text=text.text.replace("\x00", ""), reported_on=reported_on
    )
    kept.notes = list(text.notes)
    places = Places(scope, office, reported_on)
    found = propose(kept.text, reported_on=reported_on)
    return kept.bring_in((figure(one, places) for one in found if abs(one.value) < LARGEST), by=by, at=at)


def figure(one: Proposal, places: "Places") -> QuotedFigure:
    return QuotedFigure(
        start=one.start, end=one.end, sentence=one.sentence[:SENTENCE], span=one.span[:300],
        code=one.indicator, second=one.second, value=one.value, value_max=one.value_max, denominator=one.denominator,
        qualifier=Said(one.qualifier), unit=one.unit[:80], role=FigureRole(one.role),
        place=one.area[:200], area=places.named(one.area), first_day=one.first_day, last_day=one.last_day,
        confidence=one.confidence, reason=one.reason[:400],
    )  # fmt: skip


class Places:
    """Areas by the names reports use, among those the officer sees, as they stood on the report's day."""

    def __init__(self, scope: Scope, office: Area, on: date) -> None:
        self.office = office
        self.rows = questions.visible(scope).on(on)

    def named(self, written: str) -> Area | None:
        """The office itself where nothing is said; none where the name is unknown or several bear it."""
        first = written.split(",")[0]
        if not first or self.is_office(first):
            return self.office
        only = self.called.get(bare(first), [])
        return only[0] if len(only) == 1 else None

    def is_office(self, written: str) -> bool:
        return bare(written) == fold(self.office.name)

    @cached_property
    def called(self) -> dict[str, list[Area]]:
        names: dict[str, list[Area]] = {}
        for area in self.rows.filter(path__startswith=self.office.path).exclude(level="area"):
            names.setdefault(fold(area.name), []).append(area)
        return names


KINDS = ("tinh", "thanh pho", "tp", "huyen", "quan", "thi xa", "xa", "phuong", "thi tran", "dac khu", "ca nuoc")


def bare(written: str) -> str:
    """The name without its kind: "tỉnh Điện Biên" is Điện Biên."""
    folded = fold(written).replace("tp.", "tp ")
    for kind in KINDS:
        if folded.startswith(f"{kind} ") and len(folded) > len(kind) + 1:
            return folded[len(kind) + 1 :].strip()
    return folded


# beside what this system counts


@dataclass(frozen=True)
class Quoted:
    """A figure of a report, its indicator, and the same figure counted here; none where it cannot be asked."""

    kept: QuotedFigure
    definition: Definition | None
    ours: Figure | None

    @property
    def difference(self) -> Decimal | None:
        if self.ours is None or self.ours.value is None or self.kept.role in (FigureRole.CHANGE, FigureRole.TARGET):
            return None
        return self.kept.value - Decimal(self.ours.value)

    @property
    def is_apart(self) -> bool:
        """More apart than the report's own words allow: an approximate figure may differ by a twentieth."""
        if self.difference is None:
            return False
        allowed = 0 if self.kept.qualifier in (Said.EXACT, Said.RATIO) else abs(self.kept.value) / 20
        return abs(self.difference) > allowed


def beside(figures: Iterable[QuotedFigure], *, scope: Scope) -> Iterator[Quoted]:
    """Each with what is counted here for its place and days; one reading for each place and window."""
    readings: dict[tuple[int, Window], Reading] = {}
    seen: dict[int, bool] = {}
    for one in figures:
        definition = known(one.code)
        window, area = window_of(one, definition), one.area
        if area is None or window is None or definition is None or not indicators.yields(definition):
            yield Quoted(one, definition, None)
            continue
        if area.pk not in seen:
            seen[area.pk] = questions.visible(scope).filter(pk=area.pk).exists()
        if not seen[area.pk]:
            yield Quoted(one, definition, None)
            continue
        key = area.pk, window
        if key not in readings:
            readings[key] = rollup.read(area, window)
        yield Quoted(one, definition, readings[key].figure(one.code))


def known(code: str) -> Definition | None:
    try:
        return catalogue.get(code)
    except catalogue.NoSuchIndicator:
        return None


def window_of(one: QuotedFigure, definition: Definition | None) -> Window | None:
    """Its own days; a stock of which the text says no day stands on the day of the report."""
    if one.first_day and one.last_day:
        return Window(one.first_day, one.last_day)
    if definition is not None and definition.behaviour == Behaviour.STOCK:
        day = one.last_day or one.report.reported_on
        return Window(day, day)
    return None
