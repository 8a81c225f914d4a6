"""Hazards of places: noted, handed to who can mend them by a day, and closed only by a second look."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.lists import Body, HazardKind
from luytre.activities.models.patrols import Patrol
from luytre.areas.models import Area
from luytre.ui.records import Record, RecordQuerySet


class HazardStepKind(models.TextChoices):
    """What can happen to a hazard."""

    HANDED = "handed", _("handed over")
    PROGRESSED = "progressed", _("mending has begun")
    DONE = "done", _("said to be mended")
    CONFIRMED = "confirmed", _("seen mended")
    REOPENED = "reopened", _("seen not mended")


K = HazardStepKind
NEW = ""  # nobody was asked yet
AFTER: dict[str, frozenset[str]] = {
    K.HANDED: frozenset({NEW, K.HANDED, K.PROGRESSED, K.REOPENED}),
    K.PROGRESSED: frozenset({K.HANDED, K.PROGRESSED, K.REOPENED}),
    K.DONE: frozenset({NEW, K.HANDED, K.PROGRESSED, K.REOPENED}),
    K.CONFIRMED: frozenset({K.DONE}),
    K.REOPENED: frozenset({K.DONE, K.CONFIRMED}),
}  # which step may follow which
WITH_OWNER = (K.HANDED, K.PROGRESSED, K.REOPENED)


class NotNow(Exception):
    """The hazard does not stand where this step could follow."""


class SameEyes(Exception):
    """Who said that it is mended wants to be the second look too (rights rule R11)."""


class DueBeforeNoted(Exception):
    """Nothing can be due before it was seen."""


class HazardQuerySet(RecordQuerySet["Hazard"]):
    def with_state(self) -> Self:
        """Each with its latest step, its owner and its day."""
        steps = HazardStep.objects.filter(hazard=OuterRef("pk")).order_by("-pk")
        handed = steps.exclude(due_on=None)
        owned = steps.exclude(owner=None)
        return self.annotate(
            last_kind=Subquery(steps.values("kind")[:1]),
            due_on=Subquery(handed.values("due_on")[:1]),
            owner_name=Subquery(owned.values("owner__en_name" if get_language() == "en" else "owner__vi_name")[:1]),
        )

    def soonest_first(self) -> Self:
        return self.order_by("due_on", "pk")

    def noted_in(self, first: date, end: date) -> Self:
        return self.kept().filter(noted_on__gte=first, noted_on__lt=end)

    def unfinished(self) -> Self:
        rows = self.kept().with_state()
        return rows.filter(Q(last_kind=None) | ~Q(last_kind=K.CONFIRMED))

    def waiting_for_an_owner(self) -> Self:
        return self.unfinished().filter(last_kind=None)

    def in_work_on(self, day: date) -> Self:
        return self.unfinished().filter(last_kind__in=WITH_OWNER).exclude(due_on__lt=day)

    def overdue_on(self, day: date) -> Self:
        return self.unfinished().filter(last_kind__in=WITH_OWNER, due_on__lt=day)

    def waiting_for_a_look(self) -> Self:
        return self.unfinished().filter(last_kind=K.DONE)


class Hazard(Record):
    """Something broken or dangerous at a public place; nothing about anybody who lives there."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    kind = models.ForeignKey(HazardKind, models.PROTECT, related_name="+", verbose_name=_("what is wrong"))
    place = models.CharField(
        _("where exactly"), max_length=160, help_text=_("a public place, for example: the third lamp after the school")
    )
    noted_on = models.DateField(_("seen on"))
    patrol = models.ForeignKey(
        Patrol, models.PROTECT, null=True, editable=False, related_name="hazards", verbose_name=_("seen on patrol")
    )
    note = models.CharField(_("more about it"), max_length=300, blank=True)

    spoken_by = ("place", "note")

    objects = HazardQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hazard of a place")
        verbose_name_plural = _("hazards of places")
        indexes = [models.Index(fields=["noted_on", "area"], name="hazard_noted_on")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.place}"

    @property
    def last_step(self) -> "HazardStep | None":
        return self.steps.order_by("-pk").first()

    @property
    def state(self) -> str:
        """In words, for people."""
        step = self.last_step
        return str(step.get_kind_display()) if step else gettext("nobody has been asked to mend it yet")

    @property
    def owner(self) -> Body | None:
        step = self.steps.exclude(owner=None).order_by("-pk").select_related("owner").first()
        return step.owner if step else None

    @property
    def due(self) -> date | None:
        return self.steps.exclude(due_on=None).order_by("-pk").values_list("due_on", flat=True).first()

    def usual_due(self, today: date) -> date:
        return today + timedelta(days=self.kind.usual_days)

    def may_follow(self, kind: str) -> bool:
        step = self.last_step
        return self.removed_at is None and (step.kind if step else NEW) in AFTER[kind]

    def hand_over(self, *, to: Body, due_on: date, by: User, at: datetime, note: str = "") -> "HazardStep":
        if due_on < self.noted_on:
            raise DueBeforeNoted(self)
        return self.step(K.HANDED, by=by, at=at, note=note, owner=to, due_on=due_on)

    def tell_progress(self, *, by: User, at: datetime, note: str) -> "HazardStep":
        return self.step(K.PROGRESSED, by=by, at=at, note=note)

    def report_done(self, *, by: User, at: datetime, note: str = "") -> "HazardStep":
        return self.step(K.DONE, by=by, at=at, note=note)

    def look_again(
        self, *, is_mended: bool, by: User, at: datetime, note: str = "", due_on: date | None = None
    ) -> "HazardStep":
        """The second look: it closes only by other eyes than those that said "mended"."""
        done = self.steps.filter(kind=K.DONE).order_by("-pk").first()
        if is_mended:
            if done and done.by == by:
                raise SameEyes(self)
            return self.step(K.CONFIRMED, by=by, at=at, note=note, said_by=done.by if done else None)
        return self.step(K.REOPENED, by=by, at=at, note=note, due_on=due_on)

    @transaction.atomic
    def step(self, kind: str, *, by: User, at: datetime, note: str, **more: Any) -> "HazardStep":
        Hazard.objects.select_for_update().get(pk=self.pk)  # two people at once make two steps, one after the other
        if not self.may_follow(kind):
            raise NotNow(self)
        step = HazardStep.objects.create(hazard=self, kind=kind, by=by, at=at, note=note, **more)
        self.wrote(kind, by=by)
        return step


class HazardStep(models.Model):
    """What was done about a hazard, one row each, never changed."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=12, choices=HazardStepKind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    owner = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+", verbose_name=_("who mends it"))
    due_on = models.DateField(_("mended by the day"), null=True)
    said_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("who said that it is mended")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a hazard")
        verbose_name_plural = _("steps of hazards")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(said_by=None) | ~Q(said_by=F("by")), name="hazard_second_look_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=~Q(kind=HazardStepKind.CONFIRMED) | Q(said_by__isnull=False),
                name="hazard_closed_after_somebody_said_so",
            ),
            models.CheckConstraint(
                condition=~Q(kind=HazardStepKind.HANDED) | Q(owner__isnull=False, due_on__isnull=False),
                name="hazard_handed_to_somebody_by_a_day",
            ),
        ]
        indexes = [models.Index(fields=["hazard", "-id"], name="hazard_step_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%d/%m/%Y}"
