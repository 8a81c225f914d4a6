"""Swaps of duty, by the members themselves or by who plans for them; and one's own duty."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, signed_in
from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.activities import rosters
from luytre.activities.forms.duty import SwapForm
from luytre.activities.models.duty import CannotServe, Duty
from luytre.activities.models.duty_swaps import AlreadyAnswered, NotTheirs, OwnSwap, Swap
from luytre.activities.views.duty import address
from luytre.areas.models import Scope
from luytre.common.periods import months_after
from luytre.registry.models import Member

PAST_MONTHS = 3


def planning(person: User) -> Scope:
    return person.scope(Permission.DUTY_WRITE, on=timezone.localdate())


@require_GET
@signed_in
def mine(request: StaffRequest) -> HttpResponse:
    """One's own duty, coming and done, and what others ask."""
    today = timezone.localdate()
    own = rosters.own_duties(request.user).select_related("shift__team", "shift__group")
    swaps = rosters.swaps_asked_of(request.user).open_on(today)
    context = {
        "duties": own.coming(today),
        "past": own.done(today, since=months_after(today, -PAST_MONTHS)),
        "swaps": swaps.select_related("duty__member", "duty__shift", "member", "other__shift"),
    }
    return render(request, "activities/duty_mine.html", context)


def the_duty(request: StaffRequest, pk: int) -> Duty:
    """One's own, or one of a team one plans for."""
    scope = planning(request.user)
    own = rosters.own_duties(request.user).filter(pk=pk)
    found = own.first() or (Duty.objects.within(scope).kept().filter(pk=pk).first() if scope else None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    duty = the_duty(request, pk)
    form = SwapForm(request.POST or None, duty=duty, today=timezone.localdate())
    if form.is_valid():
        member, other = form.cleaned_data["member"], form.cleaned_data["other"]
        try:
            Swap.ask(duty, member, other=other, by=request.user, at=timezone.now())
        except CannotServe as error:
            for objection in error.objections:
                form.add_error("member", str(objection))
        else:
            messages.success(request, _("Asked. The roster changes when the other side has agreed."))
            return redirect(back(request, duty))
    Member.were_listed([duty.member, *duty.shift.pool().exclude(pk=duty.member_id)], by=request.user)
    context = {"form": form, "duty": duty, "back": back(request, duty)}
    return render(request, "activities/duty_swap.html", context, status=422 if form.errors else 200)


def back(request: StaffRequest, duty: Duty) -> str:
    scope = planning(request.user)
    if scope and Duty.objects.within(scope).filter(pk=duty.pk).exists():
        return address(duty.shift.unit, duty.shift.on)
    return "activities:duty-mine"


def the_swap(request: StaffRequest, pk: int) -> Swap:
    scope = planning(request.user)
    own = rosters.swaps_asked_of(request.user).filter(pk=pk)
    found = own.first() or (Swap.objects.within(scope).filter(pk=pk).first() if scope else None)
    if found is None:
        raise Http404
    return found


@require_POST
@signed_in
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    swap = the_swap(request, pk)
    act: Any = swap.agree if request.POST.get("said") == "agreed" else swap.decline
    try:
        act(by=request.user, at=timezone.now())
    except OwnSwap:
        messages.error(request, _("You asked for this swap. Somebody else must agree to it."))
    except NotTheirs:
        messages.error(request, _("%(member)s has an account: only they can answer.") % {"member": swap.member})
    except AlreadyAnswered:
        messages.info(request, _("This was answered before."))
    except CannotServe as error:
        said = _("The swap cannot be made: %(why)s") % {"why": "; ".join(map(str, error.objections))}
        messages.error(request, said)
    else:
        messages.success(request, _("Answered. The roster shows it."))
    return redirect(back(request, swap.duty))
