"""Days on which offices work: the lunar calendar, the decision of the year, and a place's own changes.

How a time limit ends is BLTTHS art. 134: at 24 hours of its last day; of months, on the day of the same number or the
month's last; on a day off, the next working day is the last one.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

Changes = Mapping[date, bool]  # day -> whether it is worked, against the national calendar
NO_CHANGES: Changes = {}


@lru_cache(maxsize=16)
def national(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("VN", years=year)


def is_working(day: date, changes: Changes = NO_CHANGES) -> bool:
    return changes[day] if day in changes else bool(national(day.year).is_working_day(day))


def add_working_days(day: date, count: int, changes: Changes = NO_CHANGES) -> date:
    """The last of `count` working days after `day`, which itself does not count."""
    while count:
        day += timedelta(days=1)
        count -= is_working(day, changes)
    return day


def on_or_after(day: date, changes: Changes = NO_CHANGES) -> date:
    """The day itself when offices work, or else the next on which they do."""
    while not is_working(day, changes):
        day += timedelta(days=1)
    return day
