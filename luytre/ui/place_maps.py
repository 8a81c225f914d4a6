"""Points of public places, numbered as in the table beside the drawing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luytre.ui import drawing, maps
from luytre.ui.components import Column
from luytre.ui.drawing import Chart
from luytre.ui.maps import POINTS_WIDTH, Point, Projection

RADIUS = 9


@dataclass(frozen=True)
class Pin(Point):
    """A public place: its label, what it is, and where it leads."""

    kind: str = ""
    where: str = ""


def pins(*, title: str, sentence: str, places: Sequence[Pin], landmarks: Sequence[Point], province: str) -> Chart:
    """Around the places themselves; landmarks are the communes' own names, so that one knows one's way."""
    chart_id = drawing.id_of(title)
    plan = maps.projection([*places, *landmarks], "")
    inside = [
        *maps.ground(province, plan),
        *(landmark(one, plan) for one in landmarks),
        *(pin(number, one, plan) for number, one in enumerate(places, start=1)),
    ]
    box = format_html('class="map points" viewBox="0 0 {} {}"', POINTS_WIDTH, round(plan.height))
    return Chart(
        id=chart_id,
        title=title,
        sentence=sentence,
        svg=drawing.frame(chart_id, title, sentence, inside, attributes=box, has_links=True),
        columns=[Column(_("No."), number=True), Column(_("Place")), Column(_("Kind")), Column(_("Area"))],
        rows=list(rows(places)),
        note=_("Points are kept to about ten metres and stand only for public places."),
    )


def rows(places: Sequence[Pin]) -> Iterator[list[str]]:
    for number, one in enumerate(places, start=1):
        yield [str(number), drawing.linked(one.label, one.url), one.kind, one.where]


def pin(number: int, one: Pin, plan: Projection) -> SafeString:
    x, y = plan.place(one)
    return format_html(
        '<a href="{}" aria-label="{}"><circle class="pin" cx="{}" cy="{}" r="{}"><title>{}</title></circle>'
        '<text class="pin-number" x="{}" y="{}" text-anchor="middle">{}</text></a>',
        one.url, f"{number}. {one.label}", x, y, RADIUS, f"{one.label} ({one.kind})", x, round(y + 3.5, 1), number,
    )  # fmt: skip


def landmark(one: Point, plan: Projection) -> SafeString:
    x, y = plan.place(one)
    return format_html('<text class="halo landmark" x="{}" y="{}" text-anchor="middle">{}</text>', x, y, one.label)
