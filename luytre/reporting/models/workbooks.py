"""Workbooks brought in: what came, what became of each file, and how an office's own layout is read."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.reporting.models.returns import ReturnForm


class NotWaiting(Exception):
    """This delivery is not read yet, or is being sent already."""


class WorkbookMapping(models.Model):
    """How an office's own workbook is read as a form: where the names, numbers, unit and period stand."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    form_code = models.SlugField(_("form"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    rule = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"))

    objects = ScopedQuerySet["WorkbookMapping"].as_manager()

    class Meta:
        verbose_name = _("reading of a workbook")
        verbose_name_plural = _("readings of workbooks")
        ordering = ["form_code", "name"]
        constraints = [models.UniqueConstraint(fields=["area", "form_code", "name"], name="workbook_mapping_once")]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def keep(self, *, by: User, at: datetime) -> "WorkbookMapping":
        """Under its name, in the place of the one that bore it before."""
        said = {"rule": self.rule, "made_by": by, "made_at": at}
        kept, _is_new = WorkbookMapping.objects.update_or_create(
            area=self.area, form_code=self.form_code, name=self.name, defaults=said
        )
        audit.record(kept, "workbook_mapping_kept", by=by, area_path=self.area.path, values={"rule": self.rule})
        return kept

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        audit.record(self, "workbook_mapping_removed", by=by, area_path=self.area.path)
        self.delete()


class DeliveryQuerySet(ScopedQuerySet["Delivery"]):
    def unread_before(self, moment: datetime) -> Self:
        """Whose file nobody needs any more."""
        return self.filter(at__lt=moment, read_at=None)


class Delivery(models.Model):
    """One file that came: a workbook, or a zip of thousands. First read, then sent if somebody says so."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    name = models.CharField(_("file"), max_length=200)
    size = models.PositiveIntegerField(_("bytes"))
    is_zip = models.BooleanField(default=False)
    mapping = models.ForeignKey(WorkbookMapping, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    at = models.DateTimeField(_("brought in at"))
    total = models.PositiveIntegerField(_("files in it"), default=0)
    trouble = models.CharField(_("why it was not read"), max_length=300, blank=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    comment = models.CharField(_("comment"), max_length=400, blank=True)
    send_from = models.DateTimeField(_("told to send at"), null=True)
    sent_at = models.DateTimeField(_("all sent at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of workbooks")
        verbose_name_plural = _("deliveries of workbooks")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def bring_in(self, *, by: User, at: datetime) -> "Delivery":
        self.by, self.at = by, at
        self.save(force_insert=True)
        audit.record(self, "workbooks_brought_in", by=by, area_path=self.area.path, values={"name": self.name})
        return self

    def tell_total(self, total: int) -> None:
        self.total = total
        self.save(update_fields=["total"])

    def read_by(self, mapping: WorkbookMapping) -> None:
        """To be read anew through a reading."""
        self.mapping, self.read_at = mapping, None
        self.save(update_fields=["mapping", "read_at"])

    def end_reading(self, *, at: datetime, trouble: str = "") -> None:
        self.read_at, self.trouble = at, trouble
        self.save(update_fields=["read_at", "trouble"])

    @transaction.atomic
    def order_sending(self, *, by: User, at: datetime, comment: str = "") -> None:
        """Raises NotWaiting for a second press of the button."""
        current = Delivery.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not current.read_at or current.send_from:
            raise NotWaiting(self.pk)
        self.send_from, self.comment = at, comment
        self.save(update_fields=["send_from", "comment"])
        audit.record(self, "workbooks_told_to_send", by=by, area_path=self.area.path)

    def end_sending(self, *, at: datetime) -> None:
        self.sent_at = at
        self.save(update_fields=["sent_at"])

    @property
    def is_being_read(self) -> bool:
        return self.read_at is None

    @property
    def is_being_sent(self) -> bool:
        return self.send_from is not None and self.sent_at is None

    def counts(self) -> dict[str, int]:
        """How many files by what became of them."""
        rows = self.lines.order_by().values("state").annotate(count=Count("pk"))
        return {row["state"]: row["count"] for row in rows}


class LineState(models.TextChoices):
    """What became of one file of a delivery."""

    GOOD = "good", _("can be sent")
    ASKS = "asks", _("asks for a comment")
    CONFLICT = "conflict", _("somebody sent a newer version")
    REFUSED = "refused", _("not taken")
    SENT = "sent", _("sent")
    SAME = "same", _("was there already")


class DeliveryLineQuerySet(models.QuerySet["DeliveryLine"]):
    def to_send(self, comment: str = "") -> Self:
        """Without a comment those that ask for none."""
        states = [LineState.GOOD, LineState.ASKS] if comment.strip() else [LineState.GOOD]
        return self.filter(state__in=states)

    def brought_before(self, day: date) -> Self:
        """For the nightly erasing."""
        return self.filter(delivery__at__date__lt=day)


class DeliveryLine(models.Model):
    """One return as a file says it, and what was found in it; `findings` are rows of address, name, text and words."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("file"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=LineState)
    form = models.ForeignKey(ReturnForm, models.PROTECT, null=True, related_name="+", verbose_name=_("form"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    first_day = models.DateField(_("first day"), null=True)
    last_day = models.DateField(_("last day"), null=True)
    base_number = models.PositiveSmallIntegerField(null=True, help_text="the version the file started from")
    typed = models.JSONField(default=dict, help_text="text by code")
    comments = models.JSONField(default=dict)
    addresses = models.JSONField(default=dict, help_text="cells by code")
    findings = models.JSONField(default=list)

    objects = DeliveryLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a delivery")
        verbose_name_plural = _("files of a delivery")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="delivery_line_once"),
            models.CheckConstraint(
                condition=Q(state="refused") | Q(form__isnull=False, area__isnull=False, last_day__isnull=False),
                name="delivery_line_says_whose",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def become(self, state: LineState, findings: Iterable[Iterable[str]] | None = None) -> None:
        self.state = state
        if findings is not None:
            self.findings = [list(one) for one in findings]
        self.save(update_fields=["state", "findings"])
