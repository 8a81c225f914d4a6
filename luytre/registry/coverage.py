"""Which residential areas have a site, which a living one, and which none."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from luytre.areas.models import Area, Level, Scope, Standing, valid_on
from luytre.common.numbers import format_number
from luytre.registry.models import Site, evidence


@dataclass(frozen=True)
class Coverage:
    """Of the residential areas of a territory, as it stands on the scope's day."""

    scope: Scope
    months: int = evidence.DEFAULT_MONTHS  # as the figure that reports print

    @property
    def day(self) -> date:
        return self.scope.on

    def areas(self) -> QuerySet[Area]:
        return Area.objects.within(self.scope).filter(level=Level.RESIDENTIAL)

    def covered(self) -> QuerySet[Area]:
        return self.areas().filter(pk__in=places_of(Site.objects.running_on(self.day), self.day))

    def living(self) -> QuerySet[Area]:
        return self.areas().filter(pk__in=places_of(Site.objects.living_on(self.day, months=self.months), self.day))

    def uncovered(self) -> QuerySet[Area]:
        return self.areas().exclude(pk__in=places_of(Site.objects.running_on(self.day), self.day))

    def asleep(self) -> QuerySet[Area]:
        """Covered by the book only."""
        return self.covered().exclude(pk__in=places_of(Site.objects.living_on(self.day, months=self.months), self.day))


def places_of(sites: QuerySet[Site], day: date) -> Any:
    """Where the sites and the areas that they serve stand on a day."""
    rows = sites.order_by()
    has_site = Q(area__in=rows.values("area")) | Q(area__in=rows.exclude(serves=None).values("serves"))
    here = Standing.objects.filter(valid_on(day), has_site, place__level=Level.RESIDENTIAL)
    return here.values("place")


def share(part: int, whole: int) -> str:
    """In per cent, rounded down: nearly all is never shown as all."""
    return format_number(Decimal(part * 1000 // whole) / 10) if whole else "–"
