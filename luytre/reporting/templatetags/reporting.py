"""What the preview of a document asks of its blocks."""

from collections.abc import Iterable
from typing import Any

from django import template

from luytre.reporting.documents.content import Block, Column, Table

register = template.Library()


@register.filter
def kind(block: Block) -> str:
    return type(block).__name__


@register.filter
def cells(table: Table) -> Iterable[list[tuple[Column, str]]]:
    """Rows, the total among them, with the column of each cell."""
    return [list(zip(table.columns, row, strict=True)) for row in table.lines()]


@register.filter
def beside(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each cell with its column."""
    return list(zip(columns, cells, strict=True))
