"""What a register counts: its records by place, by each of its filters and by year, as the list is filtered."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, View, allow
from luytre.areas.models import Area, Scope, Standing
from luytre.common.numbers import format_number
from luytre.ui.components import Column
from luytre.ui.drawing import linked
from luytre.ui.kit.lists import FilterForm, query_without
from luytre.ui.registers import Register


@dataclass(frozen=True)
class Table:
    """One way of cutting the records; every cut adds up to the same total."""

    title: str
    columns: list[Column]
    rows: list[list[Any]]


def counts_page(register: Register) -> View:
    @require_GET
    @allow(register.read)
    def show(request: StaffRequest) -> HttpResponse:
        form = FilterForm(request.GET, register=register, scope=request.scope)
        rows = form.rows(request.scope).order_by().select_related(None).prefetch_related(None)
        query = query_without(request.GET, "page", "sort", "columns")
        context = {
            "register": register,
            "form": form,
            "total": format_number(rows.count()),
            "tables": tables(register, rows, form.cleaned_data.get("area"), request.scope, query),
            "query": query,
            "crumbs": [(register.label.capitalize(), register.url()), (_("Figures"), "")],
        }
        return render(request, "ui/kit/counts.html", context)

    return show


def tables(register: Register, rows: Any, place: Area | None, scope: Scope, query: str) -> list[Table]:
    found = [by_place(register, rows, place, scope, query)]
    found += [by_field(register, rows, name, query) for name in register.filters]
    if register.dated and "__" not in register.dated:
        found.append(by_year(register, rows))
    return [table for table in found if table.rows]


def address(register: Register, query: str, **asked: Any) -> str:
    return f"{register.url()}?{'&'.join(part for part in (query, urlencode(asked)) if part)}"


def by_place(register: Register, rows: Any, place: Area | None, scope: Scope, query: str) -> Table:
    """What lies right below the place that is looked at; records of the place itself stand in a line of their own."""
    office = place or Area.objects.within(scope).order_by("path").first()
    by_area = Counter(dict(rows.values_list(rows.area).annotate(count=Count("pk")).values_list(rows.area, "count")))
    standing = Standing.objects.on(scope.on).filter(area__in=list(by_area), is_main=True)
    totals: Counter[str] = Counter()
    depth = office.depth + 1 if office else 1
    for area, path in standing.values_list("area", "path"):
        totals[".".join(path.split(".")[:depth]) + "."] += by_area[area]
    below = {one.path: one for one in office.children_on(scope.on)} if office else {}
    lines = [(one, totals.pop(path)) for path, one in below.items() if totals[path]]
    told = [line(register, one.full_name, count, query, area=one.code) for one, count in lines]
    if rest := sum(totals.values()):
        told.append([office.full_name if office else "–", format_number(rest)])
    return Table(_("By place"), columns(_("Place")), told)


def line(register: Register, label: str, count: int, query: str, **asked: Any) -> list[Any]:
    return [linked(capfirst(label), address(register, query, **asked)), format_number(count)]


def by_field(register: Register, rows: Any, name: str, query: str) -> Table:
    field: Any = register.model._meta.get_field(name)
    counts = dict(rows.values_list(field.attname).annotate(count=Count("pk")).values_list(field.attname, "count"))
    if field.is_relation:
        labels = {key: str(one) for key, one in field.related_model._default_manager.in_bulk(list(counts)).items()}
    else:
        labels = {code: str(label) for code, label in field.flatchoices}
    most_first = sorted(counts.items(), key=lambda pair: (-pair[1], labels.get(pair[0], "")))
    told = [line(register, labels[key], count, query, **{name: key}) for key, count in most_first if key in labels]
    heading = register.heading(name)
    return Table(_("By: %(what)s") % {"what": heading}, columns(capfirst(heading)), told)


def by_year(register: Register, rows: Any) -> Table:
    years = rows.values_list(ExtractYear(register.dated)).annotate(count=Count("pk")).order_by()
    told = [
        [str(year), format_number(count)] for year, count in sorted(years, key=lambda pair: -(pair[0] or 0)) if year
    ]
    return Table(_("By year"), columns(_("Year")), told)


def columns(what: str) -> list[Column]:
    return [Column(what), Column(_("Records"), number=True)]
