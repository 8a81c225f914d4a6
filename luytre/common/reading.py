"""Which database this request reads from: a replica only where nothing that its reader wrote could be missing."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.utils import timezone

PRIMARY = "default"
SETTLED = timedelta(seconds=10)  # after a write one reads from the primary; replicas further behind than half are out
database: ContextVar[str] = ContextVar("reading_database", default=PRIMARY)


@contextmanager
def from_(alias: str) -> Iterator[None]:
    before = database.set(alias)
    try:
        yield
    finally:
        database.reset(before)


def stay() -> None:
    """The rest of this request reads from the primary."""
    database.set(PRIMARY)


def stay_after(wrote_at: datetime) -> None:
    """Who wrote a moment ago reads what they wrote."""
    if timezone.now() - wrote_at < SETTLED:
        stay()
