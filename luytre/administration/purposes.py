"""Reading personal data leaves a trace with its purpose (rights rule R24)."""

from collections.abc import Iterable

from django.db import models, transaction

from luytre import audit
from luytre.accounts.models import User

ACCOUNTS, REQUEST, OWN, AUDIT = "accounts", "request", "own data", "audit"


@transaction.atomic
def viewed(record: models.Model, *, by: User, purpose: str, area_path: str = "") -> None:
    audit.record(record, "viewed", by=by, purpose=purpose, area_path=area_path)


@transaction.atomic
def listed(people: Iterable[User], *, by: User, purpose: str) -> None:
    """One entry for a page of a list; it names the accounts that were on it."""
    numbers = [f"account {person.pk}" for person in people]
    if numbers:
        audit.record(by, "listed", by=by, purpose=purpose, fields=numbers)
