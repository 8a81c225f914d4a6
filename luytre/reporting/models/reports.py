"""Reports: figures frozen at a moment, every version of the words, and the steps from draft to issue and back."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, Scope, ScopedQuerySet, Standing, valid_on
from luytre.common import periods
from luytre.common.periods import Window
from luytre.reporting.models.layouts import ReportLayout

LARGEST_NUMBER = 99_999


class Step(models.TextChoices):
    """What was done last says where a report is."""

    DRAFTED = "drafted", _("being drafted")
    SUBMITTED = "submitted", _("waits for the signature")
    WITHDRAWN = "withdrawn", _("taken back to be mended")
    RETURNED = "returned", _("returned to be mended")
    SIGNED = "signed", _("signed, waits for its number")
    ISSUED = "issued", _("issued")
    RECALLED = "recalled", _("recalled to be corrected")


OPEN = (Step.DRAFTED, Step.WITHDRAWN, Step.RETURNED, Step.RECALLED)  # the words may be changed


class NotNow(Exception):
    """The report has gone on since: this cannot be done to it in its present state."""


class SavedMeanwhile(Exception):
    """Somebody else has saved a newer version; nothing of either is lost."""

    def __init__(self, newest: "ReportVersion") -> None:
        super().__init__(str(newest))
        self.newest = newest


class OwnReport(Exception):
    """Nobody signs what they wrote themselves (rights rule R11)."""


class StillBlank(Exception):
    """Parts that only people can write are not written yet."""


class NumberTaken(Exception):
    """The office has given this number to another report of the year."""

    def __init__(self, number: int, free: int) -> None:
        super().__init__(str(number))
        self.number, self.free = number, free


class DayOutOfOrder(Exception):
    """A report is issued on or after the day it was signed, and not in the future."""


class ReportQuerySet(ScopedQuerySet["Report"]):
    def of_office(self, scope: Scope) -> Self:
        """Those of the reader's own offices, not of the places below them."""
        standing = Standing.objects.filter(valid_on(scope.on), path__in=scope.paths)
        return self.filter(area__in=standing.values("area"))

    def readable(self, scope: Scope) -> Self:
        """One's own reports; of the places below only what they have issued."""
        return (
            self.within(scope).filter(Q(pk__in=self.of_office(scope).values("pk")) | Q(issues__isnull=False)).distinct()
        )

    def with_state(self) -> Self:
        newest = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-pk")
        return self.annotate(state=Subquery(newest.values("kind")[:1]), changed_at=Subquery(newest.values("at")[:1]))

    def in_state(self, kind: str) -> Self:
        newest = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-pk")
        return self.alias(reached=Subquery(newest.values("kind")[:1])).filter(reached=kind)


def verb(what: str) -> str:
    """As the trail says it."""
    return f"report_{what}"


class Report(models.Model):
    """The report of an office on a window; it lives in its versions and steps."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("place"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    period = models.CharField(_("period"), max_length=20, blank=True)
    created_at = models.DateTimeField(_("drafted at"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("drafted by"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "first_day", "last_day"], name="report_once_a_window"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="report_window_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.window}"

    @property
    def window(self) -> Window:
        return periods.parse(self.period) if self.period else Window(self.first_day, self.last_day)

    @property
    def newest(self) -> "ReportVersion":
        return self.versions.select_related("figures", "saved_by").order_by("-number")[0]

    @property
    def last_step(self) -> "ReportStep":
        return self.steps.select_related("by", "version").order_by("-pk")[0]

    @property
    def is_open(self) -> bool:
        return self.last_step.kind in OPEN

    def is_of_office(self, scope: Scope) -> bool:
        return self.area.path_on(scope.on) in scope.paths

    @transaction.atomic
    def draft(self, *, figures: Any, body: Any, by: User, at: datetime) -> Self:
        self.created_by, self.created_at = by, at
        self.save(force_insert=True)
        kept = ReportFigures.objects.create(report=self, taken_at=at, content=figures)
        version = self.versions.create(number=1, figures=kept, body=body, saved_by=by, saved_at=at)
        self.step(Step.DRAFTED, version=version, by=by, at=at)
        return self

    @transaction.atomic
    def save_version(
        self, *, base: int, body: Any, by: User, at: datetime, note: str, figures: Any = None
    ) -> "ReportVersion":
        """`base` is the version that was changed; SavedMeanwhile if it is no longer the newest."""
        newest = self.locked_newest(base)
        self.must_be(*OPEN)
        kept = newest.figures
        if figures is not None:
            kept = ReportFigures.objects.create(report=self, taken_at=at, content=figures)
        version = self.versions.create(
            number=newest.number + 1, figures=kept, body=body, saved_by=by, saved_at=at, note=note
        )
        audit.record(self, verb(note), by=by, area_path=self.area.path, values={"version": version.number})
        return version

    def locked_newest(self, base: int) -> "ReportVersion":
        Report.objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
        newest = self.newest
        if newest.number != base:
            raise SavedMeanwhile(newest)
        return newest

    def must_be(self, *kinds: str) -> "ReportStep":
        last = self.last_step
        if last.kind not in kinds:
            raise NotNow(last.kind)
        return last

    def step(self, kind: Step, *, version: "ReportVersion", by: User, at: datetime, **more: Any) -> "ReportStep":
        made = self.steps.create(version=version, kind=kind, by=by, at=at, **more)
        audit.record(self, verb(kind.value), by=by, area_path=self.area.path, values={"version": version.number})
        return made

    @transaction.atomic
    def submit(self, *, base: int, by: User, at: datetime) -> None:
        version = self.locked_newest(base)
        self.must_be(*OPEN)
        if any(block["kind"] == "blank" and not block["is_removed"] for block in version.body):
            raise StillBlank(self)
        self.step(Step.SUBMITTED, version=version, by=by, at=at)

    @transaction.atomic
    def withdraw(self, *, base: int, by: User, at: datetime) -> None:
        self.step(Step.WITHDRAWN, version=self.waiting(base, Step.SUBMITTED), by=by, at=at)

    @transaction.atomic
    def return_(self, *, base: int, by: User, at: datetime, reason: str) -> None:
        version = self.waiting(base, Step.SUBMITTED, Step.SIGNED)
        self.step(Step.RETURNED, version=version, by=by, at=at, reason=reason)

    @transaction.atomic
    def sign(self, *, base: int, by: User, at: datetime, signed_as: str = "") -> None:
        """Somebody who wrote none of it since it was last issued."""
        version = self.waiting(base, Step.SUBMITTED)
        if by.pk in self.writers():
            raise OwnReport(self)
        self.step(Step.SIGNED, version=version, by=by, at=at, author=version.saved_by, signed_as=signed_as)

    def waiting(self, base: int, *kinds: str) -> "ReportVersion":
        version = self.locked_newest(base)
        self.must_be(*kinds)
        return version

    def writers(self) -> set[int]:
        """Who wrote or submitted since the last issue."""
        issued = self.issues.aggregate(newest=Max("version__number"))["newest"] or 0
        saved = self.versions.filter(number__gt=issued).values_list("saved_by", flat=True)
        submitted = self.steps.filter(kind=Step.SUBMITTED, version__number__gt=issued).values_list("by", flat=True)
        return {*saved, *submitted}

    @transaction.atomic
    def issue(self, *, base: int, number: int | None, on: date, by: User, at: datetime, today: date) -> "ReportIssue":
        """Without a number the office's next free one of the year."""
        version = self.waiting(base, Step.SIGNED)
        signing = self.last_step
        if not signing.at.astimezone().date() <= on <= today:
            raise DayOutOfOrder(on)
        Area.objects.select_for_update(of=("self",), no_key=True).get(pk=self.area_id)  # one number at a time
        free = ReportIssue.next_number(self.area, on.year)
        if number and ReportIssue.objects.filter(area=self.area, year=on.year, number=number).exists():
            raise NumberTaken(number, free)
        made = self.issues.create(
            version=version, area=self.area, year=on.year, number=number or free, issued_on=on,
            signed_by=signing.by, signed_as=signing.signed_as, layout=ReportLayout.objects.current(self.area),
            replaces=self.issues.order_by("-pk").first(),
        )  # fmt: skip
        self.step(Step.ISSUED, version=version, by=by, at=at)
        return made

    @transaction.atomic
    def recall(self, *, base: int, by: User, at: datetime, reason: str) -> None:
        """What was issued stays readable; the words may be corrected and go through two people again."""
        self.step(Step.RECALLED, version=self.waiting(base, Step.ISSUED), by=by, at=at, reason=reason)


class ReportFigures(models.Model):
    """What the registers gave at one moment."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        verbose_name = _("frozen figures")
        verbose_name_plural = _("frozen figures")

    def __str__(self) -> str:
        return f"{self.report} @ {self.taken_at}"


class ReportVersion(models.Model):
    """The words as they were saved once; never changed afterwards."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    figures = models.ForeignKey(ReportFigures, models.PROTECT, related_name="+")
    body = models.JSONField()
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("saved by"))
    saved_at = models.DateTimeField(_("saved at"))
    note = models.CharField(max_length=20, default="drafted", help_text="what was done")

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of reports")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report} v{self.number}"


class ReportStep(models.Model):
    """One thing that was done to a report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    version = models.ForeignKey(ReportVersion, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=10, choices=Step)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("written by"))
    signed_as = models.CharField(_("signs as"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Step.SIGNED) | (Q(author__isnull=False) & ~Q(author=F("by"))),
                name="report_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Step.RETURNED, Step.RECALLED]) | ~Q(reason=""), name="report_step_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.kind}"


class ReportIssue(models.Model):
    """A version that went out under a number."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="issues")
    version = models.OneToOneField(ReportVersion, models.PROTECT, related_name="issued_as")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    issued_on = models.DateField(_("issued on"))
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("signed by"))
    signed_as = models.CharField(_("signs as"), max_length=80, blank=True)
    layout = models.ForeignKey(ReportLayout, models.PROTECT, null=True, related_name="+", verbose_name=_("layout"))
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("issued report")
        verbose_name_plural = _("issued reports")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "number"], name="report_number_once_a_year"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=LARGEST_NUMBER), name="report_number_in_reach"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year} {self.area}"

    @staticmethod
    def next_number(area: Area, year: int) -> int:
        highest = ReportIssue.objects.filter(area=area, year=year).aggregate(highest=Max("number"))["highest"]
        return (highest or 0) + 1
