"""What a guard team should have and is paid, as dated data: rates are a province's, equipment norms the ministry's."""

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, Level, Scope, ScopedQuerySet, paths_to, valid_on
from luytre.common.numbers import format_number
from luytre.registry.models.counts import DatedCount
from luytre.registry.models.guard_teams import GuardTeam
from luytre.registry.models.members import Position

M = TypeVar("M", bound=models.Model)


class BeginsBeforeLast(Exception):
    """What a province says anew has to begin after what it said before began."""


class ProvincialQuerySet(ScopedQuerySet[M]):
    """What a province has said, from a day until a day."""

    def readable(self, scope: Scope) -> Self:
        """Of the provinces in the scope, or of the one it lies in: a commune reads its province's."""
        above = Q(pk__in=[])
        for path in scope.paths:
            above |= Q(path__startswith=path) | Q(path__in=paths_to(path))
        return self.filter(area__in=Area.objects.filter(above, level=Level.PROVINCE))

    def ended_by(self, day: date) -> Self:
        return self.filter(valid_to__lte=day)

    def on(self, day: date) -> Self:
        return self.filter(valid_on(day))

    @transaction.atomic
    def take_over(self, new: Any, *, by: User, verb: str) -> None:
        """What held before, which these rows are, ends the day the new one begins."""
        before = self.filter(valid_to=None)
        if before.filter(valid_from__gte=new.valid_from).exists():
            raise BeginsBeforeLast(new)
        before.update(valid_to=new.valid_from)
        new.by = by
        new.save(force_insert=True)
        audit.record(new, verb, by=by, area_path=new.area.path)


class AllowanceRate(models.Model):
    """What a province pays a month for a position, by resolution of its council."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("province"))
    position = models.CharField(_("position"), max_length=10, choices=Position)
    amount_vnd = models.PositiveBigIntegerField(_("đồng a month"))
    resolution = models.CharField(_("resolution"), max_length=120, help_text=_("its number and day"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, editable=False)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("recorded by")
    )

    objects = ProvincialQuerySet["AllowanceRate"].as_manager()

    class Meta:
        verbose_name = _("allowance rate")
        verbose_name_plural = _("allowance rates")
        ordering = ["-valid_from", "position"]
        constraints = [
            models.UniqueConstraint(fields=["area", "position", "valid_from"], name="allowancerate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()}: {self.amount_vnd}"

    @property
    def amount(self) -> str:
        return format_number(self.amount_vnd)

    def put_in_force(self, *, by: User) -> Self:
        """The rate before it ends the day this one begins."""
        AllowanceRate.objects.filter(area=self.area, position=self.position).take_over(self, by=by, verb="rate_set")
        return self


class EquipmentItem(models.Model):
    """What belongs to a team's equipment, for how many in a hundred of its strength."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    vi_name = models.CharField(_("Vietnamese name"), max_length=120)
    en_name = models.CharField(_("English name"), max_length=120)
    percent = models.PositiveSmallIntegerField(_("percent of strength"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    legal_basis = models.CharField(_("legal basis"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("item of equipment")
        verbose_name_plural = _("items of equipment")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    def needed_for(self, strength: int) -> int:
        """Rounded up: a part of a person cannot be equipped."""
        return int((Decimal(strength) * self.percent / 100).to_integral_value(ROUND_CEILING))


class EquipmentCount(DatedCount):
    """How many pieces a team had on a day."""

    of = models.ForeignKey(GuardTeam, models.PROTECT, related_name="equipment")
    item = models.ForeignKey(EquipmentItem, models.PROTECT, related_name="counts", verbose_name=_("item"))
    piece_count = models.PositiveSmallIntegerField(_("pieces"))

    class Meta(DatedCount.Meta):
        verbose_name = _("count of equipment")
        verbose_name_plural = _("counts of equipment")
        constraints = [models.UniqueConstraint(fields=["of", "item", "on"], name="equipmentcount_once_a_day")]

    @classmethod
    @transaction.atomic
    def record(cls, team: GuardTeam, counted: dict[EquipmentItem, int], *, on: date, by: User) -> None:
        for item, pieces in counted.items():
            cls.objects.update_or_create(of=team, item=item, on=on, defaults={"piece_count": pieces, "by": by})
        team.wrote("equipment_counted", by=by)
