"""A figure as plain values, the same for the command, the API and whoever reads them."""

from datetime import date
from decimal import Decimal
from typing import Any

from luytre.areas.models import Area
from luytre.reporting.figures import Figure, Part
from luytre.reporting.measures import Cell, Number


def number(value: Number | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def part(one: Part) -> dict[str, Any]:
    return {**entry(one.area, one.cell), "is_own": one.is_own}


def entry(area: Area, cell: Cell) -> dict[str, Any]:
    return {
        "area": area.code,
        "name": area.full_name,
        "value": number(cell.value),
        "qualifier": cell.qualifier.value,
        "is_estimate": cell.is_estimate,
    }


def figure(one: Figure, parts: list[Part]) -> dict[str, Any]:
    return {
        "area": one.area.code,
        "name": one.area.full_name,
        "indicator": one.definition.code,
        "from": iso(one.window.first_day),
        "to": iso(one.window.last_day),
        "territory": iso(one.ground.day),
        "value": number(one.value),
        "qualifier": one.qualifier.value,
        "is_estimate": one.is_estimate,
        "unit": one.definition.unit,
        "parts": [part(each) for each in parts],
    }


def iso(day: date) -> str:
    return day.isoformat()
