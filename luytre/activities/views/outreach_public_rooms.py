"""What people see on their phones in a room: no account, no name, no cookie that tells one phone from another.

These pages set no CSRF cookie, since it would be a number of its own for each phone: what is sent counts only with a
ticket of the room, which no other site can give. The one cookie says "somebody here has tapped", to all phones alike.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import public
from luytre.activities.forms import QuestionsForm
from luytre.activities.models import LearningCheck, Room
from luytre.activities.models.outreach_rooms import NotATicket, RoomClosed, TicketUsed

HERE = "luytre_here"
MOMENTS = ("before", "after")


def find(code: str) -> Room | None:
    return Room.objects.published(code, timezone.now())


def check_of(found: Room) -> LearningCheck | None:
    return getattr(found.planned, "learning", None)


@require_GET
@public
def door(request: HttpRequest) -> HttpResponse:
    """Where the six digits are typed by whose phone reads no codes."""
    typed = "".join(filter(str.isdigit, request.GET.get("code", "")))[:6]
    if typed and find(typed):
        return redirect("rooms:room", code=typed)
    return render(request, "activities/rooms/door.html", {"typed": typed}, status=404 if typed else 200)


@never_cache
@require_GET
@public
def room(request: HttpRequest, code: str) -> HttpResponse:
    found = find(code)
    if found is None:
        return render(request, "activities/rooms/door.html", {"typed": code}, status=404)
    done = request.GET.get("done", "")
    context: dict[str, Any] = {
        "room": found,
        "ticket": found.ticket(),
        "is_here": HERE in request.COOKIES or done == "here",
        "done": done if done in ("here", *MOMENTS) else "",
        "asks": check_of(found) is not None,
    }
    return render(request, "activities/rooms/room.html", context)


@csrf_exempt
@require_POST
@public
def come_in(request: HttpRequest, code: str) -> HttpResponse:
    found = find(code)
    if found is None:
        return render(request, "activities/rooms/door.html", {"typed": code}, status=404)
    try:
        found.come_in(request.POST.get("ticket", ""), at=timezone.now())
    except TicketUsed:
        pass  # sent twice by a weak network: it counts once, and whoever tapped sees the same page
    except (NotATicket, RoomClosed):
        return redirect("rooms:room", code=code)
    return answered(code, "here")


def answered(code: str, done: str) -> HttpResponseRedirect:
    address = reverse("rooms:room", args=[code])
    response = HttpResponseRedirect(f"{address}?done={done}")
    if done == "here":
        response.set_cookie(HERE, "1", path=address, max_age=60 * 60 * 12, samesite="Strict", httponly=True)
        response.cookies[HERE]["expires"] = ""  # the second of the tap would tell one phone from another
    return response


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def questions(request: HttpRequest, code: str, moment: str) -> HttpResponse:
    found = find(code)
    check = check_of(found) if found else None
    if found is None or check is None or moment not in MOMENTS:
        return render(request, "activities/rooms/door.html", {"typed": code}, status=404)
    form = QuestionsForm(request.POST or None, check=check)
    if request.method == "POST" and form.is_valid():
        try:
            check.take(found, request.POST.get("ticket", ""), moment, form.answers(), at=timezone.now())
        except (TicketUsed, NotATicket, RoomClosed):
            return redirect("rooms:room", code=code)
        return answered(code, moment)
    context = {"room": found, "form": form, "moment": moment, "ticket": found.ticket()}
    return render(request, "activities/rooms/questions.html", context)
