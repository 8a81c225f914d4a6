"""What the server holds of a tip: sealed parts, and the little in clear that makes clocks run."""

import uuid
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import ScopedQuerySet
from luytre.tips import keeping
from luytre.tips.models.desks import Desk, Epoch


class Channel(models.TextChoices):
    WEB = "web", _("sealed in the browser")
    PLAIN = "plain", _("the plain page")
    OFFICER = "officer", _("written down by an officer")


class State(models.TextChoices):
    RECEIVED = "received", _("received")
    CLASSIFIED = "classified", _("classified")
    CHECKING = "checking", _("being checked")
    SUSPENDED = "suspended", _("suspended")
    CONCLUDED = "concluded", _("concluded")
    NOTIFIED = "notified", _("concluded and told")
    CLOSED = "closed", _("closed")
    WITHDRAWN = "withdrawn", _("withdrawn by the reporter")


OPEN = (State.RECEIVED, State.CLASSIFIED, State.CHECKING, State.SUSPENDED, State.CONCLUDED, State.NOTIFIED)


class Class(models.TextChoices):
    """What a desk says that it is (TTLT 01/2017 art. 8; TT 28/2020 arts 7 to 10)."""

    CRIME = "crime", _("source of information on a crime")
    WIDER = "wider", _("wider information on order")
    ADMINISTRATIVE = "administrative", _("administrative violation")
    PLACE = "place", _("problem of a place")
    FEEDBACK = "feedback", _("feedback")
    ELSEWHERE = "elsewhere", _("complaint or denunciation that goes to another body")
    EMERGENCY = "emergency", _("emergency")
    DUPLICATE = "duplicate", _("the same as another")
    SPAM = "spam", _("rubbish")


class Matter(models.TextChoices):
    """Broad matters, ordinary crime and public safety only (rights rule R4)."""

    THEFT = "theft", _("theft, robbery, snatching")
    FRAUD = "fraud", _("fraud, also over the network")
    DRUGS = "drugs", _("drugs")
    LENDING = "lending", _("loan sharking and collecting by threats")
    GAMBLING = "gambling", _("gambling")
    TRAFFICKING = "trafficking", _("trafficking in people")
    HOME = "home", _("violence at home")
    CHILDREN = "children", _("abuse of children")
    WEAPONS = "weapons", _("weapons and explosives")
    FIRE = "fire", _("danger of fire")
    TRAFFIC = "traffic", _("danger in traffic")
    ENVIRONMENT = "environment", _("environment and food")
    FIGHTS = "fights", _("fights and disorder")
    OFFICIALS = "officials", _("wrongdoing by an official or a police body")
    PLACES = "places", _("a broken or dangerous place")
    OTHER = "other", _("something else about safety")


class Urgency(models.TextChoices):
    AT_ONCE = "at_once", _("at once: caught in the act, very serious, or somebody may flee")
    SOON = "soon", _("soon")
    USUAL = "usual", _("usual")


class Settled(models.TextChoices):
    YES = "yes", _("settled")
    PARTLY = "partly", _("partly")
    NO = "no", _("not settled")


ENDINGS = ("closed", "joined", "withdrawn")


class TipQuerySet(ScopedQuerySet["Tip"]):
    def over_before(self, day: date, *, more_days: int = 0) -> Self:
        """Ended, and kept as long as the longest period says that its class or one of its outcomes has."""
        from luytre.tips.models.steps import Step  # stands above tips

        def long_ago(days: int) -> Q:
            return Q(ended_on__lt=day - timedelta(days=days + more_days))

        ends = Step.objects.filter(tip=models.OuterRef("pk"), verb__in=ENDINGS).order_by("-pk")
        rows = self.filter(state__in=(State.CLOSED, State.WITHDRAWN)).alias(
            ended_on=models.Subquery(ends.values("at__date")[:1])
        )
        for name, days in keeping.periods().items():
            concluded = Step.objects.filter(tip=models.OuterRef("pk"), outcome=name)
            rows = rows.filter(long_ago(days) | ~(Q(classed=name) | models.Exists(concluded)))
        return rows.filter(long_ago(keeping.SHORTEST))

    def due_before(self, day: date) -> Self:
        """Whose look-up by the ten words goes with the keys."""
        return self.over_before(day).filter(lookup__isnull=False)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def at(self, desk: Desk) -> Self:
        return self.filter(desk=desk)


class Tip(models.Model):
    """Neither who, nor what, nor from where: desk, state, hours; matter and urgency once the desk has said them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey("areas.Area", models.PROTECT, related_name="+", verbose_name=_("area of the first desk"))
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="tips", verbose_name=_("desk"))
    lookup = models.CharField(_("digest of the look-up"), max_length=64, unique=True, null=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    is_code_once = models.BooleanField(_("code that somebody else has seen"), default=False)
    is_named = models.BooleanField(_("with a sealed name"), default=False)
    received_at = models.DateTimeField(_("received, to the hour"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RECEIVED)
    classed = models.CharField(_("class"), max_length=16, choices=Class, blank=True)
    matter = models.CharField(_("matter"), max_length=12, choices=Matter, blank=True)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, blank=True)
    due_at = models.DateTimeField(_("the next clock ends"), null=True)
    duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="duplicates")
    settled = models.CharField(_("settled or not, the reporter says"), max_length=8, choices=Settled, blank=True)

    objects = TipQuerySet.as_manager()

    class Meta:
        verbose_name = _("tip")
        verbose_name_plural = _("tips")
        indexes = [
            models.Index(fields=["desk", "due_at", "id"], name="tip_by_clock"),
            models.Index(fields=["area", "received_at"], name="tip_by_area_and_day"),
        ]

    def __str__(self) -> str:
        return str(self.pk)[:8]


class WrappingQuerySet(models.QuerySet["Wrapping"]):
    def due_before(self, day: date) -> Self:
        return self.filter(tip__in=Tip.objects.over_before(day))


class Wrapping(models.Model):
    """The tip's keys, sealed to an epoch of a desk, or to the reporter's code. Without these the parts are noise."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="wrappings")
    epoch = models.ForeignKey(Epoch, models.PROTECT, null=True, related_name="wrappings")  # None: the reporter's
    sealed = models.BinaryField()

    objects = WrappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("wrapping of a tip's keys")
        verbose_name_plural = _("wrappings of tips' keys")
        constraints = [
            models.UniqueConstraint(fields=["tip", "epoch"], nulls_distinct=False, name="one_wrapping_for_each_epoch"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Direction(models.TextChoices):
    REPORTER = "reporter", _("from the reporter")
    DESK = "desk", _("from the desk")
    NOTES = "notes", _("notes of the desk")


class PartQuerySet(models.QuerySet["Part"]):
    def due_before(self, day: date) -> Self:
        """Noise by then: the keys went first."""
        return self.filter(tip__in=Tip.objects.over_before(day, more_days=keeping.KEYS_FIRST), tip__wrappings=None)


class Part(models.Model):
    """A sealed part of the conversation; its size is one of a ladder."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="parts")
    direction = models.CharField(max_length=8, choices=Direction)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    rung = models.PositiveSmallIntegerField()
    came_at = models.DateTimeField(_("came, to the hour"))
    sealed = models.BinaryField()

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed part")
        verbose_name_plural = _("sealed parts")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["tip", "direction", "number"], name="parts_are_numbered")]

    def __str__(self) -> str:
        return f"{self.direction} {self.number}"

    @property
    def described(self) -> dict[str, Any]:
        return {"direction": self.direction, "number": self.number, "digest": self.digest, "rung": self.rung}


class IdentitySealQuerySet(models.QuerySet["IdentitySeal"]):
    def due_before(self, day: date) -> Self:
        return self.filter(tip__in=Tip.objects.over_before(day))


class IdentitySeal(models.Model):
    """Who the reporter is, if they said: sealed to two custodians, one inside the other, apart from the tip."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="identity_seals")
    inner = models.UUIDField()  # keys of custodians
    outer = models.UUIDField()
    sealed = models.BinaryField()

    objects = IdentitySealQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed identity")
        verbose_name_plural = _("sealed identities")
        constraints = [
            models.UniqueConstraint(fields=["tip", "inner", "outer"], name="one_seal_for_each_pair"),
            models.CheckConstraint(condition=~Q(inner=models.F("outer")), name="identity_takes_two"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class IdentityReason(models.TextChoices):
    PROTECTION = "protection", _("the reporter asked for protection (BLTTHS art. 487)")
    CONTACT = "contact", _("the reporter must be reached and does not answer here")
    NOTICE = "notice", _("the law asks for a written notice (TT 28/2020 art. 17)")
    ORDER = "order", _("a written order of the procuracy or the court")


class IdentityRequestQuerySet(models.QuerySet["IdentityRequest"]):
    def due_before(self, day: date) -> Self:
        """Who asked and why stays; what is left of the seal goes."""
        return self.filter(tip__in=Tip.objects.over_before(day), inner__isnull=False)


class IdentityRequest(models.Model):
    """Opening an identity: one custodian asks and says why, another one agrees and takes off the outer seal."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="identity_requests")
    reason = models.CharField(_("reason"), max_length=12, choices=IdentityReason)
    document = models.CharField(_("number of the document"), max_length=60, blank=True)
    asked_by = models.ForeignKey("tips.PersonKey", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey("tips.PersonKey", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    inner = models.BinaryField(null=True)  # what is left once the outer seal is off, still sealed to who asked
    opened_at = models.DateTimeField(null=True)

    objects = IdentityRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of an identity")
        verbose_name_plural = _("openings of identities")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("asked_by")), name="identity_opened_by_two"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
