"""What a unit, and what became part of it, said in the same form before."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from luytre.areas.models import Area
from luytre.common.numbers import combined
from luytre.common.periods import Window
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.models.facts import SCALE
from luytre.reporting.returns.numbers import Amount

YEARS = 2
Days = tuple[date, date]


@dataclass
class Told:
    """What was said for the days of one window; a thousand of these are read for one form's checks."""

    amounts: dict[str, int] = field(default_factory=dict)  # hundredths
    marks: dict[str, list[str]] = field(default_factory=dict)  # of codes that are not exact

    def add(self, row: Return) -> None:
        for code, hundredths in zip(row.form.codes, row.values, strict=False):
            if hundredths is not None:
                self.amounts[code] = self.amounts.get(code, 0) + hundredths
        for code, mark in (row.qualifiers or {}).items():
            self.marks.setdefault(code, []).append(mark)

    def get(self, code: str) -> Amount | None:
        if code not in self.amounts:
            return None
        return Amount(self.amounts[code], combined(self.marks.get(code, ())))


@dataclass(frozen=True)
class History:
    """By the days of a window; merged units are added up."""

    window: Window
    told: dict[Days, Told] = field(default_factory=dict)

    @cached_property
    def lines(self) -> list[Told]:
        """Oldest first; asked when all has been read."""
        return [self.told[days] for days in sorted(self.told)]

    def last(self, code: str) -> Amount | None:
        """Of the return before this one."""
        return self.lines[-1].get(code) if self.lines else None

    def year_before(self, code: str) -> Amount | None:
        same = self.window.same_last_year()
        found = self.told.get((same.first_day, same.last_day))
        return found.get(code) if found else None

    def latest(self, code: str) -> Amount | None:
        """The last time anything was said: what a stock still is."""
        return next((line.get(code) for line in reversed(self.lines) if code in line.amounts), None)

    def line(self, code: str) -> list[float]:
        """Oldest first, only where something was said."""
        return [line.amounts[code] / SCALE for line in self.lines if code in line.amounts]

    def add(self, row: Return) -> None:
        self.told.setdefault((row.first_day, row.last_day), Told()).add(row)


def of(form: ReturnForm, area: Area, window: Window) -> History:
    """One query, however long the past is."""
    since = window.last_day - timedelta(days=366 * YEARS + 10)
    rows = Return.objects.sent().of(area, on=window.last_day).filter(form__code=form.code)
    rows = rows.filter(last_day__lt=window.last_day, last_day__gte=since).select_related("form").distinct()
    found = History(window)
    for row in rows:
        found.add(row)
    return found
