"""Workbooks brought in: uploaded, looked at, then sent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area
from luytre.reporting.models import Delivery, DeliveryLine, LineState, NotWaiting, WorkbookMapping
from luytre.reporting.returns import sending
from luytre.reporting.returns.sending import Locked
from luytre.reporting.workbook_forms import DeliveryForm, SendingForm
from luytre.reporting.workbooks import delivering, telling
from luytre.reporting.workbooks.delivering import READERS
from luytre.ui.kit.excel_out import workbook


def office_of(request: StaffRequest) -> Area:
    """The highest place one reports or approves for."""
    return get_object_or_404(Area.objects.within(request.scope).order_by("path")[:1])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*READERS)
def index(request: StaffRequest) -> HttpResponse:
    form = DeliveryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return brought(request, form.cleaned_data["file"])
        except delivering.TooLarge:
            form.add_error("file", _("The file is too large: at most 10 MB a workbook, 300 MB a zip."))
    context = {
        "form": form,
        "deliveries": Delivery.objects.within(request.scope).filter(by=request.user)[:20],
        "readings": WorkbookMapping.objects.within(request.scope).filter(area=office_of(request)),
    }
    return render(request, "reporting/workbooks.html", context, status=422 if form.errors else 200)


def brought(request: StaffRequest, file: Any) -> HttpResponse:
    """One workbook is read at once, a zip in the background."""
    one = delivering.bring_in(file, office=office_of(request), by=request.user, at=timezone.now())
    if one.is_zip:
        delivering.later(one, "read_delivery")
    else:
        delivering.read(one, at=timezone.now())
        if delivering.wants_mapping(one):
            return redirect("reporting:workbook-reading-confirm", one.pk)
    return redirect("reporting:delivery-confirm", one.pk)


def found(request: StaffRequest, pk: int) -> Delivery:
    """Only one's own: what is in it is not sent yet."""
    return get_object_or_404(Delivery.objects.within(request.scope).filter(by=request.user), pk=pk)


@require_GET
@allow(*READERS)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    one = found(request, pk)
    page = Paginator(telling.lines(one, request.GET.get("state", "")), telling.SHOWN).get_page(request.GET.get("page"))
    ready = one.read_at and not one.send_from
    context = {
        "delivery": one,
        "counts": telling.counts(one),
        "read": telling.number_read(one),
        "missing": telling.missing(one) if one.read_at else [],
        "page": page,
        "files": telling.page(page),
        "form": SendingForm() if ready and request.user.scope(Permission.RETURN_WRITE, on=request.scope.on) else None,
        "is_sendable": one.lines.to_send("x").exists(),
        "state": request.GET.get("state", ""),
    }
    return render(request, "reporting/workbook.html", context)


@require_GET
@allow(*READERS)
def report(request: StaffRequest, pk: int) -> HttpResponse:
    return workbook(telling.report(found(request, pk)), f"delivery-{pk}.xlsx")


@require_POST
@allow(Permission.RETURN_WRITE)
def send(request: StaffRequest, pk: int) -> HttpResponse:
    one, form = found(request, pk), SendingForm(request.POST)
    comment = form.cleaned_data["comment"] if form.is_valid() else ""
    try:
        one.order_sending(by=request.user, at=timezone.now(), comment=comment)
    except NotWaiting:
        messages.error(request, _("This was told to be sent before."))
        return redirect("reporting:delivery-confirm", pk)
    if one.is_zip:
        delivering.later(one, "send_delivery")
    else:
        delivering.send(one, at=timezone.now())
        tell(request, one)
    return redirect("reporting:delivery-confirm", pk)


def tell(request: StaffRequest, one: Delivery) -> None:
    count = one.lines.filter(state=LineState.SENT).count()
    messages.success(request, ngettext("%(count)d return sent.", "%(count)d returns sent.", count) % {"count": count})


@require_POST
@allow(*READERS)
def go_on(request: StaffRequest, pk: int) -> HttpResponse:
    """After a break, from where it was."""
    one = found(request, pk)
    if one.is_being_read or one.is_being_sent:
        delivering.later(one, "read_delivery" if one.is_being_read else "send_delivery")
    return redirect("reporting:delivery-confirm", pk)


# one file


def line_of(request: StaffRequest, pk: int, number: int) -> DeliveryLine:
    rows = found(request, pk).lines.select_related("form__area", "area").exclude(area=None)
    return get_object_or_404(rows.exclude(state__in=[LineState.SENT, LineState.SAME]), number=number)


@require_POST
@allow(Permission.RETURN_WRITE)
def draft(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    one = line_of(request, pk, number)
    slip = delivering.slip_of(one)
    if not slip.area or not request.scope.covers(slip.area.path_on(request.scope.on)):
        messages.error(request, str(sending.ForeignUnit.words))
        return redirect("reporting:delivery-confirm", pk)
    try:
        delivering.keep_as_draft(one, by=request.user, at=timezone.now())
    except Locked as locked:
        messages.error(request, str(locked.words))
        return redirect("reporting:delivery-confirm", pk)
    messages.success(request, _("The draft of the form now holds what the file says."))
    return redirect("reporting:return-fill", *delivering.address(one))


@require_POST
@allow(Permission.RETURN_WRITE)
def over(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """A correction of the very version that was looked at."""
    one, base = line_of(request, pk, number), request.POST.get("base", "")
    comment = request.POST.get("comment", "")[:400]
    seen = int(base) if base.isdecimal() and len(base) < 5 else -1
    state = delivering.send_over(one, seen, by=request.user, at=timezone.now(), comment=comment)
    if state == LineState.SENT:
        messages.success(request, _("Sent. The figures have changed."))
        return redirect("reporting:return", *delivering.address(one))
    messages.error(request, _("Not sent: look at what is said about the file."))
    return redirect("reporting:delivery-confirm", pk)
