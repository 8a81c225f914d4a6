"""What is kept of a site day by day: head-counts, who heads it, money, equipment; a later day leaves earlier ones."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import ScopedQuerySet
from luytre.registry.models import evidence
from luytre.ui.records import Record, qualifier_field

COUNTS = (
    "group_count",
    "group_qualifier",
    "member_count",
    "member_qualifier",
    "women_count",
    "household_count",
)


class Dated(models.Model):
    """A row about a site that holds from its day on."""

    site = models.ForeignKey("registry.Site", models.PROTECT, related_name="%(class)ss", verbose_name=_("site"))
    on = models.DateField(_("day"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"


class SiteCountQuerySet(ScopedQuerySet["SiteCount"]):
    area = "site__area"

    def standing_on(self, day: date) -> Self:
        """The last count of each site up to the day."""
        later = SiteCount.objects.filter(site=OuterRef("site"), on__gt=OuterRef("on"), on__lte=day)
        return self.filter(~Exists(later), on__lte=day)


class SiteCount(Dated):
    """How many belonged to a site from a day on; before the first of these, what was counted at its launch holds."""

    group_count = models.PositiveIntegerField(_("groups"), default=0)
    group_qualifier = qualifier_field()
    member_count = models.PositiveIntegerField(_("members"), default=0)
    member_qualifier = qualifier_field()
    women_count = models.PositiveIntegerField(_("women among them"), default=0)
    household_count = models.PositiveIntegerField(_("households"), default=0)

    objects = SiteCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("head-count of a site")
        verbose_name_plural = _("head-counts of sites")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["site", "on"], name="site_count_once_a_day"),
            models.CheckConstraint(condition=Q(women_count__lte=F("member_count")), name="site_count_women_among"),
        ]


class SiteHead(Dated):
    """Which body or position heads a site from a day on, never a person; without words, nobody does."""

    position = models.CharField(
        _("headed by"), max_length=160, blank=True, help_text=_("the body or position, for example: the hamlet's head")
    )

    class Meta:
        verbose_name = _("head of a site")
        verbose_name_plural = _("heads of sites")
        ordering = ["on", "pk"]


class Funding(Dated):
    """Money or goods that a site was given on a day; givers are only counted."""

    class Source(models.TextChoices):
        STATE = "state", _("state budget")
        RESIDENTS = "residents", _("residents' contributions")
        DONORS = "donors", _("enterprises and donors")
        UNION = "union", _("unions and associations")
        OTHER = "other", _("another source")

    source = models.CharField(_("source"), max_length=12, choices=Source)
    amount_vnd = models.PositiveBigIntegerField(_("amount in đồng"), default=0)
    in_kind = models.CharField(_("goods or labour given"), max_length=160, blank=True)
    donor_count = models.PositiveIntegerField(_("givers"), default=0, help_text=_("a count; no names"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding of a site")
        verbose_name_plural = _("fundings of sites")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gt=0) | ~Q(in_kind=""), name="funding_is_money_or_goods")
        ]


class Equipment(Dated):
    """How many of one kind of thing a site has from a day on."""

    class Kind(models.TextChoices):
        GONG = "gong", _("gongs and drums")
        CAMERA = "camera", _("cameras")
        LAMP = "lamp", _("lamps")
        EXTINGUISHER = "extinguisher", _("fire extinguishers")
        LOUDSPEAKER = "loudspeaker", _("loudspeakers")
        GATE = "gate", _("gates and barriers")
        ALARM = "alarm", _("alarms")
        VEHICLE = "vehicle", _("vehicles and boats")
        OTHER = "other", _("other equipment")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    count = models.PositiveIntegerField(_("how many there are now"))

    class Meta:
        verbose_name = _("equipment of a site")
        verbose_name_plural = _("equipment of sites")
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["site", "kind", "on"], name="equipment_once_a_day")]


class BeforeTheLaunch(Exception):
    """The day lies before the site began."""


class Upkeep(Record):
    """The part of a site that its keeper writes down from day to day."""

    launched_on: Any
    sitecounts: Any
    siteheads: Any
    fundings: Any
    equipments: Any

    class Meta(Record.Meta):
        abstract = True

    @transaction.atomic
    def count(self, *, by: User, on: date, **counts: Any) -> SiteCount:
        """A new head-count: holds from its day on. A second one of the same day takes the first one's place."""
        self.refuse_before_launch(on)
        made: SiteCount = self.sitecounts.update_or_create(on=on, defaults={**counts, "by": by})[0]
        self.wrote("counted", by=by)
        return made

    @transaction.atomic
    def be_headed(self, *, by: User, on: date, position: str) -> SiteHead:
        """Somebody else heads it from a day on, or, without words, nobody."""
        made: SiteHead = self.siteheads.create(by=by, on=on, position=position)
        self.wrote("headed", by=by)
        return made

    @transaction.atomic
    def fund(self, *, by: User, on: date, **what: Any) -> Funding:
        made: Funding = self.fundings.create(by=by, on=on, **what)
        self.wrote("funded", by=by)
        return made

    @transaction.atomic
    def equip(self, *, by: User, on: date, kind: str, count: int) -> Equipment:
        """A second word of the same day takes the first one's place."""
        made: Equipment = self.equipments.update_or_create(on=on, kind=kind, defaults={"count": count, "by": by})[0]
        self.wrote("equipped", by=by)
        return made

    def refuse_before_launch(self, on: date) -> None:
        if self.launched_on is None or on < self.launched_on:
            raise BeforeTheLaunch(self)

    def counts_on(self, day: date) -> Any:
        """The head-count that holds on a day, or the site itself with what was counted at its launch."""
        return self.sitecounts.filter(on__lte=day).order_by("on").last() or self

    def head_on(self, day: date) -> str:
        last = self.siteheads.filter(on__lte=day).order_by("on", "pk").last()
        return last.position if last else ""

    def equipment_on(self, day: date) -> Iterator[Equipment]:
        """The last word on each kind."""
        last = {one.kind: one for one in self.equipments.filter(on__lte=day).order_by("on")}
        return (one for one in last.values() if one.count)


def counted() -> Any:
    return SiteCount.objects.all()


def newly_headed() -> Any:
    return SiteHead.objects.exclude(position="")


evidence.add(evidence.Evidence(rows=counted, is_direct=False))
evidence.add(evidence.Evidence(rows=newly_headed, is_direct=False))
