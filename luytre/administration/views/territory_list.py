"""A list of changes from Excel: upload, a report row by row, then one draft of them all."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.administration import territory_list
from luytre.administration.territory_forms import ChangeForm, DocumentForm, ListForm
from luytre.administration.territory_list import WrongSheet
from luytre.areas import changes
from luytre.areas.changes import Refused
from luytre.areas.models import ChangeLine
from luytre.areas.planning import Problem
from luytre.common import spreadsheets
from luytre.common.spreadsheets import UnreadableWorkbook
from luytre.ui.kit.excel_out import workbook
from luytre.ui.kit.uploads import Upload

CHANGE = Permission.TERRITORY_CHANGE
SHOWN = 200


def page(request: StaffRequest, form: ChangeForm, **context: Any) -> HttpResponse:
    context |= {"form": form, "columns": territory_list.headings(), "notes": territory_list.notes(), "shown": SHOWN}
    return render(request, "administration/territory/list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allow(CHANGE)
def upload(request: StaffRequest) -> HttpResponse:
    """A dry run: nothing is drafted yet."""
    form = ListForm(request.POST or None, request.FILES or None, scope=request.scope)
    if request.method != "POST" or not form.is_valid():
        return page(request, form)
    content = form.cleaned_data["workbook"].read()
    try:
        lines, problems = checked(request, form, content)
    except (UnreadableWorkbook, WrongSheet) as error:
        form.add_error("workbook", str(error))
        return page(request, form)
    ticket = "" if problems or not lines else Upload.keep(content).ticket(request)
    return page(request, form, looked=True, lines=len(lines), problems=problems, ticket=ticket)


def checked(request: StaffRequest, form: ChangeForm, content: bytes) -> tuple[list[ChangeLine], list[Problem]]:
    """The lines of a workbook with everything that stands against them, in the order of its rows."""
    lines, unread = territory_list.read(spreadsheets.read(content))
    plan = changes.check(lines, on=form.cleaned_data["on"], scope=request.scope)
    return lines, sorted([*unread, *plan.problems])


@require_POST
@allow(CHANGE)
def draft(request: StaffRequest) -> HttpResponse:
    form = DocumentForm(request.POST, scope=request.scope)
    kept = Upload.of_ticket(request.POST.get("ticket", ""), request)
    if kept is None or not form.is_valid():
        messages.error(request, _("The list did not come through whole. Send the file again."))
        return redirect("administration:change-list")
    lines, _unread = territory_list.read(spreadsheets.read(kept.path))
    try:
        change = changes.draft(form.change(), lines, by=request.user, scope=request.scope)
    except Refused as refused:
        return page(request, form, looked=True, lines=len(lines), problems=refused.problems)
    kept.path.unlink(missing_ok=True)
    messages.success(request, _("Drafted. Nothing has moved yet: somebody else puts it into force."))
    return redirect("administration:change", pk=change.pk)


@require_safe
@allow(CHANGE)
def template(request: StaffRequest) -> HttpResponse:
    sheet = spreadsheets.write(
        territory_list.headings(), [], title=_("Changes of the territory"), notes=territory_list.notes()
    )
    return workbook(sheet, "territory-changes-template.xlsx")
