"""When every officer of a desk is gone: two of the province's three recovery holders open its epochs for new officers.

In three steps, so that the holders' keys never touch the server: take what is sealed to them, open it on a machine
without network, give back what is now sealed to the officers whom the desk's signed list names.
"""

import base64
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from luytre import audit
from luytre.tips import keychain
from luytre.tips.models import Desk, KeyRole, LockedSecret, PersonKey
from luytre.tips.sealing import Sealer, SealingFailed

SMALL = 1024  # bytes inside the seal of an epoch's secret


class CannotOpen(Exception):
    """Not two holders of this province, or the secret is not the epoch's."""


@transaction.atomic
def begin(desk: Desk, *, by: object, officers: bool = False) -> int:
    """Nobody is left who could sign: the holders' keys are withdrawn, so that two people make a new certifying key. It
    counts only once the province has signed it. `officers`: theirs are lost too, and the same people make new ones."""
    gone = [KeyRole.HOLDER, KeyRole.OFFICER] if officers else [KeyRole.HOLDER]
    keys = desk.keys.filter(role__in=gone, withdrawn_at=None)
    count = 0
    for key in keys.select_related("user"):
        key.locked_secrets.all().delete()
        audit.record(key, "key withdrawn", by=by, area_path=desk.area.path)
        count += 1
    keys.update(withdrawn_at=timezone.now())
    audit.record(desk, "recovery begun", by=by, area_path=desk.area.path)
    return count


def take(desk: Desk) -> dict[str, Any]:
    pairs = LockedSecret.objects.filter(desk=desk, of=LockedSecret.Of.EPOCH, person=None).select_related("epoch")
    return {
        "desk": str(desk.pk),
        "chain": keychain.of(desk.pk),
        "pairs": [
            {
                **{"epoch": one.epoch.number, "recipient": one.epoch.recipient, "inner": one.inner, "outer": one.outer},
                "file": base64.b64encode(bytes(one.sealed)).decode(),
            }
            for one in pairs
            if one.epoch
        ],
    }


def opened(seals: Sealer, taken: dict[str, Any], *, root: str, holders: list[dict[str, str]]) -> dict[str, Any]:
    """Each epoch's secret, sealed to each officer of the desk's list; the list is checked from the root down first."""
    list_ = seals.ask("chain", chain=taken["chain"], root=root, desk=taken["desk"])
    identities = {one["id"]: one["identity"] for one in holders}
    named = {one["id"] for one in list_["recovery"]}
    if len(identities) != 2 or not set(identities) <= named:
        raise CannotOpen("two recovery holders of this province are needed")
    wrappings, shut = [], []
    for one in taken["pairs"]:
        if {one["inner"], one["outer"]} != set(identities):
            continue
        try:
            left = seals.ask("open", file=base64.b64decode(one["file"]), identity=identities[one["outer"]])
            secret = seals.ask("open", file=left, identity=identities[one["inner"]])
        except SealingFailed:
            shut.append(one["epoch"])  # sealed to holders who came before these
            continue
        if seals.ask("recipient", identity=json.loads(secret)["identity"]) != one["recipient"]:
            raise CannotOpen("the secret is not this epoch's")
        for officer in list_["officers"]:
            sealed = seals.ask("seal", bytes=secret, recipients=[officer["recipient"]])
            wrappings.append(
                {"epoch": one["epoch"], "officer": officer["id"], "file": base64.b64encode(sealed).decode()}
            )
    if not wrappings:
        raise CannotOpen("nothing is sealed to these two")
    return {"desk": taken["desk"], "holders": sorted(identities), "wrappings": wrappings, "shut": sorted(shut)}


@transaction.atomic
def give(back: dict[str, Any], *, by: object) -> int:
    """Into the database; an act of two holders that the trail keeps."""
    desk = Desk.objects.get(pk=back["desk"])
    count = 0
    for one in back["wrappings"]:
        epoch = desk.epochs.get(number=one["epoch"])
        person = PersonKey.objects.get(pk=one["officer"], desk=desk, withdrawn_at=None)
        found: dict[str, Any] = {"desk": desk, "of": LockedSecret.Of.EPOCH, "epoch": epoch, "person": person}
        LockedSecret.objects.update_or_create(**found, defaults={"sealed": base64.b64decode(one["file"])})
        count += 1
    audit.record(desk, "recovered", by=by, values={"holders": back["holders"]}, area_path=desk.area.path)
    return count
