"""The audit trail gets its links a moment after the fact, and each day its root."""

import logging
from datetime import date
from threading import Event

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from luytre.audit import chain

PAUSE = 1.0  # seconds
logger = logging.getLogger(__name__)


def keep_chaining(stop: Event) -> None:
    """Until told to stop; a database that is away for a moment must not end it."""
    closed: date | None = None
    while not stop.wait(PAUSE):
        try:
            closed = chain_once(closed)
        except Error as error:
            logger.warning("The audit trail waits for the database: %s", error)
            close_old_connections()
    connection.close()


def chain_once(closed: date | None) -> date:
    """On the first call of a day also look for stragglers and close the days before."""
    today = timezone.localdate()
    is_new_day = today != closed
    while chain.chain_committed(today=today, everything=is_new_day):
        continue
    if is_new_day:
        chain.close_days(before=today)
    return today
