"""A list as it hangs on the notice board: its office, its day, its filters, every row, page numbers on paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from luytre.accounts.access import StaffRequest, View, allow
from luytre.areas.models import Area
from luytre.ui.kit.lists import listing, query_without
from luytre.ui.registers import Register

MOST = 2000


def print_page(register: Register) -> View:
    @require_GET
    @allow(register.read)
    def show(request: StaffRequest) -> HttpResponse:
        found = listing(request, register, request.scope, per_page=MOST)
        office = Area.objects.within(request.scope).order_by("path").select_related("parent").first()
        context = {
            "register": register,
            "listing": found,
            "office": office,
            "more": max(0, found.page.paginator.count - MOST),
            "is_big": request.GET.get("size") == "board",
            "query": query_without(request.GET, "size", "page"),
            "back_query": query_without(request.GET, "size", "page", "pk"),
            "crumbs": [(register.label.capitalize(), register.url()), (_("Print the list"), "")],
        }
        return render(request, "ui/kit/print.html", context)

    return show
