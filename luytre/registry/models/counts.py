"""Numbers that hold from the day they were counted: correcting today's leaves the past as it was."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User


class CountedInFuture(Exception):
    """Nobody can count a day that is still to come."""


class CountedBeforeStart(Exception):
    """What does not exist yet has nobody to count."""


class DatedCount(models.Model):
    """What was counted on a day; it holds until a later row. Subclasses add `of`, the record, and its numbers.

    The record carries columns of the same names, which hold what was counted last: lists and forms read those,
    figures of a day read the rows. A record without rows was counted once, when it began.
    """

    on = models.DateField(_("counted on"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        abstract = True
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"


def then(name: str) -> str:
    """What a number is called that was read as it stood on a day."""
    return f"{name}_then"


def counted_on(rows: QuerySet[Any], day: date, counts: type[DatedCount], names: Iterable[str]) -> QuerySet[Any]:
    """The rows with each number as it stood on the day, under the name that `then` gives."""
    every: QuerySet[Any] = counts._default_manager.all()
    last = every.filter(of=OuterRef("pk"), on__lte=day).order_by("-on")
    found: QuerySet[Any] = rows.annotate(
        **{then(name): Coalesce(Subquery(last.values(name)[:1]), F(name)) for name in names}
    )
    return found


@transaction.atomic
def recount(
    record: Any, counts: type[DatedCount], *, by: User, on: date, since: date, today: date, **numbers: Any
) -> None:
    """Write what was counted on a day; a second count of the same day takes the place of the first."""
    if on > today:
        raise CountedInFuture(record)
    if on < since:
        raise CountedBeforeStart(record)
    rows: Any = counts._default_manager
    if not rows.filter(of=record).exists():  # until now the record's own columns told all of its past
        rows.create(of=record, on=since, by=record.created_by, **{name: getattr(record, name) for name in numbers})
    rows.update_or_create(of=record, on=on, defaults={**numbers, "by": by})
    newest = rows.filter(of=record).order_by("on").last()
    for name in numbers:
        setattr(record, name, getattr(newest, name))
    record.save(update_fields=[*numbers])
    record.wrote("counted", by=by, fields=numbers)
