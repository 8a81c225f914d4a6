"""A campaign's months, and how far it has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities import progress
from luytre.activities.forms import MonthsForm
from luytre.activities.models import Campaign
from luytre.ui.components import Column


@require_GET
@allow(Permission.SESSION_READ)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.within(request.scope), pk=pk)
    lines = progress.of(campaign)
    columns = [
        Column(_("Month")),
        Column(_("Meant"), number=True),
        Column(_("Held"), number=True),
        Column(_("Still to come"), number=True),
        Column(_("Attendances"), number=True),
    ]
    context = {
        "campaign": campaign,
        "columns": columns,
        "rows": [line.cells() for line in lines],
        "total": progress.together(lines).cells(),
        "steps": progress.steps(lines),
        "can_write": request.user.scope(Permission.REGISTER_WRITE, on=request.scope.on).covers(campaign.area.path),
        "crumbs": [
            (str(Campaign._meta.verbose_name_plural).capitalize(), reverse("activities:campaigns-list")),
            (campaign.name, reverse("activities:campaigns-record", args=[pk])),
            (_("Progress"), ""),
        ],
    }
    return render(request, "activities/campaign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REGISTER_WRITE)
def months(request: StaffRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.within(request.scope), pk=pk)
    form = MonthsForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid():
        campaign.plan_months(form.counts(), by=request.user)
        messages.success(request, _("Saved. These are aims; figures count only what was held."))
        return redirect("activities:campaign-progress", pk=pk)
    context = {"campaign": campaign, "form": form}
    return render(request, "activities/campaign_months.html", context, status=422 if form.errors else 200)
