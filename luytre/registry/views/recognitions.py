"""Recognition of members: the officer proposes, the chair decides (rights rule R11)."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import DecisionForm, ProposalForm
from luytre.registry.models import GuardTeam, MediationVote, Member, Recognition, WatchGroup
from luytre.registry.models.recognitions import AlreadyDecided, OwnProposal
from luytre.registry.views.asking import ask, initial

TITLE = gettext_lazy("Propose members for recognition")


def not_yet(members: QuerySet[Member]) -> QuerySet[Member]:
    """Neither recognised nor waiting for it."""
    return members.exclude(recognised__recognition__is_granted=True).exclude(
        recognised__recognition__decided_by=None, recognised__isnull=False
    )


@allow(Permission.MEMBER_WRITE)
def propose_team(request: StaffRequest, pk: int) -> HttpResponse:
    team = get_object_or_404(GuardTeam.objects.within(request.scope), pk=pk)
    members = not_yet(Member.objects.within(request.scope).serving_on(request.scope.on).filter(team=team))
    return propose(request, team, members, back="registry:guard-teams-record")


@allow(Permission.MEMBER_WRITE)
def propose_mediators(request: StaffRequest, pk: int) -> HttpResponse:
    """Only whom the households elected, and only once enough were."""
    group = get_object_or_404(WatchGroup.objects.within(request.scope), pk=pk)
    vote: MediationVote | None = group.votes.order_by("held_on").last()
    shortfalls = vote.shortfalls() if vote else [_("There was no vote yet. Record the vote of the households first.")]
    elected = [ballot.member_id for ballot in vote.passed()] if vote and not shortfalls else []
    members = not_yet(Member.objects.within(request.scope).serving_on(request.scope.on).filter(pk__in=elected))
    return propose(request, group, members, back="registry:watch-groups-record", shortfalls=shortfalls)


def propose(
    request: StaffRequest,
    of: GuardTeam | WatchGroup,
    members: QuerySet[Member],
    *,
    back: str,
    shortfalls: list[str] | None = None,
) -> HttpResponse:
    Member.were_listed(members, by=request.user)
    form = ProposalForm(request.POST or None, members=members.order_by("sort_key"), is_by_age=isinstance(of, GuardTeam))
    if form.is_valid():
        Recognition.propose(of, form.lines(), by=request.user, on=request.scope.on)
        messages.success(request, _("Put before the chair, who finds it among the decisions."))
        return redirect(back, pk=of.pk)
    is_possible = members.exists()
    nobody = [] if is_possible or shortfalls else [_("Every member in office is recognised or waits for it.")]
    notes = [*(shortfalls or []), *nobody]
    return ask(request, form, title=TITLE, record=of, back=back, notes=notes, is_possible=is_possible)


@allow(Permission.MEMBER_READ)
def recognition(request: StaffRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Recognition.objects.within(request.scope).select_related("team", "group"), pk=pk)
    one.was_read(by=request.user)
    may_decide = one.decided_by_id is None and request.user.may(Permission.MEMBER_DECIDE, on=request.scope.on)
    lines = one.lines.select_related("member").order_by("member__sort_key")
    form = DecisionForm(request.POST or None, initial=initial()) if may_decide else None
    if form and form.is_valid() and decided(request, one, form):
        messages.success(request, _("Decided."))
        return redirect("registry:recognition", pk=pk)
    context = {"one": one, "lines": lines, "form": form}
    return render(request, "registry/recognition.html", context, status=422 if form and form.errors else 200)


def decided(request: StaffRequest, one: Recognition, form: DecisionForm) -> bool:
    said = form.cleaned_data
    try:
        if form.is_yes:
            one.grant(by=request.user, on=said["on"], number=said["number"], signatory=said["signatory"])
        else:
            one.refuse(by=request.user, on=said["on"], reason=said["reason"], rule=said["rule"])
    except OwnProposal:
        form.add_error(None, _("You proposed this yourself. Somebody else decides."))
    except AlreadyDecided:
        form.add_error(None, _("This was decided before."))
    return not form.errors
