"""Pledges (ký cam kết): counted by residential area and kind of signer; nobody's name, and never who did not sign."""

import secrets
import uuid
from datetime import date
from typing import Self

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.activities.models.reaching import ReachingQuerySet
from luytre.areas.models import Area
from luytre.ui.records import Record, RecordQuerySet, qualifier_field
from luytre.ui.shared_lists import Listed, Measured

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that looks like another on paper


class PledgeTopic(Listed):
    """What one pledges to keep."""

    class Meta(Listed.Meta):
        verbose_name = _("topic of pledges")
        verbose_name_plural = _("topics of pledges")


class SignerKind(Measured):
    """Who may sign: households, lodging keepers, schools and others, each counted in its own unit."""

    class Meta(Measured.Meta):
        verbose_name = _("kind of signer")
        verbose_name_plural = _("kinds of signer")


class NotTakenHere(Exception):
    """The campaign is over, takes no signatures by phone, or not of this area or kind of signer."""


class AllHaveSigned(Exception):
    """As many have signed as there are; a further tap would only be somebody's second one."""


class PledgeCampaignQuerySet(ReachingQuerySet["PledgeCampaign"]):
    def by_code(self, code: str, *, on: date) -> "PledgeCampaign | None":
        """The open campaign that a link or QR code names."""
        return self.open_on(on).filter(public_code=code, is_digital=True).select_related("area").first()


def new_public_code() -> str:
    return "".join(secrets.choice(LETTERS) for _place in range(8))


class PledgeCampaign(Record):
    """A campaign of a place: what is pledged, by whom, from when until when."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    name = models.CharField(_("name"), max_length=160, help_text=_("for example: pledges before the New Year"))
    topics = models.ManyToManyField(PledgeTopic, related_name="campaigns", verbose_name=_("what is pledged"))
    signers = models.ManyToManyField(SignerKind, related_name="campaigns", verbose_name=_("who may sign"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    is_digital = models.BooleanField(
        _("may be signed by phone"),
        default=False,
        help_text=_("a public page by link or QR code, without a name; only a number is kept"),
    )
    wording = models.TextField(
        _("text of the pledge"), max_length=3000, blank=True, help_text=_("what the signer reads before signing")
    )
    led_by = models.CharField(_("led by"), max_length=160, blank=True, help_text=_("the body, not a person"))
    public_code = models.CharField(max_length=8, unique=True, default=new_public_code, editable=False)

    spoken_by = ("name", "led_by")

    objects = PledgeCampaignQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("pledge campaign")
        verbose_name_plural = _("pledge campaigns")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="pledge_closes_after_opening"),
        ]
        indexes = [models.Index(fields=["closes_on"], name="pledge_closes_on")]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        return self.removed_at is None and self.opens_on <= day <= self.closes_on

    def token_hash(self, token: str) -> str:
        """Salted by the campaign: what one phone did in two campaigns cannot be joined (rights rule R16)."""
        return salted_hmac(f"luytre.activities.pledges.{self.uid}", token, algorithm="sha256").hexdigest()

    @transaction.atomic
    def sign(self, *, token: str, area: Area, signer: SignerKind, on: date) -> bool:
        """Count a signature given by phone; False when this phone has signed before. Who it was is not known."""
        if not self.takes(area, signer, on=on):
            raise NotTakenHere(self)
        if not UsedToken.take(self, token):
            return False
        if self.is_full(area, signer, on=on):
            raise AllHaveSigned(self)
        DigitalSignatures.count_one(self, area=area, signer=signer, on=on)
        audit.record(self, "signed", by="the public", area_path=self.area.path)
        return True

    def takes(self, area: Area, signer: SignerKind, *, on: date) -> bool:
        is_here = area.path.startswith(self.area.path_on(on) or self.area.path)
        return self.is_digital and self.is_open_on(on) and is_here and self.signers.filter(pk=signer.pk).exists()

    def is_full(self, area: Area, signer: SignerKind, *, on: date) -> bool:
        units = UnitCount.objects.latest_of(area, signer, on=on)
        return units is not None and self.signed(area, signer) >= units.unit_count

    def signed(self, area: Area, signer: SignerKind) -> int:
        """Signatures of one area and kind so far, on paper and by phone."""
        paper = self.counts.kept().filter(area=area, signer=signer).aggregate(all=models.Sum("signed_count"))["all"]
        phone = self.digital.filter(area=area, signer=signer).aggregate(all=models.Sum("signed_count"))["all"]
        return (paper or 0) + (phone or 0)


class PledgeCountQuerySet(RecordQuerySet["PledgeCount"]):
    def counted_in(self, first: date, end: date) -> Self:
        return self.kept().filter(counted_on__gte=first, counted_on__lt=end)


class PledgeCount(Record):
    """Signatures on paper that were counted on a day and not before; a number, never a list."""

    campaign = models.ForeignKey(
        PledgeCampaign, models.PROTECT, related_name="counts", verbose_name=_("pledge campaign")
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    signer = models.ForeignKey(SignerKind, models.PROTECT, related_name="+", verbose_name=_("who signed"))
    counted_on = models.DateField(_("day"))
    signed_count = models.PositiveIntegerField(
        _("how many more have signed"), help_text=_("only those not counted before; no names")
    )
    signed_qualifier = qualifier_field()

    spoken_by = ()

    objects = PledgeCountQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("count of pledges")
        verbose_name_plural = _("counts of pledges")
        indexes = [
            models.Index(fields=["campaign", "area"], name="pledge_count_where"),
            models.Index(fields=["counted_on"], name="pledge_counted_on"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.area}: {self.signer}"

    def fill_derived(self) -> None:
        """Found by the words of its campaign."""
        self.folded, self.sort_key = self.campaign.folded, self.campaign.sort_key


class DigitalSignatures(models.Model):
    """How many signed by phone: one number for an area, a kind of signer and a day."""

    campaign = models.ForeignKey(PledgeCampaign, models.PROTECT, related_name="digital")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    signer = models.ForeignKey(SignerKind, models.PROTECT, related_name="+")
    signed_on = models.DateField()
    signed_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number of signatures by phone")
        verbose_name_plural = _("numbers of signatures by phone")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "area", "signer", "signed_on"], name="digital_once_a_day")
        ]
        indexes = [models.Index(fields=["signed_on"], name="digital_signed_on")]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.area}, {self.signed_on}: {self.signed_count}"

    @classmethod
    def count_one(cls, campaign: PledgeCampaign, *, area: Area, signer: SignerKind, on: date) -> None:
        row, _made = cls.objects.get_or_create(campaign=campaign, area=area, signer=signer, signed_on=on)
        cls.objects.filter(pk=row.pk).update(signed_count=F("signed_count") + 1)


class UsedTokenQuerySet(models.QuerySet["UsedToken"]):
    def of_closed_before(self, day: date) -> Self:
        return self.filter(campaign__in=PledgeCampaign.objects.closed_before(day))


class UsedToken(models.Model):
    """That some phone has signed a campaign: no day, no area, no order, and nothing that leads to another campaign.

    It goes when the campaign is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    campaign = models.ForeignKey(PledgeCampaign, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)

    objects = UsedTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("used one-time code of a campaign")
        verbose_name_plural = _("used one-time codes of campaigns")

    def __str__(self) -> str:
        return self.token_hash[:8]

    @classmethod
    def take(cls, campaign: PledgeCampaign, token: str) -> bool:
        """True the first time; of two taps at one moment only one is the first."""
        try:
            with transaction.atomic():
                cls.objects.create(token_hash=campaign.token_hash(token), campaign=campaign)
        except IntegrityError:
            return False
        return True


class UnitCountQuerySet(RecordQuerySet["UnitCount"]):
    def latest_on(self, day: date) -> Self:
        """Of each area and kind the newest number up to a day."""
        rows = self.kept().filter(as_of__lte=day)
        return rows.order_by("area_id", "signer_id", "-as_of", "-pk").distinct("area_id", "signer_id")

    def latest_of(self, area: Area, signer: SignerKind, *, on: date) -> "UnitCount | None":
        return self.kept().filter(area=area, signer=signer, as_of__lte=on).order_by("-as_of", "-pk").first()


class UnitCount(Record):
    """How many households, lodgings or others an area has, as of a day: what signatures are set against."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    signer = models.ForeignKey(SignerKind, models.PROTECT, related_name="+", verbose_name=_("of which kind"))
    as_of = models.DateField(_("as of"))
    unit_count = models.PositiveIntegerField(_("how many there are"))
    unit_qualifier = qualifier_field()

    spoken_by = ()

    objects = UnitCountQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("number of households and units")
        verbose_name_plural = _("numbers of households and units")
        indexes = [models.Index(fields=["area", "signer", "-as_of"], name="unit_count_latest")]

    def __str__(self) -> str:
        return f"{self.area}: {self.signer}, {self.as_of:%d/%m/%Y}"

    def fill_derived(self) -> None:
        """Found by its area's name, which every search reads; nothing else is said in words."""
        self.folded, self.sort_key = "", self.area.sort_key
