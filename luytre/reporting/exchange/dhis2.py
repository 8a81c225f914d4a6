"""DHIS2's data value sets: figures out in the form that system reads, and its names for our periods.

A period of DHIS2 names an official one here: 202611 is administrative November, 15 October to 14 November, as on the
offices' returns; with `calendar=civil` it is the civil month.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from luytre.common import periods
from luytre.common.numbers import Qualifier
from luytre.common.periods import Calendar, Window
from luytre.reporting import plain
from luytre.reporting.exchange.rows import Row
from luytre.reporting.questions import Unclear

OURS = re.compile(r"^(\d{4})(?:-([QH]?)(\d{1,2}))?c?$")
THEIRS = re.compile(r"^(?P<year>\d{4})(?:(?P<month>\d{2})|Q(?P<quarter>[1-4])|S(?P<half>[12]))?$")


def period_of(name: str) -> str:
    """2026-11 is 202611, 2026-Q3 is 2026Q3, 2026-H1 is 2026S1, 2026 is 2026."""
    found = OURS.match(name)
    if not found:
        raise Unclear("period", _("Only official periods can be written for DHIS2: give period, not from and to."))
    year, kind, number = found.groups()
    if not number:
        return year
    return f"{year}{int(number):02}" if not kind else f"{year}{'S' if kind == 'H' else kind}{int(number)}"


def name_of(period: str, calendar: Calendar = Calendar.ADMINISTRATIVE) -> str:
    """Our name of a period of DHIS2."""
    found = THEIRS.match(period.strip())
    if not found:
        words = _("“%(typed)s” is no period of DHIS2 that is used here; write 202611, 2026Q3, 2026S1 or 2026.")
        raise Unclear("period", words % {"typed": period})
    year, month, quarter, half = found.group("year", "month", "quarter", "half")
    part = f"-{month}" if month else f"-Q{quarter}" if quarter else f"-H{half}" if half else ""
    return f"{year}{part}{'c' if calendar is Calendar.CIVIL else ''}"


def window_of(period: str, calendar: Calendar = Calendar.ADMINISTRATIVE) -> Window:
    name = name_of(period, calendar)
    try:
        return periods.parse(name)
    except ValueError:
        raise Unclear("period", _("There is no such period: %(period)s.") % {"period": period}) from None


def data_values(rows: Iterable[Row]) -> dict[str, Any]:
    """What has no value is left out; how exact a number is stands in its comment."""
    return {"dataValues": [data_value(row) for row in rows if row.value is not None]}


def data_value(row: Row) -> dict[str, Any]:
    said = {} if row.qualifier == Qualifier.EXACT else {"comment": str(row.qualifier)}
    return {
        "dataElement": row.definition.code,
        "period": period_of(row.period),
        "orgUnit": row.area.code,
        "categoryOptionCombo": "default",
        "attributeOptionCombo": "default",
        "value": str(plain.number(row.value)),
        "followup": False,
        **said,
    }
