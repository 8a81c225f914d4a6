"""Excel out: what is on the screen, all its pages, with the filters named below."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, View, allow
from luytre.common import spreadsheets
from luytre.ui.kit.lists import FilterForm, ordered
from luytre.ui.registers import Register, shown

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fields_of(register: Register) -> list[str]:
    return list(register.form_class().base_fields)


def cell(record: Any, name: str) -> Any:
    """Numbers and days stay numbers and days; areas carry their code, so that a sheet can come back."""
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if isinstance(field, models.IntegerField | models.DateField) and not field.choices:
        return value
    if hasattr(value, "code") and hasattr(value, "full_name"):
        return f"{value.full_name} ({value.code})"
    return shown(record, name)


def lines(register: Register, rows: Any) -> Iterator[list[Any]]:
    names = fields_of(register)
    many = [field.name for field in register.model._meta.many_to_many if field.name in names]
    for record in rows.prefetch_related(*many).iterator(chunk_size=1000):
        yield [cell(record, name) for name in names]


def export_page(register: Register) -> View:
    @require_GET
    @allow(register.read)
    def show(request: StaffRequest) -> HttpResponse:
        form = FilterForm(request.GET, register=register, scope=request.scope)
        rows = ordered(form.rows(request.scope), register, request.GET.get("sort") or register.order)
        headings = [register.heading(name) for name in fields_of(register)]
        taken = _("Taken out on %(day)s") % {"day": f"{timezone.localdate():%d/%m/%Y}"}
        content = spreadsheets.write(
            headings, lines(register, rows), title=register.label, notes=[taken, *form.hides()]
        )
        return workbook(content, f"{register.name}.xlsx")

    return show


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
