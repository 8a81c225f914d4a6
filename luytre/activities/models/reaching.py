"""What campaigns of every kind share: days between which they are open, and a reach down into the places below."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from luytre.areas.models import Area, Scope, paths_to
from luytre.ui.records import RecordQuerySet

M = TypeVar("M", bound=models.Model)


class ReachingQuerySet(RecordQuerySet[M]):
    def open_on(self, day: date) -> Self:
        return self.kept().filter(opens_on__lte=day, closes_on__gte=day)

    def readable(self, scope: Scope) -> Self:
        """Campaigns of the scope, and those of the places above it, which reach down into it."""
        above = {path for whole in scope.paths for path in paths_to(whole)[:-1]}
        own = Area.objects.standing_within(scope)
        return self.filter(Q(area__in=own) | Q(area__standings__path__in=above)).distinct()

    def closed_before(self, day: date) -> Self:
        return self.filter(closes_on__lt=day)
