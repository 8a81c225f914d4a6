"""The verbs of members beyond the kit's own: contact, training, leaving, withdrawal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import AttendanceForm, LeavingForm, PurposeForm, TrainedForm, WithdrawalForm
from luytre.registry.models import Member, Training
from luytre.registry.models.consents import AlreadyWithdrawn
from luytre.registry.models.leavings import AlreadyLeft, LeavesBeforeJoining
from luytre.registry.views.asking import ask, initial

BACK = "registry:members-record"


def member_or_404(request: StaffRequest, pk: int) -> Member:
    return get_object_or_404(Member.objects.within(request.scope).select_related("team", "group"), pk=pk)


@allow(Permission.MEMBER_CONTACT)
def show_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """The number, once, after saying what it is needed for; each look is written down (rights rule R24)."""
    member = member_or_404(request, pk)
    form = PurposeForm(request.POST or None)
    if form.is_valid():
        phone = member.show_contact(by=request.user, purpose=form.cleaned_data["purpose"])
        answer = render(request, "registry/contact.html", {"member": member, "phone": phone, "back": BACK})
        answer["Cache-Control"] = "no-store"
        return answer
    return ask(request, form, title=gettext_lazy("Show how to reach them"), record=member, back=BACK)


@allow(Permission.MEMBER_WRITE)
def record_training(request: StaffRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = TrainedForm(request.POST or None)
    if form.is_valid() and form.cleaned_data["held_on"] > request.scope.on:
        form.add_error("held_on", _("This day is still to come. Record the training when it has been held."))
    if form.is_valid():
        member.was_trained(form.cleaned_data["topics"], on=form.cleaned_data["held_on"], by=request.user)
        messages.success(request, _("Training recorded."))
        return redirect(BACK, pk=pk)
    return ask(request, form, title=gettext_lazy("Record training"), record=member, back=BACK)


@allow(Permission.MEMBER_WRITE)
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = LeavingForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            member.leave(by=request.user, **form.cleaned_data)
        except LeavesBeforeJoining:
            form.add_error("on", _("This is before the first day of the term."))
        except AlreadyLeft:
            form.add_error(None, _("They left before."))
        else:
            messages.success(request, _("Recorded. Two years from that day the name and number are deleted."))
            return redirect(BACK, pk=pk)
    return ask(request, form, title=gettext_lazy("Record that they leave"), record=member, back=BACK)


@allow(Permission.MEMBER_WRITE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    form = WithdrawalForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            member.withdraw_consent(by=request.user, on=form.cleaned_data["on"])
        except AlreadyWithdrawn:
            form.add_error(None, _("There is no consent on that day that could be withdrawn."))
        else:
            messages.success(request, _("Withdrawn. The name and number are gone; a bare count of the past stays."))
            return redirect("registry:members-list")
    return ask(request, form, title=gettext_lazy("Withdraw the consent"), record=member, back=BACK)


@allow(Permission.MEMBER_WRITE)
def tick_attendance(request: StaffRequest, pk: int) -> HttpResponse:
    """Which members were at a training; each gets a record of every topic."""
    training = get_object_or_404(Training.objects.within(request.scope), pk=pk)
    members = Member.objects.within(request.scope).serving_on(training.held_on).order_by("sort_key")
    Member.were_listed(members, by=request.user)
    form = AttendanceForm(request.POST or None, members=members)
    if form.is_valid():
        training.attended_by(form.cleaned_data["members"], by=request.user)
        messages.success(request, _("Recorded. Their training holds from that day."))
        return redirect("registry:trainings-record", pk=pk)
    title = gettext_lazy("Tick who was there")
    return ask(request, form, title=title, record=training, back="registry:trainings-record")
