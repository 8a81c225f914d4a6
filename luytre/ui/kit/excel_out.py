"""Excel and CSV out: what is on the screen, all its pages and its columns, with the filters named below."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, View, allow
from luytre.common import spreadsheets
from luytre.ui.kit.lists import FilterForm, order_in_words, ordered, with_related
from luytre.ui.registers import Register, shown

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t")


def fields_of(register: Register) -> list[str]:
    """Every field of the form that the record keeps: what a sheet needs to come back in."""
    own = {field.name for field in register.model._meta.get_fields()}
    return [name for name in register.form_class().base_fields if name in own]


def cell(record: Any, name: str) -> Any:
    """Numbers and days stay numbers and days; areas carry their code, so that a sheet can come back."""
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if isinstance(field, models.IntegerField | models.DateField) and not field.choices:
        return value
    if hasattr(value, "code") and hasattr(value, "full_name"):
        return f"{value.full_name} ({value.code})"
    return shown(record, name)


def lines(names: Sequence[str], rows: Any) -> Iterator[list[Any]]:
    for record in with_related(rows, list(names)).iterator(chunk_size=1000):
        yield [cell(record, name) for name in names]


def export_page(register: Register) -> View:
    """`columns=` are those on the screen; without them every field, so that the sheet can come in again."""

    @require_GET
    @allow(register.read)
    def show(request: StaffRequest) -> HttpResponse:
        form = FilterForm(request.GET, register=register, scope=request.scope)
        sort = request.GET.get("sort") or register.order
        rows = ordered(form.rows(request.scope), register, sort)
        names = form.cleaned_data.get("columns") or fields_of(register)
        headings = [register.heading(name) for name in names]
        if request.GET.get("format") == "csv":
            return as_csv([headings, *lines(names, rows)], f"{register.name}.csv")
        taken = _("Taken out on %(day)s") % {"day": f"{timezone.localdate():%d/%m/%Y}"}
        notes = [register.label, taken, *(form.hides() or [_("No filter")]), order_in_words(register, sort)]
        content = spreadsheets.write(headings, lines(names, rows), title=register.label, notes=notes)
        return workbook(content, f"{register.name}.xlsx")

    return show


def as_csv(rows: Iterable[Sequence[Any]], name: str) -> HttpResponse:
    """With a mark at its beginning by which Excel knows its letters; no cell is a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[plain(one) for one in row] for row in rows])
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=disposition)


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def template_page(register: Register) -> View:
    """An empty workbook with the headings that the import reads."""

    @require_GET
    @allow(register.write)
    def show(request: StaffRequest) -> HttpResponse:
        headings = [register.heading(name) for name in fields_of(register)]
        return workbook(spreadsheets.write(headings, [], title=register.label), f"{register.name}-template.xlsx")

    return show


def workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="{name}"'})
