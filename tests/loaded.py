"""The whole territory and the whole sample, loaded once for a test module and gone with it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from luytre.activities.sample import loading as sample_loading
from luytre.areas import loading

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def territory(django_db_setup: None, django_db_blocker: Any) -> Iterator[loading.Loaded]:
    """Each test stands on a savepoint inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = loading.load()
        settle()
        yield loaded
        transaction.set_rollback(True)


def settle() -> None:
    """Check what was put off to the end of the transaction, and let the planner know how much there is."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(scope="module")
def sample(territory: loading.Loaded) -> date:
    """The sample as it would be loaded on one known day."""
    sample_loading.load(today=TODAY)
    settle()
    return TODAY
