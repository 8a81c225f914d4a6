"""The verbs of the registers beyond the kit's own."""

from datetime import date

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import EndingForm, RatingForm
from luytre.registry.models import Site, WatchGroup
from luytre.registry.models.groups import AlreadyDisbanded, DisbandsBeforeFounding
from luytre.registry.models.initiatives import AlreadyClosed, ClosesBeforeLaunch


def ask(request: StaffRequest, form: forms.Form, *, title: str | Promise, record: object, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "record": record, "back": back}
    return render(request, "registry/ask.html", context, status=422 if form.errors else 200)


def initial() -> dict[str, date]:
    return {"on": timezone.localdate()}


@allow(Permission.REGISTER_WRITE)
def close_site(request: StaffRequest, pk: int) -> HttpResponse:
    site = get_object_or_404(Site.objects.within(request.scope), pk=pk)
    form = EndingForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            site.close(by=request.user, **form.cleaned_data)
        except ClosesBeforeLaunch:
            form.add_error("on", _("This is before the day of the launch."))
        except AlreadyClosed:
            form.add_error(None, _("The site was closed before."))
        else:
            messages.success(request, _("Closed. It stays in the register with its reason."))
            return redirect("registry:sites-record", pk=pk)
    return ask(request, form, title=gettext_lazy("Close this site"), record=site, back="registry:sites-record")


@allow(Permission.REGISTER_WRITE)
def rate_site(request: StaffRequest, pk: int) -> HttpResponse:
    site = get_object_or_404(Site.objects.within(request.scope), pk=pk)
    form = RatingForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            with transaction.atomic():
                site.rate(by=request.user, **form.cleaned_data)
        except IntegrityError:
            form.add_error("on", _("The site was rated on this day before."))
        else:
            messages.success(request, _("Rated."))
            return redirect("registry:sites-record", pk=pk)
    return ask(request, form, title=gettext_lazy("Rate this site"), record=site, back="registry:sites-record")


@allow(Permission.REGISTER_WRITE)
def disband_group(request: StaffRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(WatchGroup.objects.within(request.scope), pk=pk)
    form = EndingForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            group.disband(by=request.user, **form.cleaned_data)
        except DisbandsBeforeFounding:
            form.add_error("on", _("This is before the day of the founding."))
        except AlreadyDisbanded:
            form.add_error(None, _("The group was disbanded before."))
        else:
            messages.success(request, _("Disbanded. It stays in the register with its reason."))
            return redirect("registry:watch-groups-record", pk=pk)
    return ask(
        request, form, title=gettext_lazy("Disband this group"), record=group, back="registry:watch-groups-record"
    )
