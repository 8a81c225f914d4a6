"""Which residential areas are covered, and the tree from a pilot to its copies."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.registry.coverage import Coverage, share
from luytre.registry.models import Site
from luytre.registry.replication import tree
from luytre.ui.components import Tab

PAGE = 50


@allow(Permission.REGISTER_READ)
def coverage(request: StaffRequest) -> HttpResponse:
    """All residential areas, those with a site, and beside it those with a living one."""
    made = Coverage(request.scope)
    shows_asleep = request.GET.get("show") == "asleep"
    rows = (made.asleep() if shows_asleep else made.uncovered()).select_related("parent").order_by("path")
    whole, covered, living = made.areas().count(), made.covered().count(), made.living().count()
    context = {
        "whole": whole,
        "covered": covered,
        "living": living,
        "covered_share": share(covered, whole),
        "living_share": share(living, whole),
        "months": made.months,
        "shows_asleep": shows_asleep,
        "tabs": tabs(whole - covered, covered - living, shows_asleep=shows_asleep),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "registry/coverage.html", context)


def tabs(uncovered: int, asleep: int, *, shows_asleep: bool) -> list[Tab]:
    return [
        Tab(_("Without a site"), "?", not shows_asleep, uncovered),
        Tab(_("Only with a site gone quiet"), "?show=asleep", shows_asleep, asleep),
    ]


@allow(Permission.REGISTER_READ)
def replication(request: StaffRequest, pk: int) -> HttpResponse:
    """From the pilot down; sites outside one's territory are named by their place only."""
    site = get_object_or_404(Site.objects.within(request.scope).select_related("origin"), pk=pk)
    return render(request, "registry/replication.html", {"site": site, "root": tree(site, request.scope)})
