"""What waits for a decision, and objections to those that were taken."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.forms import ObjectionAnswerForm, ObjectionForm
from luytre.registry.models import Grading, JoinRequest, Leaving, Member, MemberGrade, Objection, Recognition, TeamGrade
from luytre.registry.models.objections import AlreadyAnswered, OwnAnswer
from luytre.registry.views.asking import initial

LAST = 20


@allow(Permission.MEMBER_READ)
def index(request: StaffRequest) -> HttpResponse:
    """Open ones first, then what was decided last."""
    scope = request.scope
    context = {
        "recognitions": Recognition.objects.within(scope).open().select_related("team", "group"),
        "gradings": Grading.objects.within(scope).open().select_related("area"),
        "objections": Objection.objects.within(scope).open(),
        "requests": JoinRequest.objects.within(scope).open().select_related("area", "kind"),
        "granted": Recognition.objects.within(scope).exclude(decided_by=None).select_related("team", "group")[:LAST],
        "graded": Grading.objects.within(scope).exclude(decided_by=None).select_related("area")[:LAST],
        "may_write": request.user.may(Permission.MEMBER_WRITE, on=scope.on),
    }
    return render(request, "registry/decisions.html", context)


def against(request: StaffRequest, kind: str, pk: int) -> tuple[dict[str, Any], Any]:
    """What is objected to, by its key in Objection, and the area it belongs to."""
    if kind == "team-grade":
        grade = get_object_or_404(TeamGrade.objects.within(request.scope), pk=pk, grading__is_approved=True)
        return {"team_grade": grade}, grade.grading.area
    if kind == "recognition":
        refused = get_object_or_404(Recognition.objects.within(request.scope), pk=pk, is_granted=False)
        return {"recognition": refused}, refused.area
    if kind == "member-grade":
        mine = get_object_or_404(MemberGrade.objects.within(request.scope), pk=pk, grading__is_approved=True)
        return {"member_grade": mine}, mine.grading.area
    leaving = get_object_or_404(Leaving.objects.within(request.scope), member=pk)
    return {"leaving": leaving}, leaving.member.area


@allow(Permission.MEMBER_WRITE)
def object_to(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Somebody comes to the desk, or writes: it is kept in their own words."""
    what, area = against(request, kind, pk)
    Member.were_listed(Objection(**what).members, by=request.user)
    form = ObjectionForm(request.POST or None, initial=initial())
    if form.is_valid():
        made = Objection.file(area=area, by=request.user, **form.cleaned_data, **what)
        messages.success(request, _("Kept. Somebody who had no part in the decision answers it."))
        return redirect("registry:objection", pk=made.pk)
    context = {"form": form, "title": gettext_lazy("Record an objection"), "record": next(iter(what.values()))}
    return render(request, "registry/objecting.html", context, status=422 if form.errors else 200)


@allow(Permission.MEMBER_READ)
def objection(request: StaffRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Objection.objects.within(request.scope), pk=pk)
    Member.were_listed(one.members, by=request.user)
    answer = getattr(one, "answer", None)
    may_decide = answer is None and request.user.may(Permission.MEMBER_DECIDE, on=request.scope.on)
    form = ObjectionAnswerForm(request.POST or None, initial=initial()) if may_decide else None
    if form and form.is_valid():
        try:
            one.decide(by=request.user, **form.cleaned_data)
        except OwnAnswer:
            form.add_error(None, _("You had a part in this decision. Somebody else answers."))
        except AlreadyAnswered:
            form.add_error(None, _("This was answered before."))
        else:
            messages.success(request, _("Answered."))
            return redirect("registry:objection", pk=pk)
    context = {"one": one, "answer": answer, "form": form}
    return render(request, "registry/objection.html", context, status=422 if form and form.errors else 200)
