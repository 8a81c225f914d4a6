"""What officers' browsers hand on when they unlock, and the tips of a desk that was merged."""

import uuid

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.tips import handing, successors, work
from luytre.tips.framing import framed, read
from luytre.tips.intake import uuid_of
from luytre.tips.models import Desk, PersonKey
from luytre.tips.views.desk import SEALED, of_a_script, setting, the_desk


def key_of(request: StaffRequest, desk: Desk) -> PersonKey:
    key = work.key_of(request.user, desk)
    if key is None:
        raise Http404
    return key


@require_http_methods(["GET", "POST"])
@allow(Permission.TIP_WORK)
@of_a_script
def missing(request: StaffRequest, desk: uuid.UUID) -> HttpResponseBase:
    """Which officers lack which epochs; and what a browser has sealed to them."""
    found = the_desk(request, desk)
    key = key_of(request, found)
    if request.method == "GET":
        return JsonResponse({"missing": handing.missing(found, key)})
    return JsonResponse({"handed": handing.hand_epoch(found, read(request), by=key)}, status=201)


@require_http_methods(["GET", "POST"])
@allow(Permission.TIP_WORK)
@of_a_script
def stale(request: StaffRequest, desk: uuid.UUID) -> HttpResponseBase:
    """Open tips that are sealed to an epoch which is over; and the same wrapped again."""
    found = the_desk(request, desk)
    if request.method == "GET":
        head, pieces = handing.stale_page(handing.stale(found), key_of(request, found))
        return HttpResponse(framed(head, pieces), content_type=SEALED)
    return JsonResponse({"wrapped": handing.rewrap(found, read(request), by=request.user)}, status=201)


def the_closed(request: StaffRequest, desk: uuid.UUID) -> Desk:
    rows = work.keyed(request.user, request.scope).filter(closed_at__isnull=False, successor__isnull=False)
    return get_object_or_404(rows, pk=desk)


@require_GET
@allow(Permission.TIP_WORK)
def carry(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """After a merger: the open tips of the desk that is closed go to the one that follows."""
    found = the_closed(request, desk)
    more = {"heir": str(found.successor_id), "carried": reverse("desk:carried", args=[found.pk])}
    count = successors.left_behind(found).count()
    context = {
        "desk": found,
        "count": count,
        "setting": setting(found, request, **more),
    }
    return render(request, "tips/desk/carry.html", context)


@require_http_methods(["GET", "POST"])
@allow(Permission.TIP_WORK)
@of_a_script
def carried(request: StaffRequest, desk: uuid.UUID) -> HttpResponseBase:
    found = the_closed(request, desk)
    if request.method == "GET":
        head, pieces = handing.left_page(found, key_of(request, found))
        return HttpResponse(framed(head, pieces), content_type=SEALED)
    posted = read(request)
    wrapped = [(uuid_of(one), sealed) for one, sealed in zip(posted.named("tips"), posted.pieces, strict=True)]
    successors.carry_all(found, wrapped, epoch=posted.head.get("epoch"), by=request.user)
    return JsonResponse({"carried": len(wrapped)}, status=201)
