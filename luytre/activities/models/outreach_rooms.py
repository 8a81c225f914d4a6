"""Rooms: for some hours a session has a code of six digits, and whoever came taps "I am here", without a name.

What is kept of a tap is one more in a count, and until the room closes a mark that the ticket was used. Marks are keyed
by a salt of the room that is thrown away at its end, so nothing joins the marks of two rooms (rights rule R16).
"""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.activities.models.outreach_plans import AlreadySettled, PlannedSession
from luytre.areas.models import ScopedQuerySet

DIGITS = 6
LONGEST = timedelta(hours=12)


class TicketUsed(Exception):
    """Each ticket counts once."""


class NotATicket(Exception):
    """It was not given out by this room."""


class RoomClosed(Exception):
    """The hours of the room are over."""


class OpenedTooLong(Exception):
    """A room is open for the hours of a session, not for days."""


class RoomQuerySet(ScopedQuerySet["Room"]):
    area = "planned__area"

    def open_at(self, moment: datetime) -> Self:
        return self.exclude(code="").filter(closes_at__gt=moment)

    def published(self, code: str, moment: datetime) -> "Room | None":
        """The room behind the digits that people type, while it is open."""
        return self.open_at(moment).filter(code=code).select_related("planned__area").first()

    def over_before(self, moment: datetime) -> Self:
        return self.exclude(code="").filter(closes_at__lt=moment)


class Room(models.Model):
    planned = models.ForeignKey(PlannedSession, models.PROTECT, related_name="rooms")
    code = models.CharField(_("code"), max_length=DIGITS, blank=True, help_text="empty once the room has closed")
    salt = models.CharField(max_length=64, blank=True, help_text="thrown away when the room closes")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    closes_at = models.DateTimeField(_("closes at"))
    present_count = models.PositiveIntegerField(_("said they are here"), default=0)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room of a session")
        verbose_name_plural = _("rooms of sessions")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="room_code_once"),
            models.CheckConstraint(condition=Q(closes_at__gte=F("opened_at")), name="room_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(code="", salt="") | ~Q(code="") & ~Q(salt=""), name="room_forgets_wholly"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned}"

    @classmethod
    @transaction.atomic
    def open(cls, planned: PlannedSession, *, by: User, at: datetime, until: datetime) -> "Room":
        if not planned.is_waiting:
            raise AlreadySettled(planned)
        if until - at > LONGEST:
            raise OpenedTooLong(planned)
        for before in cls.objects.filter(planned=planned).exclude(code=""):
            before.close(by=by, at=at)
        room = cls.with_free_code(planned, by=by, at=at, until=until)
        planned.wrote("room opened", by=by)
        return room

    @classmethod
    def with_free_code(cls, planned: PlannedSession, *, by: User, at: datetime, until: datetime) -> "Room":
        hours = {"opened_by": by, "opened_at": at, "closes_at": until}
        while True:
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
            try:
                with transaction.atomic():
                    return cls.objects.create(planned=planned, code=code, salt=secrets.token_hex(32), **hours)
            except IntegrityError:
                if not cls.objects.filter(code=code).exists():
                    raise

    @transaction.atomic
    def close(self, *, by: User | str, at: datetime) -> None:
        """The count stays; code, salt and marks go."""
        if not self.code:
            return
        self.code, self.salt, self.closes_at = "", "", max(self.opened_at, min(at, self.closes_at))
        self.save(update_fields=["code", "salt", "closes_at"])
        UsedTicket.objects.filter(room=self).delete()
        audit.record(self.planned, "room closed", by=by, area_path=self.planned.area.path)

    def is_open_at(self, moment: datetime) -> bool:
        return bool(self.code) and moment < self.closes_at

    def ticket(self) -> str:
        """A number nobody had before, signed by the room: it goes to one phone and comes back once."""
        number = secrets.token_hex(16)
        return f"{number}-{self.keyed('ticket', number)[:32]}"

    def keyed(self, purpose: str, number: str) -> str:
        return hmac.new(bytes.fromhex(self.salt), f"{purpose} {number}".encode(), sha256).hexdigest()

    def use(self, ticket: str, *, purpose: str, at: datetime) -> None:
        """Marks of the same ticket for two purposes are as unlike as those of two rooms."""
        if not self.is_open_at(at):
            raise RoomClosed(self)
        number, _dash, signature = ticket.partition("-")
        if not hmac.compare_digest(signature.encode(), self.keyed("ticket", number)[:32].encode()):
            raise NotATicket
        try:
            with transaction.atomic():
                UsedTicket.objects.create(room=self, mark=self.keyed(purpose, number))
        except IntegrityError:
            raise TicketUsed from None

    @transaction.atomic
    def come_in(self, ticket: str, *, at: datetime) -> None:
        """One more is here. No line in the audit trail: it would tell the minute of each tap."""
        self.use(ticket, purpose="here", at=at)
        Room.objects.filter(pk=self.pk).update(present_count=F("present_count") + 1)


class UsedTicket(models.Model):
    """That a ticket was used, until its room closes; it has no number and no time of its own."""

    mark = models.CharField(max_length=64, primary_key=True)
    room = models.ForeignKey(Room, models.CASCADE, related_name="used")

    class Meta:
        verbose_name = _("used ticket of a room")
        verbose_name_plural = _("used tickets of rooms")

    def __str__(self) -> str:
        return self.mark[:8]


def close_what_is_over(*, at: datetime) -> int:
    """What nobody closed, closes by itself; run by the worker."""
    rooms = Room.objects.over_before(at).select_related("planned__area")
    for room in rooms:
        room.close(by="worker", at=at)
    return len(rooms)
