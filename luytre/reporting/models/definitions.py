"""The catalogue as rows, so that SQL can read it."""

from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre.common.text import fold


class Behaviour(models.TextChoices):
    """How an indicator adds over time: flows add, stocks keep the last value, ratios are worked out anew."""

    FLOW = "flow", _("adds over time")
    STOCK = "stock", _("state at the end")
    RATIO = "ratio", _("ratio")


class AreaRule(models.TextChoices):
    """How it adds over places."""

    SUM = "sum", _("parts add up")
    DISTINCT = "distinct", _("counted anew at each level, never added")
    RECOMPUTE = "recompute", _("worked out from both counts at each level")


class Nature(models.TextChoices):
    """What the number is good for; targets and rankings refuse the rest (rights rule R8)."""

    OUTPUT = "output", _("work done")
    OUTCOME = "outcome", _("result")
    BURDEN = "burden", _("burden")
    SAFEGUARD = "safeguard", _("safeguard")
    CONTEXT = "context", _("context")


class DefinitionQuerySet(models.QuerySet["Definition"]):
    def matching(self, words: str) -> Self:
        rows = self
        for word in fold(words).split():
            rows = rows.filter(folded__contains=word)
        return rows


class Definition(models.Model):
    """One statistic of the catalogue; a code never changes its meaning."""

    code = models.CharField(_("code"), max_length=60, primary_key=True)
    group = models.CharField(_("group"), max_length=20)
    vi_name = models.CharField(max_length=200)
    en_name = models.CharField(max_length=200)
    vi_unit = models.CharField(max_length=60)
    en_unit = models.CharField(max_length=60)
    behaviour = models.CharField(_("behaviour"), max_length=10, choices=Behaviour)
    area_rule = models.CharField(_("area rule"), max_length=10, choices=AreaRule)
    numerator = models.CharField(max_length=60, blank=True)
    denominator = models.CharField(max_length=60, blank=True)
    collected_at = models.CharField(_("collected at"), max_length=12)
    period = models.CharField(_("shortest period"), max_length=10)
    nature = models.CharField(_("nature"), max_length=10, choices=Nature)
    is_target_allowed = models.BooleanField(_("targets allowed"))
    is_public = models.BooleanField(_("public"))
    derived_from = models.CharField(_("comes from"), max_length=40)
    definition = models.TextField(_("definition"))
    aliases = models.TextField(blank=True)
    source = models.TextField(_("source"))
    position = models.PositiveSmallIntegerField()
    folded = models.TextField(editable=False)
    slot = models.PositiveSmallIntegerField(
        null=True, unique=True, editable=False, help_text="its place in the rows of kept sums; given once for good"
    )

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    @property
    def unit(self) -> str:
        return self.en_unit if get_language() == "en" else self.vi_unit

    @property
    def is_change_rate(self) -> bool:
        """Numerator and denominator the same: the change against the same window last year."""
        return self.behaviour == Behaviour.RATIO and self.numerator == self.denominator
