"""What happened, append-only: ids, verb, field names and keyed hashes, never a value (rights rule R23)."""

import hashlib
import json
from typing import Protocol, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Places(Protocol):
    """Where somebody may look: `areas.Scope`, which stands above this app."""

    @property
    def paths(self) -> tuple[str, ...]: ...

    @property
    def is_national(self) -> bool: ...


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def within(self, scope: Places) -> Self:
        """Acts on records of the scope; those of no place only for who looks at the nation."""
        if scope.is_national:
            return self.all()
        found = Q(pk__in=[])
        for path in scope.paths:
            found |= Q(area_path__startswith=path)
        return self.filter(found)


class AuditEntry(models.Model):
    """One act: who did which verb to which record, and which fields it touched."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    actor = models.CharField(_("by"), max_length=40, help_text=_("an account's number, or the name of a command"))
    verb = models.CharField(_("act"), max_length=40)
    subject_type = models.CharField(_("kind of record"), max_length=60)
    subject_id = models.CharField(_("number of the record"), max_length=40)
    area_path = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(_("purpose"), max_length=40, blank=True)
    fields = models.JSONField(_("fields"), default=dict, help_text=_("field names with keyed hashes of their values"))

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["actor", "at"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.verb} {self.subject_type} {self.subject_id}"

    def digest(self) -> str:
        """The hash of everything this entry says."""
        said = [self.pk, self.at.isoformat(), self.actor, self.verb, self.subject_type, self.subject_id]
        said += [self.area_path, self.purpose, self.fields]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class ChainLink(models.Model):
    """Binds an entry to all before it; written after commit by the worker alone."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link")
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    on = models.DateField(db_index=True, help_text=_("the day in Viet Nam on which it was chained"))

    class Meta:
        verbose_name = _("chain link")
        verbose_name_plural = _("chain links")

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"


class DailyRoot(models.Model):
    """The Merkle root of a day's links, public so that nobody can rewrite the past unseen."""

    day = models.DateField(primary_key=True)
    root = models.CharField(max_length=64)
    first_sequence = models.PositiveBigIntegerField()
    last_sequence = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("daily root")
        verbose_name_plural = _("daily roots")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.root[:12]}"
