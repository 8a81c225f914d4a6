"""Training of members: topics as data, who was trained in what, and until when it holds (rights rule R18)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.common.periods import months_after
from luytre.common.text import clean
from luytre.ui.records import Record, RecordQuerySet

if TYPE_CHECKING:
    from luytre.registry.models.members import Member


class TrainingTopic(models.Model):
    """What members are trained in; the seven of the law come with the list, provinces may add."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    vi_name = models.CharField(_("Vietnamese name"), max_length=160)
    en_name = models.CharField(_("English name"), max_length=160)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    valid_months = models.PositiveSmallIntegerField(_("holds for so many months"), default=24)
    guards_need_it = models.BooleanField(_("needed for duty in a guard team"), default=True)
    groups_need_it = models.BooleanField(_("needed for duty in another group"), default=False)

    class Meta:
        verbose_name = _("training topic")
        verbose_name_plural = _("training topics")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vi_name = clean(self.vi_name)
        super().save(*args, **kwargs)


class TrainingQuerySet(RecordQuerySet["Training"]):
    def held_in(self, first: date, end: date) -> Self:
        return self.kept().filter(held_on__gte=first, held_on__lt=end)


class Training(Record):
    """A training that was held: where, on what, for how many; who of the members was there is added to it."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=160)
    topics = models.ManyToManyField(TrainingTopic, related_name="trainings", verbose_name=_("topics"))
    given_by = models.CharField(_("given by"), max_length=160, blank=True, help_text=_("the body, not a person"))
    attendance = models.PositiveIntegerField(_("how many came"), help_text=_("a head-count"))

    spoken_by = ("place", "given_by")

    objects = TrainingQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("training")
        verbose_name_plural = _("trainings of members")
        indexes = [models.Index(fields=["held_on"], name="training_held_on")]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} {self.place}"

    @transaction.atomic
    def attended_by(self, members: "Iterable[Member]", *, by: User) -> int:
        """Each member's record of each topic; one who has it already keeps it."""
        topics = list(self.topics.all())
        made = 0
        for member in members:
            for topic in topics:
                made += TrainingRecord.write(member, topic, on=self.held_on, by=by, training=self) is not None
        self.wrote("attended", by=by)
        return made


class TrainingRecordQuerySet(ScopedQuerySet["TrainingRecord"]):
    area = "member__area"

    def last_of_topic(self) -> Self:
        """Of each member and topic the newest."""
        newer = TrainingRecord.objects.filter(
            member=OuterRef("member"), topic=OuterRef("topic"), held_on__gt=OuterRef("held_on")
        )
        return self.filter(~Exists(newer))

    def held_in(self, first: date, end: date) -> Self:
        return self.filter(held_on__gte=first, held_on__lt=end)

    def valid_on(self, day: date) -> Self:
        return self.filter(Q(expires_on=None) | Q(expires_on__gt=day), held_on__lte=day)


class TrainingRecord(models.Model):
    """A member was trained in a topic; the day it runs out is fixed when it is written."""

    member = models.ForeignKey("registry.Member", models.PROTECT, related_name="training", verbose_name=_("member"))
    topic = models.ForeignKey(TrainingTopic, models.PROTECT, related_name="records", verbose_name=_("topic"))
    training = models.ForeignKey(
        Training, models.PROTECT, null=True, related_name="records", verbose_name=_("training")
    )
    held_on = models.DateField(_("trained on"))
    expires_on = models.DateField(_("holds until"), null=True, help_text=_("not included; empty where it never ends"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("training record")
        verbose_name_plural = _("training records")
        ordering = ["-held_on", "topic__position"]
        constraints = [
            models.UniqueConstraint(fields=["member", "topic", "held_on"], name="trainingrecord_once_a_day"),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=models.F("held_on")), name="trainingrecord_in_order"
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="trainingrecord_expires")]

    def __str__(self) -> str:
        return f"{self.topic} {self.held_on:%d/%m/%Y}"

    @classmethod
    @transaction.atomic
    def write(
        cls, member: "Member", topic: TrainingTopic, *, on: date, by: User, training: Training | None = None
    ) -> "TrainingRecord | None":
        """The new record, or nothing where it stands already."""
        ends = months_after(on, topic.valid_months) if topic.valid_months else None
        facts = {"expires_on": ends, "by": by, "training": training}
        record, is_new = cls.objects.get_or_create(member=member, topic=topic, held_on=on, defaults=facts)
        if is_new:
            member.wrote("trained", by=by)
        return record if is_new else None
