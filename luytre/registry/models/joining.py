"""Residents who ask to join: by themselves, with their yes; accepted by the commune, or forgotten."""

from datetime import date
from typing import Self

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.common.text import clean
from luytre.registry.models.consents import HowAgreed
from luytre.registry.models.groups import GroupKind, WatchGroup
from luytre.registry.models.guard_teams import GuardTeam
from luytre.registry.models.members import Member


class AlreadyAnswered(Exception):
    """The request was answered before."""


class JoinRequestQuerySet(ScopedQuerySet["JoinRequest"]):
    def open(self) -> Self:
        return self.filter(answer=None)

    def done_before(self, day: date) -> Self:
        """Answered before a day, or asked before it and never answered."""
        return self.filter(Q(answer__on__lt=day) | Q(answer=None, asked_on__lt=day))


class JoinRequest(models.Model):
    """Somebody asks to take part in a place, in a kind of group or wherever they are needed."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("where you live"))
    kind = models.ForeignKey(
        GroupKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("which kind of group")
    )
    full_name = models.CharField(_("your full name"), max_length=120)
    phone = models.CharField(
        _("your phone number"),
        max_length=12,
        validators=[RegexValidator(r"^0\d{9,10}$", _("ten digits that start with 0, such as 0912345678"))],
    )
    text_version = models.CharField(_("version of the text"), max_length=20)
    asked_on = models.DateField(_("asked on"))

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_on", "pk"]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.area}"

    @transaction.atomic
    def was_read(self, *, by: User) -> None:
        """It names somebody: who reads it is written down (rights rule R24)."""
        audit.record(self, "viewed", by=by, purpose="members", area_path=self.area.path)

    @transaction.atomic
    def file(self, *, on: date, text_version: str) -> Self:
        self.full_name, self.asked_on, self.text_version = clean(self.full_name), on, text_version
        self.save(force_insert=True)
        audit.record(self, "asked_to_join", by="the public", area_path=self.area.path)
        return self

    @transaction.atomic
    def accept(self, of: WatchGroup | GuardTeam, *, by: User, on: date) -> Member:
        """They become a member with the consent they gave themselves; the request is deleted in ninety days."""
        self.check_open()
        kept = {"team": of} if isinstance(of, GuardTeam) else {"group": of}
        member = Member(full_name=self.full_name, phone=self.phone, serves_from=on, **kept).add(by=by)
        member.agree(on=self.asked_on, how=HowAgreed.ONLINE, text_version=self.text_version, by=None)
        JoinAnswer.objects.create(request=self, on=on, by=by, is_accepted=True)
        audit.record(self, "join_accepted", by=by, area_path=self.area.path)
        return member

    @transaction.atomic
    def decline(self, *, by: User, on: date, reason: str, rule: str) -> None:
        self.check_open()
        JoinAnswer.objects.create(request=self, on=on, by=by, is_accepted=False, reason=reason, rule=rule)
        audit.record(self, "join_declined", by=by, area_path=self.area.path)

    def check_open(self) -> None:
        JoinRequest.objects.select_for_update().get(pk=self.pk)
        if JoinAnswer.objects.filter(request=self).exists():
            raise AlreadyAnswered(self)


class JoinAnswer(models.Model):
    """What became of a request; a refusal says why and by which rule (rights rule R20)."""

    request = models.OneToOneField(JoinRequest, models.CASCADE, related_name="answer")
    on = models.DateField(_("answered on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("answered by"))
    is_accepted = models.BooleanField(_("accepted"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    rule = models.CharField(_("rule it rests on"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("answer to a request to join")
        verbose_name_plural = _("answers to requests to join")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | (~Q(reason="") & ~Q(rule="")), name="joinanswer_declined_with_rule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.on:%d/%m/%Y}"
