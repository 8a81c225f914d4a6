"""What is held about somebody with an account: all rows of all personal tables, by the inventory (rule R19)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from luytre.accounts import inventory
from luytre.accounts.inventory import Holding
from luytre.accounts.models import User

SHOWN_ROWS = 200


@dataclass(frozen=True)
class Held:
    """What one table says about one person."""

    holding: Holding
    rows: list[dict[str, str]]  # heading -> value, as people read it
    acts: list[str]  # numbers of the rows this person wrote


def about(person: User) -> Iterator[Held]:
    """Tables that say nothing about the person are left out."""
    for holding in inventory.load().values():
        rows = [described(holding, row) for row in holding.rows(holding.about, person).order_by("pk")]
        acts = [str(pk) for pk in holding.rows(holding.acts, person).order_by("pk").values_list("pk", flat=True)]
        if rows or acts:
            yield Held(holding, rows, acts)


def described(holding: Holding, row: models.Model) -> dict[str, str]:
    names = [field.name for field in row._meta.concrete_fields if shows(holding, field.name)]
    return {heading(row, name): said(holding, row, name) for name in names}


def shows(holding: Holding, name: str) -> bool:
    pk = holding.model._meta.pk
    return name in holding.personal or pk is None or pk.name != name


def heading(row: models.Model, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def said(holding: Holding, row: Any, name: str) -> str:
    if holding.personal.get(name) == "secret":
        return _("sealed, shown to nobody")
    if hasattr(row, f"get_{name}_display"):
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def as_json(person: User) -> list[dict[str, Any]]:
    return [
        {
            "table": held.holding.label,
            "title": held.holding.title,
            "purpose": held.holding.purpose,
            "ground": held.holding.ground,
            "kept": held.holding.keep,
            "about_you": held.rows,
            "written_by_you": held.acts,
        }
        for held in about(person)
    ]
