"""Proposing a site, and recording what was done at one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import SiteActivityForm
from luytre.registry.forms.site_verbs import ProposalForm
from luytre.registry.models import Initiative, Site, SiteActivity
from luytre.registry.views.asking import ask


@allow(Permission.REGISTER_WRITE)
def propose(request: StaffRequest) -> HttpResponse:
    """A new site that is only wanted yet; `?origin=` names the one it would copy."""
    origin = Site.objects.within(request.scope).filter(pk=number(request.GET.get("origin"))).first()
    first = {"on": request.scope.on, "origin": origin, "initiative": origin.initiative if origin else None}
    form = ProposalForm(request.POST or None, instance=Site(), scope=request.scope, initial=first)
    form.fields["initiative"].queryset = Initiative.objects.standing()  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        site = form.propose(by=request.user)
        messages.success(request, _("Proposed. It counts in no figure until it is launched."))
        return redirect("registry:sites-record", pk=site.pk)
    return render(request, "registry/proposal.html", {"form": form}, status=422 if form.errors else 200)


def number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


@allow(Permission.REGISTER_WRITE)
def record_activity(request: StaffRequest, pk: int) -> HttpResponse:
    """Something done at this site: three answers on a phone."""
    site = get_object_or_404(Site.objects.within(request.scope), pk=pk)
    made = SiteActivity(site=site)
    form = SiteActivityForm(request.POST or None, instance=made, scope=request.scope, initial={"on": request.scope.on})
    del form.fields["site"]
    if request.method == "POST" and form.is_valid():
        form.add(by=request.user)
        messages.success(request, _("Recorded. The site shows a sign of life."))
        return redirect("registry:sites-record", pk=pk)
    return ask(request, form, title=gettext_lazy("Record an activity"), record=site, back="registry:sites-record")
