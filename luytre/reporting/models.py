"""The catalogue as rows, so that SQL can read it, and the tables that were released to the public."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.common import periods
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.common.text import fold


class Behaviour(models.TextChoices):
    """How an indicator adds over time: flows add, stocks keep the last value, ratios are worked out anew."""

    FLOW = "flow", _("adds over time")
    STOCK = "stock", _("state at the end")
    RATIO = "ratio", _("ratio")


class AreaRule(models.TextChoices):
    """How it adds over places."""

    SUM = "sum", _("parts add up")
    DISTINCT = "distinct", _("counted anew at each level, never added")
    RECOMPUTE = "recompute", _("worked out from both counts at each level")


class Nature(models.TextChoices):
    """What the number is good for; targets and rankings refuse the rest (rights rule R8)."""

    OUTPUT = "output", _("work done")
    OUTCOME = "outcome", _("result")
    BURDEN = "burden", _("burden")
    SAFEGUARD = "safeguard", _("safeguard")
    CONTEXT = "context", _("context")


class DefinitionQuerySet(models.QuerySet["Definition"]):
    def matching(self, words: str) -> Self:
        rows = self
        for word in fold(words).split():
            rows = rows.filter(folded__contains=word)
        return rows


class Definition(models.Model):
    """One statistic of the catalogue; a code never changes its meaning."""

    code = models.CharField(_("code"), max_length=60, primary_key=True)
    group = models.CharField(_("group"), max_length=20)
    vi_name = models.CharField(max_length=200)
    en_name = models.CharField(max_length=200)
    vi_unit = models.CharField(max_length=60)
    en_unit = models.CharField(max_length=60)
    behaviour = models.CharField(_("behaviour"), max_length=10, choices=Behaviour)
    area_rule = models.CharField(_("area rule"), max_length=10, choices=AreaRule)
    numerator = models.CharField(max_length=60, blank=True)
    denominator = models.CharField(max_length=60, blank=True)
    collected_at = models.CharField(_("collected at"), max_length=12)
    period = models.CharField(_("shortest period"), max_length=10)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    is_target_allowed = models.BooleanField(_("targets allowed"))
    is_public = models.BooleanField(_("public"))
    derived_from = models.CharField(_("comes from"), max_length=40)
    definition = models.TextField(_("definition"))
    aliases = models.TextField(blank=True)
    source = models.TextField(_("source"))
    position = models.PositiveSmallIntegerField()
    folded = models.TextField(editable=False)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    @property
    def unit(self) -> str:
        return self.en_unit if get_language() == "en" else self.vi_unit

    @property
    def is_change_rate(self) -> bool:
        """Numerator and denominator the same: the change against the same window last year."""
        return self.behaviour == Behaviour.RATIO and self.numerator == self.denominator


class OwnRelease(Exception):
    """Nobody decides on what they asked for themselves (rights rule R11)."""


class AlreadyDecided(Exception):
    """The release was approved or refused before."""


class ReleaseQuerySet(ScopedQuerySet["Release"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)

    def approved(self) -> Self:
        return self.filter(is_approved=True)


class Release(models.Model):
    """A table of figures for the public: asked for by one person, decided by another."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("place"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    period_name = models.CharField(_("period"), max_length=40, blank=True)
    codes = ArrayField(models.CharField(max_length=60), verbose_name=_("indicators"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    reason = models.CharField(_("why it is published"), max_length=300)
    is_approved = models.BooleanField(_("approved"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_reason = models.CharField(_("reason of the decision"), max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="release_two_people"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="release_window_in_order"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, is_approved=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_approved__isnull=False),
                name="release_decided_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.window}"

    @property
    def window(self) -> Window:
        """With the name of the official period it was asked for as."""
        return periods.parse(self.period_name) if self.period_name else Window(self.first_day, self.last_day)

    @transaction.atomic
    def ask(self, *, by: User) -> Self:
        self.asked_by = by
        self.save(force_insert=True)
        audit.record(self, "asked", by=by, area_path=self.area.path, values={"codes": self.codes})
        return self

    @transaction.atomic
    def decide(self, *, by: User, at: datetime, is_approved: bool, reason: str) -> None:
        current = Release.objects.select_for_update().get(pk=self.pk)
        if current.decided_at:
            raise AlreadyDecided(self)
        if by == self.asked_by:
            raise OwnRelease(self)
        self.is_approved, self.decided_by, self.decided_at, self.decision_reason = is_approved, by, at, reason
        self.save(update_fields=["is_approved", "decided_by", "decided_at", "decision_reason"])
        audit.record(self, "approved" if is_approved else "refused", by=by, area_path=self.area.path)

    def refuse(self, *, by: User, at: datetime, reason: str) -> None:
        self.decide(by=by, at=at, is_approved=False, reason=reason)


class ReleasedFigure(models.Model):
    """One cell of a released table, as it was on that day; a hidden cell keeps no number."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="figures")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    is_own = models.BooleanField(default=False, help_text="what stands right at the place itself")
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACT)
    is_estimate = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("released figure")
        verbose_name_plural = _("released figures")
        constraints = [
            models.UniqueConstraint(fields=["release", "area", "is_own", "code"], name="released_figure_once"),
            models.CheckConstraint(condition=Q(is_hidden=False) | Q(value=None), name="released_figure_hides_number"),
        ]
        indexes = [models.Index(fields=["code", "area"], name="released_figure_code_area")]

    def __str__(self) -> str:
        return f"{self.code} {self.area}"
