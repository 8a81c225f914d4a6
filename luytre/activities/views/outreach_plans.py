"""What becomes of a planned session: it is held and recorded, or cancelled with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities.forms import HoldForm
from luytre.activities.models import OutreachSession, PlannedSession
from luytre.activities.models.outreach_plans import AlreadySettled
from luytre.registry.views.asking import ask
from luytre.ui.forms import ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SESSION_WRITE)
def hold(request: StaffRequest, pk: int) -> HttpResponse:
    planned = get_object_or_404(PlannedSession.objects.within(request.scope), pk=pk)
    form = HoldForm(request.POST or None, instance=OutreachSession(), scope=request.scope, planned=planned)
    if request.method == "POST" and form.is_valid():
        try:
            session = form.hold(by=request.user, at=timezone.now())
        except AlreadySettled:
            form.add_error(None, _("This planned session was held or cancelled before."))
        else:
            messages.success(request, _("Recorded. The figures have changed with it."))
            return redirect("activities:outreach-sessions-record", pk=session.pk)
    present = sum(room.present_count for room in planned.rooms.all())
    context = {"planned": planned, "form": form, "present": present}
    return render(request, "activities/hold.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SESSION_WRITE)
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    planned = get_object_or_404(PlannedSession.objects.within(request.scope), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            planned.cancel(by=request.user, on=request.scope.on, reason=form.cleaned_data["reason"])
        except AlreadySettled:
            form.add_error(None, _("This planned session was held or cancelled before."))
        else:
            messages.success(request, _("Cancelled. It stays in the register with its reason."))
            return redirect("activities:planned-sessions-record", pk=pk)
    title = gettext_lazy("Cancel this session")
    return ask(request, form, title=title, record=planned, back="activities:planned-sessions-record")
