"""The whole territory and the whole sample, loaded once for a module or a folder of tests and gone with it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import pytest
from django.db import connection, transaction

from luytre.activities.sample import loading as sample_loading
from luytre.areas import loading

TODAY = date(2026, 11, 22)


def territory_for(scope: Literal["module", "package"]) -> Any:
    """A fixture; each test stands on a savepoint inside its transaction."""

    @pytest.fixture(scope=scope)
    def territory(django_db_setup: None, django_db_blocker: Any) -> Iterator[loading.Loaded]:
        with django_db_blocker.unblock(), transaction.atomic():
            loaded = loading.load()
            settle()
            yield loaded
            transaction.set_rollback(True)

    return territory


def settle() -> None:
    """Check what was put off to the end of the transaction, and let the planner know how much there is."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(scope="package")
def sample(territory: loading.Loaded) -> date:
    """The sample as it would be loaded on one known day."""
    sample_loading.load(today=TODAY)
    settle()
    return TODAY
