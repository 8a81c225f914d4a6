"""Respected persons: who agreed to be asked for their word in the community. They agree, and may withdraw at any time.

What they do is written down, never what they are: no column speaks of origin or creed (rights rule R4).
"""

from datetime import date
from typing import Self

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet
from luytre.registry.models.consents import AlreadyWithdrawn, HowAgreed
from luytre.ui.records import Record, RecordQuerySet

FORGOTTEN = "–"  # what a name becomes when it is no longer kept


class RespectedRole(models.TextChoices):
    """What they do for the community."""

    ELDER = "elder", _("elder whom people turn to")
    CLAN_HEAD = "clan_head", _("head of a clan")
    FORMER_OFFICIAL = "former_official", _("retired official or officer")
    VETERAN = "veteran", _("veteran")
    TEACHER = "teacher", _("teacher")
    PRODUCER = "producer", _("good farmer, craftsperson or trader")
    MEDIATOR = "mediator", _("settles disputes")
    OTHER = "other", _("another role")


class RespectedPersonQuerySet(RecordQuerySet["RespectedPerson"]):
    def serving_on(self, day: date) -> Self:
        """In their term on the day, with a consent that stands."""
        in_term = Q(serves_until=None) | Q(serves_until__gte=day)
        consent = RespectedConsent.objects.standing_on(day).filter(person=OuterRef("pk"))
        return self.kept().filter(in_term, Exists(consent), serves_from__lte=day)

    def ended_before(self, day: date) -> Self:
        """Whose term ended, or who was taken out, before a day and is still named."""
        ended = Q(serves_until__lt=day) | Q(removed_at__date__lt=day)
        return self.filter(ended).exclude(full_name=FORGOTTEN)


class RespectedPerson(Record):
    """Somebody whose word counts. The phone number is seen only by an act that is written down (rights rule R24)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    full_name = models.CharField(_("full name"), max_length=120)
    role = models.CharField(_("role in the community"), max_length=16, choices=RespectedRole)
    serves_from = models.DateField(_("serves from"))
    serves_until = models.DateField(
        _("term until"), null=True, blank=True, help_text=_("the last day of the term; empty when it has no end")
    )
    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    phone = models.CharField(
        _("contact phone"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^0\d{9,10}$", _("ten digits that start with 0, such as 0912345678"))],
        help_text=_("seen only by who needs it, and each look is written down"),
    )
    account = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("account")
    )

    spoken_by = ("full_name",)

    objects = RespectedPersonQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("respected person")
        verbose_name_plural = _("respected persons")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(serves_until=None) | Q(serves_until__gte=F("serves_from")), name="respected_term_in_order"
            ),
        ]
        indexes = [models.Index(fields=["serves_until"], name="respected_term")]

    def __str__(self) -> str:
        return self.full_name if self.is_named else gettext("name deleted")

    @property
    def is_named(self) -> bool:
        return self.full_name != FORGOTTEN

    @property
    def consent(self) -> "RespectedConsent | None":
        return self.consents.order_by("given_on", "pk").last() if self.pk else None

    @property
    def consented_on(self) -> date | None:
        return self.consent.given_on if self.consent else None

    @property
    def consent_how(self) -> str:
        return str(self.consent.get_how_display()) if self.consent else ""

    @property
    def state(self) -> str:
        """In words, for people; nothing while the consent stands."""
        found = self.consent
        if found is None or not hasattr(found, "withdrawal"):
            return ""
        return gettext("withdrew on %(day)s; name, role and number were deleted") % {
            "day": f"{found.withdrawal.on:%d/%m/%Y}"
        }

    @property
    def training_in_words(self) -> str:
        rows = self.training.order_by("-held_on", "-pk")
        return "; ".join(f"{one.held_on:%d/%m/%Y} {one.subject}" for one in rows)

    @transaction.atomic
    def agree(self, *, on: date, how: str, text_version: str, by: User) -> "RespectedConsent":
        consent = RespectedConsent.objects.create(person=self, given_on=on, how=how, text_version=text_version, by=by)
        audit.record(consent, "agreed", by=by, area_path=self.area.path)
        return consent

    @transaction.atomic
    def withdraw_consent(self, *, by: User, on: date) -> None:
        """They no longer agree: name, role and number go at once; a bare row stays for the counts of the past."""
        standing = list(self.consents.standing_on(on).select_for_update(of=("self",)))
        if not standing:
            raise AlreadyWithdrawn(self)
        for consent in standing:
            RespectedWithdrawal.objects.create(consent=consent, on=on, by=by)
        self.training.all().delete()
        self.full_name, self.phone, self.role, self.decision = FORGOTTEN, "", RespectedRole.OTHER, ""
        self.account = None
        self.save()
        self.wrote("consent_withdrawn", by=by)

    @transaction.atomic
    def show_contact(self, *, by: User, purpose: str) -> str:
        """The phone number, against an entry in the trail that says who looked and what for (rights rule R24)."""
        audit.record(self, "contact_shown", by=by, purpose=purpose, area_path=self.area.path)
        return self.phone

    @transaction.atomic
    def was_trained(self, subject: str, *, on: date, by: User) -> "RespectedTraining":
        training = RespectedTraining.objects.create(person=self, subject=subject, held_on=on, by=by)
        self.wrote("trained", by=by)
        return training


class RespectedConsentQuerySet(ScopedQuerySet["RespectedConsent"]):
    area = "person__area"

    def standing_on(self, day: date) -> Self:
        return self.filter(Q(withdrawal=None) | Q(withdrawal__on__gt=day), given_on__lte=day)


class RespectedConsent(models.Model):
    """A respected person agreed to be written down: when, how, to which text."""

    person = models.ForeignKey(
        RespectedPerson, models.PROTECT, related_name="consents", verbose_name=_("respected person")
    )
    given_on = models.DateField(_("agreed on"))
    how = models.CharField(_("how they agreed"), max_length=8, choices=HowAgreed)
    text_version = models.CharField(_("version of the text"), max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    objects = RespectedConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent of a respected person")
        verbose_name_plural = _("consents of respected persons")

    def __str__(self) -> str:
        return f"{self.given_on:%d/%m/%Y} {self.get_how_display()}"


class RespectedWithdrawal(models.Model):
    """A consent taken back."""

    consent = models.OneToOneField(RespectedConsent, models.PROTECT, related_name="withdrawal")
    on = models.DateField(_("withdrawn on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("withdrawal by a respected person")
        verbose_name_plural = _("withdrawals by respected persons")

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"


class RespectedTraining(models.Model):
    """What a respected person was trained in."""

    person = models.ForeignKey(
        RespectedPerson, models.PROTECT, related_name="training", verbose_name=_("respected person")
    )
    held_on = models.DateField(_("day"))
    subject = models.CharField(_("about"), max_length=160)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("training of a respected person")
        verbose_name_plural = _("training of respected persons")

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} {self.subject}"
