"""Returns: what one owes, and who below has sent what."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common import spreadsheets
from luytre.reporting.models import ReturnReminder, StepKind
from luytre.reporting.returns import finding, looking, owing, reminding, rights
from luytre.reporting.returns.looking import Look
from luytre.reporting.views.asking import csv_file, explained
from luytre.reporting.views.territory import EXCEL

RETURNS = (Permission.RETURN_WRITE, Permission.RETURN_APPROVE)


@require_GET
@allow(*RETURNS)
def index(request: StaffRequest) -> HttpResponse:
    """What one's own units owe, what waits to be approved, and what lies below."""
    today = timezone.localdate()
    units = owing.own_units(request.user.scope(Permission.RETURN_WRITE, on=today))
    owed = owing.of_units(units, today=today)
    notices = ReturnReminder.objects.within(request.scope).filter(area__in=units).select_related("form", "area", "by")
    context = {
        "work": [one for one in owed if one.asks_for_work],
        "others": [one for one in owed if not one.asks_for_work],
        "notices": notices[:10],
        "to_sign": owing.to_sign(request.user.scope(Permission.RETURN_APPROVE, on=today)),
        "below": looking.below(request.scope, today=today),
    }
    return render(request, "reporting/returns.html", context)


def look_of(request: StaffRequest, asked: Any) -> Look:
    try:
        return looking.look(asked, scope=request.scope, today=timezone.localdate())
    except finding.NoSuchReturn as missing:
        raise Http404(str(missing)) from missing


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def overview(request: StaffRequest) -> HttpResponse:
    look = look_of(request, request.GET)
    scope = request.user.scope(Permission.RETURN_APPROVE, on=request.scope.on)
    above = [line for line in look.lines if line.owed and rights.may_approve(scope, line.area)]
    context = {"look": look, "may_approve": bool(above)}
    return render(request, "reporting/return_overview.html", context)


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def overview_csv(request: StaffRequest) -> HttpResponse:
    look = look_of(request, request.GET)
    return csv_file(look.file_name, [look.headings(), *look.rows()])


@require_GET
@allow(Permission.FIGURE_READ)
@explained
def overview_excel(request: StaffRequest) -> HttpResponse:
    look = look_of(request, request.GET)
    content = spreadsheets.write(look.headings(), look.rows(), title=look.form.name, notes=look.notes())
    name = {"Content-Disposition": f'attachment; filename="{look.file_name}.xlsx"'}
    return HttpResponse(content, content_type=EXCEL, headers=name)


# many at once


@require_POST
@allow(Permission.RETURN_APPROVE)
def approve_all(request: StaffRequest) -> HttpResponse:
    """All that nothing had to be explained in."""
    look = look_of(request, request.POST)
    count = look.green(request.scope).step_all(StepKind.APPROVED, by=request.user, at=timezone.now())
    told = ngettext("%(count)d return approved.", "%(count)d returns approved.", count) % {"count": count}
    return back(request, look, told)


@require_POST
@allow(Permission.RETURN_APPROVE)
def lock_all(request: StaffRequest) -> HttpResponse:
    look = look_of(request, request.POST)
    count = look.approved(request.scope).step_all(StepKind.LOCKED, by=request.user, at=timezone.now())
    told = ngettext("%(count)d return locked.", "%(count)d returns locked.", count) % {"count": count}
    return back(request, look, told)


@require_POST
@allow(Permission.RETURN_APPROVE)
def remind(request: StaffRequest) -> HttpResponse:
    look = look_of(request, request.POST)
    count = reminding.ask(look.silent(request.scope), by=request.user, at=timezone.now())
    told = ngettext("%(count)d unit reminded.", "%(count)d units reminded.", count) % {"count": count}
    return back(request, look, told)


def back(request: StaffRequest, look: Look, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect(f"{reverse('reporting:return-overview')}?{look.query()}")
