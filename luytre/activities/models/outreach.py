"""What was done: outreach sessions, recorded once where they took place."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.activities.models.campaigns import Campaign
from luytre.activities.models.topics import Topic
from luytre.areas.models import Area
from luytre.bulletins.models import Material
from luytre.registry.models import Organisation, Site
from luytre.registry.models.places import at_place
from luytre.ui.records import Record, RecordQuerySet, qualifier_field


class Setting(models.TextChoices):
    """How people were met; the three are counted apart."""

    GROUP = "group", _("meeting of a group")
    INDIVIDUAL = "individual", _("talk with one person or household")
    MOBILE = "mobile", _("round with a loudspeaker")


class Form(models.TextChoices):
    TALK = "talk", _("talk")
    STAGE = "stage", _("stage play")
    FILM = "film", _("film")
    REPORTAGE = "reportage", _("reportage")
    CONTEST = "contest", _("contest")
    VISIT = "visit", _("visit at home")
    BROADCAST = "broadcast", _("loudspeaker")
    ONLINE = "online", _("online meeting")
    OTHER = "other", _("another form")


class Audience(models.TextChoices):
    RESIDENTS = "residents", _("residents")
    PUPILS = "pupils", _("pupils and students")
    WORKERS = "workers", _("workers")
    OFFICIALS = "officials", _("officials and staff")
    TRADERS = "traders", _("traders and business owners")
    LODGERS = "lodgers", _("lodgers and lodging keepers")
    MEMBERS = "members", _("members of grassroots groups")
    MIXED = "mixed", _("several kinds")


def class_field() -> "models.CharField[str, str]":
    """A class or grade as a group; its pupils are counted, never listed."""
    return models.CharField(
        _("school class"), max_length=60, blank=True, help_text=_("for example: class 8A, grade 7; no pupils' names")
    )


class OutreachSessionQuerySet(RecordQuerySet["OutreachSession"]):
    def held_in(self, first: date, end: date) -> Self:
        return self.kept().filter(held_on__gte=first, held_on__lt=end)

    def group(self) -> Self:
        return self.filter(setting=Setting.GROUP)


class OutreachSession(Record):
    """A session held: attendance is a head-count, never a list of names (rights rule R16)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("at an agency, enterprise or school"),
    )
    site = models.ForeignKey(
        Site,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("held by the site of an initiative"),
    )
    held_on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=160, help_text=_("for example: the community house"))
    public_place = at_place("sessions")
    topics = models.ManyToManyField(Topic, related_name="sessions", verbose_name=_("topics"))
    setting = models.CharField(_("how people were met"), max_length=12, choices=Setting, default=Setting.GROUP)
    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.TALK)
    audience = models.CharField(_("who came"), max_length=12, choices=Audience, default=Audience.RESIDENTS)
    attendance = models.PositiveIntegerField(_("how many came"), help_text=_("a head-count; no names"))
    attendance_qualifier = qualifier_field()
    led_by = models.CharField(
        _("led by"), max_length=160, blank=True, help_text=_("the body, not a person: for example the commune police")
    )
    co_organisers = models.CharField(
        _("held together with"), max_length=300, blank=True, help_text=_("bodies, parted by commas; no persons")
    )
    school_class = class_field()
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("campaign")
    )
    materials = models.ManyToManyField(Material, blank=True, related_name="+", verbose_name=_("materials used"))
    remark = models.TextField(
        _("remark"), max_length=1000, blank=True, help_text=_("what came out of it; no names of residents")
    )

    spoken_by = ("place", "led_by")

    objects = OutreachSessionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("outreach session")
        verbose_name_plural = _("outreach sessions")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(school_class="") | Q(audience=Audience.PUPILS), name="session_class_is_of_pupils"
            ),
            models.CheckConstraint(
                condition=Q(attendance__gte=1) | ~Q(setting=Setting.INDIVIDUAL), name="session_individual_met_somebody"
            ),
        ]
        indexes = [models.Index(fields=["held_on", "area"], name="session_held_on")]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} {self.place}"

    @property
    def came_by_code(self) -> str:
        """Taps of the room code beside the head-count: a hint, never added to it."""
        held = getattr(self, "plan", None)
        count = sum(room.present_count for room in held.planned.rooms.all()) if held else 0
        words = gettext("%(count)d, among the head-count and never added to it")
        return words % {"count": count} if count else ""

    @property
    def learned(self) -> str:
        """What the session's learning check says, for the office."""
        check = getattr(self, "learning", None)
        return check.sentence if check else ""
