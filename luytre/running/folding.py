"""The worker's second standing task: what writes left waiting is added to the kept sums every second."""

import logging
from threading import Event

from django.db import Error, close_old_connections, connection

from luytre.reporting.facts import keeping

PAUSE = 1.0  # seconds: readers pay a thousandth of a second for a thousand unfolded writes
logger = logging.getLogger(__name__)


def keep_folding(stop: Event) -> None:
    """Until told to stop; a database that is away for a moment must not end it."""
    while not stop.wait(PAUSE):
        try:
            keeping.fold()
        except Error as error:
            logger.warning("The kept sums wait for the database: %s", error)
            close_old_connections()
    connection.close()
