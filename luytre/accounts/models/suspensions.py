"""Suspensions: rows, so that who stopped an account, and why, stays known."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models.people import User


class Suspension(models.Model):
    """Stops an account from a moment on; lifting it is recorded on the same row."""

    user = models.ForeignKey(User, models.PROTECT, related_name="suspensions", verbose_name=_("account"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_reason = models.CharField(_("reason for lifting"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(lifted_at=None), name="suspension_one_open"),
            models.CheckConstraint(condition=~Q(by=F("user")), name="suspension_by_another"),
            models.CheckConstraint(condition=~Q(lifted_by=F("user")), name="suspension_lifted_by_another"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.reason}"
