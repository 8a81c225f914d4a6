"""Recognition by the chair of the commune: one proposes, another decides (rights rule R11)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.registry.models.groups import WatchGroup
from luytre.registry.models.guard_teams import GuardTeam

if TYPE_CHECKING:
    from luytre.registry.models.members import Member


class OwnProposal(Exception):
    """Nobody decides on what they proposed themselves."""


class AlreadyDecided(Exception):
    """The proposal was decided before."""


class NobodyProposed(Exception):
    """A proposal names at least one member."""


class NotEligible(Exception):
    """Somebody was proposed whose papers were not found in order."""


class RecognitionQuerySet(ScopedQuerySet["Recognition"]):
    def open(self) -> Self:
        return self.filter(decided_by=None)

    def granted(self) -> Self:
        return self.filter(is_granted=True)


class Recognition(models.Model):
    """Members of a team, or mediators of a group, put before the chair: granted by decision or refused with reason."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    team = models.ForeignKey(
        GuardTeam, models.PROTECT, null=True, related_name="recognitions", verbose_name=_("guard team")
    )
    group = models.ForeignKey(
        WatchGroup, models.PROTECT, null=True, related_name="recognitions", verbose_name=_("group")
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_on = models.DateField(_("proposed on"))
    is_granted = models.BooleanField(_("granted"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_on = models.DateField(_("day of the decision"), null=True)
    number = models.CharField(_("decision number"), max_length=60, blank=True)
    signatory = models.CharField(
        _("signed by"), max_length=120, blank=True, help_text=_("the office, such as: chair of the commune")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rule = models.CharField(_("rule it rests on"), max_length=200, blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["-proposed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="recognition_two_people"),
            models.CheckConstraint(
                condition=Q(team=None, group__isnull=False) | Q(team__isnull=False, group=None),
                name="recognition_of_one",
            ),
            models.CheckConstraint(
                condition=Q(is_granted=None, decided_by=None, decided_on=None)
                | (
                    Q(is_granted=True, decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(number="")
                    & ~Q(signatory="")
                )
                | (
                    Q(is_granted=False, decided_by__isnull=False, decided_on__isnull=False)
                    & ~Q(reason="")
                    & ~Q(rule="")
                ),
                name="recognition_decided_wholly",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of}: {self.proposed_on:%d/%m/%Y}"

    @property
    def of(self) -> WatchGroup | GuardTeam:
        found = self.team or self.group
        if found is None:
            raise ValueError("a recognition is of a team or a group")
        return found

    @transaction.atomic
    def was_read(self, *, by: User) -> None:
        """It names people: who reads it is written down (rights rule R24)."""
        audit.record(self, "viewed", by=by, purpose="members", area_path=self.area.path)

    @classmethod
    @transaction.atomic
    def propose(
        cls, of: WatchGroup | GuardTeam, members: Iterable[tuple["Member", bool]], *, by: User, on: date
    ) -> "Recognition":
        """Members whose papers were checked, each with whether they are past seventy, which the chair must allow."""
        lines = list(members)
        if not lines:
            raise NobodyProposed(of)
        kept = {"team": of} if isinstance(of, GuardTeam) else {"group": of}
        made = cls.objects.create(area=of.area, proposed_by=by, proposed_on=on, **kept)
        RecognisedMember.objects.bulk_create(
            RecognisedMember(recognition=made, member=member, is_past_seventy=past) for member, past in lines
        )
        audit.record(made, "recognition_proposed", by=by, area_path=of.area.path)
        return made

    @transaction.atomic
    def grant(self, *, by: User, on: date, number: str, signatory: str) -> None:
        self.check_open(by)
        self.number, self.signatory = number, signatory
        self.close(by=by, on=on, is_granted=True)

    @transaction.atomic
    def refuse(self, *, by: User, on: date, reason: str, rule: str) -> None:
        self.check_open(by)
        self.reason, self.rule = reason, rule
        self.close(by=by, on=on, is_granted=False)

    def check_open(self, by: User) -> None:
        state = Recognition.objects.select_for_update().get(pk=self.pk)
        if by == self.proposed_by:
            raise OwnProposal(self)
        if state.decided_by_id:
            raise AlreadyDecided(self)

    def close(self, *, by: User, on: date, is_granted: bool) -> None:
        self.is_granted, self.decided_by, self.decided_on = is_granted, by, on
        self.save()
        audit.record(self, "recognised" if is_granted else "recognition_refused", by=by, area_path=self.area.path)


class RecognisedMemberQuerySet(ScopedQuerySet["RecognisedMember"]):
    area = "recognition__area"

    def granted_on(self, day: date) -> Self:
        return self.filter(recognition__is_granted=True, recognition__decided_on__lte=day)

    def granted_before(self, day: date) -> Self:
        return self.filter(recognition__is_granted=True, recognition__decided_on__lt=day)

    def decided_before(self, day: date) -> Self:
        return self.filter(recognition__decided_on__lt=day)


class RecognisedMember(models.Model):
    """One member of a proposal. The papers were checked at the desk; of age and the rest only this yes is kept."""

    recognition = models.ForeignKey(Recognition, models.CASCADE, related_name="lines")
    member = models.ForeignKey("registry.Member", models.PROTECT, related_name="recognised", verbose_name=_("member"))
    is_past_seventy = models.BooleanField(_("past seventy, by the chair's decision"), default=False)

    objects = RecognisedMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed member")
        verbose_name_plural = _("proposed members")
        constraints = [models.UniqueConstraint(fields=["recognition", "member"], name="recognisedmember_once")]

    def __str__(self) -> str:
        return f"{self.member}"
