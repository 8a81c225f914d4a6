"""The page of a form: filled, kept as a draft, sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.common.numbers import Qualifier
from luytre.reporting.models import StepKind
from luytre.reporting.returns import drafting, finding, minutes, paper, rights, sending
from luytre.reporting.returns.paper import Errand, Paper
from luytre.reporting.returns.sending import Locked, Outcome

INPUTS = (paper.VALUE, paper.QUALIFIER, paper.COMMENT)


def errand_of(request: StaffRequest, form: str, area: str, period: str) -> Errand:
    """A return one may write; anything else is not there."""
    try:
        found = finding.errand(form, area, period, scope=request.scope)
    except finding.NoSuchReturn as missing:
        raise Http404(str(missing)) from missing
    if not rights.may_write(request.scope, found.area):
        raise Http404(area)
    return found


def inputs(request: StaffRequest) -> dict[str, str]:
    return {name: str(text) for name, text in request.POST.items() if name.startswith(INPUTS)}


def blank(request: StaffRequest, errand: Errand, **more: Any) -> Paper:
    report = sending.find(errand.form, errand.area, errand.window)
    return Paper(errand, report, timezone.now(), drafting.find(report), **more)


def page(request: StaffRequest, one: Paper, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "paper": one,
        "errand": one.errand,
        "qualifiers": [choice for choice in Qualifier.choices if choice[0] != Qualifier.EXACT],
        "is_early": timezone.localdate() < one.errand.window.last_day,
        "is_locked": bool(one.report and one.report.state == StepKind.LOCKED),
        "is_approved": bool(one.report and one.report.state == StepKind.APPROVED),
        **more,
    }
    return render(request, "reporting/return_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RETURN_WRITE)
def fill(request: StaffRequest, form: str, area: str, period: str) -> HttpResponse:
    errand = errand_of(request, form, area, period)
    if request.method != "POST":
        return page(request, blank(request, errand))
    if request.POST.get("do") == "send":
        return send(request, errand)
    return keep(request, errand)


def send(request: StaffRequest, errand: Errand) -> HttpResponse:
    begun, now = minutes.read(request.POST.get("opened", "")), timezone.now()
    before = blank(request, errand, posted=inputs(request), opened=begun.seen)
    seconds = minutes.spent(request.POST.get("seconds", ""), begun, at=now)
    outcome = sending.send_typed(
        errand.form,
        errand.area,
        errand.window,
        before.filled.typed,
        by=request.user,
        at=now,
        scope=request.scope,
        qualifiers=before.filled.qualifiers,
        comments=before.filled.comments,
        opened=begun.seen,
        base_number=base_of(request),
        seconds=seconds + (before.draft.seconds if before.draft else 0),
    )
    return answer(request, errand, before, outcome)


def base_of(request: StaffRequest) -> int:
    typed = request.POST.get("base", "0")
    return int(typed) if typed.isdecimal() and len(typed) < 5 else 0


def answer(request: StaffRequest, errand: Errand, before: Paper, outcome: Outcome) -> HttpResponse:
    if outcome.report:
        told = (
            _("This was sent before; nothing has changed.") if outcome.is_same else _("Sent. The figures have changed.")
        )
        messages.success(request, told)
        return redirect("reporting:return", *errand.address)
    if outcome.refused:
        return page(request, before, status=409, refused=outcome.refused)
    if outcome.changed:
        return page(request, beside(request, errand, before), status=409, was_changed=True)
    return page(request, before, status=422)


def beside(request: StaffRequest, errand: Errand, before: Paper) -> Paper:
    """Both stand on the page: one's own in the cells, what somebody else sent next to them."""
    now = blank(request, errand, posted=before.posted)
    sent = Paper(errand, now.report, now.now).sent_texts()
    mine = before.posted or {}
    now.theirs = {name: text for name, text in sent.items() if text != mine.get(name, "")}
    return now


def keep(request: StaffRequest, errand: Errand) -> HttpResponse:
    """Keep the draft; the button for nought fills what is empty first."""
    typed = inputs(request)
    if request.POST.get("do") == "zeros":
        typed = paper.with_zeros(errand.form, typed)
    try:
        kept = written(request, errand, typed)
    except Locked as locked:
        return page(request, blank(request, errand, posted=typed), status=409, refused=locked.words)
    if kept.theirs:
        return page(request, blank(request, errand, posted=typed, theirs=kept.theirs), status=409, was_changed=True)
    messages.success(request, _("Kept as a draft. Nobody else is told before it is sent."))
    return redirect("reporting:return-fill", *errand.address)


def written(request: StaffRequest, errand: Errand, typed: dict[str, str]) -> drafting.Kept:
    begun, now = minutes.read(request.POST.get("opened", "")), timezone.now()
    return drafting.keep(
        errand.form,
        errand.area,
        errand.window,
        typed,
        by=request.user,
        at=now,
        base_number=base_of(request),
        drafted=request.POST.get("drafted", ""),
        seconds=minutes.spent(request.POST.get("seconds", ""), begun, at=now),
    )


@require_POST
@allow(Permission.RETURN_WRITE)
def draft(request: StaffRequest, form: str, area: str, period: str) -> JsonResponse:
    """What the page sends while one types: kept, checked, answered cell by cell."""
    errand = errand_of(request, form, area, period)
    try:
        kept = written(request, errand, inputs(request))
    except Locked as locked:
        return JsonResponse({"refused": str(locked.words)}, status=409)
    now = blank(request, errand)
    found = now.checked.by_code().items()
    missing, warnings = now.missing_count, now.warning_count
    return JsonResponse(
        {
            "drafted": drafting.stamp(kept.draft),
            "theirs": kept.theirs,
            "findings": {code: [[one.kind, one.words] for one in some] for code, some in found},
            "count": count_words(missing, warnings),
        }
    )


def count_words(missing: int, warnings: int) -> str:
    empty = ngettext("%(count)d cell empty", "%(count)d cells empty", missing) % {"count": missing}
    asking = ngettext("%(count)d warning", "%(count)d warnings", warnings) % {"count": warnings}
    return f"{empty}, {asking}"
