"""What this system does not do: the page that residents should be able to hold us to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luytre.accounts import inventory
from luytre.accounts.access import public
from luytre.administration import limits


@require_safe
@public
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "administration/limits.html", {"rules": limits.rules()})


@require_safe
@public
def kept(request: HttpRequest) -> HttpResponse:
    """The inventory, as everybody may read it (rights rule R3)."""
    return render(request, "administration/kept.html", {"holdings": inventory.about_people()})
