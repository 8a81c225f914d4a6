"""Sending a return: the only way its numbers get into the database and into the totals."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.reporting.models import ReturnForm

CHANGED = "LT409"
DEADLOCK = "40P01"
SUBMIT = "SELECT * FROM reporting_submit(%s, %s, %s, %s, %s::bigint[], %s, %s, %s, %s, %s, %s, %s)"
SUBMIT_ALL = """
SELECT u.area, s.return_id
FROM unnest(%s::bigint[], %s::text[], %s::jsonb[], %s::jsonb[], %s::jsonb[], %s::int[], %s::int[])
         u(area, said, marks, comments, seen, seconds, base),
     LATERAL reporting_submit(
         %s, u.area, %s, %s, u.said::bigint[], u.marks, u.comments, u.seen, u.seconds, %s, %s, u.base
     ) s
"""


class Changed(Exception):
    """Somebody else sent this return in meanwhile; what was typed is not lost, it was not written."""


@dataclass(frozen=True)
class Sheet:
    """What one unit's return says: hundredths in the order of the form's codes, and the version it is based on."""

    area: Area
    values: Sequence[int | None]
    base_number: int
    qualifiers: Mapping[str, str] | None = None
    comments: Mapping[str, str] | None = None
    seen: Mapping[str, Any] | None = None
    seconds: int = 0


EXTRAS: list[Callable[[Sheet], Mapping[str, Any] | None]] = [
    lambda one: one.qualifiers,
    lambda one: one.comments,
    lambda one: one.seen,
]


def submit(
    form: ReturnForm,
    area: Area,
    window: Window,
    values: Sequence[int | None],
    *,
    by: User,
    at: datetime,
    base_number: int,
    qualifiers: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
    seen: Mapping[str, Any] | None = None,
    seconds: int = 0,
) -> tuple[int, int]:
    """Write values (hundredths, in the order of `form.codes`); returns the return's key and its version.

    Raises Changed when the version that this one was based on is no longer the current one.
    """
    extras = [json.dumps(extra) if extra else None for extra in (qualifiers, comments, seen)]
    span = (form.pk, area.pk, window.first_day, window.last_day)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SUBMIT, [*span, list(values), *extras, seconds, by.pk, at, base_number])
            pk, number = cursor.fetchone()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == CHANGED:
            raise Changed from error
        raise
    return pk, number


def submit_all(form: ReturnForm, window: Window, sheets: Iterable[Sheet], *, by: User, at: datetime) -> dict[int, int]:
    """Many units' returns of one window, all or none; the returns' keys by their units'. Raises Changed."""
    units = sorted(sheets, key=lambda one: one.area.pk)  # two that send the same units wait for each other in one order
    columns: list[list[Any]] = [
        [one.area.pk for one in units],
        [written(one.values) for one in units],
        *([json.dumps(extra(one)) if extra(one) else None for one in units] for extra in EXTRAS),
        [one.seconds for one in units],
        [one.base_number for one in units],
    ]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SUBMIT_ALL, [*columns, form.pk, window.first_day, window.last_day, by.pk, at])
            return dict(cursor.fetchall())
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") in (CHANGED, DEADLOCK):
            raise Changed from error
        raise


def written(values: Iterable[int | None]) -> str:
    return f"{{{','.join('NULL' if one is None else str(one) for one in values)}}}"
