"""A commune grades its guard teams each year: proposed by one, decided by the chair, open to objection (R11, R20)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.registry.models.grades import Grade
from luytre.registry.models.guard_teams import GuardTeam
from luytre.registry.models.members import Member
from luytre.registry.models.recognitions import AlreadyDecided, OwnProposal


class AlreadyGraded(Exception):
    """The year's grades stand, or wait for the chair."""


class GradingQuerySet(ScopedQuerySet["Grading"]):
    def open(self) -> Self:
        return self.filter(decided_by=None)

    def standing(self) -> Self:
        """Approved."""
        return self.filter(is_approved=True)


class Grading(models.Model):
    """The grades of one commune and year. What waits for an open matter is provisional and settled by a later one."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("commune"))
    year = models.PositiveSmallIntegerField(_("year"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_on = models.DateField(_("proposed on"))
    is_approved = models.BooleanField(_("approved"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_on = models.DateField(_("day of the decision"), null=True)
    number = models.CharField(_("decision number"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rule = models.CharField(_("rule it rests on"), max_length=200, blank=True)

    objects = GradingQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly grading")
        verbose_name_plural = _("yearly gradings of guard teams")
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="grading_two_people"),
            models.CheckConstraint(
                condition=Q(is_approved=None, decided_by=None, decided_on=None)
                | (
                    Q(is_approved__isnull=False, decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(reason="")
                    & ~Q(rule="")
                ),
                name="grading_decided_with_reason",
            ),
            models.UniqueConstraint(fields=["area", "year"], condition=Q(decided_by=None), name="grading_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.year}"

    @classmethod
    @transaction.atomic
    def propose(
        cls,
        area: Area,
        year: int,
        teams: "Iterable[TeamGrade]",
        members: "Iterable[MemberGrade]",
        *,
        by: User,
        on: date,
    ) -> "Grading":
        """`teams` and `members` not saved yet; the rules were asked before (`grades.wrongs`)."""
        if cls.objects.filter(area=area, year=year, decided_by=None).exists():
            raise AlreadyGraded(area)
        made = cls.objects.create(area=area, year=year, proposed_by=by, proposed_on=on)
        for graded in teams:
            graded.grading = made
            graded.save(force_insert=True)
        for member in members:
            member.grading = made
            member.save(force_insert=True)
        audit.record(made, "grading_proposed", by=by, area_path=area.path)
        return made

    @transaction.atomic
    def decide(self, *, by: User, on: date, is_approved: bool, reason: str, rule: str, number: str = "") -> None:
        state = Grading.objects.select_for_update().get(pk=self.pk)
        if by == self.proposed_by:
            raise OwnProposal(self)
        if state.decided_by_id:
            raise AlreadyDecided(self)
        self.is_approved, self.decided_by, self.decided_on = is_approved, by, on
        self.reason, self.rule, self.number = reason, rule, number
        self.save()
        audit.record(self, "graded" if is_approved else "grading_refused", by=by, area_path=self.area.path)


class TeamGradeQuerySet(ScopedQuerySet["TeamGrade"]):
    area = "grading__area"

    def settled(self, year: int) -> Self:
        """Final grades of a year that stand: approved, not overturned on objection."""
        rows = self.filter(grading__is_approved=True, grading__year=year, is_provisional=False)
        return rows.exclude(objections__answer__is_upheld=True)


class TeamGrade(models.Model):
    """What a team was graded, and why."""

    grading = models.ForeignKey(Grading, models.CASCADE, related_name="teams")
    team = models.ForeignKey(GuardTeam, models.PROTECT, related_name="grades", verbose_name=_("guard team"))
    grade = models.CharField(_("grade"), max_length=10, choices=Grade)
    reason = models.CharField(_("reason"), max_length=300)
    is_provisional = models.BooleanField(_("provisional, while a matter is open"), default=False)

    objects = TeamGradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade of a team")
        verbose_name_plural = _("grades of teams")
        constraints = [
            models.UniqueConstraint(fields=["grading", "team"], name="teamgrade_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="teamgrade_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.get_grade_display()}"


class MemberGradeQuerySet(ScopedQuerySet["MemberGrade"]):
    area = "grading__area"

    def decided_before(self, day: date) -> Self:
        return self.filter(grading__decided_on__lt=day)


class MemberGrade(models.Model):
    """What a member was graded: seen by the commune and the member, never listed by rank (rights rule R8)."""

    grading = models.ForeignKey(Grading, models.CASCADE, related_name="members")
    member = models.ForeignKey(Member, models.PROTECT, related_name="grades", verbose_name=_("member"))
    grade = models.CharField(_("grade"), max_length=10, choices=Grade)
    is_provisional = models.BooleanField(_("provisional, while a matter is open"), default=False)

    objects = MemberGradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade of a member")
        verbose_name_plural = _("grades of members")
        constraints = [models.UniqueConstraint(fields=["grading", "member"], name="membergrade_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_grade_display()}"
