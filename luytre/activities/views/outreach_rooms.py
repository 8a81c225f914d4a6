"""The leader's page of a room: six digits to be seen from the last row, and how many have tapped."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities import rooms
from luytre.activities.forms import RoomForm
from luytre.activities.models import PlannedSession, Room
from luytre.activities.models.learning import TooFewQuestions
from luytre.activities.models.outreach_plans import AlreadySettled
from luytre.ui import qr


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.SESSION_WRITE)
def room(request: StaffRequest, pk: int) -> HttpResponse:
    planned = get_object_or_404(PlannedSession.objects.within(request.scope).select_related("area"), pk=pk)
    form = RoomForm(request.POST or None, area=planned.area)
    if request.method == "POST" and form.is_valid():
        try:
            rooms.open_for(planned, by=request.user, at=timezone.now(), **form.cleaned_data)
        except AlreadySettled:
            form.add_error(None, _("This planned session was held or cancelled before."))
        except TooFewQuestions:
            form.add_error("topic", _("This topic has fewer than three approved questions."))
        else:
            return redirect("activities:planned-session-room", pk=pk)
    context = {
        "planned": planned,
        "form": form,
        "check": getattr(planned, "learning", None),
        **opened(request, planned),
    }
    return render(request, "activities/room.html", context, status=422 if form.errors else 200)


def opened(request: StaffRequest, planned: PlannedSession) -> dict[str, Any]:
    """The room that is open now, with the drawing that leads to it."""
    here = Room.objects.within(request.scope).filter(planned=planned)
    now = here.open_at(timezone.now()).first()
    address = request.build_absolute_uri(reverse("rooms:room", args=[now.code])) if now else ""
    return {
        "room": now,
        "present": sum(one.present_count for one in here),
        "address": address,
        "door": request.build_absolute_uri(reverse("rooms:door")),
        "code": qr.svg(address, _("Code to the room")) if now else "",
        "today": timezone.localdate(),
    }


@require_POST
@allow(Permission.SESSION_WRITE)
def close(request: StaffRequest, pk: int) -> HttpResponse:
    planned = get_object_or_404(PlannedSession.objects.within(request.scope), pk=pk)
    for one in Room.objects.within(request.scope).filter(planned=planned):
        one.close(by=request.user, at=timezone.now())
    messages.success(request, _("The room is closed. Its code and all marks are gone; the counts stay."))
    return redirect("activities:planned-session-room", pk=pk)
