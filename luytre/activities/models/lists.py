"""Short lists that are data: localities know more than any program."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre.common.text import clean, sort_key


class Listed(models.Model):
    """An entry with a code and a name in both languages."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    vi_name = models.CharField(_("Vietnamese name"), max_length=120)
    en_name = models.CharField(_("English name"), max_length=120)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vi_name = clean(self.vi_name)
        self.sort_key = sort_key(self.vi_name)
        super().save(*args, **kwargs)


class Body(Listed):
    """A body that goes on patrols, or that mends what is broken at a place; never a person."""

    goes_on_patrol = models.BooleanField(_("goes on patrol"), default=False)
    mends_places = models.BooleanField(_("mends places"), default=False)

    class Meta(Listed.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")


class EventKind(Listed):
    """What may be met on a patrol: kinds of events at places, none of people (rights rule R4)."""

    class Meta(Listed.Meta):
        verbose_name = _("kind of event on patrol")
        verbose_name_plural = _("kinds of events on patrol")


class HazardKind(Listed):
    """What may be broken or dangerous at a place, who usually mends it, and within how many days."""

    usual_owner = models.ForeignKey(
        Body, models.PROTECT, null=True, related_name="+", verbose_name=_("who usually mends it")
    )
    usual_days = models.PositiveSmallIntegerField(_("usually mended within days"), default=7)

    class Meta(Listed.Meta):
        verbose_name = _("kind of hazard")
        verbose_name_plural = _("kinds of hazards")
