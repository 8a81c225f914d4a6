"""What shows that a site lives: a list of kinds of evidence, which apps above add to."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from luytre.common.periods import shifted

DEFAULT_MONTHS = 6  # quiet so long, and the keeper is asked; a province may set its own


@dataclass(frozen=True)
class Evidence:
    """Rows that point to a site and say on which day something was seen there.

    Direct: something was done at the site. Indirect: somebody looked at it, or a paper says so.
    """

    rows: Callable[[], QuerySet[Any]]
    on: str = "on"
    site: str = "site"
    is_direct: bool = True

    def of_site(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.rows().order_by().filter(**{self.site: OuterRef("pk")})
        return rows

    def seen(self, *, since: date, until: date) -> Exists:
        """Whether there is any of it after `since`, up to and with `until`."""
        return Exists(self.of_site().filter(**{f"{self.on}__gt": since, f"{self.on}__lte": until}))

    def last(self, *, until: date) -> QuerySet[Any]:
        """The last day of it, as a subquery."""
        days: QuerySet[Any] = self.of_site().filter(**{f"{self.on}__lte": until}).values(self.site)
        lasts: QuerySet[Any] = days.annotate(last=Max(self.on)).values("last")
        return lasts


EVIDENCE: list[Evidence] = []


def add(evidence: Evidence) -> Evidence:
    EVIDENCE.append(evidence)
    return evidence


def kinds(*, direct: bool | None = None) -> Iterator[Evidence]:
    return (one for one in EVIDENCE if direct is None or one.is_direct is direct)


def seen(*, since: date, until: date) -> Q:
    """Any evidence in between; being launched is evidence too."""
    found = Q(launched_on__gt=since, launched_on__lte=until)
    for one in EVIDENCE:
        found |= Q(one.seen(since=since, until=until))
    return found


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months ago, or that month's last day."""
    year, month = shifted(day.year, day.month, -months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_between(first: date, last: date) -> int:
    """Whole months that have passed."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
