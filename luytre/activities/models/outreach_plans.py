"""Sessions planned ahead: they count in no figure until they are held, or cancelled with a reason."""

from datetime import date, datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.campaigns import Campaign
from luytre.activities.models.outreach import Audience, Form, OutreachSession, class_field
from luytre.activities.models.topics import Topic
from luytre.areas.models import Area
from luytre.registry.models import Organisation
from luytre.ui.records import Record, RecordQuerySet


class AlreadySettled(Exception):
    """The planned session was held or cancelled before."""


class HeldElsewhere(Exception):
    """The session that was recorded lies outside the planned one's commune."""


class PlannedSessionQuerySet(RecordQuerySet["PlannedSession"]):
    def waiting(self) -> Self:
        """Neither held nor cancelled."""
        return self.kept().filter(holding=None, cancelling=None)

    def overdue_on(self, day: date) -> Self:
        return self.waiting().filter(planned_on__lt=day)


class PlannedSession(Record):
    """A session that is to come, or whose outcome nobody has told yet."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("at an agency, enterprise or school"),
    )
    planned_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, help_text=_("for example: the community house"))
    topics = models.ManyToManyField(Topic, related_name="+", verbose_name=_("topics"))
    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.TALK)
    audience = models.CharField(_("who is invited"), max_length=12, choices=Audience, default=Audience.RESIDENTS)
    school_class = class_field()
    led_by = models.CharField(
        _("led by"), max_length=160, blank=True, help_text=_("the body, not a person: for example the commune police")
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="planned", verbose_name=_("campaign")
    )

    spoken_by = ("place", "led_by")

    objects = PlannedSessionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("planned session")
        verbose_name_plural = _("planned sessions")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(school_class="") | Q(audience=Audience.PUPILS), name="planned_class_is_of_pupils"
            ),
        ]
        indexes = [models.Index(fields=["planned_on", "area"], name="planned_session_day")]

    def __str__(self) -> str:
        return f"{self.planned_on:%d/%m/%Y} {self.place}"

    @property
    def is_waiting(self) -> bool:
        return not hasattr(self, "holding") and not hasattr(self, "cancelling")

    @property
    def state(self) -> str:
        """In words, for people."""
        if hasattr(self, "holding"):
            return gettext("held on %(day)s") % {"day": f"{self.holding.session.held_on:%d/%m/%Y}"}
        if hasattr(self, "cancelling"):
            words = gettext("cancelled on %(day)s: %(why)s")
            return words % {"day": f"{self.cancelling.on:%d/%m/%Y}", "why": self.cancelling.reason}
        return gettext("planned; counts in no figure yet")

    def refuse_settled(self) -> None:
        locked = PlannedSession.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not locked.is_waiting:
            raise AlreadySettled(self)

    @transaction.atomic
    def hold(self, session: OutreachSession, *, by: User, at: datetime) -> "SessionHeld":
        """It took place, and this is its record; rooms and the learning check go with it."""
        self.refuse_settled()
        holding = SessionHeld.objects.create(planned=self, session=session, by=by, at=at)
        for room in self.rooms.all():
            room.close(by=by, at=at)
        if check := getattr(self, "learning", None):
            check.belong_to(session)
        self.wrote("held", by=by)
        return holding

    @transaction.atomic
    def cancel(self, *, by: User, on: date, reason: str) -> "SessionCancelled":
        self.refuse_settled()
        cancelling = SessionCancelled.objects.create(planned=self, by=by, on=on, reason=reason)
        self.wrote("cancelled", by=by)
        return cancelling


class SessionHeld(models.Model):
    """A planned session took place."""

    planned = models.OneToOneField(PlannedSession, models.PROTECT, related_name="holding")
    session = models.OneToOneField(OutreachSession, models.PROTECT, related_name="plan")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("planned session that was held")
        verbose_name_plural = _("planned sessions that were held")

    def __str__(self) -> str:
        return f"{self.planned}"


class SessionCancelled(models.Model):
    """A planned session did not take place, and why."""

    planned = models.OneToOneField(PlannedSession, models.PROTECT, related_name="cancelling")
    on = models.DateField(_("cancelled on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("planned session that was cancelled")
        verbose_name_plural = _("planned sessions that were cancelled")

    def __str__(self) -> str:
        return f"{self.planned}: {self.reason}"
