"""Swaps of duty: asked by one side, agreed by the other (rights rule R11: never by the same person)."""

from datetime import date, datetime
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.activities.models.duty import CannotServe, Duty, DutyEnd, Objection
from luytre.areas.models import ScopedQuerySet
from luytre.registry.models import Member


class Answer(models.TextChoices):
    AGREED = "agreed", _("agreed")
    DECLINED = "declined", _("declined")


class OwnSwap(Exception):
    """Who asked for the swap wants to agree to it too."""


class NotTheirs(Exception):
    """The other side has an account; only they may answer."""


class AlreadyAnswered(Exception):
    """Somebody has answered before."""


class SwapQuerySet(ScopedQuerySet["Swap"]):
    area = "duty__shift__area"

    def open_on(self, today: date) -> Self:
        rows = self.filter(answer=None, duty__removed_at=None, duty__shift__on__gte=today)
        return rows.filter(Q(other=None) | Q(other__removed_at=None))

    def to_account(self, person: User) -> Self:
        """Asked of somebody themselves."""
        return self.filter(member__account=person)


class Swap(models.Model):
    """A member's duty is to go to another member, in exchange for one of theirs or for nothing."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="swaps", verbose_name=_("duty"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("to be taken over by"))
    other = models.ForeignKey(
        Duty, models.CASCADE, null=True, related_name="+", verbose_name=_("in exchange for their duty")
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = _("swap of duty")
        verbose_name_plural = _("swaps of duty")

    def __str__(self) -> str:
        return f"{self.duty} → {self.member}"

    @classmethod
    @transaction.atomic
    def ask(cls, duty: Duty, member: Member, *, other: Duty | None, by: User, at: datetime) -> "Swap":
        if found := list(cls.against(duty, member, other)):
            raise CannotServe(found)
        swap = cls.objects.create(duty=duty, member=member, other=other, asked_by=by, asked_at=at)
        audit.record(swap, "asked", by=by, area_path=duty.shift.area.path)
        return swap

    @classmethod
    def against(cls, duty: Duty, member: Member, other: Duty | None) -> "list[Objection]":
        """What can be said at once; the rest is looked at again when the other side agrees."""
        found = [Objection(str(one)) for one in member.why_not_rostered_on(duty.shift.on)]
        if member == duty.member:
            found.append(Objection(_("Choose somebody else than the one who is on duty.")))
        if other and other.member != member:
            found.append(Objection(_("The duty in exchange is not theirs.")))
        return found

    def may_be_answered_by(self, person: User) -> bool:
        return person != self.asked_by and self.member.account_id in (None, person.pk)

    @transaction.atomic
    def agree(self, *, by: User, at: datetime) -> None:
        """Both duties change hands, under the same rules as any other roster."""
        self.reply(Answer.AGREED, by=by, at=at)
        giver, taker = self.duty.member, self.member
        self.duty.end(DutyEnd.SWAPPED, by=by)
        if self.other:
            self.other.end(DutyEnd.SWAPPED, by=by)
            self.other.shift.assign(giver, by=by, instead_of=self.other)
        self.duty.shift.assign(taker, by=by, instead_of=self.duty)

    def decline(self, *, by: User, at: datetime) -> None:
        self.reply(Answer.DECLINED, by=by, at=at)

    @transaction.atomic
    def reply(self, said: str, *, by: User, at: datetime) -> None:
        Swap.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if by == self.asked_by:
            raise OwnSwap(self)
        if not self.may_be_answered_by(by):
            raise NotTheirs(self)
        if SwapAnswer.objects.filter(swap=self).exists():
            raise AlreadyAnswered(self)
        SwapAnswer.objects.create(swap=self, said=said, by=by, at=at, asked_by=self.asked_by)
        audit.record(self, said, by=by, area_path=self.duty.shift.area.path)


class SwapAnswer(models.Model):
    """What the other side said."""

    swap = models.OneToOneField(Swap, models.CASCADE, related_name="answer")
    said = models.CharField(_("answer"), max_length=10, choices=Answer)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))

    class Meta:
        verbose_name = _("answer to a swap")
        verbose_name_plural = _("answers to swaps")
        constraints = [models.CheckConstraint(condition=~Q(by=F("asked_by")), name="swap_agreed_by_the_other_side")]

    def __str__(self) -> str:
        return f"{self.get_said_display()} {self.at:%d/%m/%Y}"
