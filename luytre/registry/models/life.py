"""Signs of life: what was done at a site, and the four questions its keeper is asked when nothing was."""

from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, ScopedQuerySet, paths_to
from luytre.registry.models import evidence
from luytre.registry.models.initiatives import Site
from luytre.registry.models.procedure import Stage
from luytre.ui.records import Record, RecordQuerySet


class SiteActivityQuerySet(RecordQuerySet["SiteActivity"]):
    area = "site__area"


class SiteActivity(Record):
    """Something done at a site, or a paper or picture that shows it; taking part is a head-count (rights rule R16)."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting of the site")
        PATROL = "patrol", _("patrol or watch")
        TALK = "talk", _("talk with residents")
        TRAINING = "training", _("training or drill")
        HELP = "help", _("help to neighbours, mediation")
        WORK = "work", _("work on equipment or on the place")
        DOCUMENT = "document", _("document seen")
        PICTURE = "picture", _("picture seen")

    PAPERS = (Kind.DOCUMENT, Kind.PICTURE)

    site = models.ForeignKey(Site, models.PROTECT, related_name="activities", verbose_name=_("site"))
    on = models.DateField(_("day"))
    kind = models.CharField(_("what it was"), max_length=12, choices=Kind)
    head_count = models.PositiveIntegerField(_("how many took part"), default=0, help_text=_("a head-count; no names"))
    what = models.CharField(
        _("in one sentence"),
        max_length=300,
        blank=True,
        help_text=_("what was done, or where the document or picture is kept; no names of people"),
    )

    spoken_by = ("what",)

    objects = SiteActivityQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("activity of a site")
        verbose_name_plural = _("activities of sites")
        indexes = [models.Index(fields=["site", "on"], name="site_activity_day")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.get_kind_display()}"

    @property
    def where(self) -> Any:
        return self.site.area

    def fill_derived(self) -> None:
        super().fill_derived()
        self.sort_key = self.site.sort_key


class QuietLimitQuerySet(ScopedQuerySet["QuietLimit"]):
    def months_at(self, path: str) -> int:
        """The limit that holds at a place: the nearest one above it, newest first."""
        found = self.filter(area__path__in=paths_to(path)).select_related("area").order_by("pk")
        nearest = max(found, key=lambda one: (len(one.area.path), one.pk), default=None)
        return nearest.months if nearest else evidence.DEFAULT_MONTHS


class QuietLimit(models.Model):
    """After how many quiet months a territory asks the keepers of its sites; the newest row holds."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    months = models.PositiveSmallIntegerField(_("months without evidence"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = QuietLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("limit of quiet months")
        verbose_name_plural = _("limits of quiet months")
        constraints = [models.CheckConstraint(condition=Q(months__gte=1, months__lte=36), name="quiet_limit_sensible")]

    def __str__(self) -> str:
        return f"{self.area}: {self.months}"

    @transaction.atomic
    def add(self, *, by: User) -> Self:
        self.by = by
        self.save(force_insert=True)
        audit.record(self, "added", by=by, area_path=self.area.path)
        return self


class SaysNothing(Exception):
    """Relaunching needs somebody who leads."""


class Interview(models.Model):
    """The four questions to the keeper of a quiet site, and what was decided; nothing closes by itself."""

    class Outcome(models.TextChoices):
        RELAUNCH = "relaunch", _("relaunch it")
        MERGE = "merge", _("merge it into another site")
        CLOSE = "close", _("close it")
        WAIT = "wait", _("decide later")

    site = models.ForeignKey(Site, models.PROTECT, related_name="interviews", verbose_name=_("site"))
    on = models.DateField(_("day"))
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    led_by = models.CharField(
        _("Is there still somebody who leads it?"),
        max_length=160,
        blank=True,
        help_text=_("the body or position; leave it empty when nobody does"),
    )
    last_done = models.CharField(_("What was done last, and when?"), max_length=300)
    needs = models.CharField(_("What does it need?"), max_length=300)
    outcome = models.CharField(_("What shall become of it?"), max_length=12, choices=Outcome)

    class Meta:
        verbose_name = _("interview about a site")
        verbose_name_plural = _("interviews about sites")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.get_outcome_display()}"


@transaction.atomic
def interview(
    site: Site, *, by: User, on: date, outcome: str, reason: str = "", rule: str = "", into: Site | None = None,
    **answers: str,
) -> Interview:  # fmt: skip
    """Write the answers down and do what was decided, together."""
    made = Interview.objects.create(site=site, by=by, on=on, outcome=outcome, **answers)
    if outcome == Interview.Outcome.RELAUNCH:
        relaunch(site, by=by, on=on, led_by=answers["led_by"], needs=answers["needs"])
    elif outcome == Interview.Outcome.MERGE:
        site.close(by=by, on=on, reason=reason, rule=rule, into=into)
    elif outcome == Interview.Outcome.CLOSE:
        site.close(by=by, on=on, reason=reason, rule=rule)
    site.wrote("interviewed", by=by)
    return made


def relaunch(site: Site, *, by: User, on: date, led_by: str, needs: str) -> None:
    """Without somebody who leads it, a site is not relaunched."""
    if not led_by:
        raise SaysNothing(site)
    site.take(Stage.RELAUNCHED, by=by, on=on, note=needs)
    if led_by != site.head_on(on):
        site.be_headed(by=by, on=on, position=led_by)


def done() -> Any:
    return SiteActivity.objects.kept().exclude(kind__in=SiteActivity.PAPERS)


def shown_by_papers() -> Any:
    return SiteActivity.objects.kept().filter(kind__in=SiteActivity.PAPERS)


evidence.add(evidence.Evidence(rows=done))
evidence.add(evidence.Evidence(rows=shown_by_papers, is_direct=False))
