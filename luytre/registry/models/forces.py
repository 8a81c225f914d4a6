"""Clusters whose head takes turns, and what became of the older forces."""

from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.registry.models.groups import WatchGroup
from luytre.registry.models.guard_teams import GuardTeam


class NotInCluster(Exception):
    """Only a place that takes part can lead."""


class TurnBeforeLast(Exception):
    """A turn begins after the one before it began."""


class ClusterTurn(models.Model):
    """Which of its places leads a cluster, from a day until the next turn."""

    group = models.ForeignKey(WatchGroup, models.PROTECT, related_name="turns", verbose_name=_("cluster"))
    head = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("leads the cluster"))
    first_day = models.DateField(_("leads from"))
    last_day = models.DateField(_("until"), null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("turn of a cluster's head")
        verbose_name_plural = _("turns of clusters' heads")
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["group"], condition=Q(last_day=None), name="clusterturn_one_open"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")), name="clusterturn_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.head} {self.first_day:%d/%m/%Y}"

    @classmethod
    @transaction.atomic
    def hand_over(cls, group: WatchGroup, head: Area, *, on: date, by: User) -> "ClusterTurn":
        """The place leads from the day; who led until then ends the day before."""
        if head.pk != group.area_id and not group.partners.filter(pk=head.pk).exists():
            raise NotInCluster(group)
        last = group.turns.order_by("first_day").last()
        if last and last.first_day >= on:
            raise TurnBeforeLast(group)
        if last:
            last.last_day = on - timedelta(days=1)
            last.save(update_fields=["last_day"])
        turn = cls.objects.create(group=group, head=head, first_day=on, by=by)
        group.wrote("handed_over", by=by)
        return turn


class ForceSuccession(models.Model):
    """An older force became, or went into, a guard team on a day."""

    before = models.ForeignKey(WatchGroup, models.PROTECT, related_name="became", verbose_name=_("older force"))
    after = models.ForeignKey(GuardTeam, models.PROTECT, related_name="came_from", verbose_name=_("guard team"))
    on = models.DateField(_("day"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("succession of forces")
        verbose_name_plural = _("successions of forces")
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="forcesuccession_once")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    @classmethod
    @transaction.atomic
    def record(cls, before: WatchGroup, after: GuardTeam, *, on: date, by: User) -> "ForceSuccession":
        made, _is_new = cls.objects.get_or_create(before=before, after=after, defaults={"on": on, "by": by})
        after.wrote("succeeded", by=by)
        return made
