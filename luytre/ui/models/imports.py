"""What came into the registers from Excel: how an office's sheets are read, each import, and its undoing."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.audit.models import AuditEntry
from luytre.ui.records import Record

DAYS_TO_UNDO = 7


class ColumnReading(models.Model):
    """How an office's own sheets are read into a register: remembered by the words over the columns."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    register = models.SlugField(_("register"), max_length=60)
    rule = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))

    objects = ScopedQuerySet["ColumnReading"].as_manager()

    class Meta:
        verbose_name = _("reading of columns")
        verbose_name_plural = _("readings of columns")
        constraints = [models.UniqueConstraint(fields=["area", "register"], name="column_reading_once")]

    def __str__(self) -> str:
        return f"{self.register} {self.area}"

    @transaction.atomic
    def keep(self, *, by: User, at: datetime) -> "ColumnReading":
        """In the place of the one before; nothing is written when it says the same."""
        before = ColumnReading.objects.filter(area=self.area, register=self.register).first()
        if before and before.rule == self.rule:
            return before
        said = {"rule": self.rule, "made_by": by, "made_at": at}
        kept, _is_new = ColumnReading.objects.update_or_create(area=self.area, register=self.register, defaults=said)
        audit.record(kept, "column_reading_kept", by=by, area_path=self.area.path, values={"rule": self.rule})
        return kept


class AlreadyUndone(Exception):
    """The import was taken back before."""


class TooLateToUndo(Exception):
    """The days in which an import can be taken back are over."""


class Import(models.Model):
    """One workbook that came into a register: who, when, how many rows became what. The file itself is not kept."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    register = models.SlugField(_("register"), max_length=60)
    name = models.CharField(_("file"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    at = models.DateTimeField(_("brought in at"))
    added = models.PositiveIntegerField(_("recorded"), default=0)
    updated = models.PositiveIntegerField(_("corrected"), default=0)
    skipped = models.PositiveIntegerField(_("left out"), default=0)
    faulty = models.PositiveIntegerField(_("with faults"), default=0)
    last_entry = models.BigIntegerField(default=0, help_text="the audit trail's number when all rows were written")
    undone_at = models.DateTimeField(_("taken back at"), null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by"))

    objects = ScopedQuerySet["Import"].as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["register", "-at"], name="import_register_at")]

    def __str__(self) -> str:
        return self.name

    def begin(self, *, by: User, at: datetime) -> Self:
        self.by, self.at = by, at
        self.save(force_insert=True)
        return self

    def end(self, model: type[Record], rows: list["ImportedRow"], *, skipped: int, faulty: int) -> None:
        """All rows are written; what the trail says of them from now on is a later change."""
        ImportedRow.objects.bulk_create(rows, batch_size=1000)
        self.added = sum(row.kind == ImportedRow.Kind.ADDED for row in rows)
        self.updated, self.skipped, self.faulty = len(rows) - self.added, skipped, faulty
        self.last_entry = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.save()
        counts = {"added": self.added, "updated": self.updated}
        audit.record(self, "brought_in", by=self.by, area_path=self.area.path, values=counts)

    @property
    def last_day_to_undo(self) -> datetime:
        return self.at + timedelta(days=DAYS_TO_UNDO)

    def may_be_undone(self, now: datetime) -> bool:
        return self.undone_at is None and now < self.last_day_to_undo and bool(self.added or self.updated)

    @transaction.atomic
    def undo(self, *, by: User, at: datetime) -> list["ImportedRow"]:
        """Take back what nobody has touched since; returns the rows that were changed and are left as they are."""
        current = Import.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if current.undone_at:
            raise AlreadyUndone(self)
        if not current.may_be_undone(at):
            raise TooLateToUndo(self)
        rows = list(self.rows.all())
        changed = self.changed_since(rows)
        left = [row for row in rows if row.subject_id in changed]
        self.take_back([row for row in rows if row.subject_id not in changed], by=by)
        ImportedRow.objects.filter(pk__in=[row.pk for row in left]).update(is_left=True)
        self.undone_at, self.undone_by = at, by
        self.save(update_fields=["undone_at", "undone_by"])
        audit.record(self, "import_undone", by=by, area_path=self.area.path, values={"left": len(left)})
        return left

    def changed_since(self, rows: list["ImportedRow"]) -> set[int]:
        """The records of which the trail says something after the import."""
        ids = [str(row.subject_id) for row in rows]
        kinds = {row.subject_type for row in rows}
        later = AuditEntry.objects.filter(pk__gt=self.last_entry, subject_type__in=kinds, subject_id__in=ids)
        return {int(one) for one in later.values_list("subject_id", flat=True)}

    def take_back(self, rows: list["ImportedRow"], *, by: User) -> None:
        added = [row for row in rows if row.kind == ImportedRow.Kind.ADDED]
        if added:
            reason = gettext("The import “%(name)s” was taken back.") % {"name": self.name}
            records: Any = added[0].model._default_manager.filter(pk__in=[row.subject_id for row in added])
            records.remove_each(by=by, reason=reason[:300])
        for row in rows:
            if row.kind == ImportedRow.Kind.UPDATED:
                row.put_back(by=by)


class ImportedRowQuerySet(models.QuerySet["ImportedRow"]):
    def brought_before(self, day: date) -> Self:
        """For the nightly erasing: past the days in which an import can be taken back."""
        return self.filter(bringing__at__date__lt=day)


class ImportedRow(models.Model):
    """What one row of a workbook became; `before` says what an update replaced, so that it can be put back."""

    class Kind(models.TextChoices):
        ADDED = "added", _("recorded")
        UPDATED = "updated", _("corrected")

    bringing = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    is_left = models.BooleanField(default=False, help_text="changed since, so that undoing left it as it is")

    objects = ImportedRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.bringing_id}:{self.number}"

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.subject_type)

    def put_back(self, *, by: User) -> None:
        record: Any = self.model._default_manager.get(pk=self.subject_id)
        revert(record, self.before, by=by)


def values_of(record: models.Model, names: list[str]) -> dict[str, Any]:
    """What the fields say now, in a form that can be kept for some days and put back."""
    said = {}
    for name in names:
        value = record._meta.get_field(name).value_from_object(record)  # type: ignore[union-attr]
        said[name] = [one.pk for one in value] if isinstance(value, list) else value
    return said


def revert(record: Any, before: dict[str, Any], *, by: User) -> None:
    for name, value in before.items():
        field = record._meta.get_field(name)
        if field.many_to_many:
            getattr(record, name).set(value)
        else:
            setattr(record, field.attname, field.to_python(value) if not field.is_relation else value)
    record.correct(by=by, fields=list(before))
