"""Who has which keys, and what a holder's browser is given to sign a desk's next list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.common.text import fold
from luytre.tips import handing, keychain, vouching
from luytre.tips.models import Desk, KeyRole, LockedSecret, PersonKey, SignedList, SignedListKind

NEEDS = {
    KeyRole.OFFICER: Permission.TIP_WORK,
    KeyRole.CUSTODIAN: Permission.TIP_CUSTODY,
    KeyRole.HOLDER: Permission.TIP_KEYS,
}
FEW = 20


def of(person: User) -> QuerySet[PersonKey]:
    """One's own, also those that wait; what was withdrawn is over."""
    return (
        PersonKey.objects.filter(user=person, withdrawn_at=None).select_related("desk").order_by("desk__name", "role")
    )


@dataclass(frozen=True)
class Offer:
    """A key that somebody may make for themselves."""

    desk: Desk
    role: KeyRole


def offers(person: User, words: str, *, on: date) -> list[Offer]:
    """At the desks of one's own place; at others of one's territory, when their name is typed."""
    have = set(of(person).values_list("desk", "role"))
    found = []
    for role, permission in NEEDS.items():
        scope = person.scope(permission, on=on)
        found += [Offer(desk, role) for desk in near(scope, words) if (desk.pk, role) not in have]
    return sorted(found, key=lambda one: (one.desk.name, one.role))


def near(scope: Scope, words: str) -> list[Desk]:
    rows = Desk.objects.within(scope).filter(closed_at=None).select_related("area").order_by("name")
    if not words.strip():
        return list(rows.filter(area__path__in=scope.paths)[:FEW])
    return [one for one in rows if fold(words.strip()) in fold(one.name)][:FEW]


def may_join(person: User, desk: Desk, role: str, *, on: date) -> bool:
    """The role is given in the desk's place or above it; a key of one's own is not there yet."""
    if role not in KeyRole.values or desk.closed_at is not None:
        return False
    within = Desk.objects.within(person.scope(NEEDS[KeyRole(role)], on=on)).filter(pk=desk.pk)
    return within.exists() and not of(person).filter(desk=desk, role=role).exists()


def held(person: User, scope: Scope) -> QuerySet[Desk]:
    """Desks whose certifying key somebody holds."""
    mine = PersonKey.objects.certified().filter(user=person, role=KeyRole.HOLDER).values("desk")
    return Desk.objects.within(scope).filter(pk__in=mine, closed_at=None).select_related("area").order_by("name")


def founding(person: User, scope: Scope) -> QuerySet[Desk]:
    """Desks that wait for their certifying key: somebody has a holder's key and nobody's is certified."""
    mine = PersonKey.objects.filter(user=person, role=KeyRole.HOLDER, withdrawn_at=None).values("desk")
    certified = PersonKey.objects.certified().filter(role=KeyRole.HOLDER).values("desk")
    rows = Desk.objects.within(scope).filter(pk__in=mine, closed_at=None).exclude(pk__in=certified)
    return rows.select_related("area").order_by("name")


def holder_of(person: User, desk: Desk) -> PersonKey | None:
    return desk.keys.certified().filter(user=person, role=KeyRole.HOLDER).first()


def secrets(key: PersonKey) -> dict[str, Any]:
    """A holder's own locked secret, and the desk's certifying secret that it opens."""
    sealed = LockedSecret.objects.filter(person=key, of=LockedSecret.Of.CERTIFIER).values_list("sealed", flat=True)
    found = sealed.first()
    certifier = bytes(found).hex() if found else ""
    return {**own(key), "certifier": certifier}


def own(key: PersonKey) -> dict[str, Any]:
    """What somebody's browser opens with words or a passkey."""
    return {"id": str(key.pk), "key": key.key, "locked": key.locked, "passkey": key.locked_by_passkey}


def draft(desk: Desk) -> dict[str, Any]:
    """What may come on the next list; the browser believes of it only what is signed or was compared."""
    keys = desk.keys.filter(withdrawn_at=None)
    before = Desk.objects.filter(successor=desk)
    return {
        "chain": chain_of(desk),
        "keys": {str(one.pk): described(one) for one in keys},
        "epoch": desk.epoch_number,
        "said": vouching.root(desk),
        "followed": [{"desk": str(one.pk), "chain": keychain.of(one.pk)} for one in before],
    }


def chain_of(desk: Desk) -> dict[str, Any]:
    """As far as it is there: a new desk has no list yet. `once`: what certified the key that signed the last one."""
    own, provinces = list_of(desk), keychain.newest(SignedListKind.PROVINCES, "")
    certifying = keychain.certifying_list(str(desk.pk))
    once = keychain.once_certified(str(desk.pk), own.key) if own else None
    found = {"provinces": provinces, "desks": certifying, "desk": own, "once": once}
    return {
        **{name: one.statement if one else None for name, one in found.items()},
        "version": own.version if own else 0,
    }


def described(key: PersonKey) -> dict[str, Any]:
    about = {"id": str(key.pk), "role": key.role, "key": key.key, "recipient": key.recipient}
    return {**about, "certified": key.certified_at is not None}


def people(desk: Desk) -> dict[str, Any]:
    """Of one desk: who waits to be certified, who has which key, and who cannot open tips yet."""
    rows = desk.keys.filter(withdrawn_at=None).select_related("user").order_by("role", "user__full_name", "pk")
    return {
        "waiting": [key for key in rows if key.certified_at is None],
        "certified": [key for key in rows if key.certified_at is not None],
        "unready": {key.pk for key in handing.waits(desk)},
    }


def list_of(desk: Desk) -> SignedList | None:
    return keychain.newest(SignedListKind.DESK, str(desk.pk))
