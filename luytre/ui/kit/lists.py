"""The rows of a register as somebody asked for them: search, filters, order, page."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Scope
from luytre.ui import registers
from luytre.ui.forms import AreaChoiceField, FoldedCheckboxes
from luytre.ui.kit.paging import KeyedPaginator
from luytre.ui.registers import Register, shown

HIDDEN = 10_000  # rows that filters hide are counted up to here
NO_FILTER = ("removed", "columns")


class FilterForm(forms.Form):
    """What hides rows. Bad values hide nothing and say so."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.HiddenInput)
    area = AreaChoiceField(queryset=Area.objects.none(), label=_("Area"), required=False, widget=forms.TextInput())
    removed = forms.BooleanField(label=_("Show what was taken out"), required=False)

    def __init__(self, data: QueryDict, *, register: Register, scope: Scope) -> None:
        super().__init__(data)
        self.register, self.asked = register, data
        area = self.fields["area"]
        if isinstance(area, AreaChoiceField):
            area.queryset = Area.objects.within(scope).select_related("parent")
        for name in register.filters:
            self.fields[name] = filter_field(register.model._meta.get_field(name))
        if register.dated:
            self.fields["since"] = date_field(_("From"))
            self.fields["until"] = date_field(_("To"))
        self.fields["columns"] = columns_field(register)

    @property
    def columns(self) -> list[str]:
        """Those somebody chose, in the form's order; else the register's own."""
        self.is_valid()
        return list(self.cleaned_data.get("columns") or self.register.columns)

    def rows(self, scope: Scope) -> Any:
        """What the filters leave; `pk` may name single records, as ticked in the list."""
        self.is_valid()
        asked = self.cleaned_data
        rows = self.register.rows().within(scope)
        rows = rows.exclude(removed_at=None) if asked.get("removed") else rows.kept()
        if asked.get("q"):
            rows = rows.matching(asked["q"])
        if asked.get("area"):
            rows = rows.of(asked["area"], on=scope.on)
        for name in self.register.filters:
            rows = rows.filter(**{name: asked[name]}) if asked.get(name) else rows
        chosen = [int(key) for key in self.asked.getlist("pk") if key.isdigit()]
        rows = rows.filter(pk__in=chosen) if chosen else rows
        return self.between(with_related(rows, self.columns), asked.get("since"), asked.get("until"))

    def between(self, rows: Any, since: date | None, until: date | None) -> Any:
        rows = rows.filter(**{f"{self.register.dated}__gte": since}) if since else rows
        return rows.filter(**{f"{self.register.dated}__lte": until}) if until else rows

    def hides(self) -> list[str]:
        """In words, what these filters leave out."""
        said = []
        for name, value in getattr(self, "cleaned_data", {}).items():
            if value and name not in NO_FILTER:
                said.append(f"{self.fields[name].label}: {self.in_words(name, value)}")
        return said

    def in_words(self, name: str, value: Any) -> str:
        if isinstance(value, date):
            return value.strftime("%d/%m/%Y")
        choices: Any = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value) if isinstance(value, str) else value)


def columns_field(register: Register) -> forms.MultipleChoiceField:
    """Every column that the list can show."""
    names = [*register.columns, *(name for name in register.form_class().base_fields if name not in register.columns)]
    own = {field.name for field in register.model._meta.get_fields()}
    choices = [
        (name, capfirst(register.heading(name)))
        for name in names
        if name in own and name not in register.sealed and not name.endswith("_qualifier")
    ]
    return forms.MultipleChoiceField(label=_("Columns"), choices=choices, required=False, widget=FoldedCheckboxes)


def with_related(rows: Any, columns: list[str]) -> Any:
    """What the columns name comes with the rows, so that a longer page asks no more often."""
    for name in columns:
        field = rows.model._meta.get_field(name)
        if field.many_to_many:
            rows = rows.prefetch_related(name)
        elif isinstance(field, models.ForeignKey):
            other = registers.of_model(field.related_model)
            rows = rows.select_related(name, *(f"{name}__{further}" for further in (other.related if other else ())))
    return rows


def filter_field(field: Any) -> forms.Field:
    if isinstance(field, models.ForeignKey):
        rows = field.related_model._default_manager.all()
        return forms.ModelChoiceField(rows, label=field.verbose_name, required=False, empty_label=_("all"))
    choices = [("", _("all")), *field.choices]
    return forms.ChoiceField(choices=choices, label=field.verbose_name, required=False)


def date_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


@dataclass
class Listing:
    """One page of a register, ready for the template."""

    register: Register
    form: FilterForm
    page: Page[Any]
    whole: int
    query: str
    sort: str
    query_without_columns: str = ""

    @property
    def active(self) -> int:
        """How many filters are in use."""
        return len(self.form.hides())

    @property
    def hidden(self) -> int:
        """Up to HIDDEN and one: beyond that nobody needs to know how many, and counting them all takes time."""
        return self.whole - self.page.paginator.count

    @property
    def columns(self) -> list[str]:
        return self.form.columns

    def headings(self) -> list[dict[str, Any]]:
        return [self.heading(column) for column in self.columns]

    def heading(self, column: str) -> dict[str, Any]:
        is_down = self.sort == column
        can_sort = column in self.register.columns
        return {
            "label": self.register.heading(column),
            "is_number": self.register.is_number(column),
            "sort": (f"-{column}" if is_down else column) if can_sort else "",
            "direction": "ascending" if is_down else "descending" if self.sort == f"-{column}" else "",
        }

    def lines(self) -> list[dict[str, Any]]:
        return [
            {
                "record": record,
                "url": self.register.url("record", pk=record.pk),
                "cells": [
                    {
                        "label": self.register.heading(column),
                        "text": shown(record, column),
                        "is_number": self.register.is_number(column),
                    }
                    for column in self.columns
                ],
            }
            for record in self.page.object_list
        ]

    @property
    def said(self) -> list[str]:
        """The filters and the order in words, for paper and for workbooks."""
        return [*self.form.hides(), order_in_words(self.register, self.sort)]


ORDERS = {
    "area": "area__sort_key",
    "name": "sort_key",
    "full_name": "sort_key",
    "place": "sort_key",
    "initiative": "initiative__sort_key",
}


def ordered(rows: Any, register: Register, sort: str) -> Any:
    column = sort.removeprefix("-")
    if column not in register.columns or isinstance(getattr(register.model, column, None), property):
        sort, column = register.order, register.order.removeprefix("-")
    key = ORDERS.get(column, column)
    return rows.order_by(f"-{key}" if sort.startswith("-") else key, "-pk")


def order_in_words(register: Register, sort: str) -> str:
    column = sort.removeprefix("-")
    column = column if column in register.columns else register.order.removeprefix("-")
    if not column:
        return gettext("Newest first")
    return gettext("In the order of: %(column)s") % {"column": register.heading(column)}


def listing(request: HttpRequest, register: Register, scope: Scope, *, per_page: int = 25) -> Listing:
    form = FilterForm(request.GET, register=register, scope=scope)
    sort = request.GET.get("sort") or register.order
    rows = ordered(form.rows(scope), register, sort)
    page = KeyedPaginator(rows, per_page, is_filtered=bool(form.hides())).get_page(request.GET.get("page"))
    whole = page.paginator.count
    if form.hides():
        whole = register.rows().within(scope).kept()[: whole + HIDDEN + 1].count()
    query, plain = query_without(request.GET, "page", "sort"), query_without(request.GET, "page", "sort", "columns")
    return Listing(register, form, page, whole, query, sort, plain)


def query_without(asked: QueryDict, *names: str) -> str:
    kept = [(name, value) for name, values in asked.lists() for value in values if name not in names and value]
    return urlencode(kept)
