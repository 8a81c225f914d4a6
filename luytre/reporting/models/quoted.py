"""Narrative reports brought in, and the figures quoted from them: proposed by reading, decided by a person (P22)."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet

SENTENCE = 4000  # letters of a sentence that are kept
MENDED = ("code", "value", "qualifier", "role", "area", "first_day", "last_day")


class Said(models.TextChoices):
    """How exact a figure is, as its author wrote it."""

    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    NEARLY = "nearly", _("nearly")
    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    RANGE = "range", _("from – to")
    RATIO = "ratio", _("out of a whole")


class FigureRole(models.TextChoices):
    """What a figure is to the others of its report."""

    LEVEL = "level", _("by itself")
    PART = "part", _("part of another")
    TOTAL = "total", _("total of others")
    CHANGE = "change", _("change")
    BEFORE = "before", _("before")
    AFTER = "after", _("after")
    TARGET = "target", _("target")


class Decision(models.TextChoices):
    WAITING = "", _("waits for you")
    TAKEN = "taken", _("taken")
    REJECTED = "rejected", _("left out")


class QuotedReport(models.Model):
    """A narrative report of an office, as text; its file is not kept."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    name = models.CharField(_("report"), max_length=200)
    text = models.TextField(_("text"))
    notes = models.JSONField(default=list, help_text="what was found while the file was read, in words")
    reported_on = models.DateField(_("day of the report"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    at = models.DateTimeField(_("brought in at"))

    objects = ScopedQuerySet["QuotedReport"].as_manager()

    class Meta:
        verbose_name = _("report that is quoted")
        verbose_name_plural = _("reports that are quoted")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def bring_in(self, figures: Iterable["QuotedFigure"], *, by: User, at: datetime) -> Self:
        """The report with what reading it proposes; nothing is taken yet."""
        self.by, self.at = by, at
        self.save(force_insert=True)
        for number, one in enumerate(figures, start=1):
            one.report, one.number = self, number
            one.save(force_insert=True)
        audit.record(self, "report_brought_in", by=by, area_path=self.area.path, values={"name": self.name})
        return self

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        """With all that was quoted from it."""
        audit.record(self, "quoted_report_removed", by=by, area_path=self.area.path, values={"name": self.name})
        self.delete()

    def counts(self) -> dict[str, int]:
        """How many figures by what was decided."""
        rows = self.figures.order_by().values("decision").annotate(count=Count("pk"))
        return {row["decision"]: row["count"] for row in rows}


class QuotedFigureQuerySet(ScopedQuerySet["QuotedFigure"]):
    area = "report__area"

    def taken(self) -> Self:
        return self.filter(decision=Decision.TAKEN)

    def waiting(self) -> Self:
        return self.filter(decision=Decision.WAITING)

    def brought_before(self, day: date) -> Self:
        """For the nightly erasing."""
        return self.filter(report__at__date__lt=day)


class QuotedFigure(models.Model):
    """One figure and the sentence it stands in; `start` and `end` count characters of the report's text."""

    report = models.ForeignKey(QuotedReport, models.CASCADE, related_name="figures")
    number = models.PositiveIntegerField(_("number"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sentence = models.TextField(_("sentence"), max_length=SENTENCE)
    span = models.CharField(_("as written"), max_length=300)
    code = models.CharField(_("indicator"), max_length=60)
    second = models.CharField(_("or else"), max_length=60, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=2)
    value_max = models.DecimalField(_("up to"), max_digits=20, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(_("out of"), max_digits=20, decimal_places=2, null=True, blank=True)
    qualifier = models.CharField(_("how exact"), max_length=10, choices=Said)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=FigureRole)
    place = models.CharField(_("place as written"), max_length=200, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    confidence = models.FloatField(_("how sure"))
    reason = models.CharField(_("why"), max_length=400, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    proposed = models.JSONField(default=dict, help_text="what was proposed where somebody mended it, by field")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = QuotedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("quoted figure")
        verbose_name_plural = _("quoted figures")
        ordering = ["number"]
        indexes = [models.Index(fields=["code", "decision"], name="quoted_figure_code")]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="quoted_figure_once"),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
                name="quoted_figure_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.span

    @transaction.atomic
    def decide(self, decision: Decision, *, by: User, at: datetime, mended: dict[str, Any] | None = None) -> None:
        """Taken as proposed or as mended, left out, or put back to wait; what was proposed stays known."""
        for name, value in (mended or {}).items():
            if getattr(self, name) != value:
                self.proposed.setdefault(name, plain(getattr(self, name)))
                setattr(self, name, value)
        self.decision = decision
        self.decided_by, self.decided_at = (by, at) if decision else (None, None)
        self.save(update_fields=[*MENDED, "proposed", "decision", "decided_by", "decided_at"])
        verb = {Decision.TAKEN: "figure_taken", Decision.REJECTED: "figure_left_out"}.get(decision, "figure_put_back")
        area_path = self.report.area.path
        audit.record(self, verb, by=by, area_path=area_path, values={"code": self.code, "value": str(self.value)})

    @property
    def is_mended(self) -> bool:
        return bool(self.proposed)


def plain(value: object) -> Any:
    """As JSON keeps it."""
    if isinstance(value, Area):
        return value.pk
    return str(value) if isinstance(value, Decimal | date) else value
