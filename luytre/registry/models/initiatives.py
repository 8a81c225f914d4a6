"""The sites (điểm) that carry initiatives: types, sites and groups are three counts, never mixed."""

from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.common.text import fold, sort_key
from luytre.registry.models import evidence
from luytre.registry.models.decisions import Appeal, ReasonedDecision
from luytre.registry.models.places import at_place
from luytre.registry.models.procedure import Procedure, Stage
from luytre.registry.models.ratings import Rating, ScaleGrade
from luytre.registry.models.types import Initiative, InitiativeField
from luytre.ui.records import Record, RecordQuerySet, qualifier_field

__all__ = ["AlreadyClosed", "Closing", "ClosesBeforeLaunch", "Initiative", "InitiativeField", "Rating", "Site"]


class AlreadyClosed(Exception):
    """The site was closed before."""


class ClosesBeforeLaunch(Exception):
    """A site cannot end before it began."""


class MergesIntoNothing(Exception):
    """A site goes on only in another one that is at work."""


class SiteQuerySet(RecordQuerySet["Site"]):
    def running_on(self, day: date) -> Self:
        return self.kept().filter(~Exists(closings().filter(on__lte=day)), launched_on__lte=day)

    def launched_in(self, first: date, end: date) -> Self:
        return self.kept().filter(launched_on__gte=first, launched_on__lt=end)

    def closed_in(self, first: date, end: date) -> Self:
        return self.kept().filter(Exists(closings().filter(on__gte=first, on__lt=end)))

    def living_on(self, day: date, *, months: int = evidence.DEFAULT_MONTHS) -> Self:
        """At work, with something to show for it within so many months."""
        asleep = Site.objects.quiet_on(day, months=months).order_by().values("pk")
        return self.running_on(day).exclude(pk__in=asleep)

    def quiet_on(self, day: date, *, months: int = evidence.DEFAULT_MONTHS) -> Self:
        """At work by the book, and nothing to show for it for so many months."""
        since = evidence.months_before(day, months)
        rows = self.running_on(day).filter(launched_on__lte=since)
        for one in evidence.kinds():  # each its own condition, so that the database can join against it
            rows = rows.filter(~one.seen(since=since, until=day))
        return rows

    def with_signs(self, day: date) -> Self:
        """Each with the last days of direct and of indirect evidence, and of either."""
        lasts: dict[str, Any] = {}
        for name, direct in (("direct_on", True), ("indirect_on", False)):
            days = [Subquery(one.last(until=day)) for one in evidence.kinds(direct=direct)]
            lasts[name] = Greatest(*([F("launched_on")] if direct else []), *days)
        return self.annotate(**lasts).annotate(seen_on=Greatest("direct_on", "indirect_on"))

    def longest_quiet_first(self, day: date) -> Self:
        order = ["seen_on", "pk"]
        return self.with_signs(day).order_by(*order)


def closings() -> Any:
    """Of the site that is asked about; those that an appeal undid never were."""
    return Closing.objects.filter(site=OuterRef("pk"), undone_on=None)


class Site(Procedure):
    """A place that carries an initiative (điểm mô hình)."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="sites", verbose_name=_("initiative"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    name = models.CharField(_("name of the site"), max_length=160, blank=True)
    public_place = at_place("sites")
    serves = models.ManyToManyField(
        Area,
        blank=True,
        related_name="+",
        verbose_name=_("residential areas it serves"),
        help_text=_("when the site belongs to a commune; a site of one residential area serves that one"),
    )
    carrier = models.CharField(_("carried by"), max_length=160, blank=True)
    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    rules = models.CharField(
        _("rules of operation"), max_length=160, blank=True, help_text=_("the document with its number and day")
    )
    launched_on = models.DateField(_("launched on"), null=True)
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name=_("replicated from")
    )
    changes = models.CharField(_("what was changed in replicating"), max_length=500, blank=True)
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
    direct_on: date | None  # these three where the rows were asked for `with_signs`
    indirect_on: date | None
    seen_on: date | None

    objects = SiteQuerySet.as_manager()

    class Meta(Procedure.Meta):
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

    @cached_property
    def closing(self) -> "Closing | None":
        """Its end, unless an appeal undid it."""
        return self.closings.filter(undone_on=None).first()

    @property
    def is_running(self) -> bool:
        return self.launched_on is not None and self.closing is None

    @property
    def is_to_come(self) -> bool:
        return self.launched_on is None

    @property
    def state(self) -> str:
        """In words, for people."""
        if self.closing is None:
            stage = self.stage
            is_at_work = self.is_running and stage not in (Stage.STRENGTHENED, Stage.RELAUNCHED)
            return gettext("running") if is_at_work else str(Stage(stage).label)
        told = {"day": f"{self.closing.on:%d/%m/%Y}", "why": self.closing.reason}
        if self.closing.into:
            return gettext("merged into %(other)s on %(day)s: %(why)s") % {**told, "other": self.closing.into}
        return gettext("closed on %(day)s: %(why)s") % told

    def months_quiet(self, day: date) -> int | None:
        """Whole months since the last evidence of either kind; none before the launch."""
        seen = Site.objects.with_signs(day).get(pk=self.pk).seen_on
        return evidence.months_between(seen, day) if seen else None

    @transaction.atomic
    def close(self, *, by: User, on: date, reason: str, rule: str, into: "Site | None" = None) -> "Closing":
        """End the site by a decision with its reason and rule; it stays in the register."""
        if self.closing:
            raise AlreadyClosed(self)
        if self.launched_on is None or on < self.launched_on:
            raise ClosesBeforeLaunch(self)
        self.refuse_step(Stage.MERGED if into else Stage.DROPPED, on)
        if into and (into == self or not into.is_running):
            raise MergesIntoNothing(self)
        closing = Closing.objects.create(site=self, by=by, on=on, reason=reason, rule=rule, into=into)
        self.__dict__.pop("closing", None)
        self.wrote("merged_into" if into else "closed", by=by)
        return closing

    @transaction.atomic
    def rate(self, *, by: User, on: date, grade: str = "", mark: ScaleGrade | None = None) -> Rating:
        """By a grade of the scale in force, which says as what it counts."""
        counts = mark.counts_as if mark else grade
        rating = Rating.objects.create(site=self, by=by, on=on, grade=counts, mark=mark)
        self.wrote("rated", by=by)
        return rating


class Closing(ReasonedDecision):
    """A site's end: when, why, by which rule, decided by whom; and into which other site it went."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="closings")
    on = models.DateField(_("closed on"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    into = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="taken_in", verbose_name=_("merged into")
    )
    undone_on = models.DateField(_("undone by an appeal on"), null=True, editable=False)

    class Meta(ReasonedDecision.Meta):
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        constraints = [
            *ReasonedDecision.Meta.constraints,
            models.UniqueConstraint(fields=["site"], condition=Q(undone_on=None), name="site_closed_once"),
            models.CheckConstraint(condition=~Q(into=F("site")), name="site_not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.on}"

    def undo(self, *, by: User, on: date) -> None:
        """An appeal was right: the site never ended."""
        self.undone_on = on
        self.save(update_fields=["undone_on"])
        self.site.__dict__.pop("closing", None)

    @transaction.atomic
    def appeal_to(self, *, by: User, on: date, text: str) -> Appeal:
        appeal = Appeal.objects.create(closing=self, by=by, on=on, text=text)
        self.site.wrote("appealed", by=by)
        return appeal
