"""The reporter's pages: whole at the first load, so that no later request tells how far somebody has come."""

import gzip
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from luytre.accounts.access import public
from luytre.tips import conduct, desks, keychain, wording
from luytre.tips.models import Matter


def common() -> dict[str, Any]:
    """What every page of the tip line needs."""
    return {
        "lang": "?lang=en" if get_language() == "en" else "",
        "exit_to": settings.TIPS_EXIT,
        "is_open": desks.is_open(),
    }


@gzip_page
@require_GET
@public
def report(request: HttpRequest) -> HttpResponse:
    setting = {
        "root": keychain.root(),
        "language": get_language(),
        "words": wording.reporting(),
        "wary": conduct.listed(),
        "passing": conduct.passing(),
        "reasons": conduct.reasons(),
    }
    matters = [(value, label) for value, label in Matter.choices if value not in (Matter.PLACES, Matter.OTHER)]
    return render(request, "tips/report.html", {**common(), "setting": setting, "matters": matters})


@gzip_page
@require_GET
@public
def come_back(request: HttpRequest) -> HttpResponse:
    setting = {"root": keychain.root(), "language": get_language(), "words": wording.returning()}
    return render(request, "tips/return.html", {**common(), "setting": setting})


@gzip_page
@require_GET
@public
def elsewhere(request: HttpRequest) -> HttpResponse:
    return render(request, "tips/elsewhere.html", common())


@require_GET
@public
def places(request: HttpRequest) -> HttpResponse:
    """The whole list at once: what is typed to search it stays in the browser."""
    said = json.dumps(desks.places(on=timezone.localdate()), ensure_ascii=False, separators=(",", ":")).encode()
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(said, content_type="application/json")
    packed = gzip.compress(said, mtime=0)
    return HttpResponse(packed, content_type="application/json", headers={"Content-Encoding": "gzip"})


@require_GET
@public
def of_province(request: HttpRequest, province: str) -> HttpResponse:
    """By province, so that the request does not tell which commune."""
    return JsonResponse({"desks": [desks.described(one) for one in desks.in_province(province)]})
