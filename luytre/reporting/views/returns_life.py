"""A return that was sent: read, approved, sent back, locked, reopened, corrected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting.facts.posting import Changed
from luytre.reporting.models import NotNow, OwnReturn, Return, StepKind
from luytre.reporting.returns import drafting, finding, registers, rights, sending, told
from luytre.reporting.returns.paper import Errand
from luytre.ui.forms import ReasonForm


def errand_of(request: StaffRequest, form: str, area: str, period: str) -> Errand:
    try:
        return finding.errand(form, area, period, scope=request.scope)
    except finding.NoSuchReturn as missing:
        raise Http404(str(missing)) from missing


@require_GET
@allow(Permission.FIGURE_READ)
def show(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    errand = errand_of(request, form, area, period)
    report = sending.find(errand.form, errand.area, errand.window)
    return page_of(request, errand, report)


def page_of(
    request: StaffRequest, errand: Errand, report: Return | None, reason: ReasonForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    may_write = rights.may_write(request.user.scope(Permission.RETURN_WRITE, on=today), errand.area)
    may_approve = rights.may_approve(request.user.scope(Permission.RETURN_APPROVE, on=today), errand.area)
    is_sent = report is not None and report.number > 0
    context: dict[str, Any] = {
        "errand": errand,
        "report": report if is_sent else None,
        "may_write": may_write and not (report and report.state == StepKind.LOCKED),
        "draft": drafting.find(report) if may_write else None,
        "reason": reason or ReasonForm(),
    }
    if is_sent and report:
        now = registers.read(errand.form, errand.area, errand.window)
        changed = registers.changed_since(report, registers.kept(now))
        context |= told.page(errand, report, now, changed)
        context["may"] = {kind: may_approve and report.may_follow(kind) for kind in StepKind}
        context["is_own"] = report.sent_by == request.user
    return render(request, "reporting/return.html", context, status=422 if reason and reason.errors else 200)


@require_GET
@allow(Permission.FIGURE_READ)
def versions(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    """What each version changed, cell by cell."""
    errand = errand_of(request, form, area, period)
    report = sending.find(errand.form, errand.area, errand.window)
    if report is None or not report.number:
        raise Http404(period)
    context = {"errand": errand, "report": report, "changes": told.changes(report)}
    return render(request, "reporting/return_versions.html", context)


# steps


@require_POST
@allow(Permission.RETURN_APPROVE)
def approve(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    return step(request, errand_of(request, form, area, period), StepKind.APPROVED)


@require_POST
@allow(Permission.RETURN_APPROVE)
def give_back(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    return step(request, errand_of(request, form, area, period), StepKind.RETURNED, needs_reason=True)


@require_POST
@allow(Permission.RETURN_APPROVE)
def lock(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    return step(request, errand_of(request, form, area, period), StepKind.LOCKED)


@require_POST
@allow(Permission.RETURN_APPROVE)
def reopen(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    return step(request, errand_of(request, form, area, period), StepKind.REOPENED, needs_reason=True)


def step(request: StaffRequest, errand: Errand, kind: StepKind, *, needs_reason: bool = False) -> HttpResponse:
    if not rights.may_approve(request.scope, errand.area):
        raise Http404(errand.area.code)
    rows = Return.objects.within(request.scope).sent().filter(sending.of_span(errand.form, errand.area, errand.window))
    report = get_object_or_404(rows)
    reason = ReasonForm(request.POST) if needs_reason else None
    if reason and not reason.is_valid():
        return page_of(request, errand, sending.find(errand.form, errand.area, errand.window), reason)
    number = request.POST.get("number", "")
    try:
        report.step(
            kind,
            by=request.user,
            at=timezone.now(),
            reason=reason.cleaned_data["reason"] if reason else "",
            number=int(number) if number.isdecimal() else None,
        )
    except OwnReturn:
        messages.error(request, _("Nobody approves what they sent themselves. Ask a colleague."))
    except NotNow:
        messages.error(request, _("Somebody was quicker: look at the return as it stands now, then decide."))
    return redirect("reporting:return", *errand.address)


@require_POST
@allow(Permission.RETURN_WRITE)
def update(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    """The same typed numbers with what the registers say now, as a new version."""
    errand = errand_of(request, form, area, period)
    report = sending.find(errand.form, errand.area, errand.window)
    if not rights.may_write(request.scope, errand.area) or report is None or not report.number:
        raise Http404(area)
    try:
        sending.send_again(report, by=request.user, at=timezone.now())
    except (sending.Refused, Changed):
        messages.error(request, _("Somebody was quicker: look at the return as it stands now, then decide."))
    else:
        messages.success(request, _("Sent. The figures have changed."))
    return redirect("reporting:return", *errand.address)
