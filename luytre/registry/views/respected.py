"""The verbs of respected persons beyond the kit's own: contact, training, withdrawal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import PurposeForm, RespectedTrainingForm, WithdrawalForm
from luytre.registry.models import RespectedPerson
from luytre.registry.models.consents import AlreadyWithdrawn
from luytre.registry.views.asking import ask, initial

BACK = "registry:respected-persons-record"


def person_or_404(request: StaffRequest, pk: int) -> RespectedPerson:
    found: RespectedPerson = get_object_or_404(RespectedPerson.objects.within(request.scope).kept(), pk=pk)
    return found


@allow(Permission.MEMBER_CONTACT)
def show_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """The number, once, after saying what it is needed for; each look is written down (rights rule R24)."""
    person = person_or_404(request, pk)
    form = PurposeForm(request.POST or None)
    if form.is_valid():
        phone = person.show_contact(by=request.user, purpose=form.cleaned_data["purpose"])
        answer = render(request, "registry/contact.html", {"member": person, "phone": phone, "back": BACK})
        answer["Cache-Control"] = "no-store"
        return answer
    return ask(request, form, title=gettext_lazy("Show how to reach them"), record=person, back=BACK)


@allow(Permission.MEMBER_WRITE)
def record_training(request: StaffRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    form = RespectedTrainingForm(request.POST or None)
    if form.is_valid() and form.cleaned_data["held_on"] > request.scope.on:
        form.add_error("held_on", _("This day is still to come. Record the training when it has been held."))
    if form.is_valid():
        person.was_trained(form.cleaned_data["subject"], on=form.cleaned_data["held_on"], by=request.user)
        messages.success(request, _("Training recorded."))
        return redirect(BACK, pk=pk)
    return ask(request, form, title=gettext_lazy("Record training"), record=person, back=BACK)


@allow(Permission.MEMBER_WRITE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    form = WithdrawalForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            person.withdraw_consent(by=request.user, on=form.cleaned_data["on"])
        except AlreadyWithdrawn:
            form.add_error(None, _("There is no consent on that day that could be withdrawn."))
        else:
            messages.success(request, _("Withdrawn. The name and number are gone; a bare count of the past stays."))
            return redirect("registry:respected-persons-list")
    return ask(request, form, title=gettext_lazy("Withdraw the consent"), record=person, back=BACK)
