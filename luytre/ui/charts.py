"""Charts drawn by the server as SVG: across they are measured in percent, so words stay readable at any width."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luytre.ui import drawing
from luytre.ui.components import Column
from luytre.ui.drawing import Chart, Part, Sign, Value, amount, written

__all__ = ["Break", "Chart", "Part", "Series", "bars", "trend"]

TOP, PLOT, FOOT = 34, 180, 28
LEFT = 0.07  # of the width, for the numbers of the scale
LINE, BAR, GAP = 20, 14, 12
LABEL_LETTERS = 28
WIDE_LABELS, NARROW_LABELS = 12, 5


@dataclass(frozen=True)
class Series:
    """One line: its name and a value, or nothing, for each period; `crosses` where breaks do not cut it."""

    label: str
    values: Sequence[Value | None]
    crosses: bool = False


@dataclass(frozen=True)
class Break:
    """From the period `at` on the territory is another one, and lines are not drawn across; or else a mere mark."""

    at: int
    label: str
    cuts: bool = True


def trend(
    *,
    title: str,
    sentence: str,
    periods: Sequence[str],
    now: Series,
    before: Series | None = None,
    breaks: Sequence[Break] = (),
    unit: str = "",
    note: str = "",
    download_url: str = "",
) -> Chart:
    """A line through time, with the same periods of the year before behind it."""
    chart_id = drawing.id_of(title)
    plan = Plan(chart_id, len(periods), highest([now, before] if before else [now]))
    inside = [
        *plan.gaps(now),
        *plan.grid(),
        *plan.names(periods),
        *plan.breaks(breaks),
        *(plan.line(before, "before", breaks, periods, unit) if before else []),
        *plan.line(now, "now", breaks, periods, unit),
    ]
    size = format_html('width="100%" height="{}"', TOP + PLOT + FOOT)
    return Chart(
        id=chart_id,
        title=title,
        sentence=sentence,
        svg=drawing.frame(chart_id, title, sentence, inside, attributes=size, has_links=False),
        columns=[Column(_("Period")), *(Column(one.label, number=True) for one in (now, before) if one)],
        rows=list(trend_rows(periods, [now, before] if before else [now])),
        legend=trend_legend(chart_id, now, before, breaks),
        note=note,
        download_url=download_url,
    )


def trend_rows(periods: Sequence[str], lines: Sequence[Series]) -> Iterator[list[str]]:
    for place, period in enumerate(periods):
        values = [line.values[place] for line in lines]
        yield [period, *(_("no figure") if value is None else written(value) for value in values)]


def trend_legend(chart_id: str, now: Series, before: Series | None, breaks: Sequence[Break]) -> list[Sign]:
    signs = [Sign(drawing.stroke_sign("now"), now.label)]
    if before:
        signs.append(Sign(drawing.stroke_sign("before"), before.label))
    if any(one.cuts for one in breaks):
        signs.append(Sign(drawing.stroke_sign("break"), _("the territory changed")))
    if any(not one.cuts for one in breaks):
        signs.append(Sign(drawing.stroke_sign("mark"), _("the name, the records or what is counted changed")))
    return signs + drawing.absent_signs(chart_id, [Part("", value) for value in now.values])


def highest(lines: Sequence[Series]) -> float:
    return max((amount(value) for line in lines for value in line.values if value is not None), default=0)


def round_step(top: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that reaches the top in at most four."""
    rough = (top or 4) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    return step if top < 1 and top else max(step, 1)


@dataclass(frozen=True)
class Plan:
    """Where things stand in a trend."""

    id: str
    count: int
    top: float

    def x(self, place: float) -> str:
        return f"{self.share(place) * 100:.2f}%"

    def share(self, place: float) -> float:
        return LEFT + (place + 0.5) * self.width

    @property
    def width(self) -> float:
        """Of one period, as a share of the whole."""
        return (1 - LEFT) / max(self.count, 1)

    def y(self, value: float) -> float:
        ceiling = round_step(self.top) * max(math.ceil(self.top / round_step(self.top)), 1)
        return round(TOP + PLOT - PLOT * value / ceiling, 1)

    def grid(self) -> Iterator[SafeString]:
        step = round_step(self.top)
        for number in range(max(math.ceil(self.top / step), 1) + 1):
            y, css = self.y(number * step), "gridline" if number else "base"
            yield format_html('<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"/>', css, y, y)
            if number:
                yield format_html(
                    '<text class="soft halo" x="0" y="{}">{}</text>', y - 4, written(round(number * step, 2))
                )

    def names(self, periods: Sequence[str]) -> Iterator[SafeString]:
        wide, narrow = math.ceil(self.count / WIDE_LABELS), math.ceil(self.count / NARROW_LABELS)
        for place, period in enumerate(periods):
            if place % wide == 0 or place % narrow == 0:
                css = "soft" if place % narrow == 0 else "soft only-roomy"
                css += " only-narrow" if place % wide else ""
                yield format_html(
                    '<text class="{}" text-anchor="middle" x="{}" y="{}">{}</text>',
                    css, self.x(place), TOP + PLOT + 20, period,
                )  # fmt: skip

    def gaps(self, line: Series) -> Iterator[SafeString]:
        for place, value in enumerate(line.values):
            if value is None:
                yield format_html(
                    '<rect fill="url(#{}-missing)" x="{}" width="{}" y="{}" height="{}"><title>{}</title></rect>',
                    self.id, self.x(place - 0.5), f"{self.width * 100:.2f}%", TOP, PLOT, _("no figure"),
                )  # fmt: skip

    def breaks(self, breaks: Sequence[Break]) -> Iterator[SafeString]:
        for one in breaks:
            anchor = "start" if one.at * 2 < self.count else "end"
            x, css = self.x(one.at - 0.5), "break" if one.cuts else "mark"
            yield format_html('<line class="{}" x1="{}" x2="{}" y1="18" y2="{}"/>', css, x, x, TOP + PLOT)
            yield format_html('<text text-anchor="{}" x="{}" y="13">{}</text>', anchor, x, one.label)

    def line(
        self, line: Series, css: str, breaks: Sequence[Break], periods: Sequence[str], unit: str
    ) -> Iterator[SafeString]:
        yield format_html(
            '<svg width="100%" height="{}" viewBox="0 0 1000 {}" preserveAspectRatio="none">{}</svg>',
            TOP + PLOT,
            TOP + PLOT,
            drawing.joined(self.strokes(line, css, breaks)),
        )
        for place, value in enumerate(line.values):
            if value is not None:
                words = f"{line.label}, {periods[place]}: {written(value)} {unit}".strip()
                yield format_html(
                    '<circle class="{}" cx="{}" cy="{}" r="4"><title>{}</title></circle>',
                    css, self.x(place), self.y(amount(value)), words,
                )  # fmt: skip

    def strokes(self, line: Series, css: str, breaks: Sequence[Break]) -> Iterator[SafeString]:
        """The line in the pieces that gaps and breaks leave of it."""
        starts = sorted(one.at for one in breaks if one.cuts and not line.crosses)

        def piece(item: tuple[int, Value | None]) -> tuple[bool, int]:
            return item[1] is None, sum(start <= item[0] for start in starts)

        for (is_gap, _part), run in groupby(enumerate(line.values), key=piece):
            if not is_gap:
                points = " ".join(
                    f"{self.share(place) * 1000:.1f},{self.y(amount(value))}"
                    for place, value in run
                    if value is not None
                )
                yield format_html('<polyline class="{}" vector-effect="non-scaling-stroke" points="{}"/>', css, points)


def bars(
    *,
    title: str,
    sentence: str,
    parts: Sequence[Part],
    unit: str = "",
    what: str = "",
    note: str = "",
    download_url: str = "",
) -> Chart:
    """Horizontal bars in the order given; the words stand above their bar."""
    chart_id = drawing.id_of(title)
    top = max((amount(part.value) for part in parts if part.value is not None and part.is_drawn), default=0) or 1
    rows, height = [], 0
    for part in parts:
        lines = textwrap.wrap(part.label, LABEL_LETTERS) or [""]
        rows.append(bar(chart_id, part, lines, height, top, unit))
        height += len(lines) * LINE + BAR + GAP
    size = format_html('width="100%" height="{}"', height)
    has_links = any(part.url for part in parts)
    return Chart(
        id=chart_id,
        title=title,
        sentence=sentence,
        svg=drawing.frame(chart_id, title, sentence, rows, attributes=size, has_links=has_links),
        columns=drawing.columns_for(what or _("Part"), unit),
        rows=drawing.table_of(parts),
        legend=drawing.absent_signs(chart_id, parts),
        note=note,
        download_url=download_url,
    )


def bar(chart_id: str, part: Part, lines: Sequence[str], y: int, top: float, unit: str) -> SafeString:
    below = y + len(lines) * LINE
    label = drawing.joined(
        format_html('<text class="{}" x="0" y="{}">{}</text>', "link" if part.url else "", y + 15 + n * LINE, words)
        for n, words in enumerate(lines)
    )
    words = drawing.words_for(part)
    value = format_html('<text class="strong" text-anchor="end" x="100%" y="{}">{}</text>', y + 15, words)
    picture = format_html("{}{}{}", label, value, strip(chart_id, part, below, top))
    if not part.url:
        return picture
    return format_html('<a href="{}" aria-label="{}: {}">{}</a>', part.url, part.label, f"{words} {unit}", picture)


def strip(chart_id: str, part: Part, y: int, top: float) -> SafeString:
    if part.value is None or not part.is_drawn:
        kind = "suppressed" if part.suppressed else "missing"
        fill = f"{chart_id}-{kind}"
        return format_html('<rect fill="url(#{})" width="100%" height="{}" y="{}" rx="3"/>', fill, BAR, y)
    width = f"{max(amount(part.value), 0) * 100 / top:.2f}%"
    ground = format_html('<rect class="rest" width="100%" height="{}" y="{}" rx="3"/>', BAR, y)
    return format_html('{}<rect class="bar" width="{}" height="{}" y="{}" rx="3"/>', ground, width, BAR, y)
