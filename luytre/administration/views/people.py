"""Accounts in one's area: who they are, what they may do, and the verbs of their life."""

from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luytre.accounts import life
from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.models import Assignment, User
from luytre.accounts.permissions import Permission
from luytre.administration import purposes, trail
from luytre.administration.forms import (
    AccountForm,
    AssignmentForm,
    EndForm,
    PeopleFilter,
    ResetForm,
    StandInForm,
)
from luytre.ui.forms import ReasonForm

PAGE = 25


def person_of(request: StaffRequest, pk: int) -> User:
    found: User = get_object_or_404(User.objects.within(request.scope), pk=pk)
    return found


def answer(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    form = context.get("form")
    return render(request, template, context, status=422 if form and form.errors else 200)


def refusal(refused: life.Refused) -> str:
    words = {
        life.OwnAccount: _("Nobody acts on their own account. Ask another administrator."),
        life.OutOfScope: _("This account also serves outside your area. Ask the area above yours."),
        life.AuditorOutOfReach: _("An outside auditor is out of reach of administrators."),
        life.AlreadySuspended: _("This account is suspended already."),
        life.NotSuspended: _("This account is not suspended."),
        life.AlreadyEnded: _("This role ends before that day already."),
        life.NothingToStandInFor: _("The absent person holds no role in those days."),
    }
    return words.get(type(refused), _("The rules do not allow this."))


@require_safe
@allow(Permission.ACCOUNT_READ)
def people(request: StaffRequest) -> HttpResponse:
    form = PeopleFilter(request.GET, scope=request.scope)
    rows = form.rows().order_by("folded", "pk").prefetch_related("assignments__area", "suspensions")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    purposes.listed(page.object_list, by=request.user, purpose=purposes.ACCOUNTS)
    lines = [trail.line_of(person, on=request.scope.on) for person in page.object_list]
    hidden = User.objects.within(request.scope).count() - page.paginator.count if form.active else 0
    return answer(
        request, "administration/people.html", {"filter": form, "page": page, "lines": lines, "hidden": hidden}
    )


@require_safe
@allow(Permission.ACCOUNT_READ)
def person(request: StaffRequest, pk: int) -> HttpResponse:
    found, today = person_of(request, pk), request.scope.on
    purposes.viewed(found, by=request.user, purpose=purposes.ACCOUNTS, area_path=found.area_path(on=today))
    context = {
        "person": found,
        "assignments": found.assignments.select_related("area", "stands_in_for").order_by("-valid_from", "-pk"),
        "suspension": found.suspensions.filter(lifted_at=None).select_related("by").first(),
        "code": found.codes.open_at(timezone.now()).first(),
        "may_act": life.may_act(by=request.user, about=found, on=today),
        "history": trail.of_account(found),
    }
    return answer(request, "administration/person.html", context)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, scope=request.scope)
    if form.is_valid():
        asked = form.cleaned_data
        slip = life.enrol(form.instance, role=asked["role"], area=asked["area"], by=request.user, at=timezone.now())
        return answer(request, "administration/slips.html", {"slips": [slip]})
    return answer(request, "administration/new.html", {"form": form})


@dataclass(frozen=True)
class Question:
    """What a verb's page asks before it acts, and the person it is about."""

    question: str
    consequence: str
    action: str
    danger: bool = False

    def ask(self, request: StaffRequest, form: forms.Form | forms.ModelForm[Any], person: User) -> HttpResponse:
        back = reverse("administration:person", kwargs={"pk": person.pk})
        return answer(request, "ui/confirm.html", {**asdict(self), "form": form, "cancel_url": back})


def done(request: StaffRequest, person: User, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("administration:person", pk=person.pk)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def reset(request: StaffRequest, pk: int) -> HttpResponse:
    """The code is in this answer alone; it is kept nowhere."""
    found, form = person_of(request, pk), ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slip = life.reset(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except life.Refused as refused:
            form.add_error(None, refusal(refused))
        else:
            return answer(request, "administration/slips.html", {"slips": [slip]})
    words = _(
        "The password of %(name)s stops at once and every open sign-in ends. "
        "A printed code opens the account once within seven days."
    )
    question = Question(_("Give a new code?"), words % {"name": found}, _("Make the code"))
    return question.ask(request, form, found)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def suspend(request: StaffRequest, pk: int) -> HttpResponse:
    found, form = person_of(request, pk), ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            life.suspend(found, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except life.Refused as refused:
            form.add_error(None, refusal(refused))
        else:
            return done(request, found, _("%(name)s is suspended and signed out everywhere.") % {"name": found})
    words = _("%(name)s is signed out at once and cannot sign in until somebody lifts the suspension.")
    question = Question(_("Suspend the account?"), words % {"name": found}, _("Suspend the account"), danger=True)
    return question.ask(request, form, found)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def lift(request: StaffRequest, pk: int) -> HttpResponse:
    found, form = person_of(request, pk), ReasonForm(request.POST or None)
    words = _("%(name)s can sign in again.") % {"name": found}
    if form.is_valid():
        try:
            life.lift(found, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except life.Refused as refused:
            form.add_error(None, refusal(refused))
        else:
            return done(request, found, words)
    return Question(_("Lift the suspension?"), words, _("Lift the suspension")).ask(request, form, found)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def assign(request: StaffRequest, pk: int) -> HttpResponse:
    found = person_of(request, pk)
    given, first = Assignment(user=found), {"valid_from": request.scope.on}
    form = AssignmentForm(request.POST or None, scope=request.scope, instance=given, initial=first)
    if form.is_valid():
        try:
            life.assign(form.instance, by=request.user, on=request.scope.on)
        except life.Refused as refused:
            form.add_error(None, refusal(refused))
        else:
            return done(request, found, _("The role is given."))
    words = _("%(name)s gets this role from a day until a day.") % {"name": found}
    return Question(_("Give a further role"), words, _("Give the role")).ask(request, form, found)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def end(request: StaffRequest, pk: int) -> HttpResponse:
    assignment = get_object_or_404(Assignment.objects.within(request.scope).select_related("user", "area"), pk=pk)
    form = EndForm(request.POST or None, initial={"on": request.scope.on})
    if form.is_valid():
        try:
            life.end(assignment, by=request.user, on=form.cleaned_data["on"], today=request.scope.on)
        except life.Refused as refused:
            form.add_error(None, refusal(refused))
        else:
            messages.success(request, _("The role is ended."))
            return redirect("administration:people")
    words = f"{assignment.user}: {assignment}"
    question = Question(_("End this role?"), words, _("End the role"), danger=True)
    return question.ask(request, form, assignment.user)


@require_http_methods(["GET", "POST"])
@allow(Permission.ACCOUNT_WRITE)
def stand_in(request: StaffRequest, pk: int) -> HttpResponse:
    found, first = person_of(request, pk), {"first": request.scope.on}
    form = StandInForm(request.POST or None, scope=request.scope, absent=found, initial=first)
    if form.is_valid():
        try:
            life.name_stand_in(found, by=request.user, today=request.scope.on, **form.days())
        except life.Refused as refused:
            form.add_error(None, refusal(refused))
        else:
            named = form.cleaned_data["stand_in"]
            return done(request, found, _("%(name)s stands in for those days.") % {"name": named})
    words = _("For the days when %(name)s is away, somebody else gets the same roles, and only for those days.")
    question = Question(_("Name a stand-in"), words % {"name": found}, _("Name the stand-in"))
    return question.ask(request, form, found)
