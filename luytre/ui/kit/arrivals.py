"""A record comes in once, however often and by however many ways its number is sent at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction


@contextmanager
def once(uid: UUID) -> Iterator[None]:
    """Whoever brings the same number waits here until the first is committed, and then finds its record."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(uid.bytes[:8], signed=True)])
        yield
