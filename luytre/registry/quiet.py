"""Which sites somebody asked for by how long nothing was seen of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from luytre.areas.models import Scope
from luytre.registry.forms.life import QuietForm
from luytre.registry.models import QuietLimit, Site
from luytre.registry.models.evidence import months_between
from luytre.registry.models.initiatives import SiteQuerySet

COMMUNE_DEPTH = 3  # codes in the path of a commune: nation, province, commune


def limit_of(scope: Scope) -> int:
    """The limit of the widest place in the scope."""
    return QuietLimit.objects.months_at(min(scope.paths, key=len, default=""))


def is_keeper(scope: Scope) -> bool:
    """Whoever keeps the sites of communes, rather than looking at them from above."""
    return bool(scope.paths) and all(path.count(".") >= COMMUNE_DEPTH for path in scope.paths)


def quiet(scope: Scope) -> SiteQuerySet:
    """At work by the book, without evidence for as long as the scope's limit."""
    return Site.objects.within(scope).quiet_on(scope.on, months=limit_of(scope))


@dataclass(frozen=True)
class Line:
    site: Site
    months: int | None


@dataclass
class Asked:
    """A question about quiet sites, with its answer."""

    form: QuietForm
    scope: Scope

    @cached_property
    def said(self) -> dict[str, Any]:
        self.form.is_valid()
        return self.form.cleaned_data

    @property
    def months(self) -> int:
        months = self.said.get("months")
        return limit_of(self.scope) if months is None else int(months)

    def rows(self) -> SiteQuerySet:
        """Longest quiet first."""
        day = self.scope.on
        rows = Site.objects.within(self.scope)
        rows = rows.quiet_on(day, months=self.months) if self.months else rows.running_on(day)
        if self.said.get("q"):
            rows = rows.matching(self.said["q"])
        if self.said.get("initiative"):
            rows = rows.filter(initiative=self.said["initiative"])
        if self.said.get("area"):
            rows = rows.of(self.said["area"], on=day)
        return rows.longest_quiet_first(day).select_related("initiative", "area__parent")

    def lines(self, sites: Iterable[Site]) -> Iterator[Line]:
        for site in sites:
            yield Line(site, months_between(site.seen_on, self.scope.on) if site.seen_on else None)

    @property
    def query(self) -> str:
        """To ask the same again."""
        kept = {name: self.form.data.get(name, "") for name in self.form.fields}
        return urlencode({**{name: value for name, value in kept.items() if value}, "months": self.months})


def asked(data: QueryDict, scope: Scope) -> Asked:
    return Asked(QuietForm(data, scope=scope), scope)
