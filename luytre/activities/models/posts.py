"""What goes out without a meeting: slots on the loudspeakers, and posts and articles."""

from datetime import date, datetime
from typing import Self

from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.bulletins.models import Material
from luytre.ui.records import Record, RecordQuerySet, qualifier_field


class AlreadyTold(Exception):
    """Somebody said before what became of the slot."""


class NotYet(Exception):
    """The day of the slot is still to come."""


class LoudspeakerSlotQuerySet(RecordQuerySet["LoudspeakerSlot"]):
    def aired_in(self, first: date, end: date) -> Self:
        """Played on its day; what is only planned counts in no figure."""
        played = self.kept().filter(airing__outcome=Airing.Outcome.PLAYED)
        return played.filter(slot_on__gte=first, slot_on__lt=end)

    def waiting_on(self, day: date) -> Self:
        return self.kept().filter(airing=None, slot_on__lte=day)


class LoudspeakerSlot(Record):
    """A time on the fixed loudspeakers of a place, and what is read or played."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    slot_on = models.DateField(_("day"))
    slot_at = models.TimeField(_("time"))
    name = models.CharField(_("title"), max_length=160)
    material = models.ForeignKey(
        Material, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("material")
    )
    script = models.TextField(
        _("text to read"),
        max_length=4000,
        blank=True,
        help_text=_("empty: the text or recording of the material; no person is named or described"),
    )

    objects = LoudspeakerSlotQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("loudspeaker slot")
        verbose_name_plural = _("loudspeaker slots")
        indexes = [models.Index(fields=["slot_on", "area"], name="loudspeaker_slot_day")]

    def __str__(self) -> str:
        return f"{self.slot_on:%d/%m/%Y} {self.slot_at:%H:%M} {self.name}"

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "airing")

    @property
    def state(self) -> str:
        if self.is_open:
            return gettext("planned; counts in no figure yet")
        words = str(self.airing.get_outcome_display())
        return f"{words}: {self.airing.reason}" if self.airing.reason else words

    @property
    def reads(self) -> str:
        """What is read: its own text, or that of the material."""
        current = self.material.current if self.material and not self.script else None
        return self.script or (current.text if current else "")

    @transaction.atomic
    def tell(self, outcome: str, *, by: User, at: datetime, on: date, reason: str = "") -> "Airing":
        if self.slot_on > on:
            raise NotYet(self)
        if Airing.objects.filter(slot=self).exists():
            raise AlreadyTold(self)
        airing = Airing.objects.create(slot=self, outcome=outcome, by=by, at=at, reason=reason)
        self.wrote("told", by=by)
        return airing


class Airing(models.Model):
    """What became of a slot."""

    class Outcome(models.TextChoices):
        PLAYED = "played", _("played")
        MISSED = "missed", _("not played")

    slot = models.OneToOneField(LoudspeakerSlot, models.PROTECT, related_name="airing")
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded at"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("outcome of a slot")
        verbose_name_plural = _("outcomes of slots")

    def __str__(self) -> str:
        return f"{self.slot}: {self.get_outcome_display()}"


class Channel(models.TextChoices):
    OWN_PAGE = "own_page", _("own page or account of the movement")
    PORTAL = "portal", _("official portal")
    PRESS = "press", _("newspaper")
    RADIO = "radio", _("radio or television")


class OutreachPostQuerySet(RecordQuerySet["OutreachPost"]):
    def posted_in(self, first: date, end: date) -> Self:
        return self.kept().filter(posted_on__gte=first, posted_on__lt=end)


class OutreachPost(Record):
    """A post or article of the movement's own; nobody's page is read, no comment is kept."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    posted_on = models.DateField(_("day"))
    channel = models.CharField(_("where it appeared"), max_length=10, choices=Channel, default=Channel.OWN_PAGE)
    name = models.CharField(_("title"), max_length=200)
    link = models.CharField(_("link"), max_length=400, blank=True, validators=[URLValidator(schemes=["http", "https"])])
    body = models.TextField(
        _("what it says"), max_length=2000, blank=True, help_text=_("no person is named or described")
    )
    material = models.ForeignKey(
        Material, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("material")
    )
    reach_count = models.PositiveIntegerField(
        _("views as the page tells them"), null=True, blank=True, help_text=_("empty when it tells none; not persons")
    )
    reach_qualifier = qualifier_field()

    objects = OutreachPostQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("post or article")
        verbose_name_plural = _("posts and articles")
        indexes = [models.Index(fields=["posted_on", "area"], name="outreach_post_day")]

    def __str__(self) -> str:
        return f"{self.posted_on:%d/%m/%Y} {self.name}"
