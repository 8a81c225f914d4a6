"""Which windows a form is owed for, how they stand in an address, and when they are due."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from luytre.common import periods
from luytre.common.periods import Calendar, Window
from luytre.reporting.models import Every, ReturnForm

MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
MAKERS: dict[str, Callable[[int, int, Calendar], Window]] = {
    Every.MONTH: periods.month,
    Every.QUARTER: periods.quarter,
    Every.HALF: periods.half_year,
}
MARKS = {Every.MONTH: "", Every.QUARTER: "Q", Every.HALF: "H"}


class NoSuchSpan(ValueError):
    """The address names no window of this form."""


def own(form: ReturnForm) -> Window:
    """The window of a special report: the days the form is in force."""
    return Window(form.valid_from, (form.valid_to or form.valid_from + timedelta(days=1)) - timedelta(days=1))


def of(form: ReturnForm, day: date) -> Window:
    """The window a day belongs to."""
    if form.every == Every.ONCE:
        return own(form)
    calendar = Calendar(form.calendar)
    month = periods.month_of(day, calendar).last_day
    if form.every == Every.YEAR:
        return periods.whole_year(month.year, calendar)
    return MAKERS[form.every](month.year, (month.month - 1) // MONTHS[Every(form.every)] + 1, calendar)


def until(form: ReturnForm, day: date, *, count: int) -> Iterator[Window]:
    """The windows in force up to the one of `day`, newest first."""
    window = of(form, day)
    for _number in range(1 if form.every == Every.ONCE else count):
        if is_in_force(form, window):
            yield window
        window = of(form, window.first_day - timedelta(days=1))


def is_in_force(form: ReturnForm, window: Window) -> bool:
    return form.valid_from <= window.last_day and (form.valid_to is None or window.last_day < form.valid_to)


def is_of(form: ReturnForm, window: Window) -> bool:
    """A window exactly as the form is owed for it, while it is in force."""
    found = of(form, window.last_day)
    return (found.first_day, found.last_day) == (window.first_day, window.last_day) and is_in_force(form, window)


def token(form: ReturnForm, window: Window) -> str:
    """As it stands in an address: 2026-11, 2026-Q3, 2026, or both days of a special report."""
    if form.every == Every.ONCE:
        return f"{window.first_day:%Y%m%d}-{window.last_day:%Y%m%d}"
    civil = "c" if form.calendar == Calendar.CIVIL else ""
    last = window.last_day
    if form.every == Every.YEAR:
        return f"{last.year}{civil}"
    number = (last.month - 1) // MONTHS[Every(form.every)] + 1
    place = f"{number:02}" if form.every == Every.MONTH else f"{MARKS[Every(form.every)]}{number}"
    return f"{last.year}-{place}{civil}"


def read(form: ReturnForm, text: str) -> Window:
    """The window an address names; NoSuchSpan unless the form is owed for it."""
    if form.every == Every.ONCE:
        window = own(form)
        if token(form, window) != text:
            raise NoSuchSpan(text)
        return window
    try:
        window = periods.parse(text)
    except ValueError as error:
        raise NoSuchSpan(text) from error
    if not is_of(form, window):
        raise NoSuchSpan(text)
    return window


def due_on(form: ReturnForm, window: Window) -> date:
    """The last day on which it is in time."""
    return window.last_day + timedelta(days=form.due_days)
