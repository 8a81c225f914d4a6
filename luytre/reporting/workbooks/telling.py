"""What became of a delivery: counts, the returns that are owed and not in it, and the report as a workbook."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common import spreadsheets
from luytre.common.periods import Window
from luytre.reporting.models import Delivery, DeliveryLine, LineState, ReturnForm
from luytre.reporting.returns import sending
from luytre.reporting.returns.completeness import Overview
from luytre.reporting.workbooks import delivering, judging

SHOWN = 100


@dataclass(frozen=True)
class Missing:
    """Units that owe a return of which the delivery holds others, and have none in it nor sent one."""

    form: ReturnForm
    window: Window
    units: list[Area]


def missing(delivery: Delivery) -> list[Missing]:
    """For each form and window in a zip: who below the office is not there."""
    if not delivery.is_zip:
        return []
    spans = delivery.lines.exclude(state=LineState.REFUSED).values_list("form", "first_day", "last_day")
    found = []
    for form_pk, first, last in spans.order_by("form", "last_day").distinct():
        if first and last:
            form = ReturnForm.objects.select_related("area").get(pk=form_pk)
            found.append(Missing(form, Window(first, last), without(delivery, form, Window(first, last))))
    return [one for one in found if one.units]


def without(delivery: Delivery, form: ReturnForm, window: Window) -> list[Area]:
    overview = Overview(delivery.area, form, window, delivery.at.date())
    here = delivery.lines.filter(form=form, last_day=window.last_day).values("area")
    rows = overview.units.exclude(pk__in=here).exclude(pk__in=overview.returns.values("area"))
    return list(rows.order_by("path"))


@dataclass(frozen=True)
class Count:
    state: str
    label: str
    number: int


def counts(delivery: Delivery) -> list[Count]:
    known = delivery.counts()
    return [Count(state, str(LineState(state).label), known[state]) for state in LineState.values if known.get(state)]


def number_read(delivery: Delivery) -> int:
    return sum(delivery.counts().values())


def number_left(delivery: Delivery) -> int:
    return delivery.lines.to_send(delivery.comment).count()


def lines(delivery: Delivery, state: str = "") -> Any:
    rows = delivery.lines.select_related("form", "area")
    return rows.filter(state=state) if state in LineState.values else rows


# as a workbook


def report(delivery: Delivery) -> bytes:
    headings = [
        _("File"),
        _("Reporting unit"),
        _("Form"),
        _("State"),
        _("Cell"),
        _("Indicator"),
        _("Written"),
        _("What to do"),
    ]
    notes = [f"{one.label}: {one.number}" for one in counts(delivery)]
    return spreadsheets.write(headings, rows(delivery), title=_("Files"), notes=[delivery.name, *notes])


def rows(delivery: Delivery) -> Iterator[list[Any]]:
    for one in lines(delivery).iterator(chunk_size=500):
        start = [one.name, str(one.area or ""), str(one.form or ""), one.get_state_display()]
        for finding in one.findings or [["", "", "", ""]]:
            yield [*start, *finding]
    for some in missing(delivery):
        for unit in some.units:
            yield ["", f"{unit.full_name} ({unit.code})", some.form.name, _("not in the zip"), "", "", "", ""]


# a file that is behind


@dataclass(frozen=True)
class Both:
    """What a file says where it differs from the version that somebody else has sent since."""

    number: int
    rows: list[tuple[str, str, str]]


def both(one: DeliveryLine) -> Both:
    slip = delivering.slip_of(one)
    report = sending.find(slip.form, slip.area, slip.window) if slip.form and slip.area and slip.window else None
    if report is None or slip.form is None:
        return Both(0, [])
    theirs = judging.kept_texts(report)
    mine = {code: slip.typed.get(code, "") for code in slip.form.codes}
    differing = [code for code, text in mine.items() if text != theirs.get(code, "")]
    return Both(report.number, [(judging.named(code), mine[code], theirs.get(code, "")) for code in differing])


def page(found: Iterable[DeliveryLine]) -> list[DeliveryLine]:
    """Those that are behind with both versions."""
    shown = list(found)
    for one in shown:
        if one.state == LineState.CONFLICT:
            one.both = both(one)  # type: ignore[attr-defined]
    return shown
