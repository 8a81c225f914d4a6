"""The history of a place."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.administration import descent


@require_safe
@allow(Permission.AREA_READ, Permission.TERRITORY_CHANGE)
def history(request: StaffRequest, code: str) -> HttpResponse:
    """Names and dates of places are nobody's secret: every role may read those of all."""
    lives = descent.lives(code, today=request.scope.on)
    if not lives:
        raise Http404
    return render(request, "administration/territory/history.html", {"lives": lives, "code": code})
