"""Pages of one indicator or one place: order, line through time, map, and what stands out."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.areas.models import Level
from luytre.reporting.exploring import asking, comparing, forms, history, outliers, ranking, shown, spans
from luytre.reporting.exploring.asking import Asked
from luytre.reporting.exploring.outliers import Outlier
from luytre.reporting.exploring.trend import Trend
from luytre.reporting.questions import Question
from luytre.reporting.territory import Territory
from luytre.reporting.views.asking import csv_file, explained
from luytre.reporting.views.exploring import ask, frame, with_place

TEN_YEARS = {"step": "year", "count": "11"}
PAGE = 100


def last_month() -> dict[str, str]:
    return asking.last_month(timezone.localdate())


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def order(request: StaffRequest) -> HttpResponseBase:
    if moved := with_place(request, is_single=True):
        return moved
    asked = ask(request, last_month() | {"below": "children"})
    fields = ["indicator", "below", "kind", "per", *forms.DAYS]
    context = {**frame(request, asked, "ranking", fields), **ordered(request, asked)}
    return render(request, "reporting/ranking.html", context)


def ordered(request: StaffRequest, asked: Asked) -> dict[str, Any]:
    """The page of the order, or the sentence that refuses it."""
    try:
        found = ranking.rank(asked, per=request.GET.get("per", ""))
    except comparing.NeverRanked as never:
        return {"refusal": never.refusal}
    page = Paginator(found.entries, PAGE).get_page(request.GET.get("page"))
    return {
        "ranking": found,
        "page": page,
        "table": shown.ranking_table(found, page.object_list),
        "apart": shown.ranking_table(found, found.apart[:PAGE]),
        "apart_count": len(found.apart),
        "is_approximate": ranking.is_approximate(found),
    }


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def through_time(request: StaffRequest) -> HttpResponseBase:
    if moved := with_place(request, is_single=True):
        return moved
    asked = ask(request, TEN_YEARS | {"below": ""})
    fields = ["indicator", "count", "step", "calendar", "territory"]
    line = Trend(asked, timezone.localdate(), f"{reverse('reporting:trend-csv')}?{asked.query()}")
    return render(request, "reporting/trend.html", {**frame(request, asked, "trend", fields), "line": line})


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def line_csv(request: StaffRequest) -> HttpResponse:
    line = Trend(ask(request, TEN_YEARS), timezone.localdate())
    headings = [str(column.label) for column in line.columns]
    return csv_file(f"trend-{line.place.code}", shown.safe([headings, *line.table()]))


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def on_the_map(request: StaffRequest) -> HttpResponseBase:
    if moved := with_place(request, is_single=True):
        return moved
    asked = ask(request, last_month() | {"below": ""})
    fields = ["indicator", *forms.DAYS, "territory"]
    context = {**frame(request, asked, "explore-map", fields), **mapped(request, asked)}
    return render(request, "reporting/explore_map.html", context)


def mapped(request: StaffRequest, asked: Asked) -> dict[str, Any]:
    """The map, or the sentence that refuses it."""
    try:
        comparing.allow_map(asked.definitions[0])
    except comparing.NeverRanked as never:
        return {"refusal": never.refusal}
    question = Question(asked.places[0], asked.periods.windows[-1], asked.territory)
    place = Territory(question, asked.definitions[0], request.scope, timezone.localdate(), asked.calendar)
    return {"map": place.map, "place": place}


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def standing_out(request: StaffRequest) -> HttpResponseBase:
    if moved := with_place(request, is_single=True):
        return moved
    asked = ask(request, last_month() | {"below": ""})
    found = told(asked, is_all=not request.GET.get("indicator"))
    context = {
        "found": shown.outliers_table(found[:PAGE]),
        "count": len(found),
        "window": asked.periods.windows[-1],
        "rule": outliers.rule(),
        "is_all": not request.GET.get("indicator"),
    }
    return render(request, "reporting/outliers.html", {**frame(request, asked, "outliers", forms.DAYS), **context})


def told(asked: Asked, *, is_all: bool) -> list[Outlier]:
    """Of the place itself, then of the places right below."""
    place, window = asked.places[0], asked.periods.windows[-1]
    pair = [*spans.before(window, 1), window]
    codes = history.told_lately(place, pair, day=asked.territory) if is_all else asked.codes
    own = outliers.of(place, codes, window, territory=asked.territory)
    if place.level == Level.RESIDENTIAL:
        return own
    return own + outliers.below(place, codes, window, territory=asked.territory)
