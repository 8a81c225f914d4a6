"""What anybody may check: the roots of the days, the way from a receipt to its root, the list of scripts."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luytre.accounts.access import public
from luytre.tips import days as roots
from luytre.tips import honesty, intake
from luytre.tips.models import DayRoot
from luytre.tips.views.intake import said, sealed_post
from luytre.tips.views.reporter import common

SHOWN = 366


@require_GET
@public
def days(request: HttpRequest) -> HttpResponse:
    told = DayRoot.objects.defer("leaves").order_by("-day")[:SHOWN]
    return render(request, "tips/days.html", {**common(), "days": told})


@require_GET
@public
def days_as_data(request: HttpRequest) -> HttpResponse:
    told = DayRoot.objects.order_by("-day").values("day", "root", "count")
    return JsonResponse({"days": [{**one, "day": f"{one['day']}"} for one in told]})


@sealed_post
def proof(request: HttpRequest) -> HttpResponse:
    """For a digest that a receipt tells; it names no tip."""
    digest = intake.sixty_four_digits(said(request).get("digest"))
    found = roots.proof(digest)
    if found is None:
        raise intake.Refused("unknown")
    return JsonResponse(found)


@require_GET
@public
def manifest(request: HttpRequest) -> HttpResponse:
    """The files of the pages with their hashes: as the release's key signed them, else as this server has them."""
    return JsonResponse(served())


@cache
def served() -> dict[str, object]:
    file = Path(settings.TIPS_MANIFEST)
    return dict(json.loads(file.read_text())) if file.exists() else {"said": {"files": honesty.listed()}}
