"""Reading a register that names people leaves a trace with its purpose (rights rule R24)."""

from collections.abc import Iterable

from django.db import transaction

from luytre import audit
from luytre.accounts.models import User
from luytre.ui.records import Record
from luytre.ui.registers import Register


@transaction.atomic
def viewed(register: Register, record: Record, *, by: User) -> None:
    if register.names_people:
        path = record.where.path if record.where else ""
        audit.record(record, "viewed", by=by, purpose=register.names_people, area_path=path)


@transaction.atomic
def listed(register: Register, records: Iterable[Record], *, by: User) -> None:
    """One entry for a page of a list; it names by number who was on it."""
    numbers = [f"{record._meta.model_name} {record.pk}" for record in records] if register.names_people else []
    if numbers:
        audit.record(by, "listed", by=by, purpose=register.names_people, fields=numbers)
