"""Where reporters' browsers send and ask. No cookie, no name, no address: what comes in is sealed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import public
from luytre.tips import complaints, intake, keychain, puzzle
from luytre.tips.clock_rules import name_of
from luytre.tips.framing import Malformed, framed, read, told_in
from luytre.tips.models import Direction, Tip
from luytre.tips.quiet import comes_from_here

STATUS = {
    "unknown": 404,
    "overload": 503,
    "puzzle": 403,
    "many": 429,
    "keys": 409,
    "number": 409,
    "order": 409,
    "closed": 409,
    "complained": 409,
    "desk": 404,
}


def sealed_post(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A post of our own page. What is wrong is said in one word, the same for everybody."""

    @csrf_exempt
    @require_POST
    @public
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not comes_from_here(request):
            return JsonResponse({"why": "elsewhere"}, status=403)
        try:
            return view(request, *args, **kwargs)
        except Malformed:
            return JsonResponse({"why": "malformed"}, status=400)
        except intake.Refused as refused:
            return JsonResponse({"why": refused.why}, status=STATUS.get(refused.why, 422))

    return guarded


@require_GET
@public
def keys(request: HttpRequest, desk: str) -> HttpResponse:
    """The signed lists from the root down to the desk, and a puzzle."""
    return JsonResponse(
        {
            "chain": keychain.of(intake.uuid_of(desk)),
            "challenge": puzzle.challenge(),
            "bits": settings.TIPS_PUZZLE_BITS,
        }
    )


@sealed_post
def tips(request: HttpRequest) -> HttpResponse:
    accepted = intake.accept(read(request))
    return JsonResponse({"receipt": accepted.receipt}, status=201 if accepted.is_new else 200)


@sealed_post
def conversation(request: HttpRequest) -> HttpResponse:
    """What the ten words lead to."""
    tip = intake.find(said(request).get("lookup"))
    wrapping = tip.wrappings.get(epoch=None)
    return HttpResponse(framed(described(tip), [bytes(wrapping.sealed)]), content_type="application/octet-stream")


@sealed_post
def part(request: HttpRequest) -> HttpResponse:
    head = said(request)
    tip = intake.find(head.get("lookup"))
    found = shown(tip).filter(digest=intake.sixty_four_digits(head.get("digest"))).first()
    if found is None:
        raise intake.Refused("unknown")
    return HttpResponse(bytes(found.sealed), content_type="application/octet-stream")


@sealed_post
def parts(request: HttpRequest) -> HttpResponse:
    """One more part from the reporter."""
    posted = read(request)
    tip = intake.find(posted.head.get("lookup"))
    kept = intake.add_part(tip, Direction.REPORTER, posted)
    return JsonResponse(kept.described, status=201)


@sealed_post
def code(request: HttpRequest) -> HttpResponse:
    """New words in place of those that an officer handed over."""
    intake.replace_code(read(request))
    return JsonResponse({})


@sealed_post
def withdrawal(request: HttpRequest) -> HttpResponse:
    intake.withdraw(intake.find(said(request).get("lookup")))
    return JsonResponse({})


@sealed_post
def verdict(request: HttpRequest) -> HttpResponse:
    head = said(request)
    intake.say_settled(intake.find(head.get("lookup")), str(head.get("settled")))
    return JsonResponse({})


@sealed_post
def complaint(request: HttpRequest) -> HttpResponse:
    """To one of the desks that `complaints.above` named, or to the first of them."""
    head = said(request)
    tip = intake.find(head.get("lookup"))
    to = head.get("desk")
    step = complaints.complain(tip, str(to) if to else None)
    return JsonResponse({"desk": step.desk.name}, status=201)


def said(request: HttpRequest) -> dict[str, Any]:
    return told_in(request.read(4097)[:4096])


def shown(tip: Tip) -> Any:
    return tip.parts.exclude(direction=Direction.NOTES).order_by("direction", "number")


def described(tip: Tip) -> dict[str, Any]:
    return {
        "tip": str(tip.pk),
        "desk": str(tip.desk_id),
        "name": tip.desk.name,
        "phone": tip.desk.phone,
        "address": tip.desk.address,
        **keychain.speaking(tip),
        "state": tip.state,
        "received": f"{tip.received_at:%Y-%m-%dT%H}",
        "settled": tip.settled,
        "once": tip.is_code_once,
        "ask": intake.is_asked(tip),
        "parts": [one.described for one in shown(tip)],
        "steps": [
            {"verb": one.verb, "at": f"{one.at:%Y-%m-%dT%H}", "desk": one.desk.name}
            for one in tip.steps.select_related("desk")
        ],
        "above": [{"id": str(one.pk), "name": one.name} for one in complaints.above(tip.desk)],
        "clocks": [
            {"words": name_of(one.rule), "due": f"{one.due_at:%Y-%m-%dT%H}", "stands": one.paused_at is not None}
            for one in tip.clocks.running().order_by("due_at")
        ],
    }
