"""Initiatives (mô hình) and their sites (điểm): types, sites and groups are three counts, never mixed."""

from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.common.text import clean, fold, sort_key
from luytre.ui.records import Record, RecordQuerySet, qualifier_field


class InitiativeField(models.TextChoices):
    """What an initiative is about, as reports cut them (domain: models, catalogue of names)."""

    WATCH = "watch", _("watching, signals, cameras, digital means")
    NEIGHBOURS = "neighbours", _("neighbours")
    PATROL = "patrol", _("patrol and response")
    GROUPS = "groups", _("security groups")
    FIRE = "fire", _("fire safety")
    COMMUNITY = "community", _("clans and communities")
    WORK = "work", _("work, lodging, business")
    SCHOOL = "school", _("school and youth")
    CLUBS = "clubs", _("clubs and unions")
    BORDER = "border", _("reintegration, weapons, border, boundary")


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def matching(self, words: str) -> Self:
        rows = self
        for word in fold(words).split():
            rows = rows.filter(folded__contains=word)
        return rows

    def resembling(self, name: str) -> Self:
        """Names that share most of their letters: offered before a new one is made."""
        return self.filter(folded__trigram_similar=fold(name)).exclude(folded=fold(name))


class Initiative(models.Model):
    """A type of initiative with one name; each place that carries it is a site."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    aliases = models.CharField(_("other names"), max_length=400, blank=True, help_text=_("parted by |"))
    field = models.CharField(_("field"), max_length=12, choices=InitiativeField)
    gloss = models.CharField(_("in English"), max_length=200, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=_("added by"), help_text=_("the nation, or a province")
    )
    folded = models.CharField(max_length=700, editable=False)
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = clean(self.name)
        self.folded = fold(f"{self.name} {self.aliases}")
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)


class AlreadyClosed(Exception):
    """The site was closed before."""


class ClosesBeforeLaunch(Exception):
    """A site cannot end before it began."""


class SiteQuerySet(RecordQuerySet["Site"]):
    def running_on(self, day: date) -> Self:
        open_still = Q(closing=None) | Q(closing__on__gt=day)
        return self.kept().filter(open_still, launched_on__lte=day)

    def launched_in(self, first: date, end: date) -> Self:
        return self.kept().filter(launched_on__gte=first, launched_on__lt=end)

    def closed_in(self, first: date, end: date) -> Self:
        return self.kept().filter(closing__on__gte=first, closing__on__lt=end)


class Site(Record):
    """A place that carries an initiative (điểm mô hình)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="sites", verbose_name=_("initiative"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    name = models.CharField(_("name of the site"), max_length=160, blank=True)
    serves = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name=_("residential areas it serves"),
        help_text=_("when the site belongs to a commune; a site of one residential area serves that one"),
    )
    carrier = models.CharField(_("carried by"), max_length=160, blank=True)
    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    launched_on = models.DateField(_("launched on"))
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name=_("replicated from")
    )
    is_first = models.BooleanField(
        _("first site of a new initiative"), default=False, help_text=_("counted as a new initiative when launched")
    )
    group_count = models.PositiveIntegerField(_("groups"), default=0)
    group_qualifier = qualifier_field()
    member_count = models.PositiveIntegerField(_("members"), default=0)
    member_qualifier = qualifier_field()
    women_count = models.PositiveIntegerField(_("women among them"), default=0)
    household_count = models.PositiveIntegerField(_("households"), default=0)

    spoken_by = ("name", "carrier")

    objects = SiteQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("initiative site")
        verbose_name_plural = _("initiative sites")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(condition=Q(women_count__lte=F("member_count")), name="site_women_among_members"),
            models.CheckConstraint(condition=~Q(origin=F("id")), name="site_not_its_own_copy"),
            models.CheckConstraint(condition=Q(origin=None) | Q(is_first=False), name="site_first_is_no_copy"),
        ]
        indexes = [models.Index(fields=["launched_on"], name="site_launched")]

    def __str__(self) -> str:
        return self.name or f"{self.initiative}, {self.area}"

    def fill_derived(self) -> None:
        """A site is found by its initiative's name too."""
        super().fill_derived()
        title = f"{self.initiative.name} {self.name}".strip()
        self.folded, self.sort_key = fold(f"{title} {self.carrier}")[:600], sort_key(title)[:500]

    @property
    def is_running(self) -> bool:
        return not hasattr(self, "closing")

    @property
    def state(self) -> str:
        """In words, for people."""
        if self.is_running:
            return gettext("running")
        return gettext("closed on %(day)s: %(why)s") % {
            "day": f"{self.closing.on:%d/%m/%Y}",
            "why": self.closing.reason,
        }

    @transaction.atomic
    def close(self, *, by: User, on: date, reason: str) -> "Closing":
        """End the site by a decision with its reason; it stays in the register."""
        if on < self.launched_on:
            raise ClosesBeforeLaunch(self)
        if Closing.objects.filter(site=self).exists():
            raise AlreadyClosed(self)
        closing = Closing.objects.create(site=self, by=by, on=on, reason=reason)
        self.wrote("closed", by=by)
        return closing

    @transaction.atomic
    def rate(self, *, by: User, on: date, grade: str) -> "Rating":
        rating = Rating.objects.create(site=self, by=by, on=on, grade=grade)
        self.wrote("rated", by=by)
        return rating


class Closing(models.Model):
    """A site's end: when, why, decided by whom."""

    site = models.OneToOneField(Site, models.PROTECT, related_name="closing")
    on = models.DateField(_("closed on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")

    def __str__(self) -> str:
        return f"{self.site} {self.on}"


class Rating(models.Model):
    """How a site was rated on a day; a site without one counts as not rated."""

    class Grade(models.TextChoices):
        EFFECTIVE = "effective", _("works well")
        INEFFECTIVE = "ineffective", _("does not work")

    site = models.ForeignKey(Site, models.PROTECT, related_name="ratings")
    on = models.DateField(_("rated on"))
    grade = models.CharField(_("grade"), max_length=12, choices=Grade)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [models.UniqueConstraint(fields=["site", "on"], name="rating_once_a_day")]

    def __str__(self) -> str:
        return f"{self.site}: {self.get_grade_display()}"
