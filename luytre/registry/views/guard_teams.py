"""The verbs of guard teams beyond the kit's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import EndingForm
from luytre.registry.models import GuardTeam
from luytre.registry.models.guard_teams import AlreadyDissolved, DissolvesBeforeFounding
from luytre.registry.views.asking import ask, initial

BACK = "registry:guard-teams-record"


@allow(Permission.REGISTER_WRITE)
def dissolve(request: StaffRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(GuardTeam.objects.within(request.scope), pk=pk)
    form = EndingForm(request.POST or None, initial=initial())
    if form.is_valid():
        try:
            team.dissolve(by=request.user, **form.cleaned_data)
        except DissolvesBeforeFounding:
            form.add_error("on", _("This is before the day of the founding."))
        except AlreadyDissolved:
            form.add_error(None, _("The team was dissolved before."))
        else:
            messages.success(request, _("Dissolved. It stays in the register with its reason."))
            return redirect(BACK, pk=pk)
    return ask(request, form, title=gettext_lazy("Dissolve this team"), record=team, back=BACK)
