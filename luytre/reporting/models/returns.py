"""Returns (biểu báo cáo): the forms, what units sent in, and what became of it."""

from datetime import date, datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Area, Level, ScopedQuerySet
from luytre.common.periods import Calendar, Window


class Every(models.TextChoices):
    """How often a return is owed; `once` is for a special report with a window of its own."""

    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    HALF = "half", _("every six months")
    YEAR = "year", _("every year")
    ONCE = "once", _("once")


class ReturnForm(models.Model):
    """A form from a day until a day; what it asks never changes under one version.

    `codes` are typed numbers and count as figures; `register_codes` are shown from the registers and never counted
    a second time. `slots` and `stocks` stand beside `codes`, for the database.
    """

    code = models.SlugField(_("code"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    vi_name = models.CharField(max_length=200)
    en_name = models.CharField(max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    every = models.CharField(_("how often"), max_length=10, choices=Every)
    calendar = models.CharField(
        _("calendar"),
        max_length=20,
        choices=[(Calendar.ADMINISTRATIVE.value, _("administrative")), (Calendar.CIVIL.value, _("civil"))],
        default=Calendar.ADMINISTRATIVE.value,
    )
    due_days = models.PositiveSmallIntegerField(_("days to send it in"), default=5)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until (not included)"), null=True, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked of units in")
    )
    codes = ArrayField(models.CharField(max_length=60), verbose_name=_("typed numbers"))
    register_codes = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("from registers"))
    slots = ArrayField(models.SmallIntegerField(), editable=False)
    stocks = ArrayField(models.BooleanField(), editable=False)
    layout = models.JSONField(default=list, help_text="sections: names in both languages and codes in order")
    rules = models.JSONField(default=list, help_text="checks between cells")
    is_sample = models.BooleanField(_("made-up sample"), default=False)

    class Meta:
        verbose_name = _("form of a return")
        verbose_name_plural = _("forms of returns")
        ordering = ["level", "every", "code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="return_form_version_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name


class StepKind(models.TextChoices):
    """What can happen to a return."""

    SENT = "sent", _("sent")
    RETURNED = "returned", _("sent back")
    APPROVED = "approved", _("approved")
    LOCKED = "locked", _("locked")
    REOPENED = "reopened", _("reopened")


NEW = ""  # nothing was sent yet
AFTER: dict[str, frozenset[str]] = {
    StepKind.SENT: frozenset({NEW, StepKind.SENT, StepKind.RETURNED, StepKind.APPROVED, StepKind.REOPENED}),
    StepKind.RETURNED: frozenset({StepKind.SENT}),
    StepKind.APPROVED: frozenset({StepKind.SENT, StepKind.REOPENED}),
    StepKind.LOCKED: frozenset({StepKind.APPROVED}),
    StepKind.REOPENED: frozenset({StepKind.APPROVED, StepKind.LOCKED}),
}  # which step may follow which
WHO: dict[str, Permission] = {
    StepKind.SENT: Permission.RETURN_WRITE,
    StepKind.RETURNED: Permission.RETURN_APPROVE,
    StepKind.APPROVED: Permission.RETURN_APPROVE,
    StepKind.LOCKED: Permission.RETURN_APPROVE,
    StepKind.REOPENED: Permission.RETURN_APPROVE,
}
VERBS = {kind: f"return_{kind.value}" for kind in StepKind}


class NotNow(Exception):
    """The step cannot follow the one before it: somebody else was quicker, or the return is locked."""


class OwnReturn(Exception):
    """Nobody approves what they sent themselves (rights rule R11)."""


class ReturnQuerySet(ScopedQuerySet["Return"]):
    def sent(self) -> Self:
        return self.filter(number__gt=0)

    def with_state(self) -> Self:
        """`last_step` is the kind of the latest step; none where nothing was sent."""
        latest = ReturnStep.objects.filter(report=OuterRef("pk")).order_by("-pk")
        return self.annotate(last_step=Subquery(latest.values("kind")[:1]))

    def in_state(self, *kinds: str) -> Self:
        return self.with_state().filter(Q(last_step__in=kinds))

    def waiting(self) -> Self:
        return self.sent().in_state(StepKind.SENT)

    def commented_before(self, day: date) -> Self:
        """For the nightly erasing."""
        return self.filter(comments__isnull=False, sent_at__date__lt=day)

    @transaction.atomic
    def step_all(self, kind: StepKind, *, by: User, at: datetime) -> int:
        """One step for every one of these that it may follow; nobody's own for an approval. How many it was."""
        rows = self.in_state(*AFTER[kind]).select_for_update(of=("self",))
        if kind == StepKind.APPROVED:
            rows = rows.exclude(sent_by=by)
        found = list(rows.select_related("area"))
        ReturnStep.objects.bulk_create([report.next_step(kind, by=by, at=at) for report in found])
        audit.record_each(found, VERBS[kind], by=by, paths={one.pk: one.area.path for one in found})
        return len(found)


class Return(models.Model):
    """What one unit reports for one window, as it counts now; `number` is its version, 0 while nothing was sent.

    Written only by the database function `reporting_submit`, which keeps the totals in the same transaction.
    """

    # what searches need is in the constraint and the index below; every further index is a write for each return
    form = models.ForeignKey(ReturnForm, models.PROTECT, db_index=False, related_name="returns", verbose_name=_("form"))
    area = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+", verbose_name=_("unit"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    number = models.PositiveSmallIntegerField(_("version"), default=0)
    values = ArrayField(models.BigIntegerField(null=True), default=list, help_text="hundredths, in the form's order")
    qualifiers = models.JSONField(null=True, help_text="of codes that are not exact")
    comments = models.JSONField(null=True, help_text="by code")
    seen = models.JSONField(null=True, help_text="what the registers said when it was sent, by code")
    seconds = models.PositiveIntegerField(default=0, help_text="how long the form was open, in all (rights rule R26)")
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent at"), null=True)
    first_sent_at = models.DateTimeField(_("first sent at"), null=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            models.UniqueConstraint(fields=["area", "form", "last_day", "first_day"], name="return_once"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="return_window_in_order"),
        ]
        indexes = [models.Index(fields=["last_day", "form"], name="return_window")]

    def __str__(self) -> str:
        return f"{self.form} · {self.area} · {self.window}"

    @property
    def window(self) -> Window:
        return Window(self.first_day, self.last_day)

    @property
    def state(self) -> str:
        """The latest step's kind; NEW where nothing was sent."""
        if not hasattr(self, "last_step"):
            latest = self.steps.order_by("-pk").values_list("kind", flat=True).first()
            self.last_step: str | None = latest
        return self.last_step or NEW

    @property
    def amounts(self) -> dict[str, int | None]:
        """Hundredths by code."""
        return dict(zip(self.form.codes, self.values, strict=False))

    def may_follow(self, kind: str) -> bool:
        return self.state in AFTER[kind]

    def next_step(self, kind: StepKind, *, by: User, at: datetime, reason: str = "") -> "ReturnStep":
        sender = self.sent_by_id if kind == StepKind.APPROVED else None
        return ReturnStep(report=self, kind=kind, number=self.number, at=at, by=by, sender_id=sender, reason=reason)

    @transaction.atomic
    def step(self, kind: StepKind, *, by: User, at: datetime, reason: str = "", number: int | None = None) -> None:
        """`number` is the version the person looked at: what was corrected meanwhile is not approved unseen."""
        current = Return.objects.select_for_update(of=("self",)).select_related("area").get(pk=self.pk)
        if current.state not in AFTER[kind] or number not in (None, current.number):
            raise NotNow(current.state)
        if kind == StepKind.APPROVED and by == current.sent_by:
            raise OwnReturn(current)
        current.next_step(kind, by=by, at=at, reason=reason).save(force_insert=True)
        audit.record(current, VERBS[kind], by=by, area_path=current.area.path)
        self.last_step = kind

    def approve(self, *, by: User, at: datetime, number: int | None = None) -> None:
        self.step(StepKind.APPROVED, by=by, at=at, number=number)

    def give_back(self, *, by: User, at: datetime, reason: str, number: int | None = None) -> None:
        self.step(StepKind.RETURNED, by=by, at=at, reason=reason, number=number)

    def lock(self, *, by: User, at: datetime) -> None:
        self.step(StepKind.LOCKED, by=by, at=at)

    def reopen(self, *, by: User, at: datetime, reason: str) -> None:
        self.step(StepKind.REOPENED, by=by, at=at, reason=reason)


class ReturnVersionQuerySet(models.QuerySet["ReturnVersion"]):
    def commented_before(self, day: date) -> Self:
        return self.filter(comments__isnull=False, sent_at__date__lt=day)


class ReturnVersion(models.Model):
    """How a return stood before it was corrected: a correction never silently replaces."""

    report = models.ForeignKey(Return, models.PROTECT, related_name="versions", verbose_name=_("return"))
    number = models.PositiveSmallIntegerField(_("version"))
    values = ArrayField(models.BigIntegerField(null=True))
    qualifiers = models.JSONField(null=True)
    comments = models.JSONField(null=True)
    seen = models.JSONField(null=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent at"))

    objects = ReturnVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier version of a return")
        verbose_name_plural = _("earlier versions of returns")
        ordering = ["report", "-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="return_version_once")]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"


class ReturnStepQuerySet(models.QuerySet["ReturnStep"]):
    def reasoned_before(self, day: date) -> Self:
        return self.filter(at__date__lt=day).exclude(reason="")


class ReturnStep(models.Model):
    """What happened to a return; the state is the latest step, and rows are only added."""

    report = models.ForeignKey(Return, models.PROTECT, related_name="steps", verbose_name=_("return"))
    kind = models.CharField(_("step"), max_length=10, choices=StepKind)
    number = models.PositiveSmallIntegerField(_("version"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    sender = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("sent by"),
        help_text="of an approval: who sent what is approved",
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ReturnStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a return")
        verbose_name_plural = _("steps of returns")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="approved") | (Q(sender__isnull=False) & ~Q(by=F("sender"))), name="return_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.get_kind_display()}"


class ReturnDraft(models.Model):
    """What somebody typed and has not sent yet: kept as typed, wrong or right."""

    report = models.OneToOneField(Return, models.CASCADE, related_name="draft", verbose_name=_("return"))
    typed = models.JSONField(default=dict, help_text="text by code, with comments and qualifiers")
    base_number = models.PositiveSmallIntegerField(help_text="the version it started from")
    seconds = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("typed by"))
    at = models.DateTimeField(_("typed at"))

    class Meta:
        verbose_name = _("draft of a return")
        verbose_name_plural = _("drafts of returns")

    def __str__(self) -> str:
        return str(self.report)


def on(day: date) -> Q:
    """Forms in force on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
