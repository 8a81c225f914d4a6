"""The receipt of a hand-in, and the links of its chain."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities.forms.hand_ins import BalanceForm, OnwardForm, SettlementForm
from luytre.activities.models import HandIn, HandOver
from luytre.activities.models.hand_ins import AlreadyHasReceipt
from luytre.activities.models.hand_overs import AlreadySettled
from luytre.registry.views.asking import ask, initial

RECORD = "activities:hand-overs-record"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REGISTER_WRITE)
def receipt(request: StaffRequest, pk: int) -> HttpResponse:
    """The number is given once; the sheet is printed as often as needed. A name is written on the paper alone."""
    hand_in = get_object_or_404(HandIn.objects.within(request.scope).kept().select_related("area", "receipt"), pk=pk)
    if request.method == "POST":
        try:
            hand_in.write_receipt(by=request.user, on=timezone.localdate())
        except AlreadyHasReceipt:
            messages.info(request, _("It has its number already. Print it again."))
        return redirect("activities:hand-in-receipt", pk=pk)
    lines = [(kind, kind.unit, amount) for kind, amount in hand_in.amounts.items()]
    context = {"hand_in": hand_in, "receipt": getattr(hand_in, "receipt", None), "lines": lines}
    return render(request, "activities/receipt.html", context)


def hand_over_of(request: StaffRequest, pk: int) -> HandOver:
    rows = HandOver.objects.within(request.scope).kept().select_related("area", "before", "onward", "fate")
    found: HandOver = get_object_or_404(rows, pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REGISTER_WRITE)
def balance(request: StaffRequest, pk: int) -> HttpResponse:
    hand_over = hand_over_of(request, pk)
    form = BalanceForm(request.POST or None, hand_over=hand_over)
    if form.is_valid():
        hand_over.balance(form.arrived(), by=request.user, reasons=form.reasons())
        messages.success(request, _("Recorded. The amounts balance, or say why not."))
        return redirect(RECORD, pk=pk)
    return ask(request, form, title=gettext_lazy("Amounts that arrived"), record=hand_over, back=RECORD)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REGISTER_WRITE)
def onward(request: StaffRequest, pk: int) -> HttpResponse:
    hand_over = hand_over_of(request, pk)
    form = OnwardForm(request.POST or None, scope=request.scope, initial={"handed_on": request.scope.on})
    if form.is_valid():
        try:
            link = hand_over.hand_on(form.save(commit=False), by=request.user)
        except AlreadySettled:
            form.add_error(None, _("It has gone on already, or what became of it is recorded."))
        else:
            messages.success(request, _("Recorded. Check the amounts that arrived."))
            return redirect(RECORD, pk=link.pk)
    return ask(request, form, title=gettext_lazy("Hand on to the next body"), record=hand_over, back=RECORD)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REGISTER_WRITE)
def settle(request: StaffRequest, pk: int) -> HttpResponse:
    hand_over = hand_over_of(request, pk)
    form = SettlementForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            hand_over.settle(by=request.user, **form.cleaned_data)
        except AlreadySettled:
            form.add_error(None, _("It has gone on already, or what became of it is recorded."))
        else:
            messages.success(request, _("Recorded. The chain is closed."))
            return redirect(RECORD, pk=pk)
    return ask(request, form, title=gettext_lazy("Destroyed or kept"), record=hand_over, back=RECORD)
