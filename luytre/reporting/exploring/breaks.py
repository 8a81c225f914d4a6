"""What happened to a place, to a register or to a definition while a line ran: the marks of a trend."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luytre.areas.models import Area, Succession
from luytre.common.periods import Window
from luytre.ui import charts

NAMED = 4  # so many places are named, the rest are only counted


@dataclass(frozen=True)
class Happening:
    """A mark: its day, what happened, on which legal basis; `is_territory` where other ground is counted since."""

    on: date
    words: str
    basis: str = ""
    is_territory: bool = True

    @property
    def label(self) -> str:
        return f"{self.on:%m/%Y}"


@dataclass(frozen=True)
class Passage:
    """One day's change of a place: what it was made of before, and what it became."""

    on: date
    own: Area | None
    after: Area
    others: Sequence[Succession]
    given: Sequence[Succession]

    def parts(self) -> Iterator[str]:
        """Each thing that changed, in words."""
        whole = [one.before for one in self.others if one.is_main]
        partly = [one.before for one in self.others if not one.is_main]
        if whole:
            yield _("took in %(places)s") % {"places": names(whole)}
        if partly:
            yield _("took in a part of %(places)s") % {"places": names(partly)}
        if self.given:
            yield _("gave a part to %(places)s") % {"places": names(one.after for one in self.given)}
        yield from self.renamed()

    def renamed(self) -> Iterator[str]:
        """Its name, its kind, or the place it belongs to."""
        if self.own is None:
            return
        if (self.own.kind, self.own.name) != (self.after.kind, self.after.name):
            told = {"before": self.own.full_name, "after": self.after.full_name}
            yield _("%(before)s became %(after)s") % told
        above, now_above = self.own.parent, self.after.parent
        if above and now_above and above.level == now_above.level and above.code != now_above.code:
            yield _("moved from %(before)s to %(after)s") % {"before": above.full_name, "after": now_above.full_name}

    def happening(self) -> Happening | None:
        said = "; ".join(self.parts())
        if not said:
            return None
        others = [*self.others, *self.given]
        basis = next((one.legal_basis for one in others if one.legal_basis), "") or self.basis_of_own()
        return Happening(self.on, said, basis, is_territory=bool(others))

    def basis_of_own(self) -> str:
        row = Succession.objects.filter(before=self.own, after=self.after).first() if self.own else None
        return row.legal_basis if row and row.legal_basis else self.after.legal_basis


def names(places: Iterable[Area]) -> str:
    every = [place.full_name for place in places]
    if len(every) <= NAMED + 1:
        return ", ".join(every)
    told = {"places": ", ".join(every[:NAMED]), "count": len(every) - NAMED}
    return _("%(places)s and %(count)d more") % told


def rows_of(place: Area) -> list[Area]:
    """The same place through time: rows of one level and code, oldest first."""
    rows = Area.objects.filter(level=place.level, code=place.code).select_related("parent")
    return list(rows.order_by("valid_from"))


def of_place(place: Area, first: date, last: date) -> list[Happening]:
    """Mergers, splits, moves, new names and kinds of the place itself, after the first day up to the last."""
    rows = rows_of(place)
    found = [passage(one, rows).happening() for one in rows if first < one.valid_from <= last]
    return [one for one in found if one]


def passage(after: Area, rows: Sequence[Area]) -> Passage:
    own = next((row for row in rows if row.valid_to == after.valid_from), None)
    came = Succession.objects.filter(after=after, before__level=after.level).select_related("before")
    others = [one for one in came if own is None or one.before_id != own.pk]
    gone = Succession.objects.filter(before=own, after__level=after.level).exclude(after=after) if own else None
    return Passage(after.valid_from, own, after, others, list(gone.select_related("after")) if gone else [])


@cache
def told() -> list[dict[str, str]]:
    text = (files("luytre.reporting.catalogue") / "breaks.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def of_definition(code: str, first: date, last: date) -> list[Happening]:
    """When what an indicator counts changed by law."""
    language = "en" if get_language() == "en" else "vi"
    found = [(date.fromisoformat(row["on"]), row) for row in told() if fnmatch(code, row["code"])]
    return [Happening(on, row[language], row["source"], is_territory=False) for on, row in found if first < on <= last]


def of_register(windows: Sequence[Window], values: Sequence[object]) -> list[Happening]:
    """The first period with a record, where there are empty ones before it."""
    first = next((place for place, value in enumerate(values) if value), 0)
    if not first:
        return []
    return [Happening(windows[first].first_day, _("first record in this period"), is_territory=False)]


def marks(windows: Sequence[Window], happenings: Iterable[Happening]) -> list[charts.Break]:
    """On the chart: before the first period that ends after the change; one mark a period."""
    found: dict[int, charts.Break] = {}
    for one in happenings:
        at = next((place for place, window in enumerate(windows) if window.last_day >= one.on), len(windows))
        if 0 < at < len(windows) and (at not in found or one.is_territory):
            found[at] = charts.Break(at, one.label, cuts=one.is_territory)
    return [found[at] for at in sorted(found)]


def crossing_words(changes: Sequence[Happening], territory: date) -> list[str]:
    if not changes:
        return []
    told = {
        "day": f"{territory:%d/%m/%Y}",
        "changes": "; ".join(f"{one.on:%d/%m/%Y}: {one.words}" for one in changes),
    }
    return [_("On the territory of %(day)s the line crosses a change of territory (%(changes)s).") % told]
