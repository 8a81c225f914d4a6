"""Whether all parts of the house run, each asked in the cheapest way."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

OLDEST_HEARTBEAT = timedelta(seconds=30)


class NotMigrated(Exception):
    """The tables are older than the program."""


def faults() -> Iterator[str]:
    """The names of the parts that do not work."""
    try:
        require_migrations()
        since = timezone.now() - OLDEST_HEARTBEAT
        if not ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists():
            yield "worker"
    except NotMigrated:
        yield "migrations"
    except Error:
        yield "database"


@cache
def require_migrations() -> None:
    """Asked until it is so, then remembered: the tables of a running server grow no older."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMigrated
