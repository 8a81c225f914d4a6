"""The way of a site from a proposal to its end: append-only steps, and which step may follow which."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.registry.models import evidence
from luytre.registry.models.decisions import Appeal
from luytre.registry.models.upkeep import Upkeep


class Stage(models.TextChoices):
    """What happened last on a site's way."""

    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    LAUNCHED = "launched", _("launched")
    REVIEWED = "reviewed", _("reviewed")
    STRENGTHENED = "strengthened", _("strengthened")
    RELAUNCHED = "relaunched", _("relaunched")
    MERGED = "merged", _("merged into another site")
    DROPPED = "dropped", _("closed")


AT_WORK = frozenset({Stage.REVIEWED, Stage.STRENGTHENED, Stage.RELAUNCHED, Stage.MERGED, Stage.DROPPED})
FOLLOWS: dict[str, frozenset[Stage]] = {
    "": frozenset({Stage.PROPOSED, Stage.LAUNCHED}),  # a site that is at work already is recorded as launched
    Stage.PROPOSED: frozenset({Stage.APPROVED, Stage.REFUSED}),
    Stage.REFUSED: frozenset({Stage.PROPOSED}),
    Stage.APPROVED: frozenset({Stage.LAUNCHED}),
    Stage.LAUNCHED: AT_WORK,
    Stage.REVIEWED: AT_WORK,
    Stage.STRENGTHENED: AT_WORK,
    Stage.RELAUNCHED: AT_WORK,
    Stage.MERGED: frozenset(),
    Stage.DROPPED: frozenset(),
}


class DoesNotFollow(Exception):
    """The step may not follow what happened last."""


class BeforeTheLastStep(Exception):
    """The day lies before the step that it should follow."""


class NothingToAppeal(Exception):
    """No decision against the site waits for an objection or an answer."""


class SiteStep(models.Model):
    """One step on the way of a site; its end is a closing."""

    site = models.ForeignKey("registry.Site", models.PROTECT, related_name="steps", verbose_name=_("site"))
    kind = models.CharField(_("step"), max_length=12, choices=Stage)
    on = models.DateField(_("day"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.CharField(_("what was done or found"), max_length=500, blank=True)
    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rule = models.CharField(_("rule it rests on"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("step of a site")
        verbose_name_plural = _("steps of sites")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=Stage.REFUSED) | ~Q(reason="") & ~Q(rule=""), name="site_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Stage.APPROVED) | ~Q(decision=""), name="site_approval_has_its_decision"
            ),
            models.CheckConstraint(condition=~Q(kind__in=[Stage.MERGED, Stage.DROPPED]), name="site_end_is_a_closing"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.get_kind_display()}"

    def undo(self, *, by: User, on: date) -> None:
        """A refusal that an appeal overturned: the proposal stands again."""
        self.site.take(Stage.PROPOSED, by=by, on=on)

    @transaction.atomic
    def appeal_to(self, *, by: User, on: date, text: str) -> Appeal:
        appeal = Appeal.objects.create(refusal=self, by=by, on=on, text=text)
        self.site.wrote("appealed", by=by)
        return appeal


class Procedure(Upkeep):
    """The verbs of a site's way."""

    steps: Any
    closing: Any
    decision: Any

    class Meta(Upkeep.Meta):
        abstract = True

    @property
    def last_step(self) -> SiteStep | None:
        found: SiteStep | None = self.steps.order_by("on", "pk").last()
        return found

    @property
    def stage(self) -> str:
        """What happened last; a site without steps was recorded when it was at work already."""
        if self.closing:
            return Stage.MERGED if self.closing.into_id else Stage.DROPPED
        last = self.last_step
        return last.kind if last else Stage.LAUNCHED if self.launched_on else ""

    @property
    def refused_step(self) -> SiteStep | None:
        """The refusal, while the site stands refused."""
        last = self.last_step
        return last if last and last.kind == Stage.REFUSED else None

    @property
    def appealable(self) -> Any:
        """A closing or refusal that nobody has objected to yet."""
        decision = self.closing or self.refused_step
        return decision if decision and not hasattr(decision, "appeal") else None

    @property
    def open_appeal(self) -> Appeal | None:
        decision = self.closing or self.refused_step
        appeal: Appeal | None = getattr(decision, "appeal", None)
        return appeal if appeal and not hasattr(appeal, "answered") else None

    def may(self, kind: Stage) -> bool:
        return self.removed_at is None and kind in FOLLOWS[self.stage]

    def refuse_step(self, kind: Stage, on: date) -> None:
        if kind not in FOLLOWS[self.stage]:
            raise DoesNotFollow(self.stage, kind)
        last = self.last_step
        if (last and on < last.on) or (self.launched_on and on < self.launched_on):
            raise BeforeTheLastStep(self)

    @transaction.atomic
    def take(self, kind: Stage, *, by: User, on: date, **words: str) -> SiteStep:
        self.refuse_step(kind, on)
        step: SiteStep = self.steps.create(kind=kind, by=by, on=on, **words)
        self.wrote(kind, by=by)
        return step

    @transaction.atomic
    def propose(self, *, by: User, on: date, note: str = "") -> SiteStep:
        """What need was found, and that somebody wants to carry it."""
        self.add(by=by)
        return self.take(Stage.PROPOSED, by=by, on=on, note=note)

    @transaction.atomic
    def approve(self, *, by: User, on: date, decision: str) -> SiteStep:
        """By a decision of the commune's People's Committee, with its number."""
        step = self.take(Stage.APPROVED, by=by, on=on, decision=decision)
        self.decision = decision
        self.save()
        return step

    def refuse(self, *, by: User, on: date, reason: str, rule: str) -> SiteStep:
        return self.take(Stage.REFUSED, by=by, on=on, reason=reason, rule=rule)

    @transaction.atomic
    def launch(self, *, by: User, on: date, note: str = "") -> SiteStep:
        """From now on it counts in the figures."""
        step = self.take(Stage.LAUNCHED, by=by, on=on, note=note)
        self.launched_on = on
        self.save()
        return step

    def review(self, *, by: User, on: date, note: str) -> SiteStep:
        return self.take(Stage.REVIEWED, by=by, on=on, note=note)

    def strengthen(self, *, by: User, on: date, note: str) -> SiteStep:
        """New people, rules or means; never a mere visit."""
        return self.take(Stage.STRENGTHENED, by=by, on=on, note=note)

    def object_to(self, *, by: User, on: date, text: str) -> Appeal:
        """Against the closing or the refusal that holds."""
        decision = self.appealable
        if decision is None:
            raise NothingToAppeal(self)
        appeal: Appeal = decision.appeal_to(by=by, on=on, text=text)
        return appeal

    def answer_appeal(self, *, by: User, on: date, is_upheld: bool, reason: str, rule: str) -> None:
        appeal = self.open_appeal
        if appeal is None:
            raise NothingToAppeal(self)
        appeal.answer(by=by, on=on, is_upheld=is_upheld, reason=reason, rule=rule)


def done_at_work() -> Any:
    return SiteStep.objects.filter(kind__in=[Stage.STRENGTHENED, Stage.RELAUNCHED])


def looked_at() -> Any:
    return SiteStep.objects.filter(kind=Stage.REVIEWED)


evidence.add(evidence.Evidence(rows=done_at_work))
evidence.add(evidence.Evidence(rows=looked_at, is_direct=False))
