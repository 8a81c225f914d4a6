"""What was done about a tip, one row each, never changed; and the clocks that the law sets."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import ScopedQuerySet
from luytre.tips.models.desks import Desk
from luytre.tips.models.tips import Tip


class Verb(models.TextChoices):
    RECEIVED = "received", _("received")
    CLASSIFIED = "classified", _("classified")
    TRANSFERRED = "transferred", _("passed on to another desk")
    CONVERTED = "converted", _("made a source of information on a crime")
    JOINED = "joined", _("joined with the same tip")
    CHECKING = "checking", _("checking began")
    EXTENDED = "extended", _("time extended")
    REPORTED = "reported", _("reported to the head of the investigating body")
    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("resumed")
    CONCLUDED = "concluded", _("concluded")
    NOTIFIED = "notified", _("reporter told")
    ACKNOWLEDGED = "acknowledged", _("receipt told to the reporter and the procuracy")
    SENT = "sent", _("sent to the procuracy or to who may fine")
    CLOSED = "closed", _("closed")
    REOPENED = "reopened", _("reopened")
    WITHDRAWN = "withdrawn", _("withdrawn by the reporter")
    ANSWERED = "answered", _("the reporter said whether it is settled")
    COMPLAINED = "complained", _("the reporter complained about how it is handled")
    HEARD = "heard", _("complaint answered")
    FOLLOWED = "followed", _("gone with the desk to the one that follows it")
    NAMED = "named", _("identity opened by two custodians")


class Outcome(models.TextChoices):
    """What a conclusion says (BLTTHS arts 147, 148); persons are numbers only."""

    PROSECUTED = "prosecuted", _("case opened")
    NOT_PROSECUTED = "not_prosecuted", _("no case opened")
    ADMINISTRATIVE = "administrative", _("handled as an administrative violation")
    ELSEWHERE = "elsewhere", _("belongs to another body")
    ADVISED = "advised", _("advised where to turn")
    MENDED = "mended", _("the place was mended")
    NO_GROUND = "no_ground", _("filed: not enough to go on")


class Suspension(models.TextChoices):
    """What resolving may wait for (BLTTHS art. 148)."""

    EXPERT = "expert", _("expert opinion, valuation or foreign legal assistance is asked for and not there yet")
    DOCUMENTS = "documents", _("documents that decide the matter are asked for and not there yet")
    DISASTER = "disaster", _("disaster or epidemic")


class Authority(models.TextChoices):
    """Who allows more time (BLTTHS art. 147)."""

    HEAD = "head", _("head of the investigating body")
    PROCURACY = "procuracy", _("procuracy")


class StepQuerySet(ScopedQuerySet["Step"]):
    area = "desk__area"


class Step(models.Model):
    tip = models.ForeignKey(Tip, models.CASCADE, related_name="steps")
    verb = models.CharField(_("step"), max_length=12, choices=Verb)
    at = models.DateTimeField(_("at, to the hour"))
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )  # None: the reporter
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", verbose_name=_("desk"))
    to_desk = models.ForeignKey(Desk, models.PROTECT, null=True, related_name="+", verbose_name=_("to"))
    basis = models.CharField(_("basis"), max_length=120, blank=True)
    document = models.CharField(_("number of the document"), max_length=60, blank=True)
    authority = models.CharField(_("who allowed it"), max_length=40, blank=True)
    until = models.DateTimeField(_("until"), null=True)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    is_valuable = models.BooleanField(_("valuable"), null=True)
    case_count = models.PositiveIntegerField(_("cases opened"), default=0)
    administrative_count = models.PositiveIntegerField(_("administrative cases"), default=0)
    person_count = models.PositiveIntegerField(_("persons, as a number only"), default=0)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a tip")
        verbose_name_plural = _("steps of tips")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb=Verb.TRANSFERRED) | Q(to_desk__isnull=False), name="passed_on_to_a_desk"
            ),
            models.CheckConstraint(
                condition=~Q(verb=Verb.CONCLUDED) | ~Q(outcome=""), name="concluded_with_an_outcome"
            ),
        ]
        indexes = [models.Index(fields=["desk", "at", "verb"], name="tip_step_by_day")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.at:%d/%m/%Y}"


RUNNING = Q(met_at=None, stopped_at=None)


class ClockQuerySet(ScopedQuerySet["Clock"]):
    area = "desk__area"

    def running(self) -> Self:
        """Also those that stand while a tip is suspended, and those that are late."""
        return self.filter(RUNNING)

    def ticking(self) -> Self:
        return self.running().filter(paused_at=None)


class Clock(models.Model):
    """One clock of one tip: when it started, when it ends, whether it was met; `clock.py` has the rules."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="clocks")
    rule = models.CharField(_("clock"), max_length=40)
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("started"))
    due_at = models.DateTimeField(_("ends"))
    paused_at = models.DateTimeField(_("stands since"), null=True)
    met_at = models.DateTimeField(_("met"), null=True)
    breached_at = models.DateTimeField(_("missed"), null=True)
    stopped_at = models.DateTimeField(_("no longer owed"), null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock of a tip")
        verbose_name_plural = _("clocks of tips")
        constraints = [
            models.UniqueConstraint(fields=["tip", "rule"], condition=RUNNING, name="one_running_clock_of_a_rule"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=RUNNING, name="clock_running")]

    def __str__(self) -> str:
        return self.rule
