"""Where the holders of a desk's certifying key make it, share it and are let go. Secrets never come here in clear."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.tips import holders, intake, joining, keyring, keyring_wording
from luytre.tips.framing import Malformed, read
from luytre.tips.models import Desk, KeyRole, PersonKey
from luytre.tips.views.desk import of_a_script
from luytre.tips.views.keyring import setting, the_held


def the_founded(request: StaffRequest, desk: uuid.UUID) -> Desk:
    found = get_object_or_404(Desk.objects.within(request.scope), pk=desk, closed_at=None)
    if not holders.may_found(found, request.user):
        raise Http404
    return found


@require_GET
@allow(Permission.TIP_KEYS)
def founding(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """Two holders make the desk's certifying key: for a new desk, or when those before are gone."""
    found = the_founded(request, desk)
    keys = list(holders.founders(found))
    more = {
        "role": KeyRole.HOLDER.value,
        "found": reverse("desk:found", args=[found.pk]),
        "holders": [keyring.described(key) for key in keys],
    }
    context = {"desk": found, "holders": keys, "setting": setting(found, request, **more)}
    return render(request, "tips/keys/found.html", context)


@require_POST
@allow(Permission.TIP_KEYS)
@of_a_script
def found(request: StaffRequest, desk: uuid.UUID) -> HttpResponseBase:
    at, posted = the_founded(request, desk), read(request)
    sealed = {str(one): piece for one, piece in zip(posted.named("to"), posted.pieces, strict=True)}
    holders.found(at, str(posted.head.get("key", "")), sealed, by=request.user)
    return JsonResponse({}, status=201)


@require_POST
@allow(Permission.TIP_KEYS)
@of_a_script
def hold(request: StaffRequest, desk: uuid.UUID, key: uuid.UUID) -> HttpResponseBase:
    """One more holder, for whom a holder's browser sealed the certifying secret."""
    found, posted = the_key(request, desk, key), read(request)
    if len(posted.pieces) != 1:
        raise Malformed("certifier")
    holders.hold(found, posted.pieces[0], by=request.user)
    messages.success(request, _("One more holder can sign the list."))
    return JsonResponse({}, status=201)


@require_POST
@allow(Permission.TIP_KEYS)
def dismiss(request: StaffRequest, desk: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """A key that waits is refused; a holder is let go."""
    found = the_key(request, desk, key)
    try:
        (holders.dismiss if found.certified_at else joining.drop)(found, by=request.user)
    except intake.Refused as refused:
        messages.error(request, keyring_wording.failing().get(f"why_{refused.why}", _("That did not work.")))
    else:
        messages.success(request, _("The key counts no more."))
    return redirect("desk:people", desk)


def the_key(request: StaffRequest, desk: uuid.UUID, key: uuid.UUID) -> PersonKey:
    return get_object_or_404(the_held(request, desk).keys.filter(withdrawn_at=None), pk=key)
