"""What officers' browsers hand on when they unlock: epochs to officers certified since, open tips to the newest epoch.

Only a browser can do it, since only browsers have the keys; the server says what is missing. To whom a secret is sealed
the browser takes from the desk's signed list, never from here.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from luytre import audit
from luytre.accounts.models import User
from luytre.tips.framing import Framed, Malformed
from luytre.tips.hours import on_the_hour
from luytre.tips.intake import Refused, fits_a_wrapping, uuid_of
from luytre.tips.joining import is_a_secret
from luytre.tips.models import Desk, KeyRole, LockedSecret, PersonKey, Tip, Wrapping

AT_ONCE = 20


def missing(desk: Desk, key: PersonKey) -> list[dict[str, Any]]:
    """Officers of the desk without the secret of an epoch that this officer's key opens."""
    mine = LockedSecret.objects.filter(person=key, of=LockedSecret.Of.EPOCH).values_list("epoch__number", flat=True)
    officers = desk.keys.certified().filter(role=KeyRole.OFFICER).exclude(pk=key.pk)
    have = set(LockedSecret.objects.filter(person__in=officers).values_list("person", "epoch__number"))
    return [
        {"officer": str(pk), "epoch": number}
        for pk in officers.order_by("certified_at").values_list("pk", flat=True)
        for number in sorted(mine)
        if (pk, number) not in have
    ]


@transaction.atomic
def hand_epoch(desk: Desk, posted: Framed, *, by: PersonKey) -> int:
    """Secrets of epochs, each sealed to an officer who had none: `head.to` names them in the order of the pieces."""
    named = pairs(posted)
    for (officer, number), sealed in zip(named, posted.pieces, strict=True):
        if not str(number).isdigit() or not is_a_secret(sealed):
            raise Malformed("epoch")
        person = desk.keys.certified().filter(pk=uuid_of(officer), role=KeyRole.OFFICER).first()
        epoch = desk.epochs.filter(number=number, locked_secrets__person=by).first()
        if person is None or epoch is None:
            raise Refused("moved")
        about: dict[str, Any] = {"desk": desk, "of": LockedSecret.Of.EPOCH, "epoch": epoch, "person": person}
        LockedSecret.objects.get_or_create(**about, defaults={"sealed": sealed})
        audit.record(person, "desk key handed on", by=by.user, area_path=desk.area.path)
    return len(named)


def pairs(posted: Framed) -> list[tuple[Any, Any]]:
    named = posted.named("to")
    if not all(isinstance(one, list) and len(one) == 2 for one in named):
        raise Malformed("to")
    return [(one[0], one[1]) for one in named]


def stale(desk: Desk) -> Any:
    """Wrappings of open tips that are still sealed to an epoch which is over."""
    fresh = Wrapping.objects.filter(epoch__desk=desk, epoch__closed_at=None).values("tip")
    old = Wrapping.objects.filter(tip__in=Tip.objects.at(desk).open(), epoch__desk=desk, epoch__closed_at__isnull=False)
    return old.exclude(tip__in=fresh).select_related("epoch").order_by("tip", "-epoch__number").distinct("tip")


def stale_page(rows: Any, key: PersonKey) -> tuple[dict[str, Any], list[bytes]]:
    """So many that this officer's key opens; what it cannot open another officer's browser will."""
    mine = LockedSecret.objects.filter(person=key, of=LockedSecret.Of.EPOCH).values("epoch")
    found = list(rows.filter(epoch__in=mine)[:AT_ONCE])
    return {"rows": [[str(one.tip_id), one.epoch.number] for one in found]}, [bytes(one.sealed) for one in found]


def left_page(desk: Desk, key: PersonKey) -> tuple[dict[str, Any], list[bytes]]:
    """Of a desk that is closed: each open tip by its newest wrapping."""
    rows = Wrapping.objects.filter(tip__in=Tip.objects.at(desk).open(), epoch__desk=desk).select_related("epoch")
    return stale_page(rows.order_by("tip", "-epoch__number").distinct("tip"), key)


@transaction.atomic
def rewrap(desk: Desk, posted: Framed, *, by: User) -> int:
    """Open tips, sealed again to the epoch that is sealed to now; the old wrappings go with it."""
    epoch = desk.epoch
    tips = posted.named("tips")
    if epoch is None or posted.head.get("epoch") != epoch.number:
        raise Refused("moved")
    for number, sealed in zip(tips, posted.pieces, strict=True):
        if not fits_a_wrapping(sealed):
            raise Malformed("wrapping")
        rewrap_one(desk, uuid_of(number), sealed, by=by)
    return len(tips)


def rewrap_one(desk: Desk, number: uuid.UUID, sealed: bytes, *, by: User) -> None:
    tip = Tip.objects.select_for_update(of=("self",)).filter(pk=number, desk=desk).first()
    epoch = desk.epoch
    if tip is None or not tip.wrappings.filter(epoch__desk=desk).exists():
        raise Refused("elsewhere")
    if tip.wrappings.filter(epoch=epoch).exists():
        return
    Wrapping.objects.create(tip=tip, epoch=epoch, sealed=sealed)
    tip.wrappings.filter(epoch__desk=desk).exclude(epoch=epoch).delete()
    audit.record(tip, "tip wrapped again", by=by, area_path=desk.area.path, at=on_the_hour())


def waits(desk: Desk) -> Iterable[PersonKey]:
    """Certified officers who cannot open a tip yet: another officer's browser hands them the keys when it unlocks."""
    current = desk.epoch
    officers = desk.keys.certified().filter(role=KeyRole.OFFICER).select_related("user")
    return officers.exclude(locked_secrets__epoch=current) if current else officers
