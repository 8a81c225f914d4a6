"""Types of initiative (mô hình): one name each, other names beside it, and how two that are one become one."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, Scope
from luytre.common.text import clean, fold, sort_key
from luytre.ui.other_names import parted

ALIASES = 400


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


class Carrier(models.TextChoices):
    """Who usually carries initiatives of a type; a site names its own carrier in words."""

    RESIDENTS = "residents", _("residents")
    POLICE = "police", _("commune police")
    PEOPLES_COMMITTEE = "committee", _("People's Committee")
    WOMEN = "women", _("Women's Union")
    YOUTH = "youth", _("Youth Union")
    FARMERS = "farmers", _("Farmers' Association")
    VETERANS = "veterans", _("Veterans' Association")
    COMMUNITY = "community", _("a clan or community")
    ENTERPRISE = "enterprise", _("an enterprise, market or lodging house")
    SCHOOL = "school", _("a school")


class AlreadyMerged(Exception):
    """The type was merged into another before."""


class MergesIntoItself(Exception):
    """A type cannot become its own other name."""


class CarriedElsewhere(Exception):
    """Sites outside the desk's territory carry the type: the desk above decides."""


class NotOneOfOurs(Exception):
    """The type was added by somebody above or elsewhere."""


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def standing(self) -> Self:
        """Without those that were merged into another."""
        return self.filter(merging=None)

    def matching(self, words: str) -> Self:
        rows = self
        for word in fold(words).split():
            rows = rows.filter(folded__contains=word)
        return rows

    def resembling(self, name: str) -> Self:
        """Names that share most of their letters: offered before a new one is made."""
        return self.filter(folded__trigram_similar=fold(name)).exclude(folded=fold(name))

    def offered_for(self, name: str, aliases: str = "") -> Self:
        """Types that may be meant: called so already, containing the words, or much alike."""
        names = [fold(one) for one in [name, *aliases.split("|")] if one.strip()]
        alike = Q(pk__in=[])
        for one in names:
            alike |= Q(folded__contains=one) | Q(folded__trigram_word_similar=one) | Q(folded__trigram_similar=one)
        likeness = TrigramWordSimilarity(fold(name), "folded") + TrigramSimilarity("folded", fold(name))
        return self.standing().filter(alike).alias(likeness=likeness).order_by("-likeness", "sort_key")


class Initiative(models.Model):
    """A type of initiative with one name; each place that carries it is a site."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    aliases = models.CharField(_("other names"), max_length=ALIASES, blank=True, help_text=_("parted by |"))
    field = models.CharField(_("field"), max_length=12, choices=InitiativeField)
    carrier = models.CharField(_("usually carried by"), max_length=12, choices=Carrier, default=Carrier.RESIDENTS)
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

    @property
    def other_names(self) -> list[str]:
        return parted(self.aliases)

    @property
    def is_standing(self) -> bool:
        return not hasattr(self, "merging")

    @transaction.atomic
    def add(self, *, by: User) -> Self:
        self.save(force_insert=True)
        audit.record(self, "added", by=by, area_path=self.area.path)
        return self

    @transaction.atomic
    def merge_into(self, other: "Initiative", *, by: User, on: date, reason: str, scope: Scope) -> "InitiativeMerging":
        """The sites follow, this name becomes another name of the other, and the trail says who decided why."""
        self.refuse_merging(other, scope)
        for site in self.sites.select_related("area"):
            site.initiative = other
            site.correct(by=by, fields=["initiative"])
        merging = InitiativeMerging.objects.create(before=self, into=other, on=on, by=by, reason=reason)
        other.take_names(self)
        audit.record(self, "merged_into", by=by, area_path=self.area.path)
        return merging

    def refuse_merging(self, other: "Initiative", scope: Scope) -> None:
        if self == other:
            raise MergesIntoItself(self)
        if not self.is_standing or not other.is_standing:
            raise AlreadyMerged(self)
        if not scope.covers(self.area.path):
            raise NotOneOfOurs(self)
        if self.sites.exclude(area__in=Area.objects.standing_within(scope)).exists():
            raise CarriedElsewhere(self)

    def take_names(self, other: "Initiative") -> None:
        """As many of the other's names as fit."""
        names = list(dict.fromkeys([*self.other_names, other.name, *other.other_names]))
        while len("|".join(names)) > ALIASES:
            names.pop()
        self.aliases = "|".join(names)
        self.save()


class InitiativeMerging(models.Model):
    """A type that became another name of a second one: when, why, decided by whom."""

    before = models.OneToOneField(
        Initiative, models.PROTECT, related_name="merging", verbose_name=_("the type that goes")
    )
    into = models.ForeignKey(Initiative, models.PROTECT, related_name="merged", verbose_name=_("the type that stays"))
    on = models.DateField(_("merged on"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("merging of types")
        verbose_name_plural = _("mergings of types")
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("into")), name="initiative_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(reason=""), name="initiative_merging_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.into}"
