"""Head counts: a new number on its day, the past as it was."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import HeadCountForm
from luytre.registry.models import GuardTeam, WatchGroup
from luytre.registry.views.asking import ask


@allow(Permission.REGISTER_WRITE)
def count_group(request: StaffRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(WatchGroup.objects.within(request.scope), pk=pk)
    return count(request, group, back="registry:watch-groups-record")


@allow(Permission.REGISTER_WRITE)
def count_team(request: StaffRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(GuardTeam.objects.within(request.scope), pk=pk)
    return count(request, team, back="registry:guard-teams-record")


def count(request: StaffRequest, one: WatchGroup | GuardTeam, *, back: str) -> HttpResponse:
    today = request.scope.on
    start = {"on": today, "member_count": one.member_count, "member_qualifier": one.member_qualifier}
    form = HeadCountForm(request.POST or None, initial=start, today=today, since=one.founded_on)
    if form.is_valid():
        one.count_anew(by=request.user, today=today, **form.cleaned_data)
        messages.success(request, _("Counted. Figures of earlier days stay as they were."))
        return redirect(back, pk=one.pk)
    return ask(request, form, title=gettext_lazy("Count anew"), record=one, back=back)
