"""Tip routes know nothing of who calls: what names a client is taken off before anything else sees the request (R2)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from luytre.tips import soundness

BEGINNING = "/tips/"
WORKPLACE = "/tips/work/"  # of those who sign in: an ordinary part of the house
NAMING = (
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_PORT",
    "HTTP_COOKIE",
    "HTTP_USER_AGENT",
    "HTTP_REFERER",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_AUTHORIZATION",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_DNT",
    "HTTP_SAVE_DATA",
    "HTTP_DOWNLINK",
    "HTTP_RTT",
    "HTTP_ECT",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
)
NAMING_BEGINNINGS = ("HTTP_X_", "HTTP_CF_", "HTTP_SEC_CH_", "HTTP_TRUE_CLIENT")
KEPT = ("HTTP_X_FORWARDED_PROTO",)  # of our own proxy: whether the way was sealed


def is_quiet(path: str) -> bool:
    return path.startswith(BEGINNING) and not path.startswith(WORKPLACE)


def hushed(request: HttpRequest) -> None:
    for name in list(request.META):
        if name in NAMING or (name.startswith(NAMING_BEGINNINGS) and name not in KEPT):
            del request.META[name]
    # The language is in the address, since neither a cookie nor the browser's own list may tell it.
    request.META["HTTP_ACCEPT_LANGUAGE"] = "en" if request.GET.get("lang") == "en" else "vi"


class QuietMiddleware:
    """The first of all: nothing after it can store or log a client, and no cookie leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        soundness.no_dumps()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_quiet(request.path_info):
            return self.get_response(request)
        hushed(request)
        response = closed_page() if soundness.closed() else self.get_response(request)
        response.cookies.clear()
        for name in ("Vary", "ETag", "Last-Modified"):
            response.headers.pop(name, None)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def closed_page() -> HttpResponse:
    """Where tips cannot be taken safely: in plain text, since nothing else of the house has seen the request."""
    words = _("Tips are not taken here. In danger call 113, 114 or 115, or go to the police of your commune.")
    return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")


def comes_from_here(request: HttpRequest) -> bool:
    """In place of a CSRF cookie: the browser says where a post comes from. `null` is Tor Browser's word for "I do not
    say", sent also with our own referrer policy; then only the fetch metadata is left to ask."""
    if request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.META.get("HTTP_ORIGIN", "null")
    return bool(origin == "null" or urlsplit(origin).netloc == request.get_host())
