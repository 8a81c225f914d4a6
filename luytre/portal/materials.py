"""The public pages of the materials library: by topic, by words without tone marks, and one for each material."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import public
from luytre.activities import public as activities
from luytre.bulletins import public as bulletins
from luytre.ui import qr


@require_GET
@public
def materials(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    query, topic = request.GET.get("q", "").strip()[:80], request.GET.get("topic", "")[:40]
    context = {
        "query": query,
        "topic": topic,
        "topics": bulletins.topics_in_use(on=today),
        "found": bulletins.search(query, topic, on=today),
        "learned": [one for one in activities.learning() if topic in ("", one.topic)],
    }
    return render(request, "portal/materials.html", context)


@require_GET
@public
def material(request: HttpRequest, pk: int) -> HttpResponse:
    found = bulletins.material(pk, on=timezone.localdate())
    if found is None:
        raise Http404
    address = request.build_absolute_uri(reverse("portal:material", args=[pk]))
    context = {
        "found": found,
        "code": qr.svg(address, _("Code to this page")),
        "crumbs": [(_("Materials to read, see and hear"), reverse("portal:materials")), (found.title, "")],
    }
    return render(request, "portal/material.html", context)


@require_GET
@public
def material_file(request: HttpRequest, pk: int) -> FileResponse:
    answer = bulletins.file_of(pk, on=timezone.localdate())
    if answer is None:
        raise Http404
    return answer
