"""The components: each tag is one template in `ui/templates/ui/`, all of them shown at `/ui/`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.ui import icons
from luytre.ui.charts import Chart
from luytre.ui.components import Column, Happening, Problem, Step, Tab, Words

register = template.Library()

TONES = {"success": "done", "error": "late", "warning": "near"}
FRESH_MONTHS, FADING_MONTHS = 3, 6


@register.simple_tag
def icon(name: str) -> SafeString:
    return icons.svg(name)


@register.simple_tag
def tone_of(message: Message) -> str:
    return TONES.get(message.level_tag, "info")


@register.inclusion_tag("ui/button.html")
def button(
    label: Words, kind: str = "", *, icon: str = "", name: str = "", value: str = "", type: str = "submit"
) -> dict[str, Any]:
    return {"label": label, "kind": kind, "icon": icon, "name": name, "value": value, "type": type}


@register.inclusion_tag("ui/link_button.html")
def link_button(
    label: Words, url: str, kind: str = "", *, icon: str = "", key: str = "", download: bool = False
) -> dict[str, Any]:
    """`key="n"` lets that key follow the link."""
    return {"label": label, "url": url, "kind": kind, "icon": icon, "key": key, "download": download}


@register.simple_block_tag
def card(
    content: str,
    title: Words,
    *,
    tone: str = "plain",
    tone_words: Words = "",
    figure: Words = "",
    url: str = "",
    action: Words = "",
) -> SafeString:
    """A thing to do or to know, with one action; a tone always comes with its words."""
    words = {"title": title, "tone": tone, "tone_words": tone_words, "figure": figure, "url": url, "action": action}
    return render_to_string("ui/card.html", {"content": content, **words})


@register.simple_block_tag
def alert(content: str, title: Words, *, tone: str = "info", role: str = "") -> SafeString:
    return render_to_string(
        "ui/alert.html", {"content": content, "title": title, "tone": tone, "icon": tone, "role": role}
    )


@register.inclusion_tag("ui/tag.html")
def tag(words: Words, tone: str = "", *, icon: str = "") -> dict[str, Any]:
    shown = icon or (tone if tone in {"done", "near", "late", "info"} else "")
    return {"words": words, "tone": tone, "icon": shown}


@register.inclusion_tag("ui/empty.html")
def empty(title: Words, why: Words = "", *, url: str = "", action: Words = "") -> dict[str, Any]:
    return {"title": title, "why": why, "url": url, "action": action}


@register.inclusion_tag("ui/tabs.html")
def tabs(tabs: Sequence[Tab], label: Words) -> dict[str, Any]:
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("ui/facts.html")
def facts(pairs: Iterable[tuple[Words, Any]], *, wide: bool = False) -> dict[str, Any]:
    return {"pairs": list(pairs), "wide": wide}


@register.simple_tag(takes_context=True)
def sheet(context: Context) -> str:
    """What a register adds to the page of one of its records."""
    made = context["register"].sheet
    return made(context, context["record"]) if made else ""


@register.inclusion_tag("ui/stem.html")
def stem(steps: Sequence[Step], label: Words = "", *, upright: bool = False) -> dict[str, Any]:
    return {"steps": steps, "label": label, "upright": upright}


@register.inclusion_tag("ui/leaf.html")
def leaf(months: int | None) -> dict[str, Any]:
    """How long ago the last activity was, in months; None when there never was one."""
    if months is None:
        return {"state": "none", "words": _("No activity recorded yet")}
    if months == 0:
        return {"state": "fresh", "words": _("Active within the last month")}
    state = "fresh" if months < FRESH_MONTHS else "fading" if months < FADING_MONTHS else "dry"
    words = ngettext("%(count)d month since the last activity", "%(count)d months since the last activity", months) % {
        "count": months
    }
    return {"state": state, "words": words}


@register.inclusion_tag("ui/figure.html")
def figure(
    label: Words,
    value: Words,
    *,
    unit: Words = "",
    qualifier: Words = "",
    change: Words = "",
    direction: str = "",
    window: Words = "",
    url: str = "",
) -> dict[str, Any]:
    """A number with all it needs to be read; `direction` is "up", "down" or "same"."""
    return {
        "label": label, "value": value, "unit": unit, "qualifier": qualifier,
        "change": change, "direction": direction, "window": window, "url": url,
    }  # fmt: skip


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> dict[str, Any]:
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    return {"page": page, "numbers": numbers, "request": context["request"]}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(crumbs: Iterable[tuple[Words, str]]) -> dict[str, Any]:
    """Pairs of label and address; the page one is on has an empty address."""
    return {"crumbs": list(crumbs)}


@register.inclusion_tag("ui/history.html")
def history(entries: Iterable[Happening]) -> dict[str, Any]:
    return {"entries": entries}


@register.inclusion_tag("ui/loading.html")
def loading(words: Words, id: str = "") -> dict[str, Any]:
    """Shown while htmx asks: `hx-indicator="#its-id"`."""
    return {"words": words, "id": id}


@register.inclusion_tag("ui/skeleton.html")
def skeleton(words: Words, lines: int = 3) -> dict[str, Any]:
    return {"words": words, "lines": range(lines)}


@register.inclusion_tag("ui/table.html")
def table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    caption: Words = "",
    total: Sequence[Any] = (),
    sticky: bool = False,
) -> dict[str, Any]:
    """Rows of cells under their columns; cards on a narrow screen."""
    return {
        "columns": columns,
        "rows": [list(zip(columns, row, strict=True)) for row in rows],
        "total": list(zip(columns, total, strict=True)) if total else [],
        "caption": caption,
        "sticky": sticky,
    }


@register.inclusion_tag("ui/filter_panel.html")
def filter_panel(form: BaseForm, active: int = 0, hidden: int = 0) -> dict[str, Any]:
    """The filters of a list, how many are in use and how many rows they hide."""
    return {"form": form, "active": active, "hidden": hidden}


@register.inclusion_tag("ui/emergency_numbers.html")
def emergency_numbers() -> dict[str, Any]:
    return {}


@register.inclusion_tag("ui/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    return {"chart": chart}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    return {"problems": list(problems(form))}


def problems(form: BaseForm) -> Iterator[Problem]:
    for error in form.non_field_errors():
        yield Problem(str(error))
    for field in form:
        for error in field.errors:
            yield Problem(str(error), field.label, "" if field.is_hidden else first_input(field))


def first_input(field: BoundField) -> str:
    """Where a link to the field should land: for a group of choices, its first one."""
    if field.use_fieldset and len(field.subwidgets):
        return field.subwidgets[0].id_for_label or field.auto_id
    return field.id_for_label or field.auto_id
