"""A member and their account: asked by who keeps the register, confirmed by the member alone, undone by either.

Nobody ties themselves to a record: who asks names another's account, and only its holder can say "this is me".
"""

from datetime import date, datetime
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import ScopedQuerySet
from luytre.registry.models.members import Member


class OwnAccount(Exception):
    """Who keeps the register named their own account."""


class AlreadyLinked(Exception):
    """The member has an account, or one has been asked and has not answered."""


class NotAsked(Exception):
    """Somebody else's account was asked."""


class LinkAnswered(Exception):
    """It was answered or taken back before."""


class NotLinked(Exception):
    """There is no account to part from."""


class AccountLinkQuerySet(ScopedQuerySet["AccountLink"]):
    area = "member__area"

    def open(self) -> Self:
        return self.filter(answer=None, ending=None)

    def asked_of(self, person: User) -> Self:
        """What waits for somebody's own answer."""
        return self.open().filter(account=person, member__removed_at=None)

    def ended_before(self, day: date) -> Self:
        """Refused, undone or never answered before a day, or of a member who left before it."""
        gone = Q(member__leaving__on__lt=day) | Q(member__serves_until__lt=day) | Q(member__removed_at__date__lt=day)
        refused = Q(answer__is_theirs=False, answer__at__date__lt=day) | Q(answer=None, asked_at__date__lt=day)
        return self.filter(gone | refused | Q(ending__at__date__lt=day))


class AccountLink(models.Model):
    """The keeper asks the holder of an account whether they are this member."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="account_links", verbose_name=_("member"))
    account = models.ForeignKey(User, models.PROTECT, related_name="member_links", verbose_name=_("account"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))

    objects = AccountLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of a member to an account")
        verbose_name_plural = _("links of members to accounts")
        constraints = [
            models.CheckConstraint(condition=~Q(account=F("asked_by")), name="accountlink_asked_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.account}"

    @classmethod
    @transaction.atomic
    def ask(cls, member: Member, account: User, *, by: User, at: datetime) -> "AccountLink":
        member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        if account == by:
            raise OwnAccount(account)
        if member.account_id or cls.objects.open().filter(member=member).exists():
            raise AlreadyLinked(member)
        link = cls.objects.create(member=member, account=account, asked_by=by, asked_at=at)
        audit.record(member, "link_asked", by=by, area_path=member.area.path)
        return link

    @transaction.atomic
    def answer_with(self, is_theirs: bool, *, by: User, at: datetime) -> None:
        """The holder's own word; with a yes they see the member's duty, training and record."""
        AccountLink.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if by.pk != self.account_id:
            raise NotAsked(self)
        if not AccountLink.objects.open().filter(pk=self.pk).exists():
            raise LinkAnswered(self)
        AccountLinkAnswer.objects.create(link=self, is_theirs=is_theirs, by=by, at=at)
        if is_theirs:
            Member.objects.filter(pk=self.member_id).update(account=by)
        audit.record(
            self.member, "link_confirmed" if is_theirs else "link_denied", by=by, area_path=self.member.area.path
        )


class AccountLinkAnswer(models.Model):
    """What the holder of the account said."""

    link = models.OneToOneField(AccountLink, models.CASCADE, related_name="answer")
    is_theirs = models.BooleanField(_("it is them"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("answered by"))
    at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("answer to a link")
        verbose_name_plural = _("answers to links")

    def __str__(self) -> str:
        return f"{self.link_id} {self.is_theirs}"


class AccountLinkEnding(models.Model):
    """A link, or the question for one, taken back: by the keeper with a reason, by the member without one."""

    link = models.OneToOneField(AccountLink, models.CASCADE, related_name="ending")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("undone by"))
    at = models.DateTimeField(_("undone at"))

    class Meta:
        verbose_name = _("end of a link")
        verbose_name_plural = _("ends of links")

    def __str__(self) -> str:
        return f"{self.link_id} {self.at:%d/%m/%Y}"


@transaction.atomic
def part(member: Member, *, by: User, at: datetime, reason: str = "") -> None:
    """The account no longer shows the member's record; a question that waits is taken back too."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    links = list(AccountLink.objects.filter(member=member, ending=None).exclude(answer__is_theirs=False))
    if not links and not member.account_id:
        raise NotLinked(member)
    for link in links:
        AccountLinkEnding.objects.create(link=link, reason=reason, by=by, at=at)
    Member.objects.filter(pk=member.pk).update(account=None)
    audit.record(member, "link_ended", by=by, area_path=member.area.path)
