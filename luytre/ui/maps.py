"""Maps drawn by the server: the 34 provinces in shades of one colour, and the communes of a province as circles."""

import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.common.numbers import Quantity
from luytre.ui import drawing
from luytre.ui.drawing import Chart, Part, Sign, Value, amount, written

__all__ = ["Chart", "Part", "Point", "points", "provinces"]

SHADES = 5
INSET_LINE, LOWER_HALF = 28, 800
POINTS_WIDTH, MARGIN, BIGGEST, SMALLEST = 340, 20, 18.0, 2.5
FAR_EAST = 110.5  # degrees: beyond it lie only Hoàng Sa and Trường Sa
HOLDERS = {"48": "Đà Nẵng", "56": "Khánh Hòa"}  # whose the two archipelagos are


@cache
def outlines() -> dict[str, Any]:
    text = resources.files("luytre.areas.data").joinpath("province_outlines.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Shading:
    """Which shade a value has: `limits` are the highest values of the shades, lowest first."""

    limits: Sequence[float]

    def shade(self, value: Value) -> int:
        place = bisect_left(self.limits, amount(value))
        return SHADES if len(self.limits) == 1 else 1 + round(place * (SHADES - 1) / (len(self.limits) - 1))


def shading(values: Iterable[Value], *, equal_steps: bool = False) -> Shading:
    """Shades with equally many members, or with equal steps between them; equal values share a shade."""
    ordered = sorted(amount(value) for value in values)
    if not ordered:
        return Shading([math.inf])
    if equal_steps:
        low, high = ordered[0], ordered[-1]
        limits = [low + (high - low) * step / SHADES for step in range(1, SHADES)] + [high]
    else:
        limits = cuts(ordered)
        if len(set(limits)) < SHADES:  # many equal values: cut between the values that differ
            limits = cuts(sorted(set(ordered)))
    return Shading(sorted(set(limits)))


def cuts(ordered: Sequence[float]) -> list[float]:
    return [ordered[math.ceil(len(ordered) * step / SHADES) - 1] for step in range(1, SHADES + 1)]


def provinces(
    *,
    title: str,
    sentence: str,
    parts: Sequence[Part],
    unit: str = "",
    equal_steps: bool = False,
    note: str = "",
    download_url: str = "",
) -> Chart:
    """The nation by province (`code` of each part), always with Hoàng Sa and Trường Sa."""
    chart_id, given = drawing.id_of(title), {part.code: part for part in parts}
    country = outlines()
    whole = [given.get(code) or Part(code, None, code=code) for code in country["provinces"]]
    found = {part.code: part for part in whole}
    rule = shading([part.value for part in whole if part.value is not None and part.is_drawn], equal_steps=equal_steps)
    inside = [
        *(area(chart_id, part, country["provinces"][part.code]["path"], rule, unit) for part in whole),
        *(islands(chart_id, group, found[group["province"]], rule) for group in country["islands"]),
    ]
    box = format_html('class="map" viewBox="{}"', " ".join(str(edge) for edge in country["viewbox"]))
    return Chart(
        id=chart_id,
        title=title,
        sentence=sentence,
        svg=drawing.frame(chart_id, title, sentence, inside, attributes=box, has_links=any(p.url for p in whole)),
        columns=drawing.columns_for(_("Province"), unit),
        rows=drawing.table_of([*parts, *(part for part in whole if part.code not in given)]),
        legend=[*shade_signs(whole, rule), *drawing.absent_signs(chart_id, whole)],
        note=note or breaks_note(equal_steps=equal_steps),
        download_url=download_url,
    )


def breaks_note(*, equal_steps: bool) -> str:
    if equal_steps:
        return _("The shades are of equal width, from the lowest figure to the highest.")
    return _("The shades are cut so that each holds about as many provinces.")


def paint(chart_id: str, part: Part, rule: Shading, css: str) -> SafeString:
    """The class of a shade, or the hatch that says why there is none."""
    if part.value is None or not part.is_drawn:
        kind = "suppressed" if part.suppressed else "missing"
        return format_html('class="{}" fill="url(#{}-{})"', css, chart_id, kind)
    return format_html('class="{} seq-{}"', css, rule.shade(part.value))


def area(chart_id: str, part: Part, path: str, rule: Shading, unit: str) -> SafeString:
    words = f"{part.label}: {drawing.words_for(part, unit)}"
    shape = format_html('<path {} d="{}"><title>{}</title></path>', paint(chart_id, part, rule, "area"), path, words)
    return format_html('<a href="{}" aria-label="{}">{}</a>', part.url, words, shape) if part.url else shape


def islands(chart_id: str, group: dict[str, Any], part: Part, rule: Shading) -> SafeString:
    """An archipelago in its box, named with the province it belongs to."""
    lines, painted = [group["name"], f"({HOLDERS[group['province']]})"], paint(chart_id, part, rule, "island")
    right, below = group["x"] + group["w"], group["y"] + group["h"]
    first = below + INSET_LINE - 4 if below > LOWER_HALF else group["y"] - INSET_LINE - 8
    return format_html(
        '<g><title>{}</title><rect class="inset" x="{}" y="{}" width="{}" height="{}" rx="4"/>{}{}</g>',
        " ".join(lines),
        group["x"],
        group["y"],
        group["w"],
        group["h"],
        drawing.joined(format_html('<circle {} cx="{}" cy="{}" r="5"/>', painted, cx, cy) for cx, cy in group["dots"]),
        drawing.joined(
            format_html(
                '<text class="halo" text-anchor="end" x="{}" y="{}">{}</text>', right, first + INSET_LINE * n, line
            )
            for n, line in enumerate(lines)
        ),
    )


def shade_signs(parts: Sequence[Part], rule: Shading) -> Iterator[Sign]:
    drawn = [part.value for part in parts if part.value is not None and part.is_drawn]
    for shade in sorted({rule.shade(value) for value in drawn}):
        held = sorted((value for value in drawn if rule.shade(value) == shade), key=amount)
        low, high = written(amount_as_given(held[0])), written(amount_as_given(held[-1]))
        span = low if low == high else f"{low} – {high}"
        count = ngettext("%(count)d province", "%(count)d provinces", len(held)) % {"count": len(held)}
        yield Sign(drawing.swatch(css=f"seq-{shade}"), f"{span} ({count})")


def amount_as_given(value: Value) -> Value:
    """Without "about" and its kin: the edge of a shade is a plain number."""
    return value.value if isinstance(value, Quantity) else value


@dataclass(frozen=True)
class Point(Part):
    """A commune where it lies, in degrees."""

    latitude: float = 0
    longitude: float = 0


@dataclass(frozen=True)
class Projection:
    """Degrees to places on the drawing; good enough for one province."""

    west: float
    north: float
    scale: float
    narrowing: float
    height: float

    def place(self, point: Point) -> tuple[float, float]:
        x = MARGIN + (point.longitude - self.west) * self.narrowing * self.scale
        return round(x, 1), round(MARGIN + (self.north - point.latitude) * self.scale, 1)


def reach(province: str) -> list[tuple[float, float]]:
    """Corners of the province's outline as longitude and latitude."""
    shape, drawn = outlines()["provinces"].get(province), outlines()["projection"]
    if not shape:
        return []
    pairs = [pair.split(",") for pair in re.findall(r"-?[\d.]+,-?[\d.]+", shape["path"])]
    across, down = [float(x) for x, _y in pairs], [float(y) for _x, y in pairs]
    return [
        (drawn["lon0"] + x / drawn["scale_x"], drawn["lat1"] - y / drawn["scale_y"])
        for x, y in ((min(across), min(down)), (max(across), max(down)))
    ]


def projection(near: Sequence[Point], province: str) -> Projection:
    corners = [(point.longitude, point.latitude) for point in near] + reach(province) or [(0.0, 0.0)]
    west, east = min(x for x, _y in corners), max(x for x, _y in corners)
    south, north = min(y for _x, y in corners), max(y for _x, y in corners)
    narrowing = math.cos(math.radians((north + south) / 2))
    across, down = max((east - west) * narrowing, 0.01), max(north - south, 0.01)
    room = POINTS_WIDTH - 2 * MARGIN
    scale = min(room / across, 420 / down)
    return Projection(
        west - (room / scale - across) / 2 / narrowing, north, scale, narrowing, down * scale + 2 * MARGIN
    )


def points(
    *,
    title: str,
    sentence: str,
    parts: Sequence[Point],
    province: str = "",
    unit: str = "",
    note: str = "",
    download_url: str = "",
) -> Chart:
    """The communes of a province (its code draws the outline): the area of a circle is the figure."""
    chart_id = drawing.id_of(title)
    near = [part for part in parts if part.longitude < FAR_EAST] or list(parts)
    far = [part for part in parts if part not in near]
    plan = projection(near, province)
    top = max((amount(part.value) for part in parts if part.value is not None and part.is_drawn), default=0) or 1
    biggest_first = sorted(near, key=lambda part: -size(part, top))
    inside = [
        *ground(province, plan),
        *(dot(part, *plan.place(part), top, unit) for part in biggest_first),
        *(far_dot(part, place, plan.height, top, unit) for place, part in enumerate(far)),
    ]
    height = round(plan.height + len(far) * 56)
    box = format_html('class="map points" viewBox="0 0 {} {}"', POINTS_WIDTH, height)
    return Chart(
        id=chart_id,
        title=title,
        sentence=sentence,
        svg=drawing.frame(chart_id, title, sentence, inside, attributes=box, has_links=any(p.url for p in parts)),
        columns=drawing.columns_for(_("Commune"), unit),
        rows=drawing.table_of(parts),
        legend=[*size_signs(top, unit), *empty_signs(parts)],
        note=note or _("Each circle stands at about the middle of its commune."),
        download_url=download_url,
    )


def ground(province: str, plan: Projection) -> Iterator[SafeString]:
    """The province's outline from the map of the nation, moved to where its communes stand."""
    country = outlines()
    if shape := country["provinces"].get(province):
        drawn = country["projection"]
        across = plan.narrowing * plan.scale / drawn["scale_x"]
        down = plan.scale / drawn["scale_y"]
        right = MARGIN + (drawn["lon0"] - plan.west) * plan.narrowing * plan.scale
        lower = MARGIN + (plan.north - drawn["lat1"]) * plan.scale
        moved = f"matrix({across:.4f} 0 0 {down:.4f} {right:.1f} {lower:.1f})"
        yield format_html('<path class="ground" transform="{}" d="{}"/>', moved, shape["path"])


def size(part: Part, top: float) -> float:
    if part.value is None or not part.is_drawn:
        return SMALLEST
    return round(max(BIGGEST * math.sqrt(max(amount(part.value), 0) / top), SMALLEST), 1)


def dot(part: Point, x: float, y: float, top: float, unit: str) -> SafeString:
    words = f"{part.label}: {drawing.words_for(part, unit)}"
    css, radius = ("dot" if part.is_drawn else "no-dot"), size(part, top)
    circle = format_html(
        '<circle class="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>', css, x, y, radius, words
    )
    return format_html('<a href="{}" aria-label="{}">{}</a>', part.url, words, circle) if part.url else circle


def far_dot(part: Point, place: int, top_edge: float, top: float, unit: str) -> SafeString:
    y = round(top_edge + 28 + place * 56)
    return format_html(
        '<g><rect class="inset" x="{}" y="{}" width="{}" height="48" rx="4"/><text x="{}" y="{}">{}</text>{}</g>',
        MARGIN, y - 24, POINTS_WIDTH - 2 * MARGIN, MARGIN + 48, y + 5, part.label, dot(part, MARGIN + 24, y, top, unit),
    )  # fmt: skip


def size_signs(top: float, unit: str) -> Iterator[Sign]:
    for share in (1.0, 0.25):
        value = round(top * share)
        if value:
            radius = round(8 * math.sqrt(share), 1)
            picture = format_html(
                '<svg class="map" aria-hidden="true" focusable="false" viewBox="0 0 28 18">'
                '<circle class="dot" cx="14" cy="9" r="{}"/></svg>',
                radius,
            )
            yield Sign(picture, f"{written(value)} {unit}".strip())


def empty_signs(parts: Sequence[Part]) -> Iterator[Sign]:
    if any(not part.is_drawn for part in parts):
        picture = format_html(
            '<svg class="map" aria-hidden="true" focusable="false" viewBox="0 0 28 18">'
            '<circle class="no-dot" cx="14" cy="9" r="{}"/></svg>',
            3,
        )
        yield Sign(picture, _("no figure, or too few to show"))
