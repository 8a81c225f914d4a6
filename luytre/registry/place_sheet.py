"""What a public place's page shows beyond its fields: the records that say they stand, or were held, there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import capfirst

from luytre.registry.models.places import Place
from luytre.ui import registers

SHOWN = 20  # of each register, the newest


@dataclass(frozen=True)
class Referring:
    """Records of one register that name the place; `more` are not shown."""

    label: str
    records: list[tuple[str, str]]
    more: int


def place_sheet(context: Mapping[str, Any], place: Place) -> str:
    """For the register's page of one record."""
    found = list(referring(place, reader=context["request"].user, on=context["today"]))
    return render_to_string("registry/_place_sheet.html", {"referring": found})


def referring(place: Place, *, reader: Any, on: Any) -> Iterator[Referring]:
    """Only what the reader may read, where they may."""
    for relation in Place._meta.related_objects:
        register = registers.of_model(relation.related_model)
        scope = reader.scope(register.read, on=on) if register else None
        if register and scope:
            rows = register.rows().within(scope).kept().filter(**{relation.field.name: place})
            newest = [(str(one), register.url("record", pk=one.pk)) for one in rows.order_by("-pk")[:SHOWN]]
            if newest:
                yield Referring(capfirst(str(register.label)), newest, max(0, rows.count() - SHOWN))
