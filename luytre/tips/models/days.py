"""The public root of each day's sealed parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayRoot(models.Model):
    """The root of a day's tree and its leaves: digests of sealed parts, in the order of their digits."""

    day = models.DateField(_("day"), primary_key=True)
    root = models.CharField(_("root"), max_length=64)
    count = models.PositiveIntegerField(_("sealed parts"))
    leaves = models.BinaryField()

    class Meta:
        verbose_name = _("root of a day's sealed parts")
        verbose_name_plural = _("roots of days' sealed parts")

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.root[:12]}"
