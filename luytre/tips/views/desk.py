"""The desk's pages. The server hands out what is sealed and what makes clocks run; the officer's browser reads."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.tips import acts, clock, clock_rules, desk_forms, desk_wording, intake, keychain, work
from luytre.tips.framing import Malformed, framed, read
from luytre.tips.models import Class, Desk, Matter, Part, State, Tip
from luytre.ui.components import Step

SEALED = "application/octet-stream"
MATTERS = [one for one in Matter.choices if one[0] not in (Matter.PLACES, Matter.OTHER)]
COURSE = (State.RECEIVED, State.CLASSIFIED, State.CHECKING, State.CONCLUDED, State.NOTIFIED, State.CLOSED)


def of_a_script(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """What was posted by a page of ours: what is wrong is one word, which the page turns into a sentence."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(*args, **kwargs)
        except Malformed:
            return JsonResponse({"why": "malformed"}, status=400)
        except intake.Refused as refused:
            return JsonResponse({"why": refused.why}, status=409)
        except acts.Unlawful:
            return JsonResponse({"why": "elsewhere"}, status=409)

    return guarded


def the_desk(request: StaffRequest, pk: uuid.UUID) -> Desk:
    return get_object_or_404(work.desks(request.user, request.scope), pk=pk)


def the_tip(request: StaffRequest, pk: uuid.UUID) -> Tip:
    return get_object_or_404(work.tips(request.user, request.scope), pk=pk)


def setting(desk: Desk, request: StaffRequest, **more: Any) -> dict[str, Any]:
    """What every script of a desk's page is given."""
    return {
        "root": keychain.root(),
        "desk": str(desk.pk),
        "name": desk.name,
        "person": str(request.user.pk),
        "keys": reverse("desk:keys", args=[desk.pk]),
        "tips": reverse("desk:rows", args=[desk.pk]),
        "one": f"{reverse('desk:home')}tip/",
        "chain": "/tips/keys/",
        "missing": reverse("desk:missing", args=[desk.pk]),
        "stale": reverse("desk:stale", args=[desk.pk]),
        "words": desk_wording.words(),
        **more,
    }


def described(desk: Desk, request: StaffRequest, **more: Any) -> dict[str, Any]:
    return {"desk": desk, "desks": work.desks(request.user, request.scope), "setting": setting(desk, request), **more}


@require_GET
@allow(Permission.TIP_WORK)
def home(request: StaffRequest) -> HttpResponse:
    mine = list(work.desks(request.user, request.scope))
    followed = list(work.followed(request.user, request.scope))
    if len(mine) == 1 and not followed:
        return redirect("desk:inbox", mine[0].pk)
    return render(request, "tips/desk/home.html", {"desks": mine, "followed": followed})


@require_GET
@allow(Permission.TIP_WORK)
def inbox(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    found = the_desk(request, desk)
    context = described(
        found,
        request,
        counts=work.counts(found, now=timezone.now()),
        complaints=work.complaints(found),
        now=timezone.now(),
        states=[one for one in State.choices if one[0] != State.RECEIVED],
        classes=Class.choices,
    )
    return render(request, "tips/desk/inbox.html", context)


@require_GET
@allow(Permission.TIP_WORK)
@of_a_script
def rows(request: StaffRequest, desk: uuid.UUID) -> HttpResponseBase:
    """A page of the inbox: what is in clear, and the wrappings that this desk's browsers open."""
    found, now, asked = the_desk(request, desk), timezone.now(), request.GET
    wanted = work.Wanted(
        state=asked.get("state", ""),
        classed=asked.get("classed", ""),
        is_late="late" in asked,
        is_closed="closed" in asked,
        ids=tuple(intake.uuid_of(one) for one in asked.getlist("id")[: work.PAGE]),
    )
    head, pieces = work.page(work.after(work.inbox(found, wanted, now=now), asked.get("after", "")), found, now=now)
    return HttpResponse(framed(head, pieces), content_type=SEALED)


@require_GET
@allow(Permission.TIP_WORK)
def keys(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """One's own locked secret, the desk's secrets sealed to it, and the signed lists to check them against."""
    found = get_object_or_404(work.keyed(request.user, request.scope), pk=desk)
    key = work.key_of(request.user, found)
    if key is None:
        raise Http404
    return JsonResponse({**work.secrets(key), "chain": keychain.of(found.pk)})


@require_GET
@allow(Permission.TIP_WORK)
def show(request: StaffRequest, tip: uuid.UUID) -> HttpResponse:
    return page_of(request, the_tip(request, tip))


def page_of(request: StaffRequest, tip: Tip, *, wrong: Any = None, status: int = 200) -> HttpResponse:
    """The tip's page; `wrong` is a form that could not be done."""
    mine = {desk.pk: desk for desk in work.desks(request.user, request.scope)}
    holds = tip.desk_id in mine
    desk = mine[tip.desk_id] if holds else work.wrappings(tip, mine.values())[0][0].desk
    asked = []
    for act in desk_forms.lawful_now(tip) if holds else ():
        form = wrong if wrong is not None and wrong.prefix == act.name else act.form(tip=tip, prefix=act.name)
        asked.append({"act": act, "form": form})
    more = {
        "tip": str(tip.pk),
        "sealed": reverse("desk:sealed", args=[tip.pk]),
        "parts": reverse("desk:parts", args=[tip.pk]),
        "part": reverse("desk:part", args=[tip.pk, "0" * 64]),
        "holds": holds,
        "reporterKnows": tip.lookup is not None,
    }
    context = {
        "tip": tip,
        "desk": desk,
        "holds": holds,
        "now": timezone.now(),
        "following": work.following(tip, now=timezone.now()) if holds else None,
        "stem": stem(tip),
        "asked": asked,
        "clocks": clocks(tip),
        "steps": tip.steps.select_related("by", "desk", "to_desk"),
        "setting": setting(desk, request, **more),
        "crumbs": [(_("Tips"), reverse("desk:inbox", args=[desk.pk])), (str(tip), "")],
    }
    return render(request, "tips/desk/tip.html", context, status=status)


def clocks(tip: Tip) -> list[dict[str, Any]]:
    """Every clock of the tip with the name and the law it has."""
    rules = {rule.code: rule for rule in clock_rules.rules()}
    return [
        {"clock": one, "name": rules[one.rule].name, "basis": rules[one.rule].basis}
        for one in tip.clocks.order_by("due_at")
        if one.rule in rules
    ]


def stem(tip: Tip) -> list[Step]:
    if tip.state == State.WITHDRAWN:
        return [Step(State.RECEIVED.label, "done"), Step(State.WITHDRAWN.label, "done")]
    state = State.CHECKING if tip.state == State.SUSPENDED else State(tip.state)
    place = COURSE.index(state)
    found = [
        Step(one.label, "done" if n <= place else "next" if n == place + 1 else "later") for n, one in enumerate(COURSE)
    ]
    if tip.state == State.SUSPENDED:
        found[place] = Step(State.SUSPENDED.label, "next")
    return found


@require_GET
@allow(Permission.TIP_WORK)
def sealed(request: StaffRequest, tip: uuid.UUID) -> HttpResponse:
    """The keys of one tip and the list of its parts. Opening is noted by number (R24)."""
    found = the_tip(request, tip)
    wrapped = work.wrappings(found, work.desks(request.user, request.scope))
    head = {
        **work.described(found, now=timezone.now()),
        "parts": [
            {**one.described, "came": work.hour(one.came_at)}
            for one in found.parts.defer("sealed").order_by("direction", "number")
        ],
        "epochs": [epoch.number for epoch, _sealed in wrapped],
        **keychain.speaking(found),
    }
    work.note(found, "opened", by=request.user)
    return HttpResponse(framed(head, [one for _epoch, one in wrapped]), content_type=SEALED)


@require_GET
@allow(Permission.TIP_WORK)
def part(request: StaffRequest, tip: uuid.UUID, digest: str) -> HttpResponse:
    found: Part = get_object_or_404(the_tip(request, tip).parts, digest=digest)
    return HttpResponse(bytes(found.sealed), content_type=SEALED)


@require_POST
@allow(Permission.TIP_WORK)
@of_a_script
def parts(request: StaffRequest, tip: uuid.UUID) -> HttpResponseBase:
    """A message to the reporter, or a note, sealed in the officer's browser."""
    found = the_tip(request, tip)
    if not work.desks(request.user, request.scope).filter(pk=found.desk_id).exists():
        raise intake.Refused("elsewhere")
    kept = work.speak(found, read(request), by=request.user)
    return JsonResponse({**kept.described, "came": work.hour(kept.came_at)}, status=201)


@require_http_methods(["GET", "POST"])
@allow(Permission.TIP_WORK)
def act(request: StaffRequest, tip: uuid.UUID, name: str) -> HttpResponse:
    """One verb. What is refused is said beside its form; the page is the tip's own."""
    found, wanted = the_tip(request, tip), desk_forms.ACTS.get(name)
    if wanted is None:
        raise Http404
    if request.method == "GET":
        return redirect("desk:tip", found.pk)
    form = wanted.form(request.POST, tip=found, prefix=name)
    if form.is_valid():
        try:
            desk_forms.perform(wanted, form, tip=found, by=request.user)
        except (acts.Unlawful, clock.CannotExtend, Malformed) as refused:
            form.add_error(None, desk_forms.why(refused))
        else:
            messages.success(request, _("Done: %(act)s.") % {"act": wanted.title})
            return redirect(onward(request, found))
    return page_of(request, found, wrong=form, status=422)


def onward(request: StaffRequest, tip: Tip) -> str:
    """To the tip while it can be read here, else back to the inbox it left."""
    if work.tips(request.user, request.scope).filter(pk=tip.pk).exists():
        return reverse("desk:tip", args=[tip.pk])
    return reverse("desk:inbox", args=[tip.desk_id])


@require_POST
@allow(Permission.TIP_WORK)
def answer(request: StaffRequest, desk: uuid.UUID, tip: uuid.UUID) -> HttpResponse:
    """A complaint about another desk's tip was answered: this desk knows the tip by its number alone."""
    found = the_desk(request, desk)
    asked = get_object_or_404(work.complaints(found), tip=tip)
    form = desk_forms.DocumentForm(request.POST, tip=asked.tip)
    if form.is_valid():
        acts.answer_complaint(asked.tip, by=request.user, **form.said())
        messages.success(request, _("The complaint is answered."))
    return redirect("desk:inbox", found.pk)


@require_GET
@allow(Permission.TIP_WORK)
def enter(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """A tip heard by phone or at the desk: sealed here in the officer's browser, with a code to hand over."""
    found = the_desk(request, desk)
    more = {"heard": reverse("desk:heard", args=[found.pk]), "chain": keychain.of(found.pk),
            "language": "vi", "area": found.area.code, "place": str(found.area)}  # fmt: skip
    context = {"desk": found, "matters": MATTERS, "setting": setting(found, request, **more)}
    return render(request, "tips/desk/enter.html", context)


@require_POST
@allow(Permission.TIP_WORK)
@of_a_script
def heard(request: StaffRequest, desk: uuid.UUID) -> HttpResponseBase:
    found, posted = the_desk(request, desk), read(request)
    if intake.uuid_of(posted.head.get("desk")) != found.pk:
        raise Malformed("desk")
    accepted = work.take_down(posted, by=request.user)
    return JsonResponse({"receipt": accepted.receipt, "tip": str(accepted.tip.pk)}, status=201)
