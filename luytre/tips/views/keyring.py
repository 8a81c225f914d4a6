"""One's own keys, and the page on which a holder certifies the keys of others. Secrets never come here in clear."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luytre.accounts.access import StaffRequest, allow
from luytre.accounts.permissions import Permission
from luytre.tips import joining, keychain, keyring, keyring_wording
from luytre.tips.framing import Framed, Malformed, read, told_in
from luytre.tips.models import Desk, KeyRole
from luytre.tips.views.desk import of_a_script

ANY = (Permission.TIP_WORK, Permission.TIP_KEYS, Permission.TIP_CUSTODY)


def setting(desk: Desk, request: StaffRequest, **more: Any) -> dict[str, Any]:
    return {
        "root": keychain.root(),
        "desk": str(desk.pk),
        "name": desk.name,
        "person": str(request.user.pk),
        "words": keyring_wording.words(),
        **more,
    }


@require_GET
@allow(*ANY)
def mine(request: StaffRequest) -> HttpResponse:
    """My keys, and the desks at which I may make one."""
    words = request.GET.get("q", "")[:100]
    context = {
        "keys": keyring.of(request.user),
        "founding": keyring.founding(request.user, request.scope),
        "offers": keyring.offers(request.user, words, on=timezone.localdate()),
        "words": words,
    }
    return render(request, "tips/keys/mine.html", context)


@require_GET
@allow(*ANY)
def join(request: StaffRequest, desk: uuid.UUID, role: str) -> HttpResponse:
    found = the_offer(request, desk, role)
    about = {"desk": found, "role": KeyRole(role), "places": (1, 2)}
    ask = reverse("desk:ask", args=[found.pk, role])
    return render(request, "tips/keys/join.html", {**about, "setting": setting(found, request, role=role, ask=ask)})


@require_POST
@allow(*ANY)
@of_a_script
def ask(request: StaffRequest, desk: uuid.UUID, role: str) -> HttpResponseBase:
    found, head = the_offer(request, desk, role), read(request).head
    said = {name: str(head.get(name, "")) for name in ("key", "recipient", "locked")}
    made = joining.ask(found, by=request.user, role=role, **said)
    return JsonResponse({"key": str(made.pk)}, status=201)


def the_offer(request: StaffRequest, desk: uuid.UUID, role: str) -> Desk:
    found = get_object_or_404(Desk.objects.within(request.scope), pk=desk)
    if not keyring.may_join(request.user, found, role, on=timezone.localdate()):
        raise Http404
    return found


@require_POST
@allow(*ANY)
def drop(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """My own key that nobody has certified yet."""
    found = get_object_or_404(keyring.of(request.user), pk=key, certified_at=None)
    joining.drop(found, by=request.user)
    messages.success(request, _("The key is gone. Make a new one when you are ready."))
    return redirect("desk:keyring")


@require_POST
@allow(*ANY)
@of_a_script
def passkey(request: StaffRequest, key: uuid.UUID) -> HttpResponseBase:
    """My own secret, locked with a passkey as well; nothing takes it off again."""
    found = get_object_or_404(keyring.of(request.user), pk=key)
    joining.lock_with_passkey(found, str(read(request).head.get("locked", "")), by=request.user)
    return JsonResponse({}, status=201)


@require_GET
@allow(Permission.TIP_KEYS)
def people(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    """Who has which key of the desk; a holder signs here who comes and who leaves."""
    found = the_held(request, desk)
    more = {
        "role": KeyRole.HOLDER.value,
        "keys": reverse("desk:holder", args=[found.pk]),
        "draft": reverse("desk:draft", args=[found.pk]),
        "publish": reverse("desk:publish", args=[found.pk]),
        "hold": reverse("desk:people", args=[found.pk]),
    }
    context = {
        "desk": found,
        **keyring.people(found),
        "list": keyring.list_of(found),
        "now": timezone.now(),
        "setting": setting(found, request, **more),
    }
    return render(request, "tips/keys/people.html", context)


def the_held(request: StaffRequest, desk: uuid.UUID) -> Desk:
    return get_object_or_404(keyring.held(request.user, request.scope), pk=desk)


@require_GET
@allow(Permission.TIP_KEYS)
def holder(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    key = keyring.holder_of(request.user, the_held(request, desk))
    if key is None:
        raise Http404
    return JsonResponse(keyring.secrets(key))


@require_GET
@allow(Permission.TIP_KEYS)
def draft(request: StaffRequest, desk: uuid.UUID) -> HttpResponse:
    return JsonResponse(keyring.draft(the_held(request, desk)))


@require_POST
@allow(Permission.TIP_KEYS)
@of_a_script
def publish(request: StaffRequest, desk: uuid.UUID) -> HttpResponseBase:
    """The next list as the holder's browser signed it, with a new epoch when there is one."""
    found, posted = the_held(request, desk), read(request)
    kept = joining.publish(found, statement_in(posted), epoch_in(posted), by=request.user)
    messages.success(request, _("The list is signed. It holds until %(day)s.") % {"day": f"{kept.expires_at:%d/%m/%Y}"})
    return JsonResponse({"version": kept.version}, status=201)


def statement_in(posted: Framed) -> dict[str, Any]:
    return told_in(posted.pieces[0] if posted.pieces else b"", of="statement")


def epoch_in(posted: Framed) -> joining.NewEpoch | None:
    """`to` names the officers and `pairs` the recovery holders whose pieces follow the list, in this order."""
    said, files = posted.head.get("epoch"), posted.pieces[1:]
    if said is None:
        return None
    try:
        to, pairs = [str(one) for one in said["to"]], [(str(one), str(other)) for one, other in said["pairs"]]
        number, recipient = int(said["number"]), str(said["recipient"])
    except (KeyError, TypeError, ValueError) as error:
        raise Malformed("epoch") from error
    if len(files) != len(to) + len(pairs):
        raise Malformed("epoch")
    sealed = [(*pair, file) for pair, file in zip(pairs, files[len(to) :], strict=True)]
    return joining.NewEpoch(number, recipient, dict(zip(to, files, strict=False)), sealed)
