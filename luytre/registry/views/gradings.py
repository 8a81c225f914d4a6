"""The yearly grades of guard teams: proposed by the officer, decided by the chair."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area, Level
from luytre.common.periods import team_rating_year
from luytre.registry.forms import DecisionForm, GradingForm
from luytre.registry.forms.gradings import year_to_grade
from luytre.registry.models import Grading, GuardTeam, Member
from luytre.registry.models.gradings import AlreadyGraded
from luytre.registry.models.recognitions import AlreadyDecided, OwnProposal
from luytre.registry.views.asking import initial


def commune_of(request: StaffRequest) -> Area:
    """Grades are a commune's; whoever keeps several has none to give."""
    communes = list(Area.objects.within(request.scope).filter(level=Level.COMMUNE)[:2])
    if len(communes) != 1:
        raise Http404
    return communes[0]


@allow(Permission.MEMBER_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    commune, year = commune_of(request), year_to_grade(request.scope.on)
    window = team_rating_year(year)
    teams = list(GuardTeam.objects.within(request.scope).serving_on(window.last_day).order_by("sort_key"))
    in_office = Member.objects.within(request.scope).serving_on(window.last_day).filter(team__in=teams)
    members = list(in_office.order_by("sort_key"))
    Member.were_listed(members, by=request.user)
    form = GradingForm(request.POST or None, year=year, teams=teams, members=members)
    if form.is_valid():
        try:
            made = Grading.propose(
                commune, year, form.team_grades(), form.member_grades(), by=request.user, on=request.scope.on
            )
        except AlreadyGraded:
            form.add_error(None, _("This year's grades wait for the chair already."))
        else:
            messages.success(request, _("Put before the chair, who finds it among the decisions."))
            return redirect("registry:grading", pk=made.pk)
    context = {"form": form, "window": window, "commune": commune, "teams": teams}
    return render(request, "registry/grading_form.html", context, status=422 if form.errors else 200)


@allow(Permission.MEMBER_READ)
def grading(request: StaffRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Grading.objects.within(request.scope).select_related("area"), pk=pk)
    teams = one.teams.select_related("team").prefetch_related("objections__answer").order_by("team__sort_key")
    members = list(one.members.select_related("member__team").order_by("member__team__sort_key", "member__sort_key"))
    Member.were_listed([line.member for line in members], by=request.user)
    may_decide = one.decided_by_id is None and request.user.may(Permission.MEMBER_DECIDE, on=request.scope.on)
    form = DecisionForm(request.POST or None, initial=initial(), always_reasoned=True) if may_decide else None
    if form and form.is_valid() and decided(request, one, form):
        messages.success(request, _("Decided."))
        return redirect("registry:grading", pk=pk)
    may_object = bool(one.is_approved) and request.user.may(Permission.MEMBER_WRITE, on=request.scope.on)
    context = {"one": one, "teams": teams, "members": members, "form": form, "may_object": may_object}
    return render(request, "registry/grading.html", context, status=422 if form and form.errors else 200)


def decided(request: StaffRequest, one: Grading, form: DecisionForm) -> bool:
    said = form.cleaned_data
    try:
        one.decide(
            by=request.user,
            on=said["on"],
            is_approved=form.is_yes,
            reason=said["reason"],
            rule=said["rule"],
            number=said["number"],
        )
    except OwnProposal:
        form.add_error(None, _("You proposed this yourself. Somebody else decides."))
    except AlreadyDecided:
        form.add_error(None, _("This was decided before."))
    return not form.errors
