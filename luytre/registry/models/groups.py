"""Mass organisations (tổ chức quần chúng) of forty kinds and more, and the agencies, enterprises and schools."""

from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.common.text import clean, fold, sort_key
from luytre.registry.models.counts import DatedCount, counted_on, recount
from luytre.registry.models.initiatives import Site
from luytre.registry.models.types import ALIASES
from luytre.ui.other_names import parted
from luytre.ui.records import Record, RecordQuerySet, qualifier_field


class GroupKindQuerySet(models.QuerySet["GroupKind"]):
    def collected_on(self, day: date) -> Self:
        return self.filter(Q(last_collected_on=None) | Q(last_collected_on__gte=day))

    def resembling(self, name: str) -> Self:
        """Names that share most of their letters, or have the words in them: offered before a new one is made."""
        words = fold(name)
        alike = Q(folded__trigram_similar=words) | Q(folded__trigram_word_similar=words)
        return self.filter(alike | Q(folded__contains=words)) if words else self.none()


class GroupKind(models.Model):
    """A kind of group, as data: localities know more of them than any list."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    vi_name = models.CharField(_("Vietnamese name"), max_length=120)
    en_name = models.CharField(_("English name"), max_length=120)
    aliases = models.CharField(_("other names"), max_length=ALIASES, blank=True, help_text=_("parted by |"))
    is_mass = models.BooleanField(
        _("mass organisation"), default=True, help_text=_("statutory and former forces are counted apart")
    )
    is_cluster = models.BooleanField(
        _("joins several areas"), default=False, help_text=_("counted once, however many areas take part")
    )
    last_collected_on = models.DateField(_("no longer collected after"), null=True, blank=True)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("added by")
    )
    folded = models.CharField(max_length=700, editable=False, default="")
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")

    objects = GroupKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of group")
        verbose_name_plural = _("kinds of group")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.en_name if get_language() == "en" else self.vi_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.vi_name = clean(self.vi_name)
        self.folded, self.sort_key = fold(f"{self.vi_name} {self.aliases}")[:700], sort_key(self.vi_name)
        super().save(*args, **kwargs)

    @property
    def other_names(self) -> list[str]:
        return parted(self.aliases)

    @transaction.atomic
    def propose(self, *, area: Area, by: User) -> Self:
        """A locality's own kind, counted among the mass organisations."""
        self.area, self.is_mass = area, True
        self.code = slugify(f"{fold(self.vi_name)}-{area.code}")[:40]
        self.save(force_insert=True)
        audit.record(self, "kind_added", by=by, area_path=area.path)
        return self


class AlreadyDisbanded(Exception):
    """The group was disbanded before."""


class DisbandsBeforeFounding(Exception):
    """A group cannot end before it began."""


class WatchGroupQuerySet(RecordQuerySet["WatchGroup"]):
    def serving_on(self, day: date) -> Self:
        open_still = Q(disbanding=None) | Q(disbanding__on__gt=day)
        return self.kept().filter(open_still, founded_on__lte=day)

    def of_kind(self, *codes: str) -> Self:
        return self.filter(kind__code__in=codes)

    def counted_on(self, day: date) -> Self:
        """With `member_count_then` and the like: what was counted last up to the day."""
        return counted_on(self, day, GroupCount, GroupCount.NUMBERS)  # type: ignore[return-value]


class WatchGroup(Record):
    """A group of residents that keeps the area safe; a cluster also names the areas that take part."""

    kind = models.ForeignKey(GroupKind, models.PROTECT, related_name="groups", verbose_name=_("kind"))
    area = models.ForeignKey(
        Area, models.PROTECT, db_index=False, related_name="+", verbose_name=_("area")
    )  # the list's own index begins with it
    name = models.CharField(_("name"), max_length=160)
    partners = models.ManyToManyField(
        Area, blank=True, related_name="+", verbose_name=_("areas that take part"), help_text=_("for clusters")
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="groups", verbose_name=_("belongs to site")
    )
    founded_on = models.DateField(_("founded on"))
    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    team_count = models.PositiveIntegerField(_("teams under it"), default=0)
    team_qualifier = qualifier_field()
    member_count = models.PositiveIntegerField(_("members"), default=0)
    member_qualifier = qualifier_field()

    objects = WatchGroupQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        indexes = [
            models.Index(fields=["founded_on"], name="watchgroup_founded"),
            models.Index(fields=["area", "id"], include=["removed_at"], name="watchgroup_by_place"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_serving(self) -> bool:
        return not hasattr(self, "disbanding")

    def serves_on(self, day: date) -> bool:
        return self.founded_on <= day and (self.is_serving or self.disbanding.on > day)

    @property
    def state(self) -> str:
        """In words, for people."""
        if self.is_serving:
            return gettext("serving")
        return gettext("disbanded on %(day)s: %(why)s") % {
            "day": f"{self.disbanding.on:%d/%m/%Y}",
            "why": self.disbanding.reason,
        }

    @property
    def what_it_became(self) -> str:
        """The guard teams an older force went into, in words."""
        return "; ".join(f"{one.after} ({one.on:%d/%m/%Y})" for one in self.became.select_related("after"))

    def led_by_on(self, day: date) -> str:
        """Which place leads a cluster on a day."""
        turn = self.turns.filter(first_day__lte=day).order_by("first_day").select_related("head").last()
        return f"{turn.head} ({turn.first_day:%d/%m/%Y})" if turn else ""

    def count_anew(self, *, by: User, on: date, today: date, **numbers: Any) -> None:
        """`numbers` by the names of GroupCount; what is left out stays as it was counted last."""
        told = {name: numbers.get(name, getattr(self, name)) for name in GroupCount.NUMBERS}
        recount(self, GroupCount, by=by, on=on, since=self.founded_on, today=today, **told)

    @transaction.atomic
    def disband(self, *, by: User, on: date, reason: str) -> "Disbanding":
        if on < self.founded_on:
            raise DisbandsBeforeFounding(self)
        if Disbanding.objects.filter(group=self).exists():
            raise AlreadyDisbanded(self)
        disbanding = Disbanding.objects.create(group=self, by=by, on=on, reason=reason)
        self.wrote("disbanded", by=by)
        return disbanding


class Disbanding(models.Model):
    """A group's end: when, why, by whom."""

    group = models.OneToOneField(WatchGroup, models.PROTECT, related_name="disbanding")
    on = models.DateField(_("disbanded on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("disbanding")
        verbose_name_plural = _("disbandings")

    def __str__(self) -> str:
        return f"{self.group} {self.on}"


class GroupCount(DatedCount):
    """How many teams and members a group had on a day."""

    NUMBERS = ("team_count", "team_qualifier", "member_count", "member_qualifier")

    of = models.ForeignKey(WatchGroup, models.PROTECT, related_name="counts")
    team_count = models.PositiveIntegerField(_("teams under it"), default=0)
    team_qualifier = qualifier_field()
    member_count = models.PositiveIntegerField(_("members"), default=0)
    member_qualifier = qualifier_field()

    class Meta(DatedCount.Meta):
        verbose_name = _("head count of a group")
        verbose_name_plural = _("head counts of groups")
        constraints = [models.UniqueConstraint(fields=["of", "on"], name="groupcount_once_a_day")]


class OrganisationKind(models.TextChoices):
    AGENCY = "agency", _("agency")
    ENTERPRISE = "enterprise", _("enterprise")
    SCHOOL = "school", _("school")


class Organisation(Record):
    """An agency, enterprise or school; it reports through its commune."""

    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("commune"))
    name = models.CharField(_("name"), max_length=160)
    address = models.CharField(_("address"), max_length=200, blank=True)

    objects = RecordQuerySet["Organisation"].as_manager()

    class Meta(Record.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("agencies, enterprises, schools")

    def __str__(self) -> str:
        return self.name
