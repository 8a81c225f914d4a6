"""The Word layout in which an office prints its reports: its own file, or the standard one."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet


class ReportLayoutQuerySet(ScopedQuerySet["ReportLayout"]):
    def current(self, area: Area) -> "ReportLayout | None":
        """None while the office prints in the standard layout."""
        newest = self.filter(area=area).order_by("-number").first()
        return newest if newest and newest.content else None


class ReportLayout(models.Model):
    """One layout that an office has put into use; an empty file stands for going back to the standard one."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("office"))
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("file"), max_length=120, blank=True)
    content = models.BinaryField(blank=True, default=b"")
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("put in by"))
    put_at = models.DateTimeField(_("put in at"))

    objects = ReportLayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("report layout")
        verbose_name_plural = _("report layouts")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["area", "number"], name="report_layout_once")]

    def __str__(self) -> str:
        return f"{self.area} {self.number}"

    @property
    def is_standard(self) -> bool:
        return not self.content

    @transaction.atomic
    def put(self, *, by: User, at: datetime) -> "ReportLayout":
        """Into use from now on; what was issued keeps the layout it went out in."""
        Area.objects.select_for_update(of=("self",), no_key=True).get(pk=self.area_id)
        newest = ReportLayout.objects.filter(area=self.area).order_by("-number").first()
        self.number, self.put_by, self.put_at = (newest.number + 1 if newest else 1), by, at
        self.save(force_insert=True)
        audit.record(self, "report_layout_put_in", by=by, area_path=self.area.path, values={"name": self.name})
        return self
