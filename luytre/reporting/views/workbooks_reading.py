"""How an office's own workbook is read: shown on the sheet itself, then kept under a name."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting.models import WorkbookMapping
from luytre.reporting.views.workbooks import found, office_of
from luytre.reporting.workbook_forms import ReadingForm
from luytre.reporting.workbooks import delivering
from luytre.reporting.workbooks.showing import Showing


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.RETURN_WRITE)
def make(request: StaffRequest, pk: int) -> HttpResponse:
    """First where things stand; then which name means which indicator; kept once both are right."""
    delivery = found(request, pk)
    if not delivering.wants_mapping(delivery):
        raise Http404(pk)
    try:
        showing = Showing(delivery, request.scope, request.POST or None)
    except FileNotFoundError:
        messages.error(request, _("The file is no longer kept. Send it again."))
        return redirect("reporting:deliveries")
    if request.method == "POST" and request.POST.get("do") == "keep" and showing.may_keep:
        return keep(request, showing)
    context: dict[str, Any] = {"delivery": delivery, "showing": showing}
    is_wrong = isinstance(showing.form, ReadingForm) and bool(showing.form.errors)
    return render(request, "reporting/workbook_reading.html", context, status=422 if is_wrong else 200)


def keep(request: StaffRequest, showing: Showing) -> HttpResponse:
    mapping = showing.mapping(office_of(request)).keep(by=request.user, at=timezone.now())
    delivering.read_again(showing.delivery, mapping, at=timezone.now())
    messages.success(request, _("Kept. Workbooks of this layout are read like this from now on."))
    return redirect("reporting:delivery-confirm", showing.delivery.pk)


@require_POST
@allow(Permission.RETURN_WRITE)
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    rows = WorkbookMapping.objects.within(request.scope).filter(area=office_of(request))
    get_object_or_404(rows, pk=pk).remove(by=request.user)
    messages.success(request, _("This reading is removed."))
    return redirect("reporting:deliveries")
