"""Tables of figures that were released to the public."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.common import periods
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window


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
