"""How keys come to a desk and leave it: asked for in the officer's browser, certified by the next list in the chain.

A holder of the desk's certifying key compares fingerprints face to face and signs the next list in the browser; here it
is checked, kept and given out. Nobody certifies a key of their own (R11). With an officer who leaves, the list names a
new epoch, so that what comes after is sealed to those who stay (tips.md, keys).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from luytre import audit
from luytre.accounts import life
from luytre.accounts.models import User
from luytre.tips import keychain, lists, statements, vouching
from luytre.tips.founding import MONTH, keep
from luytre.tips.framing import Malformed, is_sealed
from luytre.tips.intake import Refused
from luytre.tips.models import Desk, Epoch, KeyRole, LockedSecret, PersonKey, SignedList, SignedListKind

NAMED = {KeyRole.OFFICER: "officers", KeyRole.CUSTODIAN: "custodians"}
ARMOURED = "-----BEGIN AGE ENCRYPTED FILE-----"
LOCKED_MOST = 20_000
SEALED_MOST = 16_384
FORWARD = 3600  # seconds by which a browser's clock may be ahead


@transaction.atomic
def ask(desk: Desk, *, by: User, role: str, key: str, recipient: str, locked: str) -> PersonKey:
    """The public halves of a key made in a browser, and the secret locked with words that only its owner has."""
    if role not in KeyRole.values or not is_a_key(key, recipient):
        raise Malformed("key")
    if not locked.startswith(ARMOURED) or len(locked) > LOCKED_MOST:
        raise Malformed("locked")
    try:
        with transaction.atomic():
            made = PersonKey.objects.create(
                **{"user": by, "desk": desk, "role": role, "key": key, "recipient": recipient},
                **{"locked": locked, "made_at": timezone.now()},
            )
    except IntegrityError:
        raise Refused("has_key") from None
    audit.record(made, "key made", by=by, area_path=desk.area.path)
    return made


def is_a_key(key: str, recipient: str) -> bool:
    digits = set("0123456789abcdef")
    return len(key) == 64 and not set(key) - digits and recipient.startswith("age1pq1") and len(recipient) <= 2100


def is_a_secret(sealed: bytes) -> bool:
    """One that is sealed for somebody to open, as far as can be told from outside."""
    return is_sealed(sealed) and len(sealed) <= SEALED_MOST


@transaction.atomic
def drop(key: PersonKey, *, by: User) -> None:
    """One that was never certified: its words are lost, or it was refused."""
    key = PersonKey.objects.select_for_update(of=("self",)).select_related("desk__area").get(pk=key.pk)
    if key.certified_at or key.withdrawn_at:
        raise Refused("has_key")
    withdraw([key], by=by, now=timezone.now())


PASSKEY = "AGE-PLUGIN-FIDO2PRF-1"


@transaction.atomic
def lock_with_passkey(key: PersonKey, locked: str, *, by: User) -> None:
    """The same secret as the words lock, behind the name of the passkey that opens it; "" takes the passkey off."""
    name, _end, file = locked.partition("\n")
    is_locked = locked.isascii() and name.startswith(PASSKEY) and file.startswith(ARMOURED)
    if len(locked) > LOCKED_MOST or (locked and not is_locked):
        raise Malformed("passkey")
    key.locked_by_passkey = locked
    key.save(update_fields=["locked_by_passkey"])
    audit.record(key, "passkey put on" if locked else "passkey taken off", by=by, area_path=key.desk.area.path)


@dataclass(frozen=True)
class NewEpoch:
    """As a browser made it: for whom its secret is sealed, and for which two recovery holders."""

    number: int
    recipient: str
    wrappings: dict[str, bytes]
    pairs: list[tuple[str, str, bytes]]


@transaction.atomic
def publish(desk: Desk, statement: Any, epoch: NewEpoch | None, *, by: User) -> SignedList:
    """The next list of the desk, with all that follows from it."""
    desk = Desk.objects.select_for_update(of=("self",)).select_related("area").get(pk=desk.pk)
    if not desk.keys.certified().filter(user=by, role=KeyRole.HOLDER).exists():
        raise Refused("holder")
    said = statements.read(SignedListKind.DESK, statement)
    last = check_place(desk, said, statement)
    before = keys_of(desk)
    after = {key.pk: key for role, name in NAMED.items() for key in named(desk, role, said.get(name))}
    came, left = certified_by(after.values(), by=by), [key for pk, key in before.items() if pk not in after]
    officers = [key for key in after.values() if key.role == KeyRole.OFFICER]
    check_former(desk, said, last, left=left)
    check_epochs(desk, said, epoch, officers=officers, must=any(one.role == KeyRole.OFFICER for one in left))
    if epoch:
        only_officer(desk, by, before=bool(last) and any(one.role == KeyRole.OFFICER for one in before.values()))
    now = timezone.now()
    certify(came, by=by, now=now)
    (withdraw if last else ask_again)(left, by=by, now=now)
    if epoch:
        begin(desk, epoch, officers=officers, by=by, now=now)
    audit.record(desk, "desk list signed", by=by, area_path=desk.area.path)
    return keep(SignedListKind.DESK, str(desk.pk), statement_of(statement), said)


def statement_of(statement: dict[str, Any]) -> dict[str, str]:
    return {name: str(statement[name]) for name in ("text", "key", "signature")}


def check_place(desk: Desk, said: dict[str, Any], statement: dict[str, Any]) -> dict[str, Any]:
    """Signed with the key that the province certified, the next in number, within its time. Answers the one before,
    empty when that was none or was signed with another certifying key."""
    last = keychain.newest(SignedListKind.DESK, str(desk.pk))
    if statement["key"] != certified_key(desk):
        raise Refused("certifier")
    if said.get("desk") != str(desk.pk) or said.get("version") != (last.version if last else 0) + 1:
        raise Refused("moved")
    now = int(timezone.now().timestamp())
    times = said.get("issued"), said.get("expires")
    if not all(isinstance(one, int) for one in times):
        raise Malformed("time")
    if not (said["issued"] <= now + FORWARD and now < said["expires"] <= said["issued"] + MONTH):
        raise Refused("time")
    if last is None or last.key != statement["key"]:
        return {}
    return statements.read(SignedListKind.DESK, last.statement)


def certified_key(desk: Desk) -> str:
    try:
        return lists.expected_key(SignedListKind.DESK, {"desk": str(desk.pk)})
    except lists.NotValid:
        raise Refused("certifier") from None


def keys_of(desk: Desk) -> dict[Any, PersonKey]:
    return {key.pk: key for key in desk.keys.certified().filter(role__in=NAMED).select_related("user", "desk__area")}


def named(desk: Desk, role: str, entries: Any) -> list[PersonKey]:
    """The keys that a list names in a role: each is of this desk, as it was made, and not withdrawn."""
    if not isinstance(entries, list):
        raise Malformed(role)
    rows = desk.keys.filter(role=role, withdrawn_at=None).select_related("user", "desk__area")
    known = {str(key.pk): key for key in rows}
    found = []
    for entry in entries:
        key = known.get(str(entry.get("id"))) if isinstance(entry, dict) else None
        if key is None or (key.key, key.recipient) != (entry.get("key"), entry.get("recipient")):
            raise Refused("moved")
        found.append(key)
    if len({key.pk for key in found}) != len(found):
        raise Malformed(role)
    return found


def certified_by(keys: Iterable[PersonKey], *, by: User) -> list[PersonKey]:
    """Those that the list names for the first time; none may be of who signs."""
    came = [key for key in keys if key.certified_at is None]
    if any(key.user_id == by.pk for key in came):
        raise Refused("own")
    return came


def check_former(desk: Desk, said: dict[str, Any], last: dict[str, Any], *, left: list[PersonKey]) -> None:
    """Whoever is on the last list and not on this one stays among the former, under the root of what was said."""
    former = said.get("former", [])
    if not isinstance(former, list) or former[: len(last.get("former", []))] != last.get("former", []):
        raise Malformed("former")
    new = former[len(last.get("former", [])) :]
    missing = {str(key.pk) for key in left if key.role == KeyRole.OFFICER} - {str(one.get("id")) for one in new}
    if last and missing:
        raise Malformed("former")
    if new and {one.get("said") for one in new} != {vouching.keep(desk).root}:
        raise Refused("moved")  # somebody wrote meanwhile


def check_epochs(
    desk: Desk, said: dict[str, Any], epoch: NewEpoch | None, *, officers: list[PersonKey], must: bool
) -> None:
    """The list names the epoch that is sealed to; a new one when an officer leaves. Older ones it need not repeat."""
    if not officers:
        raise Refused("nobody")
    if must and epoch is None:
        raise Refused("epoch")
    if epoch:
        check_epoch(desk, epoch, officers)
    current = epoch or desk.epoch
    if current is None or said.get("epochs") != [
        {"number": current.number, "recipient": current.recipient, "current": True}
    ]:
        raise Refused("moved")


def check_epoch(desk: Desk, epoch: NewEpoch, officers: list[PersonKey]) -> None:
    if epoch.number != desk.epoch_number + 1 or not is_a_key("0" * 64, epoch.recipient):
        raise Refused("moved")
    if set(epoch.wrappings) != {str(key.pk) for key in officers} or len(epoch.pairs) < 3:
        raise Malformed("epoch")
    sealed = [*epoch.wrappings.values(), *(file for _inner, _outer, file in epoch.pairs)]
    if not all(map(is_a_secret, sealed)):
        raise Malformed("epoch")


def certify(keys: Iterable[PersonKey], *, by: User, now: datetime) -> None:
    for key in keys:
        key.certified_at = now
        key.save(update_fields=["certified_at"])
        audit.record(key, "key certified", by=by, area_path=key.desk.area.path)


def withdraw(keys: Iterable[PersonKey], *, by: User, now: datetime) -> None:
    """What was sealed to the key goes, and whoever had it is signed out everywhere."""
    for key in keys:
        key.withdrawn_at = now
        key.save(update_fields=["withdrawn_at"])
        key.locked_secrets.all().delete()
        life.end_sessions(key.user)
        audit.record(key, "key withdrawn", by=by, area_path=key.desk.area.path)


def ask_again(keys: Iterable[PersonKey], *, by: User, now: datetime) -> None:
    """With a new certifying key everybody is compared again; of who is not on its first list nothing is lost."""
    for key in keys:
        key.certified_at = None
        key.save(update_fields=["certified_at"])
        audit.record(key, "key to be certified again", by=by, area_path=key.desk.area.path, at=now)


def only_officer(desk: Desk, person: User, *, before: bool) -> None:
    """The key of an epoch is made where it may be known: in an officer's browser, unless there is none yet."""
    if before and not desk.keys.certified().filter(user=person, role=KeyRole.OFFICER).exists():
        raise Refused("officer")


def begin(desk: Desk, epoch: NewEpoch, *, officers: list[PersonKey], by: User, now: datetime) -> Epoch:
    """What comes is sealed to it from now on."""
    desk.epochs.filter(closed_at=None).update(closed_at=now)
    made = Epoch.objects.create(desk=desk, number=epoch.number, recipient=epoch.recipient, made_at=now)
    about: dict[str, Any] = {"desk": desk, "of": LockedSecret.Of.EPOCH, "epoch": made}
    LockedSecret.objects.bulk_create(
        [
            *(LockedSecret(**about, person=key, sealed=epoch.wrappings[str(key.pk)]) for key in officers),
            *(LockedSecret(**about, inner=inner, outer=outer, sealed=file) for inner, outer, file in epoch.pairs),
        ]
    )
    audit.record(desk, "desk key changed", by=by, area_path=desk.area.path)
    return made
