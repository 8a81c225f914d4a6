"""Notices inside the system about returns that are due."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.common.periods import Window
from luytre.reporting.models.returns import ReturnForm


class ReturnReminder(models.Model):
    """A notice inside the system that a return is nearly due, overdue, or asked for by the office above."""

    class Kind(models.TextChoices):
        SOON = "soon", _("due soon")
        OVERDUE = "overdue", _("overdue")
        ASKED = "asked", _("asked for")

    form = models.ForeignKey(ReturnForm, models.CASCADE, related_name="+", verbose_name=_("form"))
    area = models.ForeignKey(Area, models.CASCADE, related_name="+", verbose_name=_("unit"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked for by"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder of a return")
        verbose_name_plural = _("reminders of returns")
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "form", "first_day", "last_day", "kind"], name="return_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} · {self.area} · {self.get_kind_display()}"

    @property
    def window(self) -> Window:
        return Window(self.first_day, self.last_day)
