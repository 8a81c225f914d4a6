"""What the ministry can change about clocks without a new version: lengths and bases of rules, and days off."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, paths_to


class Unit(models.TextChoices):
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    MONTHS = "months", _("months")


class ClockSetting(models.Model):
    """One rule of `clock_rules.py` as the ministry has it now; clocks that run keep their end."""

    code = models.CharField(_("clock"), max_length=40, primary_key=True)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit)
    is_doubled_when_remote = models.BooleanField(_("twice as long in mountains, remote areas and on islands"))
    is_used = models.BooleanField(_("in use"), default=True)
    basis = models.CharField(_("basis"), max_length=200)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("changed by"))

    class Meta:
        verbose_name = _("setting of a clock")
        verbose_name_plural = _("settings of clocks")
        constraints = [models.CheckConstraint(condition=Q(length__gt=0), name="clock_has_a_length")]

    def __str__(self) -> str:
        return self.code

    def change(self, *, by: User) -> None:
        self.changed_by = by
        self.save()
        audit.record(
            self,
            "clock setting changed",
            by=by,
            fields=["length", "unit", "is_doubled_when_remote", "is_used", "basis"],
        )


class DayOffQuerySet(models.QuerySet["DayOff"]):
    def for_place(self, area: Area) -> Self:
        """The nation's, and those of the place and of what it lies in."""
        return self.filter(Q(area=None) | Q(area__path__in=paths_to(area.path)))

    def changes(self) -> dict[date, bool]:
        return dict(self.values_list("day", "is_worked"))


class DayOff(models.Model):
    """A day that is worked, or not, otherwise than the calendar says: a decision of the year, a flood in a place."""

    day = models.DateField(_("day"))
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only in"),
    )
    is_worked = models.BooleanField(_("offices work on it"), default=False)
    basis = models.CharField(_("basis"), max_length=200)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))

    objects = DayOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a working day")
        verbose_name_plural = _("changes of working days")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["day", "area"], nulls_distinct=False, name="one_change_of_a_day_in_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    def add(self, *, by: User) -> None:
        self.added_by = by
        self.save()
        audit.record(self, "working day changed", by=by, fields=["day", "area", "is_worked", "basis"])
