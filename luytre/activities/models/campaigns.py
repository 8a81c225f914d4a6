"""Plans and campaigns of outreach: what is meant to be reached where and when, and how far it has come."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.topics import Topic
from luytre.areas.models import Area, Scope, paths_to
from luytre.bulletins.models import Material
from luytre.ui.records import Record, RecordQuerySet

ONE_WEEK = timedelta(days=7)


class MonthOutside(Exception):
    """The month lies outside the campaign's days."""


class CampaignQuerySet(RecordQuerySet["Campaign"]):
    def running_on(self, day: date) -> Self:
        return self.kept().filter(first_day__lte=day, last_day__gte=day)

    def reaching(self, scope: Scope) -> Self:
        """Those of one's own area and of the places it lies in: a hamlet's session belongs to its commune's plan."""
        above = {path for own in scope.paths for path in paths_to(own)}
        return self.kept().filter(Q(area__in=Area.objects.standing_within(scope)) | Q(area__path__in=above))


class Campaign(Record):
    """A plan for a stretch of time, or a short campaign; its sessions name it."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        PEAK = "peak", _("short campaign")

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PLAN)
    name = models.CharField(_("name"), max_length=200)
    purpose = models.TextField(
        _("purpose"), max_length=1000, help_text=_("what should be different afterwards, in a sentence or two")
    )
    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    topics = models.ManyToManyField(Topic, related_name="+", verbose_name=_("topics"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reaches = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name=_("areas it is meant for"),
        help_text=_("leave empty when it is meant for the whole area"),
    )
    materials = models.ManyToManyField(Material, blank=True, related_name="+", verbose_name=_("materials to use"))

    objects = CampaignQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("outreach campaign")
        verbose_name_plural = _("outreach plans and campaigns")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="campaign_days_in_order"),
        ]
        indexes = [models.Index(fields=["last_day"], name="campaign_last_day")]

    def __str__(self) -> str:
        return self.name

    def months(self) -> list[date]:
        """The first day of each month that the campaign touches."""
        found, month = [], self.first_day.replace(day=1)
        while month <= self.last_day:
            found.append(month)
            month = (month.replace(day=28) + ONE_WEEK).replace(day=1)
        return found

    @transaction.atomic
    def plan_months(self, counts: Mapping[date, int], *, by: User) -> None:
        """How many sessions each month is to have; nought takes the month out."""
        if set(counts) - set(self.months()):
            raise MonthOutside(self)
        for month, count in counts.items():
            if count:
                CampaignMonth.objects.update_or_create(campaign=self, month=month, defaults={"planned_count": count})
            else:
                CampaignMonth.objects.filter(campaign=self, month=month).delete()
        self.wrote("months planned", by=by)


class CampaignMonth(models.Model):
    """Sessions that a campaign means to hold in a month: an aim, counted in no figure."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="planned_months")
    month = models.DateField(_("month"), help_text=_("its first day"))
    planned_count = models.PositiveSmallIntegerField(_("sessions meant"))

    class Meta:
        verbose_name = _("month of a campaign")
        verbose_name_plural = _("months of campaigns")
        constraints = [models.UniqueConstraint(fields=["campaign", "month"], name="campaign_month_once")]

    def __str__(self) -> str:
        return f"{self.campaign} {self.month:%m/%Y}: {self.planned_count}"
