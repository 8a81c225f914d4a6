"""What the public sees of figures: released tables only, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from luytre.common.numbers import format_number
from luytre.common.periods import Window
from luytre.reporting import catalogue, plain
from luytre.reporting.models import Release, ReleasedFigure


@dataclass(frozen=True)
class PublicCell:
    """A number as it is shown; a small one is hidden."""

    value: str
    is_hidden: bool


@dataclass(frozen=True)
class PublicRow:
    code: str
    name: str
    cells: list[PublicCell]
    is_own: bool = False


@dataclass(frozen=True)
class PublicColumn:
    code: str
    name: str
    unit: str
    definition: str


@dataclass(frozen=True)
class PublicTable:
    """One released table: its first row is the place itself, then the places below it."""

    code: str
    name: str
    window: Window
    released_on: date
    columns: list[PublicColumn]
    whole: PublicRow
    rows: list[PublicRow]


@dataclass(frozen=True)
class PublicPlace:
    code: str
    name: str
    level: str


def places() -> list[PublicPlace]:
    """Places that have a released table, the nation first."""
    releases = Release.objects.approved().select_related("area").order_by("area__path")
    areas = {release.area.code: release.area for release in releases}
    return [PublicPlace(area.code, area.full_name, area.level) for area in areas.values()]


def tables(code: str) -> list[PublicTable]:
    """The released tables of a place, the newest window first; of one window only the last release."""
    releases = Release.objects.approved().filter(area__code=code).select_related("area").order_by("decided_at")
    newest = {(release.area_id, release.first_day, release.last_day): release for release in releases}
    ordered = sorted(newest.values(), key=lambda release: release.last_day, reverse=True)
    return [table(release) for release in ordered]


def table(release: Release) -> PublicTable:
    figures = list(release.figures.select_related("area").order_by("pk"))
    return shown(release, figures)


def shown(release: Release, figures: Iterable[ReleasedFigure]) -> PublicTable:
    """A table of cells, saved or only proposed."""
    lines: dict[tuple[str, bool], dict[str, ReleasedFigure]] = {}
    for figure in figures:
        lines.setdefault((figure.area.path, figure.is_own), {})[figure.code] = figure
    codes = list(dict.fromkeys(code for line in lines.values() for code in line))
    rows = [row(line, codes) for line in lines.values()]
    whole, *below = rows
    return PublicTable(
        code=release.area.code,
        name=release.area.full_name,
        window=release.window,
        released_on=(release.decided_at or release.asked_at).date(),
        columns=[column(code) for code in codes],
        whole=whole,
        rows=below,
    )


def row(line: dict[str, ReleasedFigure], codes: list[str]) -> PublicRow:
    first = next(iter(line.values()))
    cells = [cell(line.get(code)) for code in codes]
    return PublicRow(first.area.code, first.area.full_name, cells, first.is_own)


def cell(figure: ReleasedFigure | None) -> PublicCell:
    if figure is None:
        return PublicCell("", is_hidden=False)
    return PublicCell(format_number(figure.value, figure.qualifier), figure.is_hidden)


def column(code: str) -> PublicColumn:
    definition = catalogue.get(code)
    return PublicColumn(code, definition.name, definition.unit, catalogue.explanation(code)[0])


def figure(*, area: str, indicator: str, window: Window) -> dict[str, Any] | None:
    """One released figure with its released parts, in the form of the API; none when it was not released."""
    rows = ReleasedFigure.objects.filter(
        code=indicator,
        release__is_approved=True,
        release__first_day=window.first_day,
        release__last_day=window.last_day,
    ).select_related("area", "release")
    own = rows.filter(area__code=area, is_own=False).order_by("-release_id").first()
    if own is None:
        return None
    parts = rows.filter(release=own.release, release__area=own.area).exclude(pk=own.pk).order_by("pk")
    definition = catalogue.get(indicator)
    return {
        **entry(own),
        "indicator": indicator,
        "from": plain.iso(window.first_day),
        "to": plain.iso(window.last_day),
        "territory": plain.iso(window.last_day),
        "unit": definition.unit,
        "parts": [{**entry(part), "is_own": part.is_own} for part in parts],
    }


def entry(figure: ReleasedFigure) -> dict[str, Any]:
    return {
        "area": figure.area.code,
        "name": figure.area.full_name,
        "value": plain.number(figure.value),
        "qualifier": figure.qualifier,
        "is_estimate": figure.is_estimate,
        "is_hidden": figure.is_hidden,
    }
