"""Sending a return: the only way its numbers get into the database and into the totals."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.reporting.models import ReturnForm

CHANGED = "LT409"
SUBMIT = "SELECT * FROM reporting_submit(%s, %s, %s, %s, %s::bigint[], %s, %s, %s, %s, %s, %s, %s)"


class Changed(Exception):
    """Somebody else sent this return in meanwhile; what was typed is not lost, it was not written."""


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
