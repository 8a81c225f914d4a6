"""What the pages of figures share: the question read from the address, and how a page says it is unclear."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from luytre.accounts.access import StaffRequest
from luytre.common import periods
from luytre.common.periods import Calendar
from luytre.reporting import questions
from luytre.reporting.questions import OutOfSight, Unclear
from luytre.reporting.territory import Territory

Page = Callable[..., HttpResponseBase]


def explained(view: Page) -> Page:
    """An unclear question gets a page that says what to mend; a place out of sight does not exist."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except OutOfSight as unseen:
            raise Http404(str(unseen)) from unseen
        except Unclear as problem:
            return render(request, "reporting/unclear.html", {"problem": problem}, status=400)

    return answer


def calendar_of(request: HttpRequest) -> Calendar:
    return Calendar.CIVIL if request.GET.get("calendar") == Calendar.CIVIL else Calendar.ADMINISTRATIVE


def territory_of(request: StaffRequest, code: str) -> Territory:
    """The page of a place as the address asks for it; this month unless it says otherwise."""
    today, calendar = timezone.localdate(), calendar_of(request)
    asked = {**request.GET.dict(), "area": code}
    question = questions.ask(asked, scope=request.scope, default=periods.month_of(today, calendar))
    chosen = questions.definition(request.GET.get("indicator") or "outreach_sessions")
    return Territory(question, chosen, request.scope, today, calendar)


def csv_file(name: str, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """With the mark that lets Excel read Vietnamese letters."""
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return HttpResponse(
        lines.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
