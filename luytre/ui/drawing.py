"""What charts and maps share: the finished chart, its table, its legend, hatches and the frame of the drawing."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luytre.common.numbers import Quantity, format_number
from luytre.ui.components import Column, Words

Value = Quantity | Decimal | int | float

HATCHES = (
    '<pattern id="{id}-missing" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="7" height="7"/><path class="hatch" d="M0 0v7"/></pattern>'
    '<pattern id="{id}-suppressed" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="hatch-ground" width="6" height="6"/><circle class="hatch-dot" cx="3" cy="3" r="1.3"/></pattern>'
)


@dataclass(frozen=True)
class Part:
    """One bar, or one area of a map; `code` finds its outline."""

    label: str
    value: Value | None
    url: str = ""
    suppressed: bool = False
    code: str = ""

    @property
    def is_drawn(self) -> bool:
        return self.value is not None and not self.suppressed


@dataclass(frozen=True)
class Sign:
    """A line of the legend."""

    picture: SafeString
    words: str


@dataclass(frozen=True)
class Chart:
    """A sentence, a drawing, a table and a download that say the same."""

    id: str
    title: str
    sentence: str
    svg: SafeString
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    legend: Sequence[Sign] = ()
    note: str = ""
    download_url: str = ""


def id_of(title: str) -> str:
    return "chart-" + hashlib.blake2s(title.encode(), digest_size=4).hexdigest()


def amount(value: Value) -> float:
    return float(value.value if isinstance(value, Quantity) else value)


def written(value: Value) -> str:
    if isinstance(value, Quantity):
        return str(value)
    return format_number(Decimal(str(value)) if isinstance(value, float) else value)


def words_for(part: Part, unit: str = "") -> str:
    """The value as people read it, or why there is none."""
    if part.suppressed:
        return _("too few to show")
    if part.value is None:
        return _("no figure")
    return f"{written(part.value)} {unit}".strip()


def table_of(parts: Iterable[Part]) -> list[list[str]]:
    return [[linked(part.label, part.url), words_for(part)] for part in parts]


def linked(label: str, url: str) -> str:
    return format_html('<a href="{}">{}</a>', url, label) if url else label


def columns_for(what: Words, unit: str) -> list[Column]:
    return [Column(what), Column(unit or _("Figure"), number=True)]


def joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def hatches(chart_id: str) -> SafeString:
    return format_html("<defs>{}</defs>", mark_safe(HATCHES.format(id=chart_id)))


def frame(
    chart_id: str, title: str, sentence: str, inside: Iterable[SafeString], *, attributes: SafeString, has_links: bool
) -> SafeString:
    """A drawing with its name and description; with links inside it is a group, not one picture."""
    return format_html(
        '<svg {attributes} role="{role}" aria-labelledby="{id}-name" aria-describedby="{id}-text">'
        '<title id="{id}-name">{title}</title><desc id="{id}-text">{sentence}</desc>{hatches}{inside}</svg>',
        attributes=attributes,
        role="group" if has_links else "img",
        id=chart_id,
        title=title,
        sentence=sentence,
        hatches=hatches(chart_id),
        inside=joined(inside),
    )


def swatch(*, css: str = "", fill: str = "") -> SafeString:
    """A small rectangle for the legend."""
    filled = format_html(' fill="url(#{})"', fill) if fill else mark_safe("")
    return format_html(
        '<svg aria-hidden="true" focusable="false" viewBox="0 0 28 18"><rect class="{}"{} x="1" y="1" width="26"'
        ' height="16" rx="2"/></svg>',
        css,
        filled,
    )


def stroke_sign(css: str) -> SafeString:
    """A piece of line for the legend."""
    return format_html(
        '<svg aria-hidden="true" focusable="false" viewBox="0 0 28 18"><path class="{}" d="M0 9h28"/></svg>', css
    )


def absent_signs(chart_id: str, parts: Iterable[Part]) -> list[Sign]:
    """What the hatches mean, where there are any."""
    told, shown = list(parts), []
    if any(part.value is None and not part.suppressed for part in told):
        shown.append(Sign(swatch(fill=f"{chart_id}-missing"), _("no figure")))
    if any(part.suppressed for part in told):
        shown.append(Sign(swatch(fill=f"{chart_id}-suppressed"), _("too few to show")))
    return shown
