"""What every row of a register has: who made it, whether it was taken out, and the verbs that say so."""

import uuid
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import ScopedQuerySet
from luytre.common.numbers import Qualifier
from luytre.common.text import clean, fold, sort_key

M = TypeVar("M", bound=models.Model)


class AlreadyRemoved(Exception):
    """The record was taken out before."""


class NotRemoved(Exception):
    """There is nothing to put back."""


class RecordQuerySet(ScopedQuerySet[M]):
    def kept(self) -> Self:
        """Without the records that were taken out by mistake or as duplicates."""
        return self.filter(removed_at=None)

    def matching(self, words: str) -> Self:
        """Search without tone marks: each word in the record's own words or in its area's name."""
        rows = self
        for word in fold(words).split():
            rows = rows.filter(Q(folded__contains=word) | Q(**{f"{self.area}__folded__contains": word}))
        return rows

    @transaction.atomic
    def remove_each(self, *, by: User, reason: str) -> int:
        """Take out many at once; returns how many were still there."""
        rows: list[Any] = list(self.kept().select_related(self.area).select_for_update(of=("self",)))
        if self.model.remove is not Record.remove:  # type: ignore[attr-defined]
            for row in rows:  # a register with a verb of its own
                row.remove(by=by, reason=reason)
            return len(rows)
        said = {"removed_at": timezone.now(), "removed_by": by, "removed_reason": reason}
        self.model._default_manager.filter(pk__in=[row.pk for row in rows]).update(**said)
        audit.record_each(rows, "removed", by=by, paths={row.pk: row.where.path for row in rows if row.where})
        return len(rows)

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        for row in rows:
            if isinstance(row, Record):
                row.fill_derived()
        return super().bulk_create(rows, *args, **kwargs)


class Record(models.Model):
    """A row of a register. It is corrected or taken out with a reason, never lost."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("recorded by")
    )
    removed_at = models.DateTimeField(_("taken out at"), null=True, editable=False)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    removed_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    folded = models.CharField(max_length=600, editable=False)
    sort_key = models.CharField(max_length=500, editable=False, db_collation="C")

    spoken_by: tuple[str, ...] = ("name",)  # the fields that search reads; order follows the first

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="%(class)s_removed_by_somebody",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_derived()
        super().save(*args, **kwargs)

    def fill_derived(self) -> None:
        """Search text and order follow from the record's own words."""
        for name in self.spoken_by:
            setattr(self, name, clean(getattr(self, name)))
        words = [getattr(self, name) for name in self.spoken_by]
        self.folded, self.sort_key = fold(" ".join(words))[:600], sort_key(words[0])[:500]

    @property
    def where(self) -> Any:
        """The area of the record, for the audit trail."""
        return getattr(self, "area", None)

    def wrote(self, verb: str, *, by: User, fields: Iterable[str] = ()) -> None:
        path = self.where.path if self.where else ""
        columns = {field.name: field.attname for field in self._meta.concrete_fields}
        values = {name: getattr(self, columns[name]) for name in fields if name in columns}
        rest = [name for name in fields if name not in columns]
        audit.record(self, verb, by=by, values=values, fields=rest, area_path=path)

    @transaction.atomic
    def add(self, *, by: User) -> Self:
        self.created_by = by
        self.save(force_insert=True)
        self.wrote("added", by=by)
        return self

    @transaction.atomic
    def correct(self, *, by: User, fields: Iterable[str]) -> Self:
        """Save what was changed; the trail says which fields, never their values."""
        self.save()
        self.wrote("corrected", by=by, fields=fields)
        return self

    @transaction.atomic
    def remove(self, *, by: User, reason: str) -> None:
        if self.removed_at:
            raise AlreadyRemoved(self)
        self.removed_at, self.removed_by, self.removed_reason = timezone.now(), by, reason
        self.save(update_fields=["removed_at", "removed_by", "removed_reason"])
        self.wrote("removed", by=by)

    @transaction.atomic
    def restore(self, *, by: User) -> None:
        if not self.removed_at:
            raise NotRemoved(self)
        self.removed_at, self.removed_by, self.removed_reason = None, None, ""
        self.save(update_fields=["removed_at", "removed_by", "removed_reason"])
        self.wrote("restored", by=by)


def qualifier_field() -> "models.CharField[str, str]":
    """How exact the count beside it is; "exactly" unless its author says otherwise."""
    return models.CharField(_("how exact"), max_length=10, choices=Qualifier, default=Qualifier.EXACT)
