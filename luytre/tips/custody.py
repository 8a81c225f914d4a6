"""Opening who a reporter is: one custodian asks and says why, another takes the outer seal off, the first reads.

An identity is sealed to every two custodians, one inside the other, apart from the tip (tips.md, keys). The server sees
who asked, why, who agreed and when; what is inside it never sees, and no list, search or export has a place for it.
"""

import uuid

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Scope
from luytre.tips.framing import Framed, Malformed
from luytre.tips.hours import on_the_hour
from luytre.tips.intake import Refused, fits_an_identity
from luytre.tips.models import (
    Desk,
    IdentityReason,
    IdentityRequest,
    IdentitySeal,
    KeyRole,
    PersonKey,
    Step,
    Tip,
    Verb,
)

NEEDS_DOCUMENT = (IdentityReason.ORDER,)
SHORTEST = 8  # digits of a tip's number, as desks and forms write it


def keys(person: User) -> QuerySet[PersonKey]:
    return PersonKey.objects.certified().filter(user=person, role=KeyRole.CUSTODIAN).select_related("desk__area")


def desks(person: User, scope: Scope) -> QuerySet[Desk]:
    """Both are needed: the role over the desk's area, and a certified key."""
    return Desk.objects.within(scope).filter(pk__in=keys(person).values("desk")).order_by("name")


def key_of(person: User, desk: Desk) -> PersonKey | None:
    return keys(person).filter(desk=desk).first()


def find(number: str, key: PersonKey) -> Tip | None:
    """A tip with a name that this key can open together with another one; by its number, whole or its beginning."""
    typed = number.strip().lower().replace("-", "")
    if len(typed) < SHORTEST or set(typed) - set("0123456789abcdef"):
        return None
    first = uuid.UUID(typed.ljust(32, "0")[:32])
    last = uuid.UUID(typed.ljust(32, "f")[:32])
    sealed = IdentitySeal.objects.filter(inner=key.pk).values("tip")
    found = list(Tip.objects.filter(pk__in=sealed, pk__range=(first, last)).select_related("desk__area")[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def ask(tip: Tip, *, by: PersonKey, reason: str, document: str = "") -> IdentityRequest:
    """Why is said before anything is opened, and stays."""
    if reason not in IdentityReason.values:
        raise Malformed("reason")
    if reason in NEEDS_DOCUMENT and not document:
        raise Refused("document")
    Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)
    if waiting(tip).exists():
        raise Refused("asked")
    asked = IdentityRequest.objects.create(
        tip=tip, reason=reason, document=document, asked_by=by, asked_at=timezone.now()
    )
    noted(asked, "identity asked for", by=by)
    return asked


def waiting(tip: Tip) -> QuerySet[IdentityRequest]:
    return tip.identity_requests.filter(opened_at=None, refused_at=None)


def of(key: PersonKey) -> QuerySet[IdentityRequest]:
    """One's own, the newest first."""
    rows = IdentityRequest.objects.filter(asked_by=key).select_related("tip__desk", "asked_by__user", "agreed_by__user")
    return rows.order_by("-asked_at")


def requests(person: User, scope: Scope) -> QuerySet[IdentityRequest]:
    """At desks of which somebody keeps a custodian's key."""
    mine = keys(person).filter(desk__in=desks(person, scope)).values("desk")
    return IdentityRequest.objects.filter(asked_by__desk__in=mine)


def to_agree(key: PersonKey) -> QuerySet[IdentityRequest]:
    """Asked by somebody else, and this key takes off the outer seal."""
    rows = IdentityRequest.objects.filter(agreed_by=None, refused_at=None, asked_by__withdrawn_at=None)
    rows = rows.exclude(asked_by__user=key.user).filter(
        tip__identity_seals__outer=key.pk, tip__identity_seals__inner=F("asked_by")
    )
    return rows.select_related("tip__desk", "asked_by__user").order_by("asked_at")


def sealed(asked: IdentityRequest, key: PersonKey) -> bytes:
    """For the one who agrees: as it is stored, both seals on."""
    seal = IdentitySeal.objects.filter(tip=asked.tip_id, inner=asked.asked_by_id, outer=key.pk).first()
    if seal is None:
        raise Refused("gone")
    return bytes(seal.sealed)


@transaction.atomic
def agree(asked: IdentityRequest, posted: Framed, *, by: PersonKey) -> None:
    """What is left when the outer seal is off; it is still sealed to who asked."""
    asked = locked(asked)
    if asked.agreed_by_id or asked.refused_at:
        raise Refused("moved")
    if asked.asked_by.user_id == by.user_id:
        raise Refused("own")
    sealed(asked, by)
    left = posted.pieces[0] if len(posted.pieces) == 1 else b""
    if not fits_an_identity(left):
        raise Malformed("identity")
    asked.agreed_by, asked.agreed_at, asked.inner = by, timezone.now(), left
    asked.save(update_fields=["agreed_by", "agreed_at", "inner"])
    noted(asked, "identity agreed to", by=by)


@transaction.atomic
def refuse(asked: IdentityRequest, *, by: PersonKey) -> None:
    """By another custodian, or taken back by who asked."""
    asked = locked(asked)
    if asked.opened_at or asked.refused_at:
        raise Refused("moved")
    asked.refused_at, asked.inner = timezone.now(), None
    asked.save(update_fields=["refused_at", "inner"])
    noted(asked, "identity refused", by=by)


@transaction.atomic
def open_once(asked: IdentityRequest, *, by: PersonKey) -> bytes:
    """To who asked, once: whoever needs it again asks again. The desk and the reporter see that it was done."""
    asked = locked(asked)
    if asked.asked_by_id != by.pk or asked.inner is None or asked.refused_at or asked.opened_at:
        raise Refused("moved")
    left = bytes(asked.inner)
    asked.opened_at, asked.inner = timezone.now(), None
    asked.save(update_fields=["opened_at", "inner"])
    Step.objects.create(
        tip=asked.tip, verb=Verb.NAMED, at=on_the_hour(), by=by.user, desk=asked.tip.desk, document=asked.document
    )
    noted(asked, "identity opened", by=by)
    return left


def locked(asked: IdentityRequest) -> IdentityRequest:
    rows = IdentityRequest.objects.select_for_update(of=("self",)).select_related("tip__desk__area", "asked_by")
    return rows.get(pk=asked.pk)


def noted(asked: IdentityRequest, verb: str, *, by: PersonKey) -> None:
    audit.record(asked, verb, by=by.user, fields=["reason"], area_path=asked.tip.desk.area.path)
