"""Where a window begins or ends inside a slice, the days there are counted from the records."""

from calendar import monthrange
from datetime import date, timedelta

from luytre.common.periods import Window

DAY = timedelta(days=1)


def slice_of(day: date) -> Window:
    """1–14, 15, 16–end: every official window is made of whole slices."""
    if day.day < 15:
        return Window(day.replace(day=1), day.replace(day=14))
    if day.day == 15:
        return Window(day, day)
    return Window(day.replace(day=16), day.replace(day=monthrange(day.year, day.month)[1]))


def of(window: Window) -> list[Window]:
    """The days of a window that lie in no whole slice of it, as one or two windows."""
    first, last = slice_of(window.first_day), slice_of(window.last_day)
    if first == last:
        return [] if first == Window(window.first_day, window.last_day) else [Window(window.first_day, window.last_day)]
    head = [] if first.first_day == window.first_day else [Window(window.first_day, first.last_day)]
    tail = [] if last.last_day == window.last_day else [Window(last.first_day, window.last_day)]
    return [*head, *tail]
