"""The page of tables of any shape, and what all pages of comparison share."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import spreadsheets
from luytre.reporting.exploring import asking, forms, shown
from luytre.reporting.exploring.asking import Asked
from luytre.reporting.exploring.behind import Reader
from luytre.reporting.exploring.pivot import Pivot
from luytre.reporting.questions import Unclear
from luytre.reporting.views.asking import csv_file, explained
from luytre.reporting.views.territory import EXCEL
from luytre.ui.components import Tab

FIELDS = ["below", "kind", "shape", "count", "step", *forms.DAYS, "calendar", "territory", "change"]


def tabs(asked: Asked | None, current: str) -> list[Tab]:
    """The ways to look, each with the same place and indicator."""
    names = {
        "explore": _("Table"),
        "ranking": _("Order"),
        "trend": _("Line through time"),
        "explore-map": _("Map"),
        "outliers": _("What stands out"),
        "saved-views": _("Saved views"),
    }
    kept = urlencode({"indicator": asked.codes[0], "area": asked.places[0].code}) if asked else ""
    query = {"saved-views": "", current: asked.query() if asked else ""}
    return [
        Tab(name, f"{reverse(f'reporting:{page}')}?{query.get(page, kept)}".rstrip("?"), current=page == current)
        for page, name in names.items()
    ]


def frame(request: StaffRequest, asked: Asked, page: str, fields: Sequence[str]) -> dict[str, Any]:
    """What every page of comparison shows around its answer."""
    is_single = page != "explore"
    kept = {"page": page, "query": asked.query(**extra(request))}
    return {
        "asked": asked,
        "tabs": tabs(asked, page),
        "is_single": is_single,
        "words": request.GET.get("q", ""),
        "offered": forms.offered(request.GET.get("q", ""), asked.definitions),
        "form": forms.LayoutForm(initial=forms.initial(asked) | extra(request), only=fields),
        "place_form": forms.PlaceForm(scope=request.scope, is_single=is_single),
        "save_form": forms.KeepForm(person=request.user, scope=request.scope, initial=kept),
    }


def extra(request: StaffRequest) -> dict[str, str]:
    """What only the ranking asks."""
    return {"per": request.GET["per"]} if request.GET.get("per") else {}


def ask(request: StaffRequest, usual: Mapping[str, str] = asking.NOTHING) -> Asked:
    return asking.ask(request.GET, scope=request.scope, today=timezone.localdate(), usual=usual)


def with_place(request: StaffRequest, *, is_single: bool = False) -> HttpResponseBase | None:
    """The same page with the place that was typed beside those chosen, or instead of the one."""
    typed = request.GET.get("add", "")
    if not typed.strip():
        return None
    form = forms.PlaceForm({"add": typed}, scope=request.scope)
    if not form.is_valid():
        raise Unclear("area", " ".join(str(one) for one in form.errors["add"]))
    query, code = request.GET.copy(), form.cleaned_data["add"].code
    query.setlist("area", asking.distinct([*([] if is_single else query.getlist("area")), code]))
    query.pop("add")
    return redirect(f"{request.path}?{query.urlencode()}")


def reader(request: StaffRequest) -> Reader:
    return Reader(request.user, request.scope)


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def explore(request: StaffRequest) -> HttpResponseBase:
    if moved := with_place(request):
        return moved
    asked = ask(request)
    if request.htmx.target == "explore-indicators":  # type: ignore[attr-defined]
        return indicator_boxes(request, asked)
    pivot = Pivot(asked)
    context = {"sheets": shown.sheets(pivot, reader(request)), "pivot": pivot}
    return render(request, "reporting/explore.html", {**frame(request, asked, "explore", FIELDS), **context})


def indicator_boxes(request: StaffRequest, asked: Asked) -> HttpResponse:
    """The indicators whose names have the words, as boxes to tick."""
    context = {"asked": asked, "offered": forms.offered(request.GET.get("q", ""), asked.definitions)}
    return render(request, "reporting/_explore_indicators.html", context)


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def as_csv(request: StaffRequest) -> HttpResponse:
    return csv_file("figures", shown.safe(shown.flat(Pivot(ask(request)))))


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def as_excel(request: StaffRequest) -> HttpResponse:
    asked = ask(request)
    headings, *rows = shown.flat(Pivot(asked))
    content = spreadsheets.write([str(one) for one in headings], rows, title=_("Figures"), notes=shown.notes(asked))
    name = {"Content-Disposition": 'attachment; filename="figures.xlsx"'}
    return HttpResponse(content, content_type=EXCEL, headers=name)
