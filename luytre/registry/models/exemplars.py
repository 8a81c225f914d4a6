"""Exemplars (điển hình tiên tiến), apart from any rating: collectives and models by name, people as a count."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area
from luytre.registry.models.initiatives import Site
from luytre.ui.records import Record, RecordQuerySet


class ExemplarQuerySet(RecordQuerySet["Exemplar"]):
    def recognised_by(self, day: date) -> Self:
        return self.kept().filter(recognised_on__lte=day)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)


class Exemplar(Record):
    """A recognition as exemplar by a decision."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", _("collective")
        INDIVIDUAL = "individual", _("individuals")
        MODEL = "model", _("model")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="exemplars", verbose_name=_("site")
    )
    name = models.CharField(
        _("what is an exemplar"), max_length=160, help_text=_("a body, group or model; for people, what they did")
    )
    count = models.PositiveIntegerField(_("how many"), default=1, help_text=_("people are a number, never named here"))
    recognised_on = models.DateField(_("recognised on"))
    granted_by = models.CharField(_("recognised by"), max_length=160)
    decision = models.CharField(_("decision number"), max_length=60, blank=True)

    spoken_by = ("name", "granted_by")

    objects = ExemplarQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("exemplar")
        verbose_name_plural = _("exemplars")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="individual", count__gte=1) | Q(count=1), name="exemplar_one_unless_people"
            ),
            models.CheckConstraint(condition=Q(site=None) | ~Q(kind="individual"), name="exemplar_person_has_no_site"),
        ]

    def __str__(self) -> str:
        return self.name
