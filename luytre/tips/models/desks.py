"""Desks that receive tips, the public halves of their keys, and secrets that are locked for somebody else to open."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet


class DeskKind(models.TextChoices):
    COMMUNE = "commune", _("commune police")
    PROVINCE = "province", _("provincial police")
    PROCURACY = "procuracy", _("procuracy")
    MINISTRY = "ministry", _("Ministry of Public Security")


class DeskQuerySet(ScopedQuerySet["Desk"]):
    def open(self) -> Self:
        """Those that a reporter may choose: not closed, with a key that tips are sealed to."""
        return self.filter(closed_at=None, epochs__closed_at=None, epochs__isnull=False).distinct()

    def worked_by(self, person: User) -> Self:
        return self.filter(keys__user=person, keys__role=KeyRole.OFFICER, keys__withdrawn_at=None).distinct()


class Desk(models.Model):
    """A body that reads tips. What it is called on posters and in the signed lists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    kind = models.CharField(_("kind"), max_length=10, choices=DeskKind)
    name = models.CharField(_("name"), max_length=200)
    phone = models.CharField(_("duty phone"), max_length=30, blank=True)
    address = models.CharField(_("where it is"), max_length=200, blank=True)
    is_remote = models.BooleanField(
        _("mountain, remote area or island"), default=False, help_text=_("some clocks run twice as long there")
    )
    # Which body a commune sends to is configuration: the law is moving.
    sends_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("passes on to")
    )
    decides_cases = models.BooleanField(
        _("issues procedural decisions"),
        default=False,
        help_text=_("only for commune police whose head was given it by law; the other bodies do so anyway"),
    )
    certifier = models.CharField(_("key that signs its lists"), max_length=64, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    successor = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind"], condition=Q(closed_at=None), name="one_open_desk_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(closed_at__isnull=False), name="desk_succeeded_only_when_closed"
            ),
            models.CheckConstraint(condition=~Q(sends_to=F("id")), name="desk_passes_on_to_another"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def epoch(self) -> "Epoch | None":
        """The one that tips are sealed to now."""
        return self.epochs.filter(closed_at=None).first()

    @property
    def epoch_number(self) -> int:
        """Of the newest, also when that is over; 0 before the first."""
        return self.epochs.order_by("-number").values_list("number", flat=True).first() or 0

    @property
    def decides(self) -> bool:
        """Whether it opens criminal cases or not; commune police as such may not."""
        return self.kind != DeskKind.COMMUNE or self.decides_cases


class KeyRole(models.TextChoices):
    OFFICER = "officer", _("officer of the desk")
    CUSTODIAN = "custodian", _("custodian of identities")
    HOLDER = "holder", _("holder of the desk's certifying key")


class PersonKeyQuerySet(models.QuerySet["PersonKey"]):
    def certified(self) -> Self:
        return self.filter(certified_at__isnull=False, withdrawn_at=None)


class PersonKey(models.Model):
    """Somebody's own key: its public half, and the secret locked in their browser with words or a passkey."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="keys", verbose_name=_("desk"))
    role = models.CharField(_("role"), max_length=10, choices=KeyRole)
    key = models.CharField(_("key that signs"), max_length=64)
    recipient = models.CharField(_("key that is sealed to"), max_length=2100)
    locked = models.TextField(_("secret, locked with words"))
    locked_by_passkey = models.TextField(_("secret, locked with a passkey"), blank=True)
    made_at = models.DateTimeField(_("made at"))
    certified_at = models.DateTimeField(_("certified at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = PersonKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key of a person")
        verbose_name_plural = _("keys of persons")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "desk", "role"], condition=Q(withdrawn_at=None), name="one_key_for_each_role"
            ),
            models.UniqueConstraint(fields=["key"], name="signing_key_is_one_persons"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"


class Epoch(models.Model):
    """A stretch of time in which tips are sealed to one key of the desk."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="epochs")
    number = models.PositiveIntegerField(_("number"))
    recipient = models.CharField(_("key that is sealed to"), max_length=2100)
    made_at = models.DateTimeField(_("made at"))
    closed_at = models.DateTimeField(_("closed at"), null=True)

    class Meta:
        verbose_name = _("epoch of a desk's key")
        verbose_name_plural = _("epochs of desks' keys")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="epochs_of_a_desk_are_numbered"),
            models.UniqueConstraint(fields=["desk"], condition=Q(closed_at=None), name="one_epoch_is_sealed_to"),
        ]

    def __str__(self) -> str:
        return f"{self.desk} {self.number}"


class LockedSecret(models.Model):
    """A secret of the desk, sealed to one person's key, or to two recovery holders one inside the other."""

    class Of(models.TextChoices):
        EPOCH = "epoch", _("epoch of the desk")
        CERTIFIER = "certifier", _("the desk's certifying key")

    desk = models.ForeignKey(Desk, models.CASCADE, related_name="locked_secrets")
    of = models.CharField(max_length=10, choices=Of)
    epoch = models.ForeignKey(Epoch, models.CASCADE, null=True, related_name="locked_secrets")
    person = models.ForeignKey(PersonKey, models.CASCADE, null=True, related_name="locked_secrets")
    inner = models.CharField(max_length=40, blank=True)  # ids of recovery holders in the province's certificate
    outer = models.CharField(max_length=40, blank=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("locked secret of a desk")
        verbose_name_plural = _("locked secrets of desks")
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "of", "epoch", "person"],
                condition=Q(person__isnull=False),
                nulls_distinct=False,
                name="one_locked_secret_for_each_person",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, inner="", outer="") | (Q(person=None) & ~Q(inner="") & ~Q(outer="")),
                name="locked_for_a_person_or_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(of="epoch", epoch__isnull=False) | Q(of="certifier", epoch=None),
                name="locked_secret_of_an_epoch_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_of_display()} {self.pk}"


class SignedListKind(models.TextChoices):
    PROVINCES = "provinces", _("provinces, by the root")
    DESKS = "desks", _("desks, by their province")
    DESK = "desk", _("keys of a desk, by its holders")


class SignedList(models.Model):
    """A statement that browsers check: its text as it was signed, by which key, and the signature."""

    kind = models.CharField(max_length=10, choices=SignedListKind)
    of = models.CharField(max_length=40, blank=True)  # code of the province, or id of the desk
    version = models.PositiveIntegerField()
    text = models.TextField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=100)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signed list")
        verbose_name_plural = _("signed lists")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "of", "version"], name="signed_lists_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.of} {self.version}"

    @property
    def statement(self) -> dict[str, Any]:
        return {"text": self.text, "key": self.key, "signature": self.signature}

    def holds_at(self, moment: datetime) -> bool:
        return self.issued_at <= moment < self.expires_at


class Vouching(models.Model):
    """All that a desk had said when somebody left it, as the leaves of a tree; the desk's list has the root."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="vouchings")
    root = models.CharField(max_length=64)
    leaves = models.BinaryField()

    class Meta:
        verbose_name = _("what a desk had said by a day")
        verbose_name_plural = _("what desks had said by a day")
        constraints = [models.UniqueConstraint(fields=["desk", "root"], name="vouched_for_once")]

    def __str__(self) -> str:
        return f"{self.desk} {self.root[:12]}"
