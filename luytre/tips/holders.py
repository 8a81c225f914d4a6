"""The two who hold a desk's certifying key: how it is made, who else comes to hold it, and who is let go."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from luytre import audit
from luytre.accounts.models import User
from luytre.tips.framing import Malformed
from luytre.tips.intake import Refused
from luytre.tips.joining import certify, is_a_key, is_a_secret, withdraw
from luytre.tips.models import Desk, KeyRole, LockedSecret, PersonKey


@transaction.atomic
def found(desk: Desk, certifier: str, sealed: dict[str, bytes], *, by: User) -> None:
    """The certifying key of a new desk, or of one whose holders are gone: made by one holder, sealed to two or more.

    It counts once the province, which hears its fingerprint from both, has signed it; no list is signed with it before.
    """
    desk = Desk.objects.select_for_update(of=("self",)).select_related("area").get(pk=desk.pk)
    holders = {str(key.pk): key for key in founders(desk)}
    if not may_found(desk, by) or not is_a_key(certifier, "age1pq1"):
        raise Refused("holder")
    if set(sealed) - set(holders) or not any(holders[pk].user_id == by.pk for pk in sealed):
        raise Refused("moved")
    if len({holders[pk].user_id for pk in sealed}) < 2:
        raise Refused("two")
    if not all(map(is_a_secret, sealed.values())):
        raise Malformed("certifier")
    desk.locked_secrets.filter(of=LockedSecret.Of.CERTIFIER).delete()
    for pk, file in sealed.items():
        LockedSecret.objects.create(desk=desk, of=LockedSecret.Of.CERTIFIER, person=holders[pk], sealed=file)
    desk.certifier = certifier
    desk.save(update_fields=["certifier"])
    certify([holders[pk] for pk in sealed if not holders[pk].certified_at], by=by, now=timezone.now())
    audit.record(desk, "desk key founded", by=by, area_path=desk.area.path)


def founders(desk: Desk) -> QuerySet[PersonKey]:
    return desk.keys.filter(role=KeyRole.HOLDER, withdrawn_at=None).select_related("user", "desk__area").order_by("pk")


def may_found(desk: Desk, person: User) -> bool:
    """A certified holder; anybody with a holder's key while nobody is certified."""
    keys = founders(desk)
    certified = keys.filter(certified_at__isnull=False)
    return (certified if certified.exists() else keys).filter(user=person).exists()


@transaction.atomic
def hold(key: PersonKey, sealed: bytes, *, by: User) -> None:
    """One more holder: the desk's certifying secret, sealed in a holder's browser to the key that was compared."""
    key = PersonKey.objects.select_for_update(of=("self",)).select_related("desk__area").get(pk=key.pk)
    if not key.desk.keys.certified().filter(user=by, role=KeyRole.HOLDER).exists():
        raise Refused("holder")
    if key.user_id == by.pk:
        raise Refused("own")
    if key.role != KeyRole.HOLDER or key.certified_at or key.withdrawn_at:
        raise Refused("moved")
    if not is_a_secret(sealed):
        raise Malformed("certifier")
    LockedSecret.objects.create(desk=key.desk, of=LockedSecret.Of.CERTIFIER, person=key, sealed=sealed)
    certify([key], by=by, now=timezone.now())


@transaction.atomic
def dismiss(key: PersonKey, *, by: User) -> None:
    """A holder leaves. The certifying secret was in their browser: the province signs a new certifying key then."""
    key = PersonKey.objects.select_for_update(of=("self",)).select_related("desk__area").get(pk=key.pk)
    holders = key.desk.keys.certified().filter(role=KeyRole.HOLDER)
    if not holders.filter(user=by).exists():
        raise Refused("holder")
    if key.user_id == by.pk:
        raise Refused("own")
    if key.role != KeyRole.HOLDER or not key.certified_at or key.withdrawn_at:
        raise Refused("moved")
    withdraw([key], by=by, now=timezone.now())
