"""How often a material was taken: a number for each day, and nothing about who took it."""

from datetime import date
from typing import Self

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from luytre.bulletins.models.materials import Material, MaterialVersion


class DownloadQuerySet(models.QuerySet["Download"]):
    def of(self, material: Material) -> Self:
        return self.filter(version__material=material)

    def total(self) -> int:
        return int(self.aggregate(total=models.Sum("count"))["total"] or 0)


class Download(models.Model):
    """Copies of a version handed out on a day: no address, no device, no time of day."""

    version = models.ForeignKey(MaterialVersion, models.CASCADE, related_name="downloads")
    on = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times taken"), default=0)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of downloads")
        verbose_name_plural = _("days of downloads")
        constraints = [models.UniqueConstraint(fields=["version", "on"], name="download_once_a_day")]

    def __str__(self) -> str:
        return f"{self.version} {self.on}: {self.count}"

    @classmethod
    @transaction.atomic
    def one_more(cls, version: MaterialVersion, *, on: date) -> None:
        """Not in the audit trail: nobody of the office did anything, and a line would tell the minute."""
        row, _made = cls.objects.get_or_create(version=version, on=on)
        cls.objects.filter(pk=row.pk).update(count=F("count") + 1)
