"""Totals that stand out from a place's own past, or from the places of its kind beside it.

About places only (rights rule R25). A figure is told with the sentence that says why; nothing follows by itself.
"""

import math
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luytre.areas.models import Area, Level
from luytre.common.numbers import format_number
from luytre.common.periods import Window
from luytre.reporting import catalogue, rollup
from luytre.reporting.exploring import comparing, history, spans
from luytre.reporting.measures import Number
from luytre.reporting.models import Behaviour, Definition

NORMAL = 1.4826  # makes the median distance from the median comparable with a standard deviation


@dataclass(frozen=True)
class Rule:
    """The numbers of outliers.toml."""

    threshold: float
    own_months: int
    fewest_windows: int
    fewest_peers: int
    least_difference: float
    least_points: float


@cache
def rule() -> Rule:
    text = (files("luytre.reporting.catalogue") / "outliers.toml").read_text(encoding="utf-8")
    return Rule(**tomllib.loads(text))


@dataclass(frozen=True)
class Yardstick:
    """The middle of many figures and how far they usually lie from it."""

    median: float
    spread: float
    count: int
    only_some: bool = False  # most are none at all, so the middle is of those that have any

    def z(self, value: Number) -> float:
        return (float(value) - self.median) / self.spread


def yardstick(values: Sequence[Number | float], *, is_ratio: bool = False) -> Yardstick:
    """By median and median distance, never narrower than chance makes a count."""
    every = [float(value) for value in values]
    known = [value for value in every if value] if not is_ratio and median(every) == 0 else every
    middle = median(known) if known else 0
    distance = NORMAL * median(abs(value - middle) for value in known) if known else 0
    floor = rule().least_points if is_ratio else math.sqrt(max(abs(middle), 1))
    return Yardstick(middle, max(distance, floor), len(known), len(known) < len(every))


@dataclass(frozen=True)
class Outlier:
    """A total far from what was to be expected; held against its own past, or against its peers."""

    area: Area
    definition: Definition
    window: Window
    value: Number
    held: Yardstick
    is_among_peers: bool = False

    @property
    def z(self) -> float:
        return self.held.z(self.value)

    @property
    def against(self) -> str:
        """In words, what the median is of."""
        count = self.held.count
        if self.is_among_peers:
            words = ngettext("%(count)d place of its kind beside it", "%(count)d places of its kind beside it", count)
            told = words % {"count": count}
        else:
            told = spans.earlier_words(count, spans.months_in(self.window))
        return _("%(windows)s that had any") % {"windows": told} if self.held.only_some else told

    @property
    def sentence(self) -> str:
        """ "Month 10/2026 is 240, 6 times the median 40 of the 24 earlier months; robust z = 7.2"."""
        told = {
            "window": self.window.name or str(self.window),
            "value": format_number(self.value),
            "unit": self.definition.unit,
            "median": short(self.held.median),
            "against": self.against,
            "z": short(self.z),
            "times": short(float(self.value) / self.held.median) if self.held.median else "",
        }
        if self.held.median > 0 and self.value >= 2 * self.held.median:
            words = _(
                "%(window)s is %(value)s, %(times)s times the median %(median)s of the %(against)s; robust z = %(z)s."
            )
        elif self.z > 0:
            words = _("%(window)s is %(value)s, above the median %(median)s of the %(against)s; robust z = %(z)s.")
        else:
            words = _("%(window)s is %(value)s, below the median %(median)s of the %(against)s; robust z = %(z)s.")
        return words % told


def short(number: float) -> str:
    return format_number(Decimal(str(round(number, 1))))


def judged(
    area: Area,
    definition: Definition,
    window: Window,
    value: Number | None,
    others: Sequence[Number | float],
    *,
    is_among_peers: bool = False,
) -> Outlier | None:
    """The figure as an outlier, if it is one; too few others say nothing."""
    fewest = rule().fewest_peers if is_among_peers else rule().fewest_windows
    if value is None or len(others) < fewest:
        return None
    is_ratio = definition.behaviour == Behaviour.RATIO
    held = yardstick(others, is_ratio=is_ratio)
    if held.count < fewest or (held.only_some and not value):
        return None
    least = rule().least_points if is_ratio else rule().least_difference
    is_far = abs(held.z(value)) >= rule().threshold and abs(float(value) - held.median) >= least
    return Outlier(area, definition, window, value, held, is_among_peers) if is_far else None


def earlier(window: Window) -> list[Window]:
    """The windows of the same length in the months before, oldest first."""
    months = spans.months_in(window) or window.days / 30.4
    return spans.before(window, max(int(rule().own_months / months), 1))


def begun(values: Iterable[Number | None]) -> list[Number]:
    """What is known since the first record: nothing is learnt from the time before there was a register."""
    known = [value for value in values if value is not None]
    first = next((place for place, value in enumerate(known) if value), len(known))
    return known[first:]


def of(area: Area, codes: Iterable[str], window: Window, *, territory: date | None = None) -> list[Outlier]:
    """What stands out among these figures of one place: first from its own past, then from its peers."""
    asked, day = list(codes), territory or window.last_day
    found = [
        judged(area, catalogue.get(code), window, values[-1], begun(values[:-1]))
        for code, values in history.lines(area, asked, [*earlier(window), window], day=day).items()
    ]
    return [one for one in [*found, *among_peers(area, asked, window, day)] if one]


def among_peers(area: Area, codes: Iterable[str], window: Window, day: date) -> Iterator[Outlier | None]:
    """Against places of the same kind right under the same place; never by what stands under rights rule R8."""
    if area.parent is None or area.level not in (Level.COMMUNE, Level.RESIDENTIAL):
        return
    reading = rollup.read(area.parent, window, territory=day).prime(codes)
    for code in codes:
        if comparing.refusal(catalogue.get(code)) is None:
            yield beside(area, reading, code)


def beside(area: Area, reading: rollup.Reading, code: str) -> Outlier | None:
    kin = [place for place in reading.children if place.kind == area.kind]
    own = next((history.part(place, reading, code) for place in kin if place.pk == area.pk), None)
    known = [history.part(place, reading, code) for place in kin if place.pk != area.pk]
    others = [value for value in known if value is not None]
    return judged(area, catalogue.get(code), reading.window, own, others, is_among_peers=True)


def below(area: Area, codes: Iterable[str], window: Window, *, territory: date | None = None) -> list[Outlier]:
    """What stands out in the places right below: one reading a window, however many places; farthest first."""
    asked, day = list(codes), territory or window.last_day
    readings = [rollup.read(area, one, territory=day).prime(asked) for one in [*earlier(window), window]]
    found = [one for code in asked for place in readings[-1].children for one in told(place, readings, code)]
    return sorted(found, key=lambda one: -abs(one.z))


def told(place: Area, readings: Sequence[rollup.Reading], code: str) -> Iterator[Outlier]:
    definition, now = catalogue.get(code), readings[-1]
    line = [history.part(place, reading, code) for reading in readings]
    if own := judged(place, definition, now.window, line[-1], begun(line[:-1])):
        yield own
    if comparing.refusal(definition) is None and (other := beside(place, now, code)):
        yield other
