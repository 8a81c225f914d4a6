"""Pages for paper: the list for the notice board, the certificate of a member."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.models import GuardTeam, Member, RecognisedMember


@allow(Permission.MEMBER_READ)
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Whom the law wants posted: recognised members in office, with their position and the decision, nothing more."""
    team = get_object_or_404(GuardTeam.objects.within(request.scope), pk=pk)
    serving = Member.objects.within(request.scope).serving_on(request.scope.on).filter(team=team)
    granted = RecognisedMember.objects.within(request.scope).granted_on(request.scope.on)
    lines = (
        granted.filter(member__in=serving).select_related("member", "recognition").order_by("member__sort_key", "-pk")
    )
    Member.were_listed([line.member for line in lines], by=request.user)
    return render(request, "registry/board.html", {"team": team, "lines": lines})


@allow(Permission.MEMBER_READ)
def certificate(request: StaffRequest, pk: int) -> HttpResponse:
    """A certificate and a badge of somebody recognised and in office."""
    serving = Member.objects.within(request.scope).serving_on(request.scope.on)
    member = get_object_or_404(serving.select_related("team", "group", "area"), pk=pk)
    Member.were_listed([member], by=request.user)
    line = member.recognised.filter(recognition__is_granted=True).select_related("recognition").last()
    return render(request, "registry/certificate.html", {"member": member, "line": line})
