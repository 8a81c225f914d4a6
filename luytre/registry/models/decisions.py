"""Decisions against a site carry a reason and a rule, and can be appealed to somebody else (rights rule R20)."""

from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area, Scope


class DecidesOnOneself(Exception):
    """Who decided cannot answer the appeal."""


class AlreadyAnswered(Exception):
    """The appeal was answered before."""


class ReasonedDecision(models.Model):
    """Why, and under which rule: nothing is refused or closed without both."""

    reason = models.CharField(_("reason"), max_length=300)
    rule = models.CharField(
        _("rule it rests on"), max_length=160, help_text=_("the article or the document, with its number")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(rule=""), name="%(class)s_says_why_and_by_which_rule")
        ]


class AppealQuerySet(models.QuerySet["Appeal"]):
    def waiting_for(self, person: User, scope: Scope) -> Self:
        """Not answered yet, in the person's territory, against decisions that others took."""
        here = Area.objects.standing_within(scope)
        rows = self.filter(Q(closing__site__area__in=here) | Q(refusal__site__area__in=here), answered=None)
        rows = rows.exclude(closing__by=person).exclude(refusal__by=person)
        return rows.select_related("closing__site__initiative", "refusal__site__initiative").order_by("on", "pk")


class Appeal(models.Model):
    """An objection to a closing or a refusal, made by the site's carrier at the desk."""

    closing = models.OneToOneField("registry.Closing", models.PROTECT, null=True, related_name="appeal")
    refusal = models.OneToOneField("registry.SiteStep", models.PROTECT, null=True, related_name="appeal")
    on = models.DateField(_("received on"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    text = models.CharField(_("what they say"), max_length=1000, help_text=_("no names of people"))

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(
                condition=Q(closing=None, refusal__isnull=False) | Q(closing__isnull=False, refusal=None),
                name="appeal_against_one_decision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.against}"

    @property
    def against(self) -> Any:
        return self.closing or self.refusal

    @transaction.atomic
    def answer(self, *, by: User, on: date, is_upheld: bool, reason: str, rule: str) -> "AppealAnswer":
        """By somebody who had no part in the decision; where the appeal is right, the decision is undone."""
        decision = self.against
        if by == decision.by:
            raise DecidesOnOneself(self)
        if AppealAnswer.objects.filter(appeal=self).exists():
            raise AlreadyAnswered(self)
        answer = AppealAnswer.objects.create(
            appeal=self, by=by, on=on, decided_by=decision.by, is_upheld=is_upheld, reason=reason, rule=rule
        )
        if is_upheld:
            decision.undo(by=by, on=on)
        decision.site.wrote("answered", by=by)
        return answer


class AppealAnswer(ReasonedDecision):
    """The answer to an appeal; upheld means the appeal was right."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="answered")
    on = models.DateField(_("answered on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_upheld = models.BooleanField(_("the appeal is right: the site runs on"))

    class Meta(ReasonedDecision.Meta):
        verbose_name = _("answer to an appeal")
        verbose_name_plural = _("answers to appeals")
        constraints = [
            *ReasonedDecision.Meta.constraints,
            models.CheckConstraint(condition=~Q(by=F("decided_by")), name="appeal_answered_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal}"
