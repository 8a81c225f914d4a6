"""The tree from a pilot to its copies, with what was changed in each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from luytre.areas.models import Area, Scope
from luytre.registry.models import Site

MOST = 2000  # sites of one tree that a page shows


@dataclass
class Branch:
    """A site of the tree; `is_mine` says whether its page is open to the reader."""

    site: Site
    is_mine: bool
    copies: list["Branch"] = field(default_factory=list)

    def walk(self) -> Iterator["Branch"]:
        yield self
        for copy in self.copies:
            yield from copy.walk()

    @property
    def count(self) -> int:
        return sum(1 for _one in self.walk())


def pilot_of(site: Site) -> Site:
    """The first of its line; a circle, which nothing should make, ends where it began."""
    seen = {site.pk}
    while site.origin and site.origin_id not in seen:
        site = site.origin
        seen.add(site.pk)
    return site


def tree(site: Site, scope: Scope) -> Branch:
    """One query for each generation, however many copies there are."""
    pilot = pilot_of(site)
    known = {pilot.pk: Branch(pilot, False)}
    generation = [pilot.pk]
    while generation and len(known) < MOST:
        rows = Site.objects.kept().filter(origin__in=generation).select_related("area__parent", "initiative")
        generation = []
        for copy in rows.order_by("launched_on", "pk")[: MOST - len(known)]:
            if copy.pk not in known:
                known[copy.pk] = Branch(copy, False)
                known[copy.origin_id or 0].copies.append(known[copy.pk])
                generation.append(copy.pk)
    mine = set(
        Site.objects.filter(pk__in=known, area__in=Area.objects.standing_within(scope)).values_list("pk", flat=True)
    )
    for pk, branch in known.items():
        branch.is_mine = pk in mine
    return known[pilot.pk]
