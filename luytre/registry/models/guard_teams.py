"""The statutory guard teams (Tổ bảo vệ an ninh, trật tự, Law 30/2023): a force by law, no mass organisation."""

from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.registry.models.counts import DatedCount, recount
from luytre.ui.records import Record, RecordQuerySet, qualifier_field

FORCE_SINCE = date(2024, 7, 1)  # the law came into force


class AlreadyDissolved(Exception):
    """The team was dissolved before."""


class DissolvesBeforeFounding(Exception):
    """A team cannot end before it began."""


class GuardTeamQuerySet(RecordQuerySet["GuardTeam"]):
    def serving_on(self, day: date) -> Self:
        open_still = Q(dissolution=None) | Q(dissolution__on__gt=day)
        return self.kept().filter(open_still, founded_on__lte=day)

    def manned_on(self, day: date) -> Self:
        """With `strength`: the head count of the day, or, where none was taken, the members known by name."""
        from luytre.registry.models.members import Member

        last = GuardTeamCount.objects.filter(of=OuterRef("pk"), on__lte=day).order_by("-on")
        named: QuerySet[Any] = Member.objects.serving_on(day).filter(team=OuterRef("pk")).order_by()
        by_name = named.values("team").annotate(how_many=Count("pk")).values("how_many")
        recorded = Coalesce(Subquery(last.values("member_count")[:1]), F("member_count"), Subquery(by_name), 0)
        exact = Coalesce(Subquery(last.values("member_qualifier")[:1]), F("member_qualifier"))
        return self.annotate(strength=recorded, strength_qualifier=exact)


class GuardTeam(Record):
    """A team over one or several residential areas, set up by the chair of the commune."""

    area = models.ForeignKey(
        Area, models.PROTECT, db_index=False, related_name="+", verbose_name=_("area")
    )  # the list's own index begins with it
    name = models.CharField(_("name"), max_length=160)
    covers = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name=_("residential areas it covers"),
        help_text=_("when it serves several; a team of one residential area covers that one"),
    )
    founded_on = models.DateField(_("set up on"))
    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    member_count = models.PositiveSmallIntegerField(
        _("head count"), null=True, blank=True, help_text=_("leave empty to count the members recorded by name")
    )
    member_qualifier = qualifier_field()

    objects = GuardTeamQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("guard team")
        verbose_name_plural = _("guard teams")
        indexes = [
            models.Index(fields=["founded_on"], name="guardteam_founded"),
            models.Index(fields=["area", "id"], include=["removed_at"], name="guardteam_by_place"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_serving(self) -> bool:
        return not hasattr(self, "dissolution")

    def serves_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.is_serving or self.dissolution.on > day)

    @property
    def state(self) -> str:
        """In words, for people."""
        if self.is_serving:
            return gettext("serving")
        return gettext("dissolved on %(day)s: %(why)s") % {
            "day": f"{self.dissolution.on:%d/%m/%Y}",
            "why": self.dissolution.reason,
        }

    @property
    def older_forces(self) -> str:
        """What it came from, in words."""
        return "; ".join(f"{one.before} ({one.on:%d/%m/%Y})" for one in self.came_from.select_related("before"))

    def count_anew(self, *, by: User, on: date, today: date, **numbers: Any) -> None:
        """`numbers` by the names of GuardTeamCount; what is left out stays as it was counted last."""
        told = {name: numbers.get(name, getattr(self, name)) for name in GuardTeamCount.NUMBERS}
        recount(self, GuardTeamCount, by=by, on=on, since=self.founded_on, today=today, **told)

    @transaction.atomic
    def dissolve(self, *, by: User, on: date, reason: str) -> "Dissolution":
        if on < self.founded_on:
            raise DissolvesBeforeFounding(self)
        if Dissolution.objects.filter(team=self).exists():
            raise AlreadyDissolved(self)
        dissolution = Dissolution.objects.create(team=self, by=by, on=on, reason=reason)
        self.wrote("dissolved", by=by)
        return dissolution


class Dissolution(models.Model):
    """A guard team's end: when, why, by whom."""

    team = models.OneToOneField(GuardTeam, models.PROTECT, related_name="dissolution")
    on = models.DateField(_("dissolved on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("dissolution")
        verbose_name_plural = _("dissolutions")

    def __str__(self) -> str:
        return f"{self.team} {self.on}"


class GuardTeamCount(DatedCount):
    """How many a team was on a day; nothing when they were to be counted by name."""

    NUMBERS = ("member_count", "member_qualifier")

    of = models.ForeignKey(GuardTeam, models.PROTECT, related_name="counts")
    member_count = models.PositiveSmallIntegerField(_("head count"), null=True)
    member_qualifier = qualifier_field()

    class Meta(DatedCount.Meta):
        verbose_name = _("head count of a guard team")
        verbose_name_plural = _("head counts of guard teams")
        constraints = [models.UniqueConstraint(fields=["of", "on"], name="guardteamcount_once_a_day")]
