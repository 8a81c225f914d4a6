"""Consents of members: given on a day, to a text, taken back at any time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import ScopedQuerySet


class HowAgreed(models.TextChoices):
    ONLINE = "online", _("joined online, by themselves")
    PAPER = "paper", _("signed on paper")
    SPOKEN = "spoken", _("said so to the officer")


class AlreadyWithdrawn(Exception):
    """The consent was withdrawn before."""


class ConsentQuerySet(ScopedQuerySet["Consent"]):
    area = "member__area"

    def standing_on(self, day: date) -> Self:
        return self.filter(Q(withdrawal=None) | Q(withdrawal__on__gt=day), given_on__lte=day)


class Consent(models.Model):
    """A member agreed to be written down: when, how, to which text."""

    member = models.ForeignKey("registry.Member", models.CASCADE, related_name="consents", verbose_name=_("member"))
    given_on = models.DateField(_("agreed on"))
    how = models.CharField(_("how they agreed"), max_length=8, choices=HowAgreed)
    text_version = models.CharField(_("version of the text"), max_length=20)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.given_on:%d/%m/%Y} {self.get_how_display()}"


class ConsentWithdrawal(models.Model):
    """A consent taken back."""

    consent = models.OneToOneField(Consent, models.CASCADE, related_name="withdrawal")
    on = models.DateField(_("withdrawn on"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("withdrawal of consent")
        verbose_name_plural = _("withdrawals of consent")

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"
