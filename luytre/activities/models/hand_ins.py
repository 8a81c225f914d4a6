"""Weapons, explosives, support tools and fireworks handed in: what and how much, never who."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.reaching import ReachingQuerySet
from luytre.areas.models import Area
from luytre.common.numbers import format_number
from luytre.ui.records import Record, RecordQuerySet
from luytre.ui.shared_lists import Measured

Amounts = Mapping["HandInKind", Decimal]


class HandInKind(Measured):
    """A kind of thing that is handed in, with its unit and the statistic it counts as."""

    counted_as = models.SlugField(_("counts as"), max_length=60, blank=True)

    class Meta(Measured.Meta):
        verbose_name = _("kind of thing handed in")
        verbose_name_plural = _("kinds of things handed in")


class HandInCampaign(Record):
    """A stretch of days in which a place asks for weapons and fireworks to be handed in."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    name = models.CharField(_("name"), max_length=160)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    led_by = models.CharField(_("led by"), max_length=160, blank=True, help_text=_("the body, not a person"))
    plan = models.CharField(_("plan number"), max_length=60, blank=True)

    spoken_by = ("name", "led_by")

    objects = ReachingQuerySet["HandInCampaign"].as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hand-in campaign")
        verbose_name_plural = _("hand-in campaigns")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="handin_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return self.name


class Origin(models.TextChoices):
    """How it came: brought by residents of their own will, or found by them and told."""

    BROUGHT = "brought", _("brought in")
    FOUND = "found", _("found and reported")


class AlreadyHasReceipt(Exception):
    """The receipt was written before; print it again."""


class HandInQuerySet(RecordQuerySet["HandIn"]):
    def received_in(self, first: date, end: date) -> Self:
        return self.kept().filter(received_on__gte=first, received_on__lt=end)

    def waiting(self) -> Self:
        """With the commune still: handed on to nobody."""
        return self.kept().exclude(hand_overs__removed_at=None, hand_overs__isnull=False)


class HandIn(Record):
    """Something was handed in on a day. Who brought it is not asked; a name may stand on the paper receipt alone."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    received_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=160, help_text=_("for example: the commune police station"))
    received_by = models.CharField(_("received by"), max_length=160, help_text=_("the body, not a person"))
    origin = models.CharField(_("how it came"), max_length=8, choices=Origin, default=Origin.BROUGHT)
    campaign = models.ForeignKey(
        HandInCampaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hand_ins",
        verbose_name=_("hand-in campaign"),
    )
    remark = models.CharField(_("remark"), max_length=300, blank=True, help_text=_("about the things; no names"))

    spoken_by = ("place", "received_by")

    objects = HandInQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hand-in")
        verbose_name_plural = _("hand-ins of weapons, explosives, fireworks")
        indexes = [models.Index(fields=["received_on", "area"], name="handin_received_on")]

    def __str__(self) -> str:
        return f"{self.received_on:%d/%m/%Y} {self.place}"

    @transaction.atomic
    def count(self, amounts: Amounts, *, by: User) -> None:
        """What was handed in, kind by kind; what is nought or no longer named is not kept."""
        wanted = {kind.pk: amount for kind, amount in amounts.items() if amount}
        self.quantities.exclude(kind__in=wanted).delete()
        for kind, amount in wanted.items():
            HandInQuantity.objects.update_or_create(hand_in=self, kind_id=kind, defaults={"amount": amount})
        self.wrote("counted", by=by)

    @transaction.atomic
    def write_receipt(self, *, by: User, on: date) -> "Receipt":
        """Give it the next number of its place and year."""
        if Receipt.objects.filter(hand_in=self).exists():
            raise AlreadyHasReceipt(self)
        Area.objects.select_for_update().get(pk=self.area.pk)
        last = Receipt.objects.filter(area=self.area, year=on.year).aggregate(last=Max("number"))["last"]
        receipt = Receipt.objects.create(
            hand_in=self, area=self.area, year=on.year, number=(last or 0) + 1, written_on=on, by=by
        )
        self.wrote("receipt written", by=by)
        return receipt

    @property
    def amounts(self) -> dict[HandInKind, Decimal]:
        return {one.kind: one.amount for one in self.quantities.select_related("kind").order_by("kind__sort_key")}

    @property
    def in_words(self) -> str:
        return spoken(self.amounts)

    @property
    def receipt_number(self) -> str:
        return str(self.receipt) if hasattr(self, "receipt") else ""


def spoken(amounts: Amounts) -> str:
    """ "2 khẩu súng săn; 1,5 kg pháo"."""
    return "; ".join(f"{kind}: {format_number(amount)} {kind.unit}" for kind, amount in amounts.items())


def together(many: Iterable[Amounts]) -> dict[HandInKind, Decimal]:
    found: dict[HandInKind, Decimal] = {}
    for amounts in many:
        for kind, amount in amounts.items():
            found[kind] = found.get(kind, Decimal(0)) + amount
    return found


class HandInQuantity(models.Model):
    """How much of one kind."""

    hand_in = models.ForeignKey(HandIn, models.PROTECT, related_name="quantities")
    kind = models.ForeignKey(HandInKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("amount handed in")
        verbose_name_plural = _("amounts handed in")
        constraints = [
            models.UniqueConstraint(fields=["hand_in", "kind"], name="handin_kind_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="handin_amount_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {format_number(self.amount)} {self.kind.unit}"


class Receipt(models.Model):
    """The numbered receipt of a hand-in. A name, if somebody wants one, is written on the paper by hand."""

    hand_in = models.OneToOneField(HandIn, models.PROTECT, related_name="receipt")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    written_on = models.DateField(_("written on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["area", "year", "number"], name="receipt_number_once")]

    def __str__(self) -> str:
        return f"{self.number:02}/{self.year}/BN-{self.area.code}"
