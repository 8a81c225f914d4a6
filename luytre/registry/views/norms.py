"""Rates, equipment, turns of clusters, older forces and new kinds of group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area, Level
from luytre.registry.equipping import lines_of
from luytre.registry.forms import AllowanceRateForm, EquipmentForm, GroupKindForm, PredecessorForm, TurnForm
from luytre.registry.models import (
    AllowanceRate,
    ClusterTurn,
    EquipmentCount,
    EquipmentItem,
    ForceSuccession,
    GroupKind,
    GuardTeam,
    WatchGroup,
)
from luytre.registry.models.forces import TurnBeforeLast
from luytre.registry.models.norms import BeginsBeforeLast
from luytre.registry.views.asking import ask, initial

TEAM, GROUP = "registry:guard-teams-record", "registry:watch-groups-record"


@allow(Permission.REGISTER_READ)
def rates(request: StaffRequest) -> HttpResponse:
    """What the province pays; a rate of the past stays, with the day on which it ended."""
    known = AllowanceRate.objects.readable(request.scope).select_related("area")
    writer = request.user.scope(Permission.REGISTER_WRITE, on=request.scope.on)
    may_write = bool(writer) and Area.objects.within(writer).filter(level=Level.PROVINCE).exists()
    today = request.scope.on
    context = {"rates": known.on(today), "past": known.ended_by(today), "may_write": may_write}
    return render(request, "registry/rates.html", context)


@allow(Permission.REGISTER_WRITE)
def new_rate(request: StaffRequest) -> HttpResponse:
    form = AllowanceRateForm(request.POST or None, scope=request.scope)
    if form.is_valid():
        try:
            form.save(commit=False).put_in_force(by=request.user)
        except BeginsBeforeLast:
            form.add_error("valid_from", _("The rate that stands began on or after this day."))
        else:
            messages.success(request, _("Recorded. The rate before it ends that day."))
            return redirect("registry:rates")
    context = {"form": form, "title": gettext_lazy("Record a rate")}
    return render(request, "registry/rate.html", context, status=422 if form.errors else 200)


@allow(Permission.REGISTER_READ)
def equipment(request: StaffRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(GuardTeam.objects.within(request.scope).manned_on(request.scope.on), pk=pk)
    writer = request.user.scope(Permission.REGISTER_WRITE, on=request.scope.on)
    may_write = bool(writer) and GuardTeam.objects.within(writer).filter(pk=pk).exists()
    items = list(EquipmentItem.objects.all())
    form = EquipmentForm(request.POST or None, initial=initial(), items=items) if may_write else None
    if form and form.is_valid() and form.cleaned_data["on"] > request.scope.on:
        form.add_error("on", _("This day is still to come."))
    if form and form.is_valid():
        EquipmentCount.record(team, form.counted(), on=form.cleaned_data["on"], by=request.user)
        messages.success(request, _("Counted. Figures of earlier days stay as they were."))
        return redirect("registry:equipment", pk=pk)
    context = {"team": team, "lines": lines_of(team, items, on=request.scope.on), "form": form}
    return render(request, "registry/equipment.html", context, status=422 if form and form.errors else 200)


@allow(Permission.REGISTER_WRITE)
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(WatchGroup.objects.within(request.scope), pk=pk, kind__is_cluster=True)
    form = TurnForm(request.POST or None, group=group, initial=initial())
    if form.is_valid():
        try:
            ClusterTurn.hand_over(group, by=request.user, **form.cleaned_data)
        except TurnBeforeLast:
            form.add_error("on", _("The turn before this one began on that day or later."))
        else:
            messages.success(request, _("Handed over. Earlier turns stay on record."))
            return redirect(GROUP, pk=pk)
    return ask(request, form, title=gettext_lazy("Hand over the lead"), record=group, back=GROUP)


@allow(Permission.REGISTER_WRITE)
def succeed(request: StaffRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(GuardTeam.objects.within(request.scope), pk=pk)
    form = PredecessorForm(request.POST or None, scope=request.scope, initial={"on": team.founded_on})
    if form.is_valid():
        ForceSuccession.record(form.cleaned_data["before"], team, on=form.cleaned_data["on"], by=request.user)
        messages.success(request, _("Recorded. Both pages say what became of the older force."))
        return redirect(TEAM, pk=pk)
    return ask(request, form, title=gettext_lazy("Name the older force"), record=team, back=TEAM)


@allow(Permission.REGISTER_READ)
def kinds(request: StaffRequest) -> HttpResponse:
    may_write = request.user.may(Permission.REGISTER_WRITE, on=request.scope.on)
    return render(
        request, "registry/kinds.html", {"kinds": GroupKind.objects.select_related("area"), "may_write": may_write}
    )


@allow(Permission.REGISTER_WRITE)
def new_kind(request: StaffRequest) -> HttpResponse:
    form = GroupKindForm(request.POST or None)
    if form.is_valid():
        places = Area.objects.within(request.scope).order_by("path")
        form.save(commit=False).propose(area=places[0], by=request.user)
        messages.success(request, _("Added. Groups of this kind can be recorded now."))
        return redirect("registry:kinds")
    context = {"form": form, "alike": form.alike, "title": gettext_lazy("Add a kind of group")}
    return render(request, "registry/kind.html", context, status=422 if form.errors else 200)
