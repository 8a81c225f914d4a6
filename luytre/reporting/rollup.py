"""Totals: every figure of every place and window is asked here.

Above the commune what adds is read from the kept sums, which are right with the next read (ADR 8); distinct counts and
what is told by more than a row's own columns are counted from the records, as is everything of a commune and below.
Ratios are worked out from both counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.db.models import F

from luytre.areas.models import Area, Level, valid_on
from luytre.common.numbers import combined
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators
from luytre.reporting.facts import edges, lines, typed
from luytre.reporting.facts import reading as kept_sums
from luytre.reporting.figures import Change, Figure, Part, percent
from luytre.reporting.indicators import NothingYields
from luytre.reporting.measures import OWN, Cell, Cells, Ground, added, together
from luytre.reporting.models import Behaviour, Definition


@dataclass(frozen=True)
class Reading:
    """All figures of one place and window, each count asked of the database once."""

    ground: Ground
    window: Window
    asked: dict[tuple[str, Window], Cells] = field(default_factory=dict, compare=False)
    wholes: dict[tuple[str, Window], Cell] = field(default_factory=dict, compare=False)
    heard: dict[str, bool] = field(default_factory=dict, compare=False)
    said: dict[str, set[str]] = field(default_factory=dict, compare=False)

    def figure(self, code: str) -> Figure:
        definition = catalogue.get(code)
        if definition.behaviour == Behaviour.RATIO:
            return self.ratio(definition)
        cells = self.cells(code, self.window)
        return self.settled(definition, self.whole(definition, cells), cells)

    def whole(self, definition: Definition, cells: Cells) -> Cell:
        """Nought is only said of typed numbers that somebody reported."""
        whole = together(cells.values())
        if whole.value or definition.code in indicators.INDICATORS:
            return whole
        return whole if self.is_said(definition.code) else replace(whole, value=None)

    def is_said(self, code: str) -> bool:
        """Whether anybody here reported a typed number; asked once for all that were read and came out as nought."""
        if code not in self.heard:
            codes = {code, *(one for one in self.noughts() if one not in indicators.INDICATORS)}
            here = self.ground.area.path
            told = typed.reported(self.ground, self.window, codes, [here])
            self.heard.update({one: (one, here) in told for one in codes})
        return self.heard[code]

    def line(self, code: str) -> Figure:
        """The whole alone, from a series where one was read."""
        definition = catalogue.get(code)
        if definition.behaviour == Behaviour.RATIO:
            pair = [(definition.numerator, self.window), (definition.denominator, self.base_window(definition))]
            if not all(one in self.wholes for one in pair):
                return self.figure(code)
            over, below = ({OWN: self.wholes[one]} for one in pair)
            return self.settled(definition, quotient(definition, over, below, [OWN]), {})
        if (code, self.window) not in self.wholes:
            return self.figure(code)
        return self.settled(definition, self.whole(definition, {OWN: self.wholes[code, self.window]}), {})

    def outside(self, code: str, window: Window) -> Iterator[Cell]:
        """Cells of the days that lie in no whole slice of a window."""
        if indicator := indicators.INDICATORS.get(code):
            for edge in edges.of(window):
                yield from indicator.cells(self.ground, edge).values()

    def noughts(self) -> Iterator[str]:
        """Counts of this window that were read and came out as nought."""
        yield from (
            code for (code, window), cells in self.asked.items() if window == self.window and not any_value(cells)
        )
        yield from (code for (code, window), cell in self.wholes.items() if window == self.window and not cell.value)

    def ratio(self, definition: Definition) -> Figure:
        over = self.cells(definition.numerator, self.window)
        below = self.cells(definition.denominator, self.base_window(definition))
        cells = {child: quotient(definition, over, below, [child]) for child in {*over, *below}}
        return self.settled(definition, quotient(definition, over, below, cells), cells)

    def base_window(self, definition: Definition) -> Window:
        return self.window.same_last_year() if definition.is_change_rate else self.window

    def cells(self, code: str, window: Window) -> Cells:
        if (code, window) not in self.asked:
            self.fetch([code], window)
        return self.asked[code, window]

    def prime(self, codes: Iterable[str]) -> "Reading":
        """Ask for many counts at once: one question to the kept sums for all of them."""
        for window, counts in self.counts(codes).items():
            self.fetch([code for code in counts if (code, window) not in self.asked], window)
        return self

    def counts(self, codes: Iterable[str]) -> dict[Window, list[str]]:
        """What the statistics are made of, by the window it is asked for."""
        found: dict[Window, list[str]] = {self.window: []}
        for definition in map(catalogue.get, codes):
            if definition.behaviour != Behaviour.RATIO:
                found[self.window].append(definition.code)
            else:
                found[self.window].append(definition.numerator)
                found.setdefault(self.base_window(definition), []).append(definition.denominator)
        return {window: list(dict.fromkeys(codes)) for window, codes in found.items()}

    def fetch(self, codes: list[str], window: Window) -> None:
        is_above = self.ground.area.level not in (Level.COMMUNE, Level.RESIDENTIAL)
        told = (kept_sums if is_above else typed).cells(self.ground, window, codes)
        for code in codes:
            self.asked[code, window] = added([told.get(code, {}), self.counted(code, window, is_above=is_above)])

    def counted(self, code: str, window: Window, *, is_above: bool) -> Cells:
        """From the records: everything that no sum is kept of, and the days outside whole slices."""
        indicator = indicators.INDICATORS.get(code)
        if indicator is None:
            if not kept_sums.holds(code):
                raise NothingYields(code)
            return {}
        if not (is_above and indicator.is_kept):
            return indicator.cells(self.ground, window)
        return added(indicator.cells(self.ground, edge) for edge in edges.of(window))

    def settled(self, definition: Definition, whole: Cell, cells: Cells) -> Figure:
        """A divided place makes an estimate only where one of its pieces lies outside."""
        if whole.is_estimate:
            whole = replace(whole, is_estimate=any(self.leaks(path) for path in self.pieces))
        rough = [child for child, cell in cells.items() if cell.is_estimate]
        settled = dict(cells) | {child: replace(cells[child], is_estimate=self.child_leaks(child)) for child in rough}
        return Figure(self.ground, definition, self.window, whole, settled)

    def child_leaks(self, child: str) -> bool:
        if not child:
            return any(map(self.leaks, self.pieces))
        known = {here: self.ground.path_of_child(here) for here in self.pieces}
        return any(self.leaks(here, path) for here, path in known.items() if path.endswith(f".{child}."))

    def leaks(self, here: str, path: str = "") -> bool:
        return any(not other.startswith(path or self.ground.area.path) for other in self.pieces[here])

    @cached_property
    def pieces(self) -> Mapping[str, set[str]]:
        """Where divided places stand here, and where their other pieces stand that day."""
        piece = "area__standings__place__successions__after__standings__"
        divided = self.ground.standings().filter(
            valid_on(self.ground.day, piece),
            is_estimate=True,
            area__standings__valid_from__gte=F("area__valid_from"),
            area__standings__place__successions__is_main=False,
        )
        found: dict[str, set[str]] = {}
        for here, other in divided.values_list("path", f"{piece}path"):
            found.setdefault(here, set()).add(other)
        return found

    @cached_property
    def children(self) -> list[Area]:
        """The places that are its parts on the territory's day: those right below, or all communes."""
        here = Area.objects.on(self.ground.day)
        if self.ground.steps == 1:
            return list(here.filter(parent__path=self.ground.area.path).sorted())
        return list(here.under(self.ground.area).filter(level=Level.COMMUNE).sorted())

    def parts(self, figure: Figure) -> list[Part]:
        """Every place right below, those without anything too, and what stands right at the place itself."""
        parts = [Part(child, self.child(figure, child.code)) for child in self.children]
        if own := figure.cells.get(OWN):
            parts.append(Part(figure.area, own, is_own=True))
        return parts

    def child(self, figure: Figure, code: str) -> Cell:
        """What a place right below gives: nought where nothing was recorded, nothing of a number nobody reported."""
        if found := figure.cells.get(code):
            return found
        definition = figure.definition
        if definition.behaviour == Behaviour.RATIO or figure.value is None:
            return Cell(None)
        is_known = definition.code in indicators.INDICATORS or code in self.saying(figure)
        return Cell() if is_known else Cell(None)

    def saying(self, figure: Figure) -> set[str]:
        """The places below that reported a typed number though it comes out as nought; asked once."""
        code = figure.definition.code
        if code not in self.said:
            paths = {child.path: child.code for child in self.children if child.code not in figure.cells}
            told = typed.reported(self.ground, self.window, [code], paths)
            self.said[code] = {paths[path] for _code, path in told}
        return self.said[code]

    def change(self, code: str) -> Change:
        """Against the same window last year, on the same territory."""
        before = Reading(self.ground, self.window.same_last_year())
        return Change(self.figure(code), before.figure(code))

    def silent(self) -> list[Area]:
        """The places right below that have no record at all in the window."""
        flows = indicators.flows()
        self.prime(flows)
        heard = {child for code in flows for child in self.cells(code, self.window)}
        return [child for child in self.children if child.code not in heard]


def any_value(cells: Cells) -> bool:
    return any(cell.value for cell in cells.values())


def quotient(definition: Definition, over: Cells, below: Cells, children: Iterable[str]) -> Cell:
    named = list(children)
    above = sum((over[child] for child in named if child in over), Cell())
    under = sum((below[child] for child in named if child in below), Cell())
    exactness = combined([above.qualifier, under.qualifier])
    if not under.value or above.value is None:
        return Cell(None, exactness)
    part = above.value - under.value if definition.is_change_rate else above.value
    return Cell(percent(part, under.value), exactness, above.is_estimate or under.is_estimate)


def read(area: Area, window: Window, *, territory: date | None = None, by_commune: bool = False) -> Reading:
    """The territory is read on the window's last day unless another day is given.

    The parts are the places right below, or all communes at once.
    """
    day = territory or window.last_day
    return Reading(Ground(area, day, steps_to_communes(area, day) if by_commune else 1), window)


def steps_to_communes(area: Area, day: date) -> int:
    """Two below the nation, three while there were districts."""
    some = Area.objects.on(day).under(area).filter(level=Level.COMMUNE).only("path").first()
    return some.depth - area.depth if some else 1


def total(area: Area, code: str, window: Window, *, territory: date | None = None) -> Figure:
    return read(area, window, territory=territory).figure(code)


def parts(area: Area, code: str, window: Window, *, territory: date | None = None) -> list[Part]:
    reading = read(area, window, territory=territory)
    return reading.parts(reading.figure(code))


def table(area: Area, codes: Iterable[str], window: Window, *, territory: date | None = None) -> dict[str, Figure]:
    """Several figures of one place: a query for each count."""
    wanted = list(codes)
    reading = read(area, window, territory=territory).prime(wanted)
    return {code: reading.figure(code) for code in wanted}


def series(
    area: Area, codes: Iterable[str], windows: Iterable[Window], *, territory: date | None = None
) -> dict[str, list[Figure]]:
    """Wholes of one place in many windows; without a territory day each window is read on its own last day."""
    many = list(windows)
    readings = [read(area, window, territory=territory) for window in many]
    wanted = list(codes)
    if area.level != Level.RESIDENTIAL:
        prefetch(area, wanted, readings)
    return {code: [reading.line(code) for reading in readings] for code in wanted}


def prefetch(area: Area, codes: list[str], readings: list[Reading]) -> None:
    """One statement for all windows whose counts are kept; the rest is asked for window by window."""
    asked = [(one, window, counts) for one in readings for window, counts in one.counts(codes).items()]
    kept = [code for code in dict.fromkeys(code for _one, _window, counts in asked for code in counts) if is_line(code)]
    spans = list(dict.fromkeys((window, one.ground.day) for one, window, _counts in asked))
    found = lines.wholes(area, kept, [window for window, _day in spans], days=[day for _window, day in spans])
    places = {span: place for place, span in enumerate(spans)}
    for one, window, counts in asked:
        for code in (code for code in counts if code in found):
            cell = found[code][places[window, one.ground.day]]
            one.wholes[code, window] = sum(one.outside(code, window), cell)


def is_line(code: str) -> bool:
    indicator = indicators.INDICATORS.get(code)
    return kept_sums.holds(code) and (indicator is None or indicator.is_kept)
