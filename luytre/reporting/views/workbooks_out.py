"""Workbooks handed out: a form to fill away from the network, and all returns of a form in one file."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting.views import returns, returns_form
from luytre.reporting.views.asking import explained
from luytre.reporting.workbooks import collecting, issuing
from luytre.reporting.workbooks.collecting import Collection
from luytre.ui.kit.excel_out import EXCEL, workbook


@require_GET
@allow(Permission.RETURN_WRITE)
def form(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    errand = returns_form.errand_of(request, form, area, period)
    return workbook(issuing.write(issuing.face(errand)), issuing.file_name(errand))


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def collected(request: StaffRequest) -> FileResponse:
    return file(request, collecting.write_office, "")


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def tidy(request: StaffRequest) -> FileResponse:
    return file(request, collecting.write_tidy, "-tidy")


def file(request: StaffRequest, write: Callable[[Collection, Path], None], ending: str) -> FileResponse:
    """Written to the disk and read from there: a nation does not fit the memory of a small machine."""
    one = Collection(returns.look_of(request, request.GET).overview)
    opened = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115  closed, and gone, with the answer
    write(one, Path(opened.name))
    return FileResponse(opened, filename=f"{one.file_name}{ending}.xlsx", as_attachment=True, content_type=EXCEL)
