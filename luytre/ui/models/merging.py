"""Records that turned out to be one: one is kept, the others are taken out, and what referred to them follows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.audit.models import AuditEntry
from luytre.ui.models.imports import AlreadyUndone, TooLateToUndo, revert, values_of
from luytre.ui.records import Record

DAYS_TO_UNDO = 30


class MergeQuerySet(ScopedQuerySet["Merge"]):
    def merged_before(self, day: date) -> Self:
        """Whose old values nobody can put back any more."""
        return self.filter(at__date__lt=day).exclude(before={})


class Merge(models.Model):
    """`before` says what the kept record had; `moved` names the rows that followed, so that both can be put back."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    register = models.SlugField(_("register"), max_length=60)
    subject_type = models.CharField(max_length=60)
    kept_id = models.BigIntegerField(_("number of the record that was kept"))
    removed_ids = models.JSONField(_("numbers of the records that were taken out"), default=list)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    moved = models.JSONField(default=list, help_text="model, column, row, and the record it referred to")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("merged by"))
    at = models.DateTimeField(_("merged at"))
    last_entry = models.BigIntegerField(default=0, help_text="the audit trail's number when all was written")
    undone_at = models.DateTimeField(_("taken back at"), null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by"))

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of records")
        verbose_name_plural = _("merges of records")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.register} {self.kept_id}"

    @transaction.atomic
    def perform(self, kept: Any, others: Sequence[Any], chosen: Mapping[str, Any], *, by: User, at: datetime) -> Self:
        """`chosen` says for each field from which record its value stays."""
        self.by, self.at, self.kept_id = by, at, kept.pk
        self.subject_type, self.removed_ids = kept._meta.label_lower, [one.pk for one in others]
        taken = {name: one for name, one in chosen.items() if one.pk != kept.pk}
        self.before = values_of(kept, list(taken))
        for other in others:
            self.moved += [list(row) for row in follow(kept, other, by=by)]
        reason = gettext("A duplicate of record %(number)s: %(name)s") % {"number": kept.pk, "name": kept}
        for other in others:
            other.remove(by=by, reason=reason[:300])
        for name, one in taken.items():
            take(kept, name, one)
        kept.save()
        kept.wrote("merged", by=by, fields=list(taken))
        self.last_entry = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.save(force_insert=True)
        return self

    @property
    def last_day_to_undo(self) -> datetime:
        return self.at + timedelta(days=DAYS_TO_UNDO)

    def may_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now < self.last_day_to_undo

    @transaction.atomic
    def undo(self, *, by: User, at: datetime) -> None:
        """Each stands again as before; what was changed by hand since stays as it is."""
        current = Merge.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if current.undone_at:
            raise AlreadyUndone(self)
        if not current.may_be_undone(at):
            raise TooLateToUndo(self)
        rows = apps.get_model(self.subject_type)._default_manager
        for record in rows.filter(pk__in=self.removed_ids).exclude(removed_at=None):
            record.restore(by=by)
        for label, column, pk, old in self.moved:
            apps.get_model(label)._base_manager.filter(pk=pk, **{column: self.kept_id}).update(**{column: old})
        kept: Any = rows.get(pk=self.kept_id)
        if self.before and not self.kept_changed_since():
            revert(kept, self.before, by=by)
        kept.wrote("merge_undone", by=by)
        self.undone_at, self.undone_by = at, by
        self.save(update_fields=["undone_at", "undone_by"])

    def kept_changed_since(self) -> bool:
        later = AuditEntry.objects.filter(pk__gt=self.last_entry, subject_type=self.subject_type)
        return later.filter(subject_id=str(self.kept_id)).exclude(verb="followed_merge").exists()


def take(kept: Any, name: str, one: Any) -> None:
    field = kept._meta.get_field(name)
    if field.many_to_many:
        getattr(kept, name).set(getattr(one, name).all())
    else:
        setattr(kept, field.attname, getattr(one, field.attname))


def relations(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every table that refers to a record, with its column; its own lists of many are chosen as values."""
    own = {many.remote_field.through for many in model._meta.many_to_many}
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in own:
            yield relation.related_model, relation.field.attname


def follow(kept: models.Model, other: models.Model, *, by: User) -> Iterator[tuple[str, str, int, int]]:
    """What referred to the other now refers to the kept one; a row that would contradict another stays."""
    for model, column in relations(type(kept)):
        rows = model._base_manager.filter(**{column: other.pk})
        moved = [pk for pk in rows.values_list("pk", flat=True) if moves(model, column, pk, kept.pk)]
        if issubclass(model, Record) and moved:
            records = list(model._base_manager.filter(pk__in=moved))
            paths = {one.pk: one.where.path for one in records if one.where}
            audit.record_each(records, "followed_merge", by=by, paths=paths)
        for pk in moved:
            yield model._meta.label_lower, column, pk, other.pk


def moves(model: type[models.Model], column: str, pk: int, kept: int) -> bool:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{column: kept})
    except IntegrityError:
        return False
    return True
