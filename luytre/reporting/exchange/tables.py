"""Many places, statistics and windows in one table: places that lie side by side are read with what lies above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting import plain, rollup
from luytre.reporting.exchange import asking, rows
from luytre.reporting.exchange.asking import Asked
from luytre.reporting.exchange.rows import Row
from luytre.reporting.measures import Cell

Cells = dict[tuple[str, str, Window], Cell]  # path of the place, statistic, window
MANY = 500  # communes of several provinces: one reading of the nation is quicker than one of each province


@dataclass(frozen=True)
class Page:
    """The rows of some of the places, and how many places there are in all."""

    rows: list[Row]
    page: int
    page_size: int
    count: int

    @property
    def has_next(self) -> bool:
        return self.page * self.page_size < self.count


def page(asked: Asked) -> Page:
    places, count = asking.places(asked)
    return Page(list(written(asked, places)), asked.page, asked.page_size, count)


def written(asked: Asked, places: list[Area]) -> Iterator[Row]:
    """Place by place, statistic by statistic, window by window."""
    cells, territory = read(asked, places), plain.iso(asked.territory)
    for place in places:
        for one in asked.definitions:
            for wanted in asked.windows:
                cell = cells[place.path, one.code, wanted.window]
                yield rows.of_cell(place, one, wanted.window, wanted.period, territory, cell)


def read(asked: Asked, places: Sequence[Area]) -> Cells:
    if asked.below == Level.COMMUNE and len(places) > MANY:
        nation = Area.objects.on(asked.territory).get(level=Level.NATION)
        return side_by_side(asked, nation, places, by_commune=True)
    found: Cells = {}
    for above, group in groupby(places, key=lambda place: parent_path(place.path)):
        beside = list(group)
        parent = Area.objects.on(asked.territory).filter(path=above).first() if len(beside) > 1 else None
        found |= side_by_side(asked, parent, beside) if parent else one_by_one(asked, beside)
    return found


def parent_path(path: str) -> str:
    return path[: path.rindex(".", 0, -1) + 1] if path.count(".") > 1 else ""


def side_by_side(asked: Asked, parent: Area, places: Sequence[Area], *, by_commune: bool = False) -> Cells:
    """The parts of the place above, with its queries only."""
    codes = [one.code for one in asked.definitions]
    by_code = {place.code: place.path for place in places}
    found: Cells = {}
    for window in (one.window for one in asked.windows):
        reading = rollup.read(parent, window, territory=asked.territory, by_commune=by_commune).prime(codes)
        for code in codes:
            figure = reading.figure(code)
            for child, path in by_code.items():
                found[path, code, window] = reading.child(figure, child)
    return found


def one_by_one(asked: Asked, places: list[Area]) -> Cells:
    """All windows of a place at once."""
    codes = [one.code for one in asked.definitions]
    windows = [one.window for one in asked.windows]
    return {
        (place.path, code, window): figure.whole
        for place in places
        for code, line in rollup.series(place, codes, windows, territory=asked.territory).items()
        for window, figure in zip(windows, line, strict=True)
    }
