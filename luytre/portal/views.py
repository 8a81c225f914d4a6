"""The public site: one thing a page, no account, released figures only."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import public
from luytre.areas import public as areas
from luytre.reporting import public as reporting
from luytre.ui.doors import open_doors


@require_GET
@public
def front(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:80]
    places = areas.search(query, on=timezone.localdate())
    return render(request, "portal/front.html", {"query": query, "places": places, "doors": doors()})


def doors() -> list[dict[str, Any]]:
    """What anyone can do here today, by the six verbs; nothing that does not exist yet."""
    seals = _("A seal for each day over all that was done here. Keep a copy: it tells whether the past was changed.")
    rights = _("Ask what is held about you, have it corrected, object or withdraw. No account is needed.")
    return [
        *open_doors(),
        {
            "title": _("Know: released figures"),
            "text": _("What was done in the whole country, in your province and in your commune."),
            "url": reverse("portal:place", args=["0"]),
            "action": _("See the figures"),
        },
        {
            "title": _("Do: sign a pledge"),
            "text": _("Campaigns of your commune that may be signed by phone, without a name."),
            "url": reverse("portal:pledges"),
            "action": _("See the pledges"),
        },
        {
            "title": _("Do: take part where you live"),
            "text": _(
                "Groups of neighbours, mediators, patrols: write down your own name, and your commune calls you back."
                " You write for yourself, never for somebody else."
            ),
            "url": reverse("registry:join"),
            "action": _("Ask to join"),
        },
        {
            "title": _("Benefit: help for a new start"),
            "text": _("Jobs, courses, loans and people at your side for whoever has come home."),
            "url": reverse("portal:offers"),
            "action": _("See the offers"),
        },
        {
            "title": _("Know: leaflets, films and recordings"),
            "text": _("How to keep safe from fraud, fire and other dangers: to read, to see, to hear, to pass on."),
            "url": reverse("portal:materials"),
            "action": _("See the materials"),
        },
        {
            "title": _("Check: the trail nobody can rewrite"),
            "text": seals,
            "url": reverse("administration:roots"),
            "action": _("See the daily seals"),
        },
        {
            "title": _("Your rights: what is held about you"),
            "text": rights,
            "url": reverse("administration:my-data"),
            "action": _("Ask"),
        },
        {
            "title": _("What this system does not do"),
            "text": _("No profiles of people, no scores of people, no rankings of tips. Each rule is kept by a test."),
            "url": reverse("limits"),
            "action": _("Read the rules"),
        },
    ]


@require_GET
@public
def place(request: HttpRequest, code: str) -> HttpResponse:
    found = areas.place(code, on=timezone.localdate())
    if found is None:
        raise Http404
    above = [(one.name, reverse("portal:place", args=[one.code])) for one in found.above]
    context = {"found": found, "crumbs": [*above, (found.area.name, "")], "tables": reporting.tables(code)}
    return render(request, "portal/place.html", context)
