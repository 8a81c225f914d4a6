"""Windows beside a window: the ones before it of the same length, and the last so many months, quarters or years."""

from datetime import date, timedelta

from django.utils.translation import ngettext

from luytre.common import periods
from luytre.common.periods import Calendar, Window

STEPS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def calendar_of(window: Window) -> Calendar | None:
    """Which months a window is wholly made of; none for a free one."""
    begins = {1: Calendar.CIVIL, 15: Calendar.ADMINISTRATIVE}
    return begins.get(window.first_day.day) if window.first_day.day == window.end.day else None


def months_in(window: Window) -> int:
    """How many whole months; none for a free window."""
    if calendar_of(window) is None:
        return 0
    return (window.end.year - window.first_day.year) * 12 + window.end.month - window.first_day.month


def moved(window: Window, by: int) -> Window:
    """The window so many of its own lengths later; earlier where `by` is negative."""
    calendar, count = calendar_of(window), months_in(window)
    if calendar is None:
        shift = timedelta(days=window.days * by)
        return Window(window.first_day + shift, window.last_day + shift)
    return of_months(*periods.shifted(window.last_day.year, window.last_day.month, count * by), count, calendar)


def of_months(year: int, month: int, count: int, calendar: Calendar) -> Window:
    """`count` months that end with one; an official name where they are an official period."""
    makers = {3: periods.quarter, 6: periods.half_year}
    if count == 1:
        return periods.month(year, month, calendar)
    if count == 12 and month == 12:
        return periods.whole_year(year, calendar)
    if count in makers and month % count == 0:
        return makers[count](year, month // count, calendar)
    return periods.months(year, month, count=count, calendar=calendar, name="")


def before(window: Window, count: int) -> list[Window]:
    """The `count` windows of the same length right before, oldest first."""
    return [moved(window, -back) for back in range(count, 0, -1)]


def around(day: date, step: str, calendar: Calendar = Calendar.ADMINISTRATIVE) -> Window:
    """The month, quarter, half-year or year that a day belongs to."""
    newest, count = periods.month_of(day, calendar).last_day, STEPS[step]
    return of_months(newest.year, -(-newest.month // count) * count, count, calendar)


def last(day: date, count: int, step: str, calendar: Calendar = Calendar.ADMINISTRATIVE) -> list[Window]:
    """The last `count` months, quarters, half-years or years up to the one of `day`, oldest first."""
    newest = around(day, step, calendar)
    return [*before(newest, count - 1), newest]


def earlier_words(count: int, months: int) -> str:
    """ "24 earlier months": what a figure is held against, in words."""
    told = {"count": count}
    match months:
        case 1:
            return ngettext("%(count)d earlier month", "%(count)d earlier months", count) % told
        case 3:
            return ngettext("%(count)d earlier quarter", "%(count)d earlier quarters", count) % told
        case 6:
            return ngettext("%(count)d earlier half-year", "%(count)d earlier half-years", count) % told
        case 12:
            return ngettext("%(count)d earlier year", "%(count)d earlier years", count) % told
    return (
        ngettext("%(count)d earlier window of the same length", "%(count)d earlier windows of the same length", count)
        % told
    )
