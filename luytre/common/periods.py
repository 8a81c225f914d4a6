"""Windows of time: half-open inside, with the official windows first-class.

The administrative month M runs from the 15th of the month before to the 14th of M, the year from
15 December to 14 December (domain: periods of Decree 09/2019 as offices apply it). Any from-to works too.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _


class Calendar(StrEnum):
    """Which months a period is made of."""

    ADMINISTRATIVE = "administrative"
    CIVIL = "civil"


@dataclass(frozen=True, order=True)
class Window:
    """The days from `first_day` to `last_day`, both included."""

    first_day: date
    last_day: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError("a window ends on or after its first day")

    @property
    def end(self) -> date:
        """The first day after the window: ranges are half-open inside."""
        return self.last_day + timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.first_day).days

    def same_last_year(self) -> "Window":
        return Window(years_before(self.first_day, 1), years_before(self.last_day, 1))

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        span = _("%(first)s to %(last)s") % {
            "first": self.first_day.strftime("%d/%m/%Y"),
            "last": self.last_day.strftime("%d/%m/%Y"),
        }
        return f"{self.name} ({span})" if self.name else span


def years_before(day: date, years: int) -> date:
    """The same day of an earlier year; the last day of February stays its last day."""
    year = day.year - years
    if day.month == 2 and day.day == monthrange(day.year, 2)[1]:
        return date(year, 2, monthrange(year, 2)[1])
    return day.replace(year=year)


def shifted(year: int, month: int, by: int) -> tuple[int, int]:
    number = year * 12 + month - 1 + by
    return number // 12, number % 12 + 1


def months_after(day: date, count: int) -> date:
    """The same day so many months later; the last of a month where that has fewer days."""
    year, month = shifted(day.year, day.month, count)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months(year: int, month: int, *, count: int, calendar: Calendar, name: str) -> Window:
    """`count` months that end with `month`, civil or administrative."""
    first_year, first_month = shifted(year, month, 1 - count)
    if calendar is Calendar.CIVIL:
        return Window(date(first_year, first_month, 1), date(year, month, monthrange(year, month)[1]), name)
    before_year, before_month = shifted(first_year, first_month, -1)
    return Window(date(before_year, before_month, 15), date(year, month, 14), name)


def month(year: int, number: int, calendar: Calendar = Calendar.ADMINISTRATIVE) -> Window:
    name = _("Month %(month)d/%(year)d") % {"month": number, "year": year}
    return months(year, number, count=1, calendar=calendar, name=name)


def quarter(year: int, number: int, calendar: Calendar = Calendar.ADMINISTRATIVE) -> Window:
    name = _("Quarter %(quarter)d/%(year)d") % {"quarter": number, "year": year}
    return months(year, number * 3, count=3, calendar=calendar, name=name)


def half_year(year: int, number: int, calendar: Calendar = Calendar.ADMINISTRATIVE) -> Window:
    name = _("Half-year %(half)d/%(year)d") % {"half": number, "year": year}
    return months(year, number * 6, count=6, calendar=calendar, name=name)


def whole_year(number: int, calendar: Calendar = Calendar.ADMINISTRATIVE) -> Window:
    return months(number, 12, count=12, calendar=calendar, name=_("Year %(year)d") % {"year": number})


def residential_standard_year(number: int) -> Window:
    """1 November to 31 October: residential areas (Circular 124/2021, article 8)."""
    name = _("Standard year %(year)d, residential areas") % {"year": number}
    return Window(date(number - 1, 11, 1), date(number, 10, 31), name)


def unit_standard_year(number: int) -> Window:
    """16 November to 15 November: communes, agencies, enterprises, schools (Circular 124/2021, article 8)."""
    name = _("Standard year %(year)d, communes and units") % {"year": number}
    return Window(date(number - 1, 11, 16), date(number, 11, 15), name)


def team_rating_year(number: int) -> Window:
    """15 November to 14 November: rating of the guard teams (Guidance 01 of 2026)."""
    return Window(date(number - 1, 11, 15), date(number, 11, 14), _("Team rating year %(year)d") % {"year": number})


def month_of(day: date, calendar: Calendar = Calendar.ADMINISTRATIVE) -> Window:
    """The month that a day belongs to: 15 March is already the administrative April."""
    step = 1 if calendar is Calendar.ADMINISTRATIVE and day.day >= 15 else 0
    return month(*shifted(day.year, day.month, step), calendar)


def months_back(day: date, count: int, calendar: Calendar = Calendar.ADMINISTRATIVE) -> list[Window]:
    """The last `count` months up to the one of `day`, oldest first."""
    newest = month_of(day, calendar).last_day
    return [month(*shifted(newest.year, newest.month, -back), calendar) for back in reversed(range(count))]


NAMED = re.compile(r"^(?P<year>\d{4})(?:-(?P<kind>[MQH])?(?P<number>\d{1,2}))?(?P<civil>c)?$")


def parse(text: str) -> Window:
    """`2026-11`, `2026-Q3`, `2026-H1`, `2026`, with a final `c` for the civil calendar; ValueError otherwise."""
    found = NAMED.match(text)
    if not found:
        raise ValueError(f"not a period: {text}")
    calendar = Calendar.CIVIL if found["civil"] else Calendar.ADMINISTRATIVE
    year, number = int(found["year"]), int(found["number"] or 0)
    limits = {None: 12, "M": 12, "Q": 4, "H": 2}
    if not 1900 <= year <= 2200 or (found["number"] and not 1 <= number <= limits[found["kind"]]):
        raise ValueError(f"not a period: {text}")
    if not found["number"]:
        return whole_year(year, calendar)
    makers = {None: month, "M": month, "Q": quarter, "H": half_year}
    return makers[found["kind"]](year, number, calendar)
