"""Where two custodians open who a reporter is. The server hands out what is sealed; it never has a name."""

import base64
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.tips import custody, custody_forms, intake, keyring, keyring_wording
from luytre.tips.framing import read
from luytre.tips.models import Desk, IdentityRequest, KeyRole, PersonKey
from luytre.tips.views.desk import SEALED, of_a_script
from luytre.tips.views.keyring import setting


@require_GET
@allow(Permission.TIP_CUSTODY)
def home(request: StaffRequest) -> HttpResponse:
    mine = list(custody.desks(request.user, request.scope))
    if len(mine) == 1:
        return redirect("desk:custody", mine[0].pk)
    return render(request, "tips/keys/identities.html", {"desks": mine})


def the_keeping(request: StaffRequest, desk: uuid.UUID) -> tuple[Desk, PersonKey]:
    found: Desk = get_object_or_404(custody.desks(request.user, request.scope), pk=desk)
    key = custody.key_of(request.user, found)
    if key is None:
        raise Http404
    return found, key


@require_http_methods(["GET", "POST"])
@allow(Permission.TIP_CUSTODY)
def of_desk(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """Ask for one, agree with another custodian, read what was agreed to."""
    found, key = the_keeping(request, desk)
    form = custody_forms.AskForm(request.POST or None, key=key)
    if form.is_valid():
        try:
            custody.ask(form.tip, by=key, **form.said())
        except intake.Refused as refused:
            form.add_error(None, keyring_wording.failing()[f"why_{refused.why}"])
        else:
            messages.success(request, _("Asked. Another custodian must agree now."))
            return redirect("desk:custody", found.pk)
    context = {"desk": found, "form": form, "agreeing": custody.to_agree(key), "own": custody.of(key)[:50]}
    context["setting"] = setting(found, request, **addresses(found))
    return render(request, "tips/keys/custody.html", context, status=422 if form.errors else 200)


def addresses(desk: Desk) -> dict[str, Any]:
    return {"role": KeyRole.CUSTODIAN.value, "keys": reverse("desk:custodian", args=[desk.pk])}


@require_GET
@allow(Permission.TIP_CUSTODY)
def keys(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """One's own locked secret."""
    _found, key = the_keeping(request, desk)
    return JsonResponse(keyring.own(key))


def the_request(request: StaffRequest, pk: int) -> tuple[IdentityRequest, PersonKey]:
    asked = get_object_or_404(custody.requests(request.user, request.scope), pk=pk)
    return asked, custody.keys(request.user).get(desk=asked.asked_by.desk_id)


@require_GET
@allow(Permission.TIP_CUSTODY)
@of_a_script
def sealed(request: StaffRequest, pk: int) -> HttpResponseBase:
    asked, key = the_request(request, pk)
    return HttpResponse(custody.sealed(asked, key), content_type=SEALED)


@require_POST
@allow(Permission.TIP_CUSTODY)
@of_a_script
def agree(request: StaffRequest, pk: int) -> HttpResponseBase:
    asked, key = the_request(request, pk)
    custody.agree(asked, read(request), by=key)
    messages.success(request, _("Agreed. The custodian who asked can read it now."))
    return JsonResponse({}, status=201)


@require_POST
@allow(Permission.TIP_CUSTODY)
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    asked, key = the_request(request, pk)
    try:
        custody.refuse(asked, by=key)
    except intake.Refused as refused:
        messages.error(request, keyring_wording.failing()[f"why_{refused.why}"])
    else:
        messages.success(request, _("It stays sealed."))
    return redirect("desk:custody", asked.asked_by.desk_id)


@require_POST
@allow(Permission.TIP_CUSTODY)
@of_a_script
def open_once(request: StaffRequest, pk: int) -> HttpResponseBase:
    """What two people agreed to, to the one who asked; only their browser opens it."""
    asked, key = the_request(request, pk)
    left = custody.open_once(asked, by=key)
    return JsonResponse({"sealed": base64.b64encode(left).decode()})
