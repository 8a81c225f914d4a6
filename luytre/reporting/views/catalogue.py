"""The pages of the catalogue: every statistic, what it counts, whether a register yields it."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import periods
from luytre.reporting import catalogue, indicators, quoting, seeds
from luytre.reporting.forms import GROUPS
from luytre.reporting.models import Definition, QuotedFigure
from luytre.reporting.quoting import Quoted
from luytre.reporting.views.asking import explained, territory_of
from luytre.ui import registers

SAID = 20  # quoted figures shown with an indicator


@require_GET
@allow(Permission.FIGURE_READ)
def index(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    only = request.GET.get("only") == "available"
    found = [one for one in catalogue.matching(words) if indicators.yields(one) or not only]
    groups = [(GROUPS[name], [(one, indicators.yields(one)) for one in ones]) for name, ones in by_group(found)]
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "reporting/_indicators.html" if fragment else "reporting/indicators.html"
    context = {"groups": groups, "words": words, "only": only, "count": len(found), "all": len(catalogue.definitions())}
    return render(request, template, context)


def by_group(found: list[Definition]) -> list[tuple[str, list[Definition]]]:
    return [(name, list(ones)) for name, ones in groupby(found, key=lambda one: one.group)]


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def show(request: StaffRequest, code: str) -> HttpResponse:
    try:
        definition = catalogue.get(code)
    except catalogue.NoSuchIndicator as missing:
        raise Http404(code) from missing
    place = request.GET.get("area", "")
    page = territory_of(request, place) if place and indicators.yields(definition) else None
    context = {
        "definition": definition,
        "explanation": catalogue.explanation(code),
        "parts": [catalogue.get(one) for one in indicators.needs(definition) if one != code],
        "is_available": indicators.yields(definition),
        "sources": sources(definition, request),
        "page": page,
        "figure": page.now.figure(code) if page else None,
        "said": said_of(code, request),
    }
    return render(request, "reporting/indicator.html", context)


def said_of(code: str, request: StaffRequest) -> list[Quoted]:
    """What reports in prose said of it and somebody took, newest first, beside what is counted here."""
    rows = QuotedFigure.objects.within(request.scope).taken().filter(code=code)
    newest = rows.select_related("report", "area").order_by("-report__reported_on", "number")[:SAID]
    return list(quoting.beside(newest, scope=request.scope))


def sources(definition: Definition, request: StaffRequest) -> list[tuple[str, str]]:
    """The registers a figure is counted from, with their address where this person may read them."""
    if not indicators.yields(definition):
        return []
    window = periods.month_of(timezone.localdate())
    models = [model for one in indicators.needs(definition) for model in indicators.models(one, window)]
    found = []
    for model in dict.fromkeys(models):
        register = registers.of_model(model)
        may = register and request.user.may(register.read, on=request.scope.on)
        found.append((str(model._meta.verbose_name_plural), register.url() if register and may else ""))
    return found


@require_GET
@allow(Permission.FIGURE_READ)
def seed_figures(request: StaffRequest) -> HttpResponse:
    return render(request, "reporting/seeds.html", {"seeds": seeds.all_of(request.scope)})
