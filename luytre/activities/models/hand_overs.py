"""The way of what was handed in, from the commune to the competent body and to its end; amounts balance on the way."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.hand_ins import Amounts, HandIn, HandInKind, spoken, together
from luytre.areas.models import Area
from luytre.common.numbers import format_number
from luytre.ui.records import Record, RecordQuerySet


class Receiver(models.TextChoices):
    """The competent bodies that things handed in go to."""

    COMMUNE_POLICE = "commune_police", _("commune police")
    PROVINCE_POLICE = "province_police", _("provincial police")
    COMMUNE_MILITARY = "commune_military", _("commune military command")
    PROVINCE_MILITARY = "province_military", _("provincial military command")
    BORDER_GUARD = "border_guard", _("border guard")


class Fate(models.TextChoices):
    DESTROYED = "destroyed", _("destroyed")
    KEPT = "kept", _("kept or put to lawful use")


class DifferenceNeedsReason(Exception):
    """What arrived is not what was handed in, and nobody has said why."""


class AlreadySettled(Exception):
    """What became of it has been recorded, or it has gone on to the next body."""


class HandOverQuerySet(RecordQuerySet["HandOver"]):
    def unsettled(self) -> Self:
        """Neither handed on nor destroyed or kept."""
        return self.kept().filter(fate=None, onward=None)


class HandOver(Record):
    """A link of the chain: what one body handed to the next. Amounts balance, or a reason says why not."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    handed_on = models.DateField(_("day"))
    from_body = models.CharField(_("handed over by"), max_length=160, help_text=_("the body, not a person"))
    to_kind = models.CharField(_("kind of receiving body"), max_length=20, choices=Receiver)
    to_body = models.CharField(_("received by"), max_length=160, help_text=_("the body, not a person"))
    minutes = models.CharField(_("number of the minutes"), max_length=60, blank=True)
    hand_ins = models.ManyToManyField(HandIn, blank=True, related_name="hand_overs", verbose_name=_("hand-ins"))
    before = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="onward", verbose_name=_("handed on from")
    )

    spoken_by = ("from_body", "to_body", "minutes")

    objects = HandOverQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs to the competent body")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=~Q(before=F("id")), name="handover_not_its_own_next"),
        ]
        indexes = [models.Index(fields=["handed_on"], name="handover_handed_on")]

    def __str__(self) -> str:
        return f"{self.handed_on:%d/%m/%Y} {self.from_body} → {self.to_body}"

    @property
    def expected(self) -> dict[HandInKind, Decimal]:
        """What ought to arrive: what the body before received, or what was handed in."""
        if self.before:
            return self.before.amounts
        return together(one.amounts for one in self.hand_ins.all())

    @property
    def amounts(self) -> dict[HandInKind, Decimal]:
        return {one.kind: one.amount for one in self.quantities.select_related("kind") if one.amount}

    @property
    def in_words(self) -> str:
        return spoken(self.amounts)

    @property
    def is_settled(self) -> bool:
        return hasattr(self, "fate") or hasattr(self, "onward")

    @property
    def state(self) -> str:
        if hasattr(self, "fate"):
            return f"{self.fate.get_kind_display()}, {self.fate.on:%d/%m/%Y}"
        if hasattr(self, "onward"):
            return str(self.onward)
        return gettext("with the receiving body")

    @transaction.atomic
    def balance(self, arrived: Amounts, *, by: User, reasons: Mapping[HandInKind, str] | None = None) -> None:
        """Write what arrived of each kind beside what ought to; a difference needs its reason."""
        said, expected = reasons or {}, self.expected
        for kind in {**expected, **arrived}:
            if arrived.get(kind, 0) != expected.get(kind, 0) and not said.get(kind, "").strip():
                raise DifferenceNeedsReason(kind)
        self.quantities.all().delete()
        HandOverQuantity.objects.bulk_create(
            HandOverQuantity(
                hand_over=self,
                kind=kind,
                expected=expected.get(kind, Decimal(0)),
                amount=arrived.get(kind, Decimal(0)),
                reason=said.get(kind, "").strip(),
            )
            for kind in {**expected, **arrived}
        )
        self.wrote("counted", by=by)

    @transaction.atomic
    def hand_on(self, onward: "HandOver", *, by: User) -> "HandOver":
        """The next link: the same amounts, unless `balance` says otherwise afterwards."""
        if self.is_settled:
            raise AlreadySettled(self)
        onward.before, onward.area, onward.from_body = self, self.area, self.to_body
        onward.add(by=by)
        onward.balance(self.amounts, by=by)
        return onward

    @transaction.atomic
    def settle(self, kind: str, *, by: User, on: date, decision: str) -> "Settlement":
        """The end of the chain: destroyed or kept, by a decision."""
        if self.is_settled:
            raise AlreadySettled(self)
        settlement = Settlement.objects.create(hand_over=self, kind=kind, on=on, decision=decision, by=by)
        self.wrote("settled", by=by)
        return settlement


class HandOverQuantity(models.Model):
    """Of one kind: what ought to arrive, what did, and why not the same."""

    hand_over = models.ForeignKey(HandOver, models.PROTECT, related_name="quantities")
    kind = models.ForeignKey(HandInKind, models.PROTECT, related_name="+", verbose_name=_("kind"))
    expected = models.DecimalField(_("handed in"), max_digits=12, decimal_places=2)
    amount = models.DecimalField(_("arrived"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("reason of the difference"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("amount handed over")
        verbose_name_plural = _("amounts handed over")
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "kind"], name="handover_kind_once"),
            models.CheckConstraint(condition=Q(amount__gte=0, expected__gte=0), name="handover_not_below_nought"),
            models.CheckConstraint(condition=Q(amount=F("expected")) | ~Q(reason=""), name="handover_difference_said"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {format_number(self.amount)} {self.kind.unit}"


class Settlement(models.Model):
    """What became of it in the end."""

    hand_over = models.OneToOneField(HandOver, models.PROTECT, related_name="fate")
    kind = models.CharField(_("what became of it"), max_length=10, choices=Fate)
    on = models.DateField(_("day"))
    decision = models.CharField(_("decision number"), max_length=60)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("end of a hand-over")
        verbose_name_plural = _("ends of hand-overs")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"
