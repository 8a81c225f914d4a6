"""Answers of the pages of comparison as tables to look at and to take away."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, format_number
from luytre.reporting import plain, wording
from luytre.reporting.exploring import behind
from luytre.reporting.exploring.asking import Asked
from luytre.reporting.exploring.behind import Reader
from luytre.reporting.exploring.outliers import Outlier
from luytre.reporting.exploring.pivot import Number, Pivot, Sheet
from luytre.reporting.exploring.ranking import Entry, Ranking
from luytre.reporting.figures import Change, Figure
from luytre.reporting.measures import Cell, Ground
from luytre.reporting.models import Definition
from luytre.ui.components import Column
from luytre.ui.drawing import linked

RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


@dataclass(frozen=True)
class Shown:
    """A table as the component draws it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] = ()


@dataclass(frozen=True)
class Painter:
    """Turns numbers into cells; each opens to its records where this person may read them."""

    pivot: Pivot
    open_codes: frozenset[str]

    def sheet(self, sheet: Sheet) -> Shown:
        columns = [Column(sheet.heading), *(Column(name, number=True) for name in sheet.columns)]
        rows = [[self.named(head), *(self.cell(one) for one in cells)] for head, cells in sheet.rows]
        total = [_("In all"), *(self.cell(one) for one in sheet.total)] if any(sheet.total) else []
        return Shown(sheet.title, columns, rows, total)

    def named(self, head: Area | Definition) -> str:
        return named(self.pivot, head)

    def cell(self, number: Number | None) -> str:
        if number is None:
            return "–"
        text = self.linked(written(number.now), number)
        change = change_of(number)
        return format_html('{} <span class="muted cell-change">{}</span>', text, change) if change else text

    def linked(self, text: str, number: Number) -> str:
        place = number.spot.place or (self.pivot.asked.places[0] if len(self.pivot.asked.places) == 1 else None)
        if place is None or number.spot.definition.code not in self.open_codes or not number.now.value:
            return text
        address = behind.url(number.spot.definition, place, number.spot.window, self.pivot.asked.territory)
        return linked(text, address)


def sheets(pivot: Pivot, reader: Reader) -> list[Shown]:
    codes = frozenset(code for code in pivot.asked.codes if reader.may_open(code))
    painter = Painter(pivot, codes)
    return [painter.sheet(one) for one in pivot.sheets()]


def named(pivot: Pivot, head: Area | Definition) -> str:
    return pivot.name(head) if isinstance(head, Area) else f"{head.name} ({head.unit})"


def written(cell: Cell) -> str:
    number = format_number(cell.value, cell.qualifier)
    return _("%(number)s (estimated)") % {"number": number} if cell.is_estimate and cell.value is not None else number


def change_of(number: Number) -> str:
    """Against the same window last year, in the words that the tiles use."""
    if number.then is None:
        return ""
    ground = Ground(number.spot.place or Area(), number.spot.window.last_day)
    now, then = (Figure(ground, number.spot.definition, number.spot.window, cell) for cell in (number.now, number.then))
    return wording.change_words(Change(now, then))


def ranking_table(ranking: Ranking, entries: Iterable[Entry]) -> Shown:
    """Rank, place, figure, and what chance would make of it."""
    columns = [Column(_("Rank")), Column(_("Place")), Column(heading_of(ranking), number=True)]
    if ranking.base:
        columns += [Column(_("Count"), number=True), Column(_("Beside the rate of all"))]
    if ranking.has_intervals:
        columns += [Column(_("Likely between"), number=True)]
    return Shown("", columns, [list(line_of(ranking, one)) for one in entries])


def heading_of(ranking: Ranking) -> str:
    unit = f"{ranking.definition.unit} {ranking.base.name}" if ranking.base else ranking.definition.unit
    return f"{ranking.definition.name} ({unit})"


def line_of(ranking: Ranking, one: Entry) -> Iterator[str]:
    yield format_number(one.rank) if one.rank else caution_of(one.caution)
    yield one.name
    yield format_number(one.shown, one.cell.qualifier if not ranking.base else Qualifier.EXACT)
    if ranking.base:
        yield written(one.cell)
        yield FUNNEL[one.funnel]() if one.funnel else "–"
    if ranking.has_intervals:
        told = {"low": format_number(one.limits[0]), "high": format_number(one.limits[1])} if one.limits else None
        yield _("%(low)s and %(high)s") % told if told else "–"


FUNNEL = {
    "within": lambda: _("as chance would have it"),
    "above": lambda: _("higher than chance would have it"),
    "below": lambda: _("lower than chance would have it"),
}


def caution_of(caution: str) -> str:
    told = {"few": _("fewer than five"), "base": _("counted over too few"), "none": _("no figure")}
    return told[caution]


def flat(pivot: Pivot) -> list[list[Any]]:
    """All sheets as one plain table; numbers stay numbers, approximate ones keep their words."""
    many = pivot.sheets()
    with_change = pivot.asked.with_change
    names = [name for sheet in many[:1] for name in sheet.columns]
    before = [_("%(column)s, the year before") % {"column": name} for name in names] if with_change else []
    heads = [_("Table"), _("Code"), many[0].heading if many else _("Place")]
    lines = [[*heads, *names, *before]]
    for sheet in many:
        lines += [
            [sheet.title, head.code, named(pivot, head), *values(cells, with_change)] for head, cells in sheet.rows
        ]
        if any(sheet.total):
            lines.append([sheet.title, "", _("In all"), *values(sheet.total, with_change)])
    return lines


def values(cells: Sequence[Number | None], with_change: bool) -> list[Any]:
    now = [value(one.now) if one else "" for one in cells]
    return [*now, *(value(one.then) if one and one.then else "" for one in cells)] if with_change else now


def value(cell: Cell) -> Any:
    if cell.value is None:
        return ""
    return plain.number(cell.value) if cell.qualifier == Qualifier.EXACT else written(cell)


def safe(rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """Text that a spreadsheet would run stays text."""
    for row in rows:
        yield [f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell for cell in row]


def notes(asked: Asked) -> list[str]:
    """What a table away from its page must say of itself."""
    windows = asked.periods.windows
    told = {
        "places": ", ".join(place.full_name for place in asked.places),
        "day": f"{asked.territory:%d/%m/%Y}",
        "first": f"{windows[0].first_day:%d/%m/%Y}",
        "last": f"{windows[-1].last_day:%d/%m/%Y}",
    }
    return [
        _("Place: %(places)s") % told,
        _("Window: %(first)s to %(last)s") % told,
        _("Territory as of %(day)s") % told,
    ]


def outliers_table(found: Iterable[Outlier]) -> Shown:
    """Which place, which figure, and the sentence that says why."""
    columns = [Column(_("Place")), Column(_("Indicator")), Column(_("Why it stands out"))]
    return Shown("", columns, [[one.area.full_name, one.definition.name, one.sentence] for one in found])
