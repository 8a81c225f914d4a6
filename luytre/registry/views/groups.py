"""The verbs of groups beyond the kit's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import EndingForm
from luytre.registry.models import WatchGroup
from luytre.registry.models.groups import AlreadyDisbanded, DisbandsBeforeFounding
from luytre.registry.views.asking import ask, initial


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
