"""The same table for anybody: only what was released, as it was released (rights rule R14)."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from luytre.areas.models import Area, under_any
from luytre.reporting import plain
from luytre.reporting.exchange import asking
from luytre.reporting.exchange.asking import Asked, Wanted
from luytre.reporting.exchange.rows import Row
from luytre.reporting.exchange.tables import Page
from luytre.reporting.models import Definition, ReleasedFigure


def page(asked: Asked) -> Page:
    """Places without a released figure do not stand in it, so that it tells nothing about the rest."""
    figures = newest(asked)
    places = sorted({figure.area for figure in figures.values()}, key=lambda place: place.path)
    start, end = (asked.page - 1) * asked.page_size, asked.page * asked.page_size
    return Page(list(written(asked, places[start:end], figures)), asked.page, asked.page_size, len(places))


def written(asked: Asked, places: list[Area], figures: dict[tuple[int, str, Wanted], ReleasedFigure]) -> Iterator[Row]:
    for place in places:
        for one in asked.definitions:
            for wanted in asked.windows:
                if figure := figures.get((place.pk, one.code, wanted)):
                    yield row(figure, one, wanted)


def row(figure: ReleasedFigure, one: Definition, wanted: Wanted) -> Row:
    return Row(
        figure.area,
        one,
        wanted.window,
        wanted.period,
        plain.iso(wanted.window.last_day),
        figure.value,
        figure.qualifier,
        figure.is_estimate,
        figure.is_hidden,
    )


def newest(asked: Asked) -> dict[tuple[int, str, Wanted], ReleasedFigure]:
    """Of several releases the last counts."""
    rows = of_places(asked).filter(
        release__is_approved=True, is_own=False, code__in=[one.code for one in asked.definitions]
    )
    found = {}
    for wanted in asked.windows:
        window = Q(release__first_day=wanted.window.first_day, release__last_day=wanted.window.last_day)
        for figure in rows.filter(window).select_related("area").order_by("release_id"):
            found[figure.area_id, figure.code, wanted] = figure
    return found


def of_places(asked: Asked) -> QuerySet[ReleasedFigure]:
    if not asked.below:
        return ReleasedFigure.objects.filter(area__code__in=asked.codes)
    paths = [place.path for place in asking.roots(asked)]
    return ReleasedFigure.objects.filter(under_any(paths, "area__"), area__level=asked.below)
