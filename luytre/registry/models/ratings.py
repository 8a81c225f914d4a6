"""How sites are rated: the scale is data of the nation or a province, and says how each of its grades counts."""

from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, Level, ScopedQuerySet
from luytre.common.text import clean
from luytre.registry.models import evidence


class ScaleGradeQuerySet(ScopedQuerySet["ScaleGrade"]):
    def in_use_on(self, day: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def of_nation(self, *, on: date) -> Self:
        return self.in_use_on(on).filter(area__level=Level.NATION)

    def for_place(self, place: Area, *, on: date) -> Self:
        """The scale of the province that the place stands in; the nation's where it has none."""
        codes = place.path_on(on).split(".")[:2] or [""]
        own = self.in_use_on(on).filter(area__level=Level.PROVINCE, area__code=codes[-1])
        return own if own.exists() else self.of_nation(on=on)


class ScaleGrade(models.Model):
    """One grade of a scale, and as what it counts in the figures."""

    class Counts(models.TextChoices):
        EFFECTIVE = "effective", _("works well")
        INEFFECTIVE = "ineffective", _("does not work")
        UNRATED = "unrated", _("not rated")

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("scale of"))
    vi_name = models.CharField(_("Vietnamese name"), max_length=80)
    en_name = models.CharField(_("English name"), max_length=80, blank=True)
    counts_as = models.CharField(_("counts as"), max_length=12, choices=Counts)
    position = models.PositiveSmallIntegerField(_("place in the scale"), default=1, help_text=_("1 is the best"))
    ended_on = models.DateField(_("no longer used from"), null=True, blank=True)

    objects = ScaleGradeQuerySet.as_manager()

    class Meta:
        verbose_name = _("grade of a scale")
        verbose_name_plural = _("grades of a scale")
        ordering = ["area__path", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "vi_name"], condition=Q(ended_on=None), name="scale_grade_once_in_a_scale"
            )
        ]

    def __str__(self) -> str:
        return (self.en_name or self.vi_name) if get_language() == "en" else self.vi_name

    @transaction.atomic
    def add(self, *, by: User) -> Self:
        self.vi_name, self.en_name = clean(self.vi_name), clean(self.en_name)
        self.save(force_insert=True)
        audit.record(self, "added", by=by, area_path=self.area.path)
        return self

    @transaction.atomic
    def end(self, *, by: User, on: date) -> None:
        """What was rated with it stays as it is."""
        self.ended_on = on
        self.save(update_fields=["ended_on"])
        audit.record(self, "closed", by=by, area_path=self.area.path)


class Rating(models.Model):
    """How a site was rated on a day; a site without one counts as not rated.

    `grade` is as what it counted on that day: a later change of the scale leaves it alone.
    """

    Grade = ScaleGrade.Counts

    site = models.ForeignKey("registry.Site", models.PROTECT, related_name="ratings")
    on = models.DateField(_("rated on"))
    grade = models.CharField(_("grade"), max_length=12, choices=ScaleGrade.Counts)
    mark = models.ForeignKey(ScaleGrade, models.PROTECT, null=True, related_name="+", verbose_name=_("on the scale"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [models.UniqueConstraint(fields=["site", "on"], name="rating_once_a_day")]

    def __str__(self) -> str:
        return f"{self.site}: {self.words}"

    @property
    def words(self) -> str:
        return str(self.mark or self.get_grade_display())


def graded() -> Any:
    return Rating.objects.all()


evidence.add(evidence.Evidence(rows=graded, is_direct=False))
