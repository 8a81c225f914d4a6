"""How many nights of duty a month: a province's own number with its basis, and who went beyond it for which reason.

No law of the nation sets the number. Where a province has recorded none, none holds.
"""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, paths_to
from luytre.registry.models.norms import ProvincialQuerySet

if TYPE_CHECKING:
    from luytre.activities.models.duty import Duty

MOST_NIGHTS = 31


class NightLimitQuerySet(ProvincialQuerySet["NightLimit"]):
    def holding_for(self, area: Area, *, on: date) -> "NightLimit | None":
        """What the province of a place has said; nothing where it has said nothing, or that none holds."""
        return self.on(on).filter(area__path__in=paths_to(area.path)).exclude(most=None).select_related("area").first()


class NightLimit(models.Model):
    """At so many nights a month a member has done enough, by a decision of the province."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("province"))
    most = models.PositiveSmallIntegerField(
        _("nights a month"), null=True, blank=True, help_text=_("for one person; empty when there is no limit any more")
    )
    basis = models.CharField(
        _("basis"), max_length=160, help_text=_("the resolution or decision, with its number and day")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+", verbose_name=_("recorded by"))

    objects = NightLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of duty nights")
        verbose_name_plural = _("limits of duty nights")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="nightlimit_once"),
            models.CheckConstraint(
                condition=Q(most=None) | Q(most__gte=1, most__lte=MOST_NIGHTS), name="nightlimit_within_a_month"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="nightlimit_has_a_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.most or '–'}"

    def put_in_force(self, *, by: User) -> Self:
        """The limit before it ends the day this one begins."""
        NightLimit.objects.filter(area=self.area).take_over(self, by=by, verb="limit_set")
        return self


class BeyondLimit(models.Model):
    """Why somebody was put on duty beyond the limit all the same: told by who planned it, kept with the duty."""

    duty = models.OneToOneField("activities.Duty", models.CASCADE, related_name="beyond", verbose_name=_("duty"))
    limit = models.ForeignKey(NightLimit, models.PROTECT, related_name="+", verbose_name=_("limit"))
    nights_before = models.PositiveSmallIntegerField(_("nights of the month before it"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("duty beyond the limit")
        verbose_name_plural = _("duties beyond the limit")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="beyondlimit_says_why")]

    def __str__(self) -> str:
        return f"{self.duty}: {self.reason}"

    @classmethod
    def write(cls, duty: "Duty", limit: NightLimit, *, nights: int, reason: str, by: User) -> None:
        cls.objects.create(duty=duty, limit=limit, nights_before=nights, reason=reason, by=by)
        audit.record(duty, "put_beyond_limit", by=by, area_path=duty.shift.area.path)
