"""What a page of comparison was asked: all of it stands in the address, so that an address can be kept and shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from luytre.areas.models import Area, Kind, Level, Scope
from luytre.common.periods import Calendar, Window
from luytre.reporting import plain, questions
from luytre.reporting.exploring import spans
from luytre.reporting.models import Definition
from luytre.reporting.questions import Unclear
from luytre.reporting.territory import until

USUAL = "outreach_sessions"
SHAPES = ("place-period", "indicator-period", "place-indicator")
BELOW = ("", "children", "communes", "areas")
KINDS = (Kind.RURAL_COMMUNE, Kind.WARD, Kind.SPECIAL_ZONE)
NOTHING: Mapping[str, str] = {}
PERIOD_NAMES = ("from", "to", "period", "step", "count")
STEP, COUNT, MOST_WINDOWS, MOST_INDICATORS, MOST_PLACES = "month", 6, 120, 60, 60


class Typed(Protocol):
    """The query of an address; each name may stand there several times."""

    def get(self, key: str, /) -> str | None: ...

    def getlist(self, key: str, /) -> Sequence[str]: ...


@dataclass(frozen=True)
class Periods:
    """As they were asked for: named ones, or free days, or the last so many up to a day."""

    windows: tuple[Window, ...]
    asked: Mapping[str, str | list[str]] = field(default_factory=dict, compare=False)
    step: str = STEP
    count: int = COUNT

    @property
    def joined(self) -> Window | None:
        """All of them as one window, where each begins on the day after the last."""
        pairs = zip(self.windows, self.windows[1:], strict=False)
        if len(self.windows) < 2 or any(one.end != next_.first_day for one, next_ in pairs):
            return None
        return Window(self.windows[0].first_day, self.windows[-1].last_day)


@dataclass(frozen=True)
class Asked:
    """Which figures, of which places, in which windows, laid out how."""

    definitions: tuple[Definition, ...]
    places: tuple[Area, ...]
    periods: Periods
    territory: date
    below: str = ""
    kind: str = ""
    shape: str = SHAPES[0]
    with_change: bool = False
    calendar: Calendar = Calendar.ADMINISTRATIVE
    named_territory: bool = False

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.definitions]

    def pairs(self) -> list[tuple[str, str | list[str]]]:
        return [
            ("indicator", self.codes),
            ("area", [place.code for place in self.places]),
            ("below", self.below),
            ("kind", self.kind),
            *self.periods.asked.items(),
            ("calendar", self.calendar.value if self.calendar != Calendar.ADMINISTRATIVE else ""),
            ("shape", self.shape if self.shape != SHAPES[0] else ""),
            ("change", "1" if self.with_change else ""),
            ("territory", plain.iso(self.territory) if self.named_territory else ""),
        ]

    def query(self, **other: str) -> str:
        """The address of the same question; `other` puts something else in place of a part."""
        known = {**dict(self.pairs()), **other}
        return urlencode({key: value for key, value in known.items() if value or key == "below"}, doseq=True)


def ask(typed: Typed, *, scope: Scope, today: date, usual: Mapping[str, str] = NOTHING) -> Asked:
    """Unclear where it cannot be answered; OutOfSight for a place that the asker may not see.

    `usual` is what a page reads where the address names no periods, or nothing below a place.
    """
    calendar = Calendar.CIVIL if typed.get("calendar") == Calendar.CIVIL else Calendar.ADMINISTRATIVE
    asked_for = periods(typed, usual, today=today, calendar=calendar)
    day = typed.get("territory") or ""
    territory = questions.day("territory", day) if day else max(one.last_day for one in asked_for.windows)
    places = places_of(typed, on=territory, scope=scope)
    definitions = [questions.definition(code) for code in distinct(typed.getlist("indicator")) or [USUAL]]
    return Asked(
        definitions=tuple(few(definitions, "indicator", MOST_INDICATORS)),
        places=tuple(few(places, "area", MOST_PLACES)),
        periods=asked_for,
        territory=territory,
        below=below_of(typed, places, usual),
        kind=one_of(typed.get("kind"), [kind.value for kind in KINDS], ""),
        shape=one_of(typed.get("shape"), SHAPES, SHAPES[0]),
        with_change=bool(typed.get("change")),
        calendar=calendar,
        named_territory=bool(day),
    )


def distinct(typed: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in typed if one.strip()))


def one_of(typed: str | None, known: Sequence[str], usual: str) -> str:
    return typed if typed is not None and typed in known else usual


def few(chosen: list[Any], name: str, most: int) -> list[Any]:
    if len(chosen) > most:
        raise Unclear(name, _("This is too much for one table: choose at most %(most)d.") % {"most": most})
    return chosen


def places_of(typed: Typed, *, on: date, scope: Scope) -> list[Area]:
    codes = distinct(typed.getlist("area"))
    if not codes:
        return [own_place(scope, on)]
    return [questions.area(code, on=on, scope=scope) for code in codes]


def own_place(scope: Scope, on: date) -> Area:
    """The widest place that the asker may see on the day."""
    found = questions.visible(scope).on(on).order_by("path").first()
    if found is None:
        raise questions.OutOfSight(str(on))
    return found


def below_of(typed: Typed, places: Sequence[Area], usual: Mapping[str, str]) -> str:
    """Somebody who names nothing sees what lies right below their own place."""
    if typed.get("below") is not None:
        return one_of(typed.get("below"), BELOW, "")
    is_own = not typed.getlist("area") and places[0].level != Level.RESIDENTIAL
    return usual.get("below", "children" if is_own else "")


def periods(typed: Typed, usual: Mapping[str, str], *, today: date, calendar: Calendar) -> Periods:
    """Free days first, then named periods, then the last so many of a length."""
    asked = {name: (typed.get(name) or "").strip() for name in PERIOD_NAMES}
    if not any(asked.values()):
        asked = {name: usual.get(name, "") for name in PERIOD_NAMES}
    if asked["from"] or asked["to"]:
        free = questions.window(asked)
        return Periods((until(free, today),), {"from": plain.iso(free.first_day), "to": plain.iso(free.last_day)})
    if tokens := distinct(" ".join([*typed.getlist("period")[:-1], asked["period"]]).replace(",", " ").split()):
        windows = few([until(questions.named(token), today) for token in tokens], "period", MOST_WINDOWS)
        return Periods(tuple(windows), {"period": tokens})
    step = one_of(asked["step"], list(spans.STEPS), STEP)
    count = counted(asked["count"])
    windows = [until(one, today) for one in spans.last(today, count, step, calendar)]
    return Periods(tuple(windows), {"step": step, "count": str(count)}, step, count)


def counted(typed: str) -> int:
    if not typed:
        return COUNT
    if not typed.isdecimal() or not 1 <= int(typed) <= MOST_WINDOWS:
        raise Unclear("count", _("Write how many periods as a number from 1 to %(most)d.") % {"most": MOST_WINDOWS})
    return int(typed)


def last_month(today: date) -> dict[str, str]:
    """The last administrative month that is over, as the address names it."""
    month = spans.moved(spans.around(today, "month"), -1)
    return {"period": f"{month.last_day:%Y-%m}"}
