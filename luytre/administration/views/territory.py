"""Changes of the territory: what is planned, what was done, and the verbs between."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.administration.moving import Moving, becoming
from luytre.administration.territory_forms import FORMS, ChangeFilter, ChangeForm, OfficialFilter
from luytre.areas import changes, undoing
from luytre.areas.changes import OwnChange, Refused, WrongState
from luytre.areas.models import ChangeKind, TerritoryChange
from luytre.areas.models.changes import ChangeState
from luytre.ui.components import Tab
from luytre.ui.forms import ReasonForm

PAGE = 25
SHOWN = 200
CHANGE = Permission.TERRITORY_CHANGE


def change_of(request: StaffRequest, pk: int) -> TerritoryChange:
    rows = TerritoryChange.objects.within(request.scope)
    found: TerritoryChange = get_object_or_404(rows.select_related("area", "drafted_by", "in_force_by"), pk=pk)
    return found


def tabs(current: str) -> list[Tab]:
    names = {"changes": _("Changes made here"), "official-changes": _("All that became of places")}
    return [Tab(label, reverse(f"administration:{name}"), current=name == current) for name, label in names.items()]


@require_safe
@allow(CHANGE)
def index(request: StaffRequest) -> HttpResponse:
    form = ChangeFilter(request.GET, scope=request.scope)
    page = Paginator(form.rows().select_related("area", "drafted_by"), PAGE).get_page(request.GET.get("page"))
    context = {"filter": form, "page": page, "tabs": tabs("changes")}
    return render(request, "administration/territory/changes.html", context)


@require_safe
@allow(CHANGE, Permission.AREA_READ)
def official(request: StaffRequest) -> HttpResponse:
    """Who became whom, of every time, also by the official lists."""
    form = OfficialFilter(request.GET)
    page = Paginator(form.rows(), PAGE).get_page(request.GET.get("page"))
    shown = tabs("official-changes") if request.user.may(CHANGE, on=request.scope.on) else []
    context = {"filter": form, "page": page, "tabs": shown}
    return render(request, "administration/territory/official.html", context)


@require_safe
@allow(CHANGE)
def choose(request: StaffRequest) -> HttpResponse:
    kinds = [(kind, ChangeKind(kind).label, form.about) for kind, form in FORMS.items()]
    return render(request, "administration/territory/choose.html", {"kinds": kinds})


@require_http_methods(["GET", "POST"])
@allow(CHANGE)
def new(request: StaffRequest, kind: str) -> HttpResponse:
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid() and (change := drafted(request, form)):
        return redirect("administration:change", pk=change.pk)
    status = 422 if form.is_bound else 200
    return render(request, "administration/territory/new.html", {"form": form}, status=status)


def drafted(request: StaffRequest, form: ChangeForm) -> TerritoryChange | None:
    try:
        change = changes.draft(form.change(), form.lines(), by=request.user, scope=request.scope)
    except Refused as refused:
        for problem in refused.problems:
            form.add_error(None, problem.words)
        return None
    messages.success(request, _("Drafted. Nothing has moved yet: somebody else puts it into force."))
    return change


@require_safe
@allow(CHANGE)
def show(request: StaffRequest, pk: int) -> HttpResponse:
    change = change_of(request, pk)
    is_draft = change.state == ChangeState.DRAFT
    context = {
        "change": change,
        "lines": becoming(changes.lines_of(change), on=change.on)[:SHOWN],
        "moving": Moving(change, request.scope.on) if is_draft else None,
        "is_own": request.user.pk == (change.drafted_by_id if is_draft else change.in_force_by_id),
        "effects": change.effects.select_related("area")[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "administration/territory/change.html", context)


@require_POST
@allow(CHANGE)
def enforce(request: StaffRequest, pk: int) -> HttpResponse:
    change = change_of(request, pk)
    try:
        changes.put_into_force(change, by=request.user, at=timezone.now())
    except (OwnChange, WrongState, Refused) as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("In force. Every record now stands where it belongs from that day."))
    return redirect("administration:change", pk=pk)


def say_why(request: StaffRequest, refused: Exception) -> None:
    if isinstance(refused, Refused):
        for problem in refused.problems:
            messages.error(request, problem.words)
    elif isinstance(refused, OwnChange):
        messages.error(request, _("Two people are needed: ask a colleague for this step."))
    else:
        messages.error(request, _("This was decided before."))


@require_POST
@allow(CHANGE)
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    try:
        changes.withdraw(change_of(request, pk), by=request.user, at=timezone.now())
    except WrongState as refused:
        say_why(request, refused)
    else:
        messages.success(request, _("Withdrawn. Nothing has moved."))
    return redirect("administration:change", pk=pk)


@require_http_methods(["GET", "POST"])
@allow(CHANGE)
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    change, form = change_of(request, pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undoing.undo(change, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except (OwnChange, WrongState, Refused) as refused:
            say_why(request, refused)
        else:
            messages.success(request, _("Undone. Every place stands again as it did before."))
        return redirect("administration:change", pk=pk)
    context = {
        "question": _("Undo this change?"),
        "consequence": _("The places that ended stand again, as if the change had never been in force."),
        "action": _("Undo the change"),
        "danger": True,
        "form": form,
        "cancel_url": reverse("administration:change", args=[pk]),
    }
    return render(request, "ui/confirm.html", context, status=422 if form.errors else 200)
