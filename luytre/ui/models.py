"""What the register kit itself keeps: photos of places that belong to a record."""

import hashlib
import uuid
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.ui import pictures
from luytre.ui.records import AlreadyRemoved, Record

MOST = 10  # photos of one record
KEPT = timedelta(days=700)  # and the thirty days of the inventory: two years in all


class TooMany(Exception):
    """The record has as many photos as one may have."""


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, record: Record) -> Self:
        return self.filter(subject_type=record._meta.label_lower, subject_id=record.pk)

    def kept(self) -> Self:
        return self.filter(removed_at=None)

    def due_before(self, day: date) -> Self:
        """Taken out before the day, or two years older than it: a broken lamp is no memory to keep."""
        return self.filter(Q(removed_at__date__lt=day) | Q(created_at__date__lt=day - KEPT))


class Attachment(models.Model):
    """A photo of a place or a thing with a record; never of people or of lists of names (rights rules R16, R17)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_type = models.CharField(_("register"), max_length=80)
    subject_id = models.BigIntegerField(_("record"))
    received_sha256 = models.CharField(_("fingerprint of the file as sent"), max_length=64)
    sha256 = models.CharField(_("fingerprint of the file as kept"), max_length=64)
    size = models.PositiveIntegerField(_("size"))
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))
    removed_at = models.DateTimeField(_("taken out at"), null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken out by"))
    removed_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "received_sha256"],
                condition=Q(removed_at=None),
                name="attachment_once_a_record",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="attachment_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def path(self) -> Path:
        """Beside the other uploads, so that backup and restore take it with them."""
        return folder() / self.uid.hex[:2] / f"{self.uid.hex}.jpg"

    @classmethod
    @transaction.atomic
    def attach(cls, record: Record, content: bytes, *, by: User, at: datetime) -> "Attachment":
        """The same photo sent twice is kept once."""
        fingerprint = hashlib.sha256(content).hexdigest()
        there = cls.objects.of(record).kept()
        twin = there.filter(received_sha256=fingerprint).first()
        if twin:
            return twin
        if there.count() >= MOST:
            raise TooMany
        picture = pictures.made_anew(content)
        photo = cls(
            subject_type=record._meta.label_lower,
            subject_id=record.pk,
            received_sha256=fingerprint,
            sha256=hashlib.sha256(picture.content).hexdigest(),
            size=len(picture.content),
            width=picture.width,
            height=picture.height,
            created_at=at,
            created_by=by,
        )
        photo.save(force_insert=True)
        photo.write(picture.content)
        record.wrote("photographed", by=by)
        return photo

    def write(self, content: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(self.path)

    @transaction.atomic
    def remove(self, record: Record, *, by: User, at: datetime, reason: str) -> None:
        if self.removed_at:
            raise AlreadyRemoved(self)
        self.removed_at, self.removed_by, self.removed_reason = at, by, reason
        self.save(update_fields=["removed_at", "removed_by", "removed_reason"])
        record.wrote("photo_removed", by=by)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """The picture goes with its row."""
        path = self.path
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
        return super().delete(*args, **kwargs)


def photos_of(record: Record) -> AttachmentQuerySet:
    """Whoever may read the record may see them; so the record is found within somebody's scope first."""
    return Attachment.objects.of(record).kept()


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "photos"


def forget_strays(*, before: datetime) -> int:
    """Delete pictures whose row was never committed; returns how many."""
    stray = [path for path in folder().glob("*/*") if path.stat().st_mtime < before.timestamp() and not has_row(path)]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)


def has_row(path: Path) -> bool:
    try:
        return Attachment.objects.filter(uid=uuid.UUID(path.stem)).exists()
    except ValueError:
        return False
