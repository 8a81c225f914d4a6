"""What a unit, and what became part of it, said in the same form before."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, combined
from luytre.common.periods import Window
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.returns.numbers import Amount

YEARS = 2
Days = tuple[date, date]


@dataclass(frozen=True)
class History:
    """Amounts by the days of a window and by code; merged units are added up."""

    window: Window
    told: dict[Days, dict[str, Amount]] = field(default_factory=dict)

    def last(self, code: str) -> Amount | None:
        """Of the return before this one."""
        return self.told[max(self.told)].get(code) if self.told else None

    def year_before(self, code: str) -> Amount | None:
        same = self.window.same_last_year()
        return self.told.get((same.first_day, same.last_day), {}).get(code)

    def latest(self, code: str) -> Amount | None:
        """The last time anything was said: what a stock still is."""
        return next((line[code] for _days, line in sorted(self.told.items(), reverse=True) if code in line), None)

    def line(self, code: str) -> list[Amount]:
        """Oldest first, only where something was said."""
        return [line[code] for _days, line in sorted(self.told.items()) if code in line]


def of(form: ReturnForm, area: Area, window: Window) -> History:
    """One query, however long the past is."""
    since = window.last_day - timedelta(days=366 * YEARS + 10)
    rows = Return.objects.sent().of(area, on=window.last_day).filter(form__code=form.code)
    rows = rows.filter(last_day__lt=window.last_day, last_day__gte=since).select_related("form").distinct()
    found = History(window)
    for row in rows:
        add(found.told.setdefault((row.first_day, row.last_day), {}), row)
    return found


def add(line: dict[str, Amount], row: Return) -> None:
    for code, hundredths in row.amounts.items():
        if hundredths is not None:
            mark = Qualifier((row.qualifiers or {}).get(code, Qualifier.EXACT))
            line[code] = plus(line.get(code), Amount(hundredths, mark))


def plus(one: Amount | None, other: Amount) -> Amount:
    if one is None:
        return other
    return Amount(one.hundredths + other.hundredths, combined([one.qualifier, other.qualifier]))
