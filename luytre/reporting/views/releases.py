"""Releases of figures to the public: one person asks, another decides."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting import public, publishing
from luytre.reporting.forms import ReleaseForm
from luytre.reporting.models import AlreadyDecided, OwnRelease, Release
from luytre.reporting.publishing import NothingToRelease
from luytre.ui.forms import ReasonForm


@require_GET
@allow(Permission.FIGURE_RELEASE)
def index(request: StaffRequest) -> HttpResponse:
    rows = Release.objects.within(request.scope).select_related("area", "asked_by", "decided_by")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    return render(request, "reporting/releases.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.FIGURE_RELEASE)
def ask(request: StaffRequest) -> HttpResponse:
    form = ReleaseForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        release = form.release().ask(by=request.user)
        messages.success(request, _("Asked for. Somebody else has to approve it before anything is public."))
        return redirect("reporting:release", pk=release.pk)
    return render(request, "reporting/release_form.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@allow(Permission.FIGURE_RELEASE)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    release = get_object_or_404(Release.objects.within(request.scope), pk=pk)
    return page_of(request, release, ReasonForm())


def page_of(request: StaffRequest, release: Release, form: ReasonForm) -> HttpResponse:
    context = {
        "release": release,
        "table": table_of(release),
        "is_own": release.asked_by == request.user,
        "form": form,
    }
    return render(request, "reporting/release.html", context, status=422 if form.errors else 200)


def table_of(release: Release) -> public.PublicTable | None:
    """What is public, or what would be."""
    if release.decided_at:
        return public.table(release) if release.is_approved else None
    try:
        return public.shown(release, publishing.Table(release.area, release.window, release.codes).rows(release))
    except NothingToRelease:
        return None


@require_POST
@allow(Permission.FIGURE_RELEASE)
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    return decide(request, pk, is_approved=True)


@require_POST
@allow(Permission.FIGURE_RELEASE)
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    return decide(request, pk, is_approved=False)


def decide(request: StaffRequest, pk: int, *, is_approved: bool) -> HttpResponse:
    release = get_object_or_404(Release.objects.within(request.scope), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page_of(request, release, form)
    try:
        verb = publishing.publish if is_approved else Release.refuse
        verb(release, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
    except OwnRelease:
        messages.error(request, _("Nobody decides on what they asked for themselves. Ask a colleague."))
    except AlreadyDecided:
        messages.error(request, _("This was decided before."))
    except NothingToRelease:
        messages.error(request, _("None of these indicators may be shown to the public."))
    return redirect("reporting:release", pk=pk)
