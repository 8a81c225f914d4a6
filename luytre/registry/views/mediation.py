"""The vote of the households on mediators."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import VoteForm
from luytre.registry.models import MediationVote, Member, WatchGroup
from luytre.registry.models.mediation import MEDIATION
from luytre.registry.views.asking import ask, initial

BACK = "registry:watch-groups-record"


@allow(Permission.MEMBER_WRITE)
def vote(request: StaffRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(WatchGroup.objects.within(request.scope), pk=pk, kind__code=MEDIATION)
    members = list(
        Member.objects.within(request.scope).serving_on(request.scope.on).filter(group=group).order_by("sort_key")
    )
    Member.were_listed(members, by=request.user)
    form = VoteForm(request.POST or None, initial={"held_on": initial()["on"], "places": 3}, members=members)
    if form.is_valid() and form.cleaned_data["held_on"] > request.scope.on:
        form.add_error("held_on", _("This day is still to come."))
    if form.is_valid():
        held = form.vote()
        held.group = group
        try:
            MediationVote.record(held, form.votes(), by=request.user)
        except IntegrityError:
            form.add_error("held_on", _("A vote of this day is recorded already."))
        else:
            said = held.shortfalls()
            messages.success(request, " ".join(said) or _("Recorded. Whoever passed may be put before the chair."))
            return redirect(BACK, pk=pk)
    notes = [] if members else [_("Record the candidates as members of this group first; each must agree to stand.")]
    return ask(request, form, title=gettext_lazy("Record the vote"), record=group, back=BACK, notes=notes)
