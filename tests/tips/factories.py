"""Tips without seals, for what the server does with the little that it knows."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils import timezone

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.tips import clock
from luytre.tips.hours import on_the_hour
from luytre.tips.models import Channel, Desk, DeskKind, Epoch, KeyRole, PersonKey, Step, Tip, Verb, Wrapping
from tests import factories

# Stands for a seal where nobody opens it.
NOISE = b"age-encryption.org/v1\n-> mlkem768x25519 noise\n--- noise\n" + bytes(3000)


def desk(area: Area | None = None, *, kind: str = DeskKind.COMMUNE, **about: Any) -> Desk:
    """With a key that tips are sealed to, which no secret belongs to."""
    area = area or factories.commune()
    made = Desk.objects.create(area=area, kind=kind, name=f"Công an {area.name}", **about)
    Epoch.objects.create(desk=made, number=1, recipient="age1pq1" + "q" * 60, made_at=timezone.now())
    return made


def officer(at: Desk, role: str = KeyRole.OFFICER, **about: Any) -> User:
    person = factories.user(Role.DUTY_OFFICER, area=at.area)
    known = uuid4().hex
    PersonKey.objects.create(
        user=person,
        desk=at,
        role=role,
        key=known,
        recipient=f"age1pq1{known}",
        locked="sealed",
        made_at=timezone.now(),
        **{"certified_at": timezone.now(), **about},
    )
    return person


def tip(at: Desk, *, received_at: datetime | None = None, **about: Any) -> Tip:
    """As taken in: its wrappings, its first step and its first clocks."""
    moment = on_the_hour(received_at)
    made = Tip.objects.create(
        area=at.area,
        desk=at,
        lookup=sha256(uuid4().bytes).hexdigest(),
        received_at=moment,
        **{"channel": Channel.WEB, **about},
    )
    Wrapping.objects.create(tip=made, epoch=at.epoch, sealed=NOISE)
    Wrapping.objects.create(tip=made, epoch=None, sealed=NOISE)
    Step.objects.create(tip=made, verb=Verb.RECEIVED, at=moment, desk=at)
    clock.start_with(made, Verb.RECEIVED)
    return made


def ago(**span: float) -> datetime:
    return on_the_hour() - timedelta(**span)
