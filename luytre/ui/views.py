"""The first screen, the switches of every page, and the gallery of components."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, public, signed_in
from luytre.ui import gallery as samples
from luytre.ui import navigation
from luytre.ui.context import May

YEAR = 60 * 60 * 24 * 365


@require_GET
@signed_in
def home(request: StaffRequest) -> HttpResponse:
    """What is there to do today: the cards that this person's permissions bring."""
    return render(request, "ui/home.html", {"cards": navigation.cards_for(request, May(request.user))})


def back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else "/"


@require_POST
@public
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it; remembered in a cookie of a year."""
    response = redirect(back(request))
    chosen = request.POST.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie("luytre_theme", chosen, max_age=YEAR, samesite="Lax", secure=settings.IS_SECURE)
    else:
        response.delete_cookie("luytre_theme")
    return response


@require_POST
@public
def language(request: HttpRequest) -> HttpResponse:
    response = redirect(back(request))
    chosen = request.POST.get("language", "")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax", secure=settings.IS_SECURE
        )
    return response


@require_GET
@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build pages and for the pictures of the tests."""
    return render(request, "ui/gallery.html", samples.everything(request.GET.get("page", "1")))
