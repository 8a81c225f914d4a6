"""One figure among many: what every form of exchange is written from."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import plain
from luytre.reporting.measures import Cell, Number
from luytre.reporting.models import Definition

COLUMNS = (
    *("area", "area_name", "level", "indicator", "indicator_name", "unit", "period", "from", "to", "territory"),
    *("value", "qualifier", "is_estimate", "is_hidden"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Row:
    """One statistic of one place in one window."""

    area: Area
    definition: Definition
    window: Window
    period: str  # as it was asked for, such as 2026-11; empty for a window of one's own
    territory: str
    value: Number | None
    qualifier: str = Qualifier.EXACT.value
    is_estimate: bool = False
    is_hidden: bool = False

    def plain(self) -> dict[str, Any]:
        return {**self.place, **self.asked, **self.told}

    @property
    def place(self) -> dict[str, Any]:
        return {"area": self.area.code, "area_name": self.area.full_name, "level": self.area.level}

    @property
    def asked(self) -> dict[str, Any]:
        return {
            "indicator": self.definition.code,
            "indicator_name": self.definition.name,
            "unit": self.definition.unit,
            "period": self.period,
            "from": plain.iso(self.window.first_day),
            "to": plain.iso(self.window.last_day),
            "territory": self.territory,
        }

    @property
    def told(self) -> dict[str, Any]:
        return {
            "value": plain.number(self.value),
            "qualifier": str(self.qualifier),
            "is_estimate": self.is_estimate,
            "is_hidden": self.is_hidden,
        }


def plain_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """What is alike in thousands of rows is put into words once."""
    asked: dict[tuple[str, Window, str], dict[str, Any]] = {}
    found = []
    for row in rows:
        key = (row.definition.code, row.window, row.period)
        if key not in asked:
            asked[key] = row.asked
        found.append({**row.place, **asked[key], **row.told})
    return found


def of_cell(area: Area, definition: Definition, window: Window, period: str, territory: str, cell: Cell) -> Row:
    return Row(area, definition, window, period, territory, cell.value, cell.qualifier.value, cell.is_estimate)


def as_csv(columns: Iterable[str], rows: Iterable[dict[str, Any]], *, bom: bool) -> bytes:
    """RFC 4180: CRLF, quotes where needed; the mark in front lets Excel read Vietnamese letters."""
    text = io.StringIO()
    named = list(columns)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(named)
    writer.writerows([cell(row[name]) for name in named] for row in rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def unique(values: Iterable[Any]) -> Iterator[Any]:
    return iter(dict.fromkeys(values))
