"""Skilful mass mobilisation (Dân vận khéo): models that a body registered and keeps up, each once."""

from datetime import date
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.ui.records import Record, RecordQuerySet


class SkilfulField(models.TextChoices):
    """The fields in which such work is registered."""

    SECURITY = "security", _("security and order")
    DEFENCE = "defence", _("national defence")
    ECONOMY = "economy", _("livelihoods and new countryside")
    CULTURE = "culture", _("culture and community life")
    GOVERNMENT = "government", _("closeness of offices to residents")
    ENVIRONMENT = "environment", _("environment and forest")


class RecognitionLevel(models.TextChoices):
    COMMUNE = "commune", _("commune")
    DISTRICT = "district", _("district (until 30 June 2025)")
    PROVINCE = "province", _("province")
    NATION = "nation", _("nation")


class AlreadyEnded(Exception):
    """It was ended before."""


class EndsBeforeRegistration(Exception):
    """It cannot end before it began."""


class SkilfulWorkQuerySet(RecordQuerySet["SkilfulWork"]):
    def kept_up_on(self, day: date) -> Self:
        still = Q(ending=None) | Q(ending__on__gt=day)
        return self.kept().filter(still, registered_on__lte=day)


class SkilfulWork(Record):
    """One model of skilful mass mobilisation, registered by a body in a place."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    name = models.CharField(_("name"), max_length=200)
    field = models.CharField(_("field"), max_length=12, choices=SkilfulField, default=SkilfulField.SECURITY)
    body = models.CharField(_("registered by"), max_length=160, help_text=_("the body, not a person"))
    registered_on = models.DateField(_("registered on"))
    recognised_on = models.DateField(_("recognised on"), null=True, blank=True)
    level = models.CharField(_("recognised at"), max_length=10, choices=RecognitionLevel, blank=True)
    decision = models.CharField(_("decision number"), max_length=60, blank=True)

    spoken_by = ("name", "body")

    objects = SkilfulWorkQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("skilful mobilisation model")
        verbose_name_plural = _("skilful mobilisation models")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(recognised_on=None) | Q(recognised_on__gte=F("registered_on")),
                name="skilful_recognised_after_registration",
            ),
            models.CheckConstraint(
                condition=Q(recognised_on=None, level="") | (Q(recognised_on__isnull=False) & ~Q(level="")),
                name="skilful_recognised_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["registered_on"], name="skilful_registered")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_kept_up(self) -> bool:
        return not hasattr(self, "ending")

    @property
    def state(self) -> str:
        """In words, for people."""
        if self.is_kept_up:
            return gettext("kept up")
        return gettext("ended on %(day)s: %(why)s") % {
            "day": f"{self.ending.on:%d/%m/%Y}",
            "why": self.ending.reason,
        }

    @transaction.atomic
    def end(self, *, by: User, on: date, reason: str) -> "SkilfulEnding":
        if on < self.registered_on:
            raise EndsBeforeRegistration(self)
        if SkilfulEnding.objects.filter(work=self).exists():
            raise AlreadyEnded(self)
        ending = SkilfulEnding.objects.create(work=self, by=by, on=on, reason=reason)
        self.wrote("ended", by=by)
        return ending


class SkilfulEnding(models.Model):
    """That a model is no longer kept up: since when, why, by whom."""

    work = models.OneToOneField(SkilfulWork, models.PROTECT, related_name="ending")
    on = models.DateField(_("ended on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("end of a skilful mobilisation model")
        verbose_name_plural = _("ends of skilful mobilisation models")

    def __str__(self) -> str:
        return f"{self.work} {self.on}"
