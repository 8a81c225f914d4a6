"""Views that were kept: a question about figures under a name, for oneself or for one's office."""

from datetime import date, datetime
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import Assignment, User
from luytre.areas.models import Area
from luytre.common.text import clean

MOST = 200  # views of one person


class NotOwnView(Exception):
    """Only who kept a view renames it or takes it away."""


class TooManyViews(Exception):
    """Somebody keeps more views than anybody can find again."""


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def readable(self, person: User, *, on: date) -> Self:
        """One's own, and those shared with an office where one serves on the day."""
        return self.filter(Q(owner=person) | Q(office__in=offices_of(person, on=on)))


def offices_of(person: User, *, on: date) -> models.QuerySet[Area]:
    """The places whose office somebody serves in, as they stand on the day."""
    held = Assignment.objects.filter(user=person).on(on).values("area")
    return Area.objects.filter(pk__in=held).order_by("path")


class SavedView(models.Model):
    """An address of the pages of comparison; it opens with the reader's own scope, whoever kept it."""

    class Page(models.TextChoices):
        TABLE = "explore", _("table")
        RANKING = "ranking", _("order")
        TREND = "trend", _("line through time")
        MAP = "explore-map", _("map")
        OUTLIERS = "outliers", _("what stands out")

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("kept by"))
    office = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("shared with the office of")
    )
    name = models.CharField(_("name"), max_length=120)
    page = models.CharField(_("page"), max_length=12, choices=Page)
    query = models.TextField(_("address"), max_length=4000)
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def keep(self, *, by: User, at: datetime) -> Self:
        if SavedView.objects.filter(owner=by).count() >= MOST:
            raise TooManyViews(by)
        self.owner, self.kept_at, self.name = by, at, clean(self.name)
        self.save(force_insert=True)
        audit.record(self, "view_kept", by=by, area_path=self.area_path)
        return self

    @transaction.atomic
    def rename(self, name: str, office: Area | None, *, by: User) -> None:
        """Another name, shared or no more."""
        self.refuse_others(by)
        self.name, self.office = clean(name), office
        self.save(update_fields=["name", "office"])
        audit.record(self, "view_renamed", by=by, area_path=self.area_path)

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        self.refuse_others(by)
        audit.record(self, "view_removed", by=by, area_path=self.area_path)
        self.delete()

    def refuse_others(self, by: User) -> None:
        if by != self.owner:
            raise NotOwnView(self)

    @property
    def area_path(self) -> str:
        return self.office.path if self.office else ""
