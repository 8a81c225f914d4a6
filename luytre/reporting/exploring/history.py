"""A place's own figures, window by window: what nobody reported is not nought."""

from collections.abc import Iterable, Sequence
from datetime import date

from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators, rollup
from luytre.reporting.measures import Cell, Number
from luytre.reporting.models import Behaviour, Return, ReturnForm
from luytre.reporting.rollup import Reading

Reported = set[tuple[str, date, date]]


def lines(area: Area, codes: Iterable[str], windows: Sequence[Window], *, day: date) -> dict[str, list[Number | None]]:
    """Wholes of one place; none where a typed number was not reported."""
    readings = [rollup.read(area, window, territory=day) for window in windows]
    wanted = list(codes)
    if area.level != Level.RESIDENTIAL:
        rollup.prefetch(area, wanted, readings)
    said = reported(area, windows, day)
    return {code: [whole(one, code, said) for one in readings] for code in wanted}


def whole(reading: Reading, code: str, said: Reported) -> Number | None:
    definition = catalogue.get(code)
    if definition.behaviour == Behaviour.RATIO:
        return reading.line(code).value
    cell = reading.wholes.get((code, reading.window))
    value = (cell or sum(reading.cells(code, reading.window).values(), Cell())).value
    is_known = code in indicators.INDICATORS or value or was_reported(code, reading.window, said)
    return value if is_known else None


def reported(area: Area, windows: Sequence[Window], day: date) -> Reported:
    """Which typed numbers were sent in for which days."""
    rows = Return.objects.sent().of(area, on=day).filter(last_day__lte=windows[-1].last_day)
    sent = rows.filter(first_day__gte=windows[0].first_day).values_list("form", "first_day", "last_day").distinct()
    asked = {form.pk: form.codes for form in ReturnForm.objects.all()}
    return {(code, first, last) for form, first, last in sent for code in asked[form]}


def was_reported(code: str, window: Window, said: Reported) -> bool:
    return any(one == code and first >= window.first_day and last <= window.last_day for one, first, last in said)


def part(place: Area, reading: Reading, code: str) -> Number | None:
    """What one of the places below gives; nothing of a typed number that no word came of."""
    if catalogue.get(code).behaviour == Behaviour.RATIO:
        return reading.child(reading.figure(code), place.code).value
    cell = reading.cells(code, reading.window).get(place.code)
    if cell is None:
        return 0 if code in indicators.INDICATORS else None
    return cell.value


def told_lately(area: Area, windows: Sequence[Window], *, day: date) -> list[str]:
    """Counts that any of the windows has a figure of, of those whose sums are kept."""
    codes = [one.code for one in indicators.available() if one.behaviour != Behaviour.RATIO]
    kept = [code for code in codes if rollup.is_line(code)]
    readings = [rollup.read(area, window, territory=day).prime(kept) for window in windows]
    return [code for code in kept if any(has_any(one, code) for one in readings)]


def has_any(reading: Reading, code: str) -> bool:
    return any(cell.value for cell in reading.cells(code, reading.window).values())
