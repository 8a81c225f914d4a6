"""Objections to decisions about members and teams, answered by somebody who had no part in them (rights rule R20)."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.registry.models.gradings import MemberGrade, TeamGrade

if TYPE_CHECKING:
    from luytre.registry.models.members import Member


class OwnAnswer(Exception):
    """Nobody answers an objection to what they had a part in."""


class AlreadyAnswered(Exception):
    """The objection was answered before."""


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    def open(self) -> Self:
        return self.filter(answer=None)


class Objection(models.Model):
    """Somebody objects to a grade, a refused recognition or a removal; it is handed in at the desk or by paper."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    team_grade = models.ForeignKey(TeamGrade, models.PROTECT, null=True, related_name="objections")
    member_grade = models.ForeignKey(MemberGrade, models.PROTECT, null=True, related_name="objections")
    leaving = models.ForeignKey("registry.Leaving", models.CASCADE, null=True, related_name="objections")
    recognition = models.ForeignKey("registry.Recognition", models.PROTECT, null=True, related_name="objections")
    on = models.DateField(_("received on"))
    text = models.TextField(_("what they say"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.against}"

    @property
    def against(self) -> "TeamGrade | MemberGrade | models.Model | None":
        return self.team_grade or self.member_grade or self.leaving or self.recognition

    @property
    def members(self) -> "list[Member]":
        """Whom it names."""
        named = self.leaving or self.member_grade
        return [named.member] if named else []

    @property
    def involved(self) -> set[int]:
        """Who had a part in the decision."""
        against = self.against
        decision = getattr(against, "grading", against)
        names = ("by_id", "proposed_by_id", "decided_by_id")
        return {number for name in names if (number := getattr(decision, name, None))}

    @classmethod
    @transaction.atomic
    def file(cls, *, area: Area, on: date, text: str, by: User, **against: models.Model) -> "Objection":
        made = cls.objects.create(area=area, on=on, text=text, by=by, **against)
        audit.record(made, "objected", by=by, area_path=area.path)
        return made

    @transaction.atomic
    def decide(self, *, by: User, on: date, is_upheld: bool, reason: str, rule: str) -> "ObjectionAnswer":
        Objection.objects.select_for_update().get(pk=self.pk)
        if by.pk in self.involved:
            raise OwnAnswer(self)
        if ObjectionAnswer.objects.filter(objection=self).exists():
            raise AlreadyAnswered(self)
        made = ObjectionAnswer.objects.create(
            objection=self, by=by, on=on, is_upheld=is_upheld, reason=reason, rule=rule
        )
        audit.record(self, "objection_upheld" if is_upheld else "objection_refused", by=by, area_path=self.area.path)
        return made


class ObjectionAnswer(models.Model):
    """The answer of somebody who had no part in the decision; upheld, the decision no longer counts."""

    objection = models.OneToOneField(Objection, models.CASCADE, related_name="answer")
    on = models.DateField(_("answered on"))
    is_upheld = models.BooleanField(_("the objection is right"))
    reason = models.CharField(_("reason"), max_length=300)
    rule = models.CharField(_("rule it rests on"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("answered by"))

    class Meta:
        verbose_name = _("answer to an objection")
        verbose_name_plural = _("answers to objections")
        constraints = [models.CheckConstraint(condition=~Q(reason="") & ~Q(rule=""), name="objectionanswer_with_rule")]

    def __str__(self) -> str:
        return f"{self.objection} {self.on:%d/%m/%Y}"
