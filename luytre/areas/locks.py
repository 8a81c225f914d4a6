"""Who waits for whom while the territory changes: advisory locks that end with their transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

TERRITORY = 7101


@contextmanager
def changing() -> Iterator[None]:
    """Alone: nobody writes a total while places change their leads."""
    with transaction.atomic():
        take("pg_advisory_xact_lock")
        yield


@contextmanager
def writing() -> Iterator[None]:
    """Together with all others who write totals, but not while the territory changes."""
    with transaction.atomic():
        take("pg_advisory_xact_lock_shared")
        yield


def take(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [TERRITORY])
