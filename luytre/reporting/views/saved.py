"""Saved views: kept under a name, opened with the reader's own scope, shared with one's office or not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.reporting.exploring.forms import KeepForm, SaveForm
from luytre.reporting.models import NotOwnView, SavedView, SavedViewQuerySet, TooManyViews
from luytre.reporting.views.exploring import tabs


def seen(request: StaffRequest) -> SavedViewQuerySet:
    return SavedView.objects.readable(request.user, on=request.scope.on).select_related("owner", "office")


@require_GET
@allow(Permission.FIGURE_READ)
def index(request: StaffRequest) -> HttpResponse:
    return render(request, "reporting/saved_views.html", {"views": seen(request), "tabs": tabs(None, "saved-views")})


@require_GET
@allow(Permission.FIGURE_READ)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    """Leads to the page it was kept from; what lies outside the reader's scope is not there."""
    view = get_object_or_404(seen(request), pk=pk)
    return redirect(f"{reverse(f'reporting:{view.page}')}?{view.query}")


@require_POST
@allow(Permission.FIGURE_READ)
def keep(request: StaffRequest) -> HttpResponse:
    form = KeepForm(request.POST, person=request.user, scope=request.scope)
    if not form.is_valid():
        return render(request, "reporting/saved_view_form.html", {"form": form}, status=422)
    view = form.save(commit=False)
    view.office = form.office
    try:
        view.keep(by=request.user, at=timezone.now())
    except TooManyViews:
        messages.error(request, _("You keep very many views already. Take some away first."))
        return redirect("reporting:saved-views")
    messages.success(request, _("The view is kept."))
    return redirect("reporting:saved-view", pk=view.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.FIGURE_READ)
def rename(request: StaffRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(seen(request), pk=pk, owner=request.user)
    form = SaveForm(request.POST or None, instance=view, person=request.user, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        view.rename(form.cleaned_data["name"], form.office, by=request.user)
        messages.success(request, _("The view is renamed."))
        return redirect("reporting:saved-views")
    status = 422 if form.errors else 200
    return render(request, "reporting/saved_view_form.html", {"form": form, "view": view}, status=status)


@require_POST
@allow(Permission.FIGURE_READ)
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(seen(request), pk=pk)
    try:
        view.remove(by=request.user)
        messages.success(request, _("The view is taken away."))
    except NotOwnView:
        messages.error(request, _("Only who kept a view takes it away."))
    return redirect("reporting:saved-views")
