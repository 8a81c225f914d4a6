"""How many tips came, how long an answer took and whether it was settled, by province: what two people released."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luytre.accounts.access import public
from luytre.tips.public import tables


@require_safe
@public
def shown(request: HttpRequest) -> HttpResponse:
    return render(request, "tips/figures.html", {"tables": tables()})
