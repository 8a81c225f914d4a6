"""Public places of a commune: the only records with a point on the map (rights rule R13)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area
from luytre.common.text import clean, sort_key
from luytre.ui.records import Record, RecordQuerySet

PRECISION = Decimal("0.0001")  # about eleven metres: a building, no door


def rounded(degrees: Decimal) -> Decimal:
    return degrees.quantize(PRECISION, rounding=ROUND_HALF_UP)


class PlaceKind(models.Model):
    """A kind of public place, as data; the list knows no home and no place of work of one person."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    vi_name = models.CharField(_("Vietnamese name"), max_length=120)
    en_name = models.CharField(_("English name"), max_length=120)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    class Meta:
        verbose_name = _("kind of public place")
        verbose_name_plural = _("kinds of public place")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vi_name = clean(self.vi_name)
        self.sort_key = sort_key(self.vi_name)
        super().save(*args, **kwargs)


def at_place(related_name: str) -> Any:
    """The public place where something stands or is held, where its commune has recorded one."""
    return models.ForeignKey(
        "registry.Place",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=_("public place"),
        help_text=_("from the commune's register of public places, if it stands there"),
    )


class PlaceQuerySet(RecordQuerySet["Place"]):
    pass


class Place(Record):
    """Somewhere anybody may go, with the point where it stands; homes are never recorded."""

    kind = models.ForeignKey(PlaceKind, models.PROTECT, related_name="places", verbose_name=_("kind"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    name = models.CharField(_("name"), max_length=160, help_text=_("a public place, never a home"))
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=4)
    longitude = models.DecimalField(_("longitude"), max_digits=7, decimal_places=4)

    objects = PlaceQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("public place")
        verbose_name_plural = _("public places")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__gte=6, latitude__lte=24, longitude__gte=102, longitude__lte=118),
                name="place_in_viet_nam",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fill_derived(self) -> None:
        """However exact a point was typed, it is kept no finer."""
        super().fill_derived()
        self.latitude, self.longitude = rounded(Decimal(self.latitude)), rounded(Decimal(self.longitude))
