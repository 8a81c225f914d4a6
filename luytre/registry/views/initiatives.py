"""The verbs of initiative sites beyond the kit's own."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import EndingForm, RatingForm
from luytre.registry.models import Site
from luytre.registry.models.initiatives import AlreadyClosed, ClosesBeforeLaunch
from luytre.registry.views.asking import ask, initial


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
