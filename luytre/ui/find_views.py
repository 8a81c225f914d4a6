"""The page of the search over everything."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, signed_in
from luytre.ui import search
from luytre.ui.kit.lists import query_without

PAGE = 20


@require_GET
@signed_in
def find(request: StaffRequest) -> HttpResponse:
    """All groups with their first few, or one group page by page; each only where its reader may read it."""
    words = request.GET.get("q", "").strip()[:100]
    reader = search.Reader(request.user, timezone.localdate())
    context: dict[str, Any] = {"words": words, "groups": [], "group": None, "page": None}
    finder = search.named(request.GET.get("group", ""))
    if search.is_enough(words):
        asked = search.asked_of(finder, words, by=reader) if finder else None
        if finder and asked:
            context |= one_group(request, finder, asked)
        elif finder is None:
            context["groups"] = list(search.groups(words, by=reader))
    context["nothing"] = search.nothing_words(words)
    context["all_query"] = query_without(request.GET, "group", "page")
    return render(request, "ui/find.html", context)


def one_group(request: StaffRequest, finder: search.Finder, asked: search.Asked) -> dict[str, Any]:
    page = Paginator(finder.rows(asked), PAGE).get_page(request.GET.get("page"))
    finder.trace(page.object_list, request.user)
    return {"group": search.Group(finder, [finder.hit(row) for row in page.object_list]), "page": page}
