"""Duty rosters: the teams, the week of one team, and the acts of planning it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities import rosters
from luytre.activities.forms.duty import AssignForm, BeyondForm, ShiftsForm, TakeOffForm
from luytre.activities.models.duty import CannotServe, Duty, DutyEnd, Shift, unit_field
from luytre.activities.models.duty_swaps import Swap
from luytre.activities.rosters import Week, monday_of
from luytre.registry.models import GuardTeam, WatchGroup
from luytre.ui.records import AlreadyRemoved

UNITS: dict[str, Any] = {"team": GuardTeam, "group": WatchGroup}


@require_GET
@allow(Permission.DUTY_READ, Permission.DUTY_WRITE)
def teams(request: StaffRequest) -> HttpResponse:
    """Whose roster to open, and where people are still wanted this week."""
    units = rosters.units_within(request.scope)
    wanted = rosters.empty_places(units, monday_of(request.scope.on))
    lines = [
        {"unit": unit, "kind": unit_field(unit), "wanted": wanted.get((unit_field(unit), unit.pk))} for unit in units
    ]
    return render(request, "activities/duty_teams.html", {"lines": lines})


def the_week(request: StaffRequest, kind: str, pk: int) -> Week:
    if kind not in UNITS:
        raise Http404
    unit = get_object_or_404(UNITS[kind].objects.within(request.scope).select_related("area"), pk=pk)
    asked = request.GET.get("week", "")
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = request.scope.on
    return Week(unit, monday_of(day))


@require_GET
@allow(Permission.DUTY_READ, Permission.DUTY_WRITE)
def week(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    return page(request, the_week(request, kind, pk))


@require_GET
@allow(Permission.DUTY_READ, Permission.DUTY_WRITE)
def sheet(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """The week on paper, for the team itself."""
    shown = the_week(request, kind, pk)
    shown.was_read(by=request.user)
    return render(request, "activities/duty_sheet.html", {"week": shown, "days": shown.days(), "kind": kind})


def page(request: StaffRequest, shown: Week, *, form: forms.Form | None = None, refused: Any = None) -> HttpResponse:
    """The planning page; `refused` says whom a shift could not take, and why."""
    shown.was_read(by=request.user)
    scope = request.user.scope(Permission.DUTY_WRITE, on=request.scope.on)
    swaps = Swap.objects.within(request.scope).open_on(request.scope.on).filter(duty__shift__in=shown.shifts)
    people = shown.people()
    context = {
        "week": shown,
        "days": shown.days(),
        "people": people,
        "lapsed": [one for one in people if one.why],
        "kind": unit_field(shown.unit),
        "form": form or ShiftsForm(monday=shown.monday, scope=scope, unit=shown.unit),
        "refused": refused,
        "can_plan": bool(scope) and type(shown.unit)._default_manager.within(scope).filter(pk=shown.unit.pk).exists(),
        "swaps": swaps.select_related("duty__member", "duty__shift", "member", "other__shift", "asked_by"),
        "crumbs": [(_("Duty rosters"), reverse("activities:duty-teams")), (str(shown.unit), "")],
    }
    wrong = bool(refused) or bool(form and form.errors)
    return render(request, "activities/duty_week.html", context, status=422 if wrong else 200)


def back_to(shift_or_week: Shift | Week) -> HttpResponse:
    unit, day = shift_or_week.unit, shift_or_week.on if isinstance(shift_or_week, Shift) else shift_or_week.monday
    return redirect(address(unit, day))


def address(unit: Any, day: date) -> str:
    base = reverse("activities:duty-week", kwargs={"kind": unit_field(unit), "pk": unit.pk})
    return f"{base}?week={monday_of(day)}"


@require_POST
@allow(Permission.DUTY_WRITE)
def add_shifts(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    shown = the_week(request, kind, pk)
    form = ShiftsForm(request.POST, monday=shown.monday, scope=request.scope, unit=shown.unit)
    if not form.is_valid():
        return page(request, shown, form=form)
    days = form.cleaned_data.pop("days")
    count = rosters.plan(shown.unit, days, by=request.user, **form.cleaned_data)
    messages.success(
        request, ngettext("%(count)d shift planned.", "%(count)d shifts planned.", count) % {"count": count}
    )
    return back_to(shown)


@require_POST
@allow(Permission.DUTY_WRITE)
def copy_week(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    shown = the_week(request, kind, pk)
    count = rosters.copy_week(shown.unit, shown.monday, by=request.user)
    if count:
        said = ngettext("%(count)d shift planned.", "%(count)d shifts planned.", count) % {"count": count}
        messages.success(request, said)
    else:
        messages.info(request, _("The week before has no shift that is not here already."))
    return back_to(shown)


def the_shift(request: StaffRequest, pk: int) -> Shift:
    rows = Shift.objects.within(request.scope).kept().select_related("team", "group")
    shift: Shift = get_object_or_404(rows, pk=pk)
    return shift


def the_duty(request: StaffRequest, pk: int) -> Duty:
    rows = Duty.objects.within(request.scope).kept().select_related("shift__team", "shift__group", "member")
    duty: Duty = get_object_or_404(rows, pk=pk)
    return duty


def refuse(request: StaffRequest, shift: Shift, form: BeyondForm, error: CannotServe) -> HttpResponse:
    """What stands in the way; where a reason may outweigh it, the same form asks for that."""
    field = "member" if "member" in form.fields else "stand_in"
    member = form.cleaned_data[field]
    refused = {"member": member, "shift": shift, "objections": error.objections}
    if error.is_waivable:
        why = BeyondForm()
        why.fields["beyond"].required = True
        refused |= {"field": field, "again": request.path, "form": why}
    return page(request, Week(shift.unit, monday_of(shift.on)), refused=refused)


def ill_told(request: StaffRequest, shift: Shift, form: BeyondForm) -> HttpResponse:
    """Nobody was chosen, or the reason cannot be kept as it stands."""
    for words in form.errors.get("beyond", [_("Choose a member first.")]):
        messages.error(request, str(words))
    return back_to(shift)


@require_POST
@allow(Permission.DUTY_WRITE)
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    shift = the_shift(request, pk)
    form = AssignForm(request.POST, shift=shift)
    if not form.is_valid():
        return ill_told(request, shift, form)
    member = form.cleaned_data["member"]
    try:
        shift.assign(member, by=request.user, beyond=form.cleaned_data["beyond"])
    except CannotServe as error:
        return refuse(request, shift, form, error)
    messages.success(request, _("%(member)s is on the shift of %(shift)s.") % {"member": member, "shift": shift})
    return back_to(shift)


@require_POST
@allow(Permission.DUTY_WRITE)
def take_off(request: StaffRequest, pk: int) -> HttpResponse:
    duty = the_duty(request, pk)
    form = TakeOffForm(request.POST, duty=duty)
    stand_in = form.cleaned_data["stand_in"] if form.is_valid() else None
    if "beyond" in form.errors:
        return ill_told(request, duty.shift, form)
    try:
        if stand_in:
            duty.replace(stand_in, by=request.user, beyond=form.cleaned_data["beyond"])
        else:
            duty.end(DutyEnd.TAKEN_OFF, by=request.user)
    except CannotServe as error:
        return refuse(request, duty.shift, form, error)
    except AlreadyRemoved:
        messages.info(request, _("Somebody did this before."))
    else:
        messages.success(request, _("The roster has changed."))
    return back_to(duty.shift)


@require_POST
@allow(Permission.DUTY_WRITE)
def remove_shift(request: StaffRequest, pk: int) -> HttpResponse:
    shift = the_shift(request, pk)
    shift.cancel(by=request.user)
    messages.success(request, _("The shift is off the roster."))
    return back_to(shift)
