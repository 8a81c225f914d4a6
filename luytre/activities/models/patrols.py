"""Patrols as they were walked: places passed, counts, and never a person or a track (rights rule R17)."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.lists import Body, EventKind
from luytre.areas.models import Area
from luytre.registry.models import GuardTeam, WatchGroup
from luytre.ui.records import Record, RecordQuerySet

LONGEST = timedelta(hours=12)
AT_NIGHT_UNTIL, AT_NIGHT_SINCE = 6 * 60, 22 * 60  # minutes of the day
DAY = 24 * 60


class PlaceKind(models.TextChoices):
    """Public places only (rights rule R13)."""

    JUNCTION = "junction", _("road junction")
    BRIDGE = "bridge", _("bridge or ferry landing")
    MARKET = "market", _("market")
    SCHOOL = "school", _("school gate")
    COMMUNITY_HOUSE = "community_house", _("community house")
    STATION = "station", _("station or bus stop")
    PARK = "park", _("park or playground")
    OFFICE = "office", _("public office")
    BORDER = "border", _("boundary of the area")
    OTHER = "other", _("another public place")


class Checkpoint(Record):
    """A named public place that patrols pass; without coordinates, since its name is enough to find it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("a public place, for example: the suspension bridge")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind, default=PlaceKind.OTHER)

    objects = RecordQuerySet["Checkpoint"].as_manager()

    class Meta(Record.Meta):
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        return self.name


def minutes_between(began: time, ended: time) -> int:
    """Over midnight where the end is not later than the start."""
    length = minute_of(ended) - minute_of(began)
    return length if length > 0 else length + DAY


def minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def night_minutes(began: time, ended: time) -> int:
    """How much of it lies between 22:00 and 06:00."""
    start = minute_of(began)
    end = start + minutes_between(began, ended)
    nights = [(0, AT_NIGHT_UNTIL), (AT_NIGHT_SINCE, DAY + AT_NIGHT_UNTIL), (DAY + AT_NIGHT_SINCE, 2 * DAY)]
    return sum(max(0, min(end, until) - max(start, since)) for since, until in nights)


class PatrolQuerySet(RecordQuerySet["Patrol"]):
    def walked_in(self, first: date, end: date) -> Self:
        return self.kept().filter(held_on__gte=first, held_on__lt=end)


class Patrol(Record):
    """A shift on foot, once however many bodies took part: a log of places and counts, without any name."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    held_on = models.DateField(_("day"))
    began = models.TimeField(_("set out at"))
    ended = models.TimeField(_("came back at"), help_text=_("the next day if it is earlier than the start"))
    people_count = models.PositiveSmallIntegerField(_("how many went along"), help_text=_("a head-count; no names"))
    team = models.ForeignKey(
        GuardTeam, models.PROTECT, null=True, blank=True, related_name="patrols", verbose_name=_("guard team")
    )
    group = models.ForeignKey(
        WatchGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="patrols",
        verbose_name=_("group"),
        help_text=_("when another group of residents walked"),
    )
    joined_teams = models.ManyToManyField(
        GuardTeam, blank=True, related_name="joint_patrols", verbose_name=_("other teams that went along")
    )
    led_by = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("led by"))
    joined_by = models.ManyToManyField(
        Body, blank=True, related_name="+", verbose_name=_("together with"), help_text=_("bodies, not persons")
    )
    checkpoints = models.ManyToManyField(
        Checkpoint, blank=True, related_name="patrols", verbose_name=_("checkpoints passed")
    )
    route = models.CharField(_("where along"), max_length=160, blank=True, help_text=_("streets or lanes, in words"))
    handed_over = models.CharField(
        _("things handed over"),
        max_length=200,
        blank=True,
        help_text=_("what was found and to which body it was given"),
    )
    remark = models.TextField(
        _("remark"),
        max_length=1000,
        blank=True,
        help_text=_("what happened at which place; no names, no number plates"),
    )
    event_count = models.PositiveSmallIntegerField(_("events met"), default=0, editable=False)

    spoken_by = ("route", "handed_over")

    objects = PatrolQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("patrol")
        verbose_name_plural = _("patrols")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(people_count__gte=1), name="patrol_has_somebody"),
            models.CheckConstraint(condition=~Q(began=F("ended")), name="patrol_takes_time"),
        ]
        indexes = [models.Index(fields=["held_on", "area"], name="patrol_held_on")]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} {self.began:%H:%M}–{self.ended:%H:%M}"

    @property
    def minutes(self) -> int:
        return minutes_between(self.began, self.ended)

    @property
    def length(self) -> str:
        return in_hours(self.minutes)

    @property
    def at_night(self) -> str:
        """What night pay is counted by."""
        return in_hours(night_minutes(self.began, self.ended))

    @property
    def events_in_words(self) -> str:
        return "; ".join(f"{event.kind}: {event.count}" for event in self.events.select_related("kind"))

    @property
    def hazards_in_words(self) -> str:
        return "; ".join(str(hazard) for hazard in self.hazards.kept().select_related("kind"))

    @transaction.atomic
    def count_events(self, counts: Mapping[EventKind, int], *, by: User) -> None:
        """Say how many events of each kind were met; what is not named was not met."""
        before = {event.kind: event.count for event in self.events.select_related("kind")}
        now = {kind: count for kind, count in counts.items() if count}
        if now == before:
            return
        self.events.all().delete()
        PatrolEvent.objects.bulk_create(PatrolEvent(patrol=self, kind=kind, count=count) for kind, count in now.items())
        self.event_count = sum(now.values())
        self.save(update_fields=["event_count"])
        self.wrote("counted_events", by=by, fields=["event_count"])


def in_hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}" if minutes else ""


def is_too_long(began: time, ended: time) -> bool:
    return timedelta(minutes=minutes_between(began, ended)) > LONGEST


class PatrolEvent(models.Model):
    """How many events of a kind a patrol met: a count, nothing about anybody."""

    patrol = models.ForeignKey(Patrol, models.CASCADE, related_name="events")
    kind = models.ForeignKey(EventKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    count = models.PositiveSmallIntegerField(_("how many"))

    class Meta:
        verbose_name = _("event on patrol")
        verbose_name_plural = _("events on patrol")
        constraints = [
            models.UniqueConstraint(fields=["patrol", "kind"], name="patrol_event_kind_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="patrol_event_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.count}"
