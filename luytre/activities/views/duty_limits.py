"""The limit of duty nights a month: what the province has said, read by those who plan, written by its desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities.forms.duty import NightLimitForm
from luytre.activities.models import NightLimit
from luytre.areas.models import Area, Level
from luytre.registry.models.norms import BeginsBeforeLast


@require_GET
@allow(Permission.REGISTER_READ, Permission.DUTY_READ)
def limits(request: StaffRequest) -> HttpResponse:
    today = request.scope.on
    known = NightLimit.objects.readable(request.scope).select_related("area")
    writer = request.user.scope(Permission.REGISTER_WRITE, on=today)
    may_write = bool(writer) and Area.objects.within(writer).filter(level=Level.PROVINCE).exists()
    coming = known.filter(valid_from__gt=today)
    context = {"limits": known.on(today), "coming": coming, "past": known.ended_by(today), "may_write": may_write}
    return render(request, "activities/duty_limits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REGISTER_WRITE)
def new_limit(request: StaffRequest) -> HttpResponse:
    form = NightLimitForm(request.POST or None, scope=request.scope)
    if form.is_valid():
        try:
            form.save(commit=False).put_in_force(by=request.user)
        except BeginsBeforeLast:
            form.add_error("valid_from", _("The limit that stands began on or after this day. Choose a later day."))
        else:
            messages.success(request, _("Recorded. The limit before it ends that day; rosters heed the new one."))
            return redirect("activities:duty-limits")
    crumbs = [(_("Limits of duty nights"), reverse("activities:duty-limits")), (_("Record a limit"), "")]
    context = {"form": form, "crumbs": crumbs}
    return render(request, "activities/duty_limit.html", context, status=422 if form.errors else 200)
