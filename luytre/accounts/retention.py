"""The nightly erasing: what is due by the inventory is blanked or deleted, in search columns too (rights rule R15)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from luytre import audit
from luytre.accounts import inventory
from luytre.accounts.inventory import Erasure, Holding
from luytre.accounts.models import User


def erase_due(*, today: date) -> dict[str, int]:
    """Go through the inventory; returns how many rows of each model were erased."""
    counts = {}
    for holding in inventory.load().values():
        if holding.erase:
            counts[holding.label] = erase(holding, holding.erase, today=today)
    return counts


def due(holding: Holding, erasure: Erasure, *, today: date) -> "models.QuerySet[Any]":
    last_kept = today - timedelta(days=erasure.after_days)
    rows = holding.model._default_manager.all()
    if erasure.since.endswith("()"):
        found: models.QuerySet[Any] = getattr(rows, erasure.since.removesuffix("()"))(last_kept)
        return found
    is_moment = isinstance(holding.model._meta.get_field(erasure.since), models.DateTimeField)
    old = rows.filter(**{f"{erasure.since}{'__date' if is_moment else ''}__lt": last_kept})
    return old.exclude(**erasure.blank) if erasure.blank else old


def erase(holding: Holding, erasure: Erasure, *, today: date) -> int:
    count = 0
    for row in due(holding, erasure, today=today).iterator(chunk_size=500):
        with transaction.atomic():
            erase_row(holding, erasure, row)
        count += 1
    return count


def erase_row(holding: Holding, erasure: Erasure, row: models.Model) -> None:
    if holding.is_ours:
        audit.record(row, "erased", by="retention", fields=erasure.blank or holding.personal)
    if isinstance(row, User):
        forget_what_goes_with(row)
    if erasure.deletes:
        row.delete()
    else:
        holding.model._default_manager.filter(pk=row.pk).update(**values_for(row, erasure.blank))


def values_for(row: models.Model, blank: Mapping[str, Any]) -> dict[str, Any]:
    """`{pk}` keeps blanked names unique."""
    return {name: value.format(pk=row.pk) if isinstance(value, str) else value for name, value in blank.items()}


def forget_what_goes_with(person: User) -> None:
    """Before the names are gone: what only makes sense with the account goes with it."""
    for holding in inventory.load().values():
        if holding.goes_with_account:
            holding.rows(holding.about, person).delete()
