"""Offers of help to people who come home (P16): jobs, courses, loans, mentors. Uptake is a number, never a person."""

from calendar import monthrange
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area
from luytre.ui.records import Record, RecordQuerySet


class HelpKind(models.TextChoices):
    JOB = "job", _("job")
    COURSE = "course", _("vocational course")
    LOAN = "loan", _("loan or capital")
    MENTOR = "mentor", _("somebody at one's side")


class SupportOfferQuerySet(RecordQuerySet["SupportOffer"]):
    def open_on(self, day: date) -> Self:
        still = Q(open_until=None) | Q(open_until__gte=day)
        return self.kept().filter(still, open_from__lte=day)


class SupportOffer(Record):
    """What a body offers, in a place, for so many people. Whoever wants it takes it up by themselves."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    kind = models.CharField(_("kind of help"), max_length=8, choices=HelpKind)
    title = models.CharField(_("what is offered"), max_length=160, help_text=_("for example: sewing, a machine lent"))
    offered_by = models.CharField(_("offered by"), max_length=160, help_text=_("the body, not a person"))
    place_count = models.PositiveIntegerField(_("number of places"), help_text=_("for how many people"))
    open_from = models.DateField(_("open from"))
    open_until = models.DateField(_("open until"), null=True, blank=True)
    how_to = models.TextField(
        _("how to take it up"),
        max_length=600,
        help_text=_("where to come or whom to call, of the body itself; the public page shows it"),
    )

    spoken_by = ("title", "offered_by")

    objects = SupportOfferQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("offer of help")
        verbose_name_plural = _("offers of help to people who come home")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(open_until=None) | Q(open_until__gte=F("open_from")), name="offer_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["open_from"], name="offer_open_from")]

    def __str__(self) -> str:
        return self.title

    @property
    def taken_count(self) -> int:
        """How many have taken it up so far."""
        return self.uptakes.kept().aggregate(all=models.Sum("taken_count"))["all"] or 0


class SupportUptakeQuerySet(RecordQuerySet["SupportUptake"]):
    def ended_in(self, first: date, end: date) -> Self:
        return self.kept().filter(counted_on__gte=first, counted_on__lt=end)


class SupportUptake(Record):
    """How many took an offer up in a month. There is no list behind the number."""

    offer = models.ForeignKey(SupportOffer, models.PROTECT, related_name="uptakes", verbose_name=_("offer of help"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", editable=False, verbose_name=_("area"))
    month = models.DateField(_("month"), help_text=_("any day of it"))
    counted_on = models.DateField(editable=False)
    taken_count = models.PositiveIntegerField(
        _("how many took it up"), help_text=_("in this month and not counted before; no names")
    )
    amount_vnd = models.PositiveBigIntegerField(
        _("money lent or given (đồng)"), default=0, help_text=_("for loans and capital")
    )

    spoken_by = ()

    objects = SupportUptakeQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("uptake of an offer")
        verbose_name_plural = _("uptake of offers, by month")
        indexes = [models.Index(fields=["counted_on"], name="uptake_counted_on")]

    def __str__(self) -> str:
        return f"{self.offer}, {self.month:%m/%Y}"

    def fill_derived(self) -> None:
        """Found by its offer; it stands where the offer stands, and counts on the month's last day."""
        self.area_id = self.offer.area_id
        self.month = self.month.replace(day=1)
        self.counted_on = self.month.replace(day=monthrange(self.month.year, self.month.month)[1])
        self.folded, self.sort_key = self.offer.folded, self.offer.sort_key
