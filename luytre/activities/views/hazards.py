"""Seeing to hazards: who is asked to mend them, how far it has come, and the second look."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.activities.forms import HandOverForm, NoteForm, ProgressForm, SecondLookForm
from luytre.activities.models import Hazard, HazardStepKind
from luytre.activities.models.hazards import WITH_OWNER, DueBeforeNoted, NotNow, SameEyes
from luytre.ui.components import Step
from luytre.ui.registers import REGISTERS

K = HazardStepKind
SHOWN = 50


@dataclass(frozen=True)
class Heap:
    """Hazards that wait for the same thing."""

    title: str
    why: str
    tone: str
    hazards: list[Any]
    count: int


@require_GET
@allow(Permission.PATROL_READ)
def board(request: StaffRequest) -> HttpResponse:
    """What waits for whom: late first."""
    rows = Hazard.objects.within(request.scope).select_related("kind", "area")
    today = request.scope.on
    heaps = [
        heap(_("Overdue"), _("the day has passed"), "late", rows.overdue_on(today).soonest_first()),
        heap(_("Nobody asked yet"), _("waits to be handed over"), "near", rows.waiting_for_an_owner().order_by("pk")),
        heap(_("To look at again"), _("said to be mended"), "near", rows.waiting_for_a_look().order_by("pk")),
        heap(_("In work"), _("the day is still to come"), "info", rows.in_work_on(today).soonest_first()),
    ]
    register = REGISTERS["hazards"]
    context = {
        "heaps": [one for one in heaps if one.count],
        "register": register,
        "can_add": request.user.may(register.write, on=today),
        "crumbs": [(register.label.capitalize(), register.url()), (_("What waits"), "")],
    }
    return render(request, "activities/hazard_board.html", context)


def heap(title: str, why: str, tone: str, rows: Any) -> Heap:
    return Heap(title, why, tone, list(rows[:SHOWN]), rows.count())


def the_hazard(request: StaffRequest, pk: int) -> Hazard:
    rows = Hazard.objects.within(request.scope).select_related("kind", "area", "patrol")
    hazard: Hazard = get_object_or_404(rows, pk=pk)
    return hazard


@require_GET
@allow(Permission.PATROL_READ)
def course(request: StaffRequest, pk: int) -> HttpResponse:
    """One hazard from the first sight to the second look."""
    return page(request, the_hazard(request, pk))


def page(request: StaffRequest, hazard: Hazard, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    register = REGISTERS["hazards"]
    context = {
        "hazard": hazard,
        "stem": stem_of(hazard),
        "is_late": is_late(hazard, request.scope.on),
        "owner": hazard.owner,
        "due": hazard.due,
        "steps": hazard.steps.select_related("by", "owner"),
        "asked": asked(request, hazard, wrong or {}),
        "crumbs": [
            (register.label.capitalize(), register.url()),
            (str(hazard), register.url("record", pk=hazard.pk)),
            (_("See to it"), ""),
        ],
    }
    return render(request, "activities/hazard_course.html", context, status=422 if wrong else 200)


def is_late(hazard: Hazard, today: Any) -> bool:
    step = hazard.last_step
    return bool(step and step.kind in WITH_OWNER and hazard.due and hazard.due < today)


def stem_of(hazard: Hazard) -> list[Step]:
    """Seen, handed over, said to be mended, seen mended."""
    step = hazard.last_step
    reached = {"": 1, K.DONE.value: 3, K.CONFIRMED.value: 4}.get(step.kind if step else "", 2)
    words = [_("Seen"), _("Handed over"), _("Said to be mended"), _("Seen mended by somebody else")]
    states = ["done" if place < reached else "next" if place == reached else "later" for place in range(4)]
    return [Step(one, state) for one, state in zip(words, states, strict=True)]


def asked(request: StaffRequest, hazard: Hazard, wrong: dict[str, forms.Form]) -> list[dict[str, Any]]:
    """The forms of the steps that may come next, for who may take them."""
    usual = {"to": hazard.kind.usual_owner_id, "due_on": hazard.usual_due(request.scope.on)}
    offered: list[tuple[str, str, Permission, str, forms.Form]] = [
        ("handover", K.HANDED, Permission.HAZARD_WORK, _("Hand it over"), HandOverForm(initial=usual)),
        ("progress", K.PROGRESSED, Permission.HAZARD_WORK, _("Say how far it has come"), ProgressForm()),
        ("mending", K.DONE, Permission.PATROL_WRITE, _("Say that it is mended"), NoteForm()),
        ("look", K.CONFIRMED, Permission.PATROL_WRITE, _("Write down the second look"), SecondLookForm()),
    ]
    return [
        {"name": name, "url_name": f"activities:hazard-{name}", "title": title, "form": wrong.get(name, form)}
        for name, kind, permission, title, form in offered
        if hazard.may_follow(kind) and may(request, hazard, permission)
    ]


def may(request: StaffRequest, hazard: Hazard, permission: Permission) -> bool:
    permissions = {permission, Permission.HAZARD_WORK}
    scope = request.user.scope(*permissions, on=request.scope.on)
    return bool(scope) and Hazard.objects.within(scope).filter(pk=hazard.pk).exists()


def answer(request: StaffRequest, hazard: Hazard, name: str, form: forms.Form, act: Any) -> HttpResponse:
    """Check, do the verb, say in words what stood in the way."""
    if form.is_valid():
        try:
            act(by=request.user, at=timezone.now(), **form.cleaned_data)
        except SameEyes:
            form.add_error(None, _("You said that it is mended. Somebody else must look at the place."))
        except DueBeforeNoted:
            form.add_error("due_on", _("This is before the day on which it was seen."))
        except NotNow:
            form.add_error(None, _("Somebody was quicker. Look at what was done and try again."))
        else:
            messages.success(request, _("Written down."))
            return redirect("activities:hazard-course", pk=hazard.pk)
    return page(request, hazard, {name: form})


@require_POST
@allow(Permission.HAZARD_WORK)
def handover(request: StaffRequest, pk: int) -> HttpResponse:
    hazard = the_hazard(request, pk)
    return answer(request, hazard, "handover", HandOverForm(request.POST), hazard.hand_over)


@require_POST
@allow(Permission.HAZARD_WORK)
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    hazard = the_hazard(request, pk)
    return answer(request, hazard, "progress", ProgressForm(request.POST), hazard.tell_progress)


@require_POST
@allow(Permission.PATROL_WRITE, Permission.HAZARD_WORK)
def mending(request: StaffRequest, pk: int) -> HttpResponse:
    hazard = the_hazard(request, pk)
    return answer(request, hazard, "mending", NoteForm(request.POST), hazard.report_done)


@require_POST
@allow(Permission.PATROL_WRITE, Permission.HAZARD_WORK)
def look(request: StaffRequest, pk: int) -> HttpResponse:
    hazard = the_hazard(request, pk)
    return answer(request, hazard, "look", SecondLookForm(request.POST), hazard.look_again)
