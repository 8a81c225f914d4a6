"""Papers of a desk: the hand-over between shifts, the forms of the law, the register of the year."""

import uuid
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.tips import work
from luytre.tips.views.desk import described, setting, the_desk, the_tip

HOURS = (8, 12, 24, 72)


@require_GET
@allow(Permission.TIP_WORK)
def handover(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """For the next shift: what changed, and which clocks end soon."""
    found, now = the_desk(request, desk), timezone.now()
    asked = request.GET.get("hours", "")
    hours = int(asked) if asked.isdigit() and int(asked) in HOURS else HOURS[1]
    soon = work.inbox(found, work.Wanted(), now=now).filter(due_at__lt=now + timedelta(hours=24))
    context = described(
        found,
        request,
        hours=hours,
        choices=HOURS,
        now=now,
        changes=work.handed_over(found, since=now - timedelta(hours=hours)),
        pressing=soon[:100],
        pressing_count=soon.count(),
        counts=work.counts(found, now=now),
    )
    return render(request, "tips/desk/handover.html", context)


PAPERS = {
    "01": "tips/desk/paper_01.html",
    "03": "tips/desk/paper_03.html",
    "214": "tips/desk/paper_214.html",
}


@require_GET
@allow(Permission.TIP_WORK)
def paper(request: StaffRequest, tip: uuid.UUID, form: str) -> HttpResponse:
    """A form of the law as a page to print: its lines are filled in the browser, so that the server never sees them."""
    found = the_tip(request, tip)
    if form not in PAPERS:
        raise Http404
    mine = work.desks(request.user, request.scope)
    desk = mine.filter(pk=found.desk_id).first() or work.wrappings(found, mine)[0][0].desk
    more = {"tip": str(found.pk), "sealed": reverse("desk:sealed", args=[found.pk]),
            "part": reverse("desk:part", args=[found.pk, "0" * 64])}  # fmt: skip
    passed = found.steps.filter(verb="transferred").select_related("to_desk").order_by("-pk").first()
    context = {"tip": found, "desk": desk, "now": timezone.localtime(), "passed": passed,
               "officer": request.user, "setting": setting(desk, request, **more)}  # fmt: skip
    return render(request, PAPERS[form], context)


@require_GET
@allow(Permission.TIP_WORK)
def register(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """Form 294: the legal register of a month."""
    found = the_desk(request, desk)
    today = timezone.localdate()
    asked = request.GET.get("month", "")
    year, month = (int(asked[:4]), int(asked[5:7])) if work.is_month(asked) else (today.year, today.month)
    context = described(
        found, request, month=f"{year:04}-{month:02}", entries=work.register_of(found, year=year, month=month)
    )
    return render(request, "tips/desk/paper_294.html", context)
