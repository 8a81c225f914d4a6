"""Accounts from Excel: upload, a report row by row, then slips."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.administration import importing
from luytre.administration.importing import Outcome, WrongSheet
from luytre.common import spreadsheets
from luytre.common.spreadsheets import UnreadableWorkbook
from luytre.ui.kit.excel_out import workbook
from luytre.ui.kit.import_pages import UploadForm

SHOWN = 200


def page(request: StaffRequest, form: UploadForm, outcome: Outcome | None = None, rows: str = "") -> HttpResponse:
    context = {"form": form, "outcome": outcome, "rows": rows, "columns": importing.headings(), "shown": SHOWN}
    return render(request, "administration/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def upload(request: StaffRequest) -> HttpResponse:
    """A dry run: nobody gets an account yet."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, form)
    try:
        rows = importing.rows_of(spreadsheets.read(form.cleaned_data["workbook"].read()))
    except (UnreadableWorkbook, WrongSheet) as error:
        form.add_error("workbook", str(error))
        return page(request, form)
    return page(request, form, importing.check(rows, scope=request.scope), importing.packed(rows))


@require_POST
@allow(Permission.ACCOUNT_WRITE)
def bring_in(request: StaffRequest) -> HttpResponse:
    """Make the accounts of the good rows; their codes are in this answer alone."""
    try:
        rows = importing.unpacked(request.POST.get("rows", ""))
    except WrongSheet as error:
        messages.error(request, str(error))
        return redirect("administration:import")
    outcome = importing.check(rows, scope=request.scope)
    slips = importing.bring_in(outcome, by=request.user, at=timezone.now())
    return render(request, "administration/slips.html", {"slips": slips, "left_out": outcome.bad_rows})


@require_safe
@allow(Permission.ACCOUNT_WRITE)
def template(request: StaffRequest) -> HttpResponse:
    return workbook(spreadsheets.write(importing.headings(), [], title=_("Accounts")), "accounts-template.xlsx")
