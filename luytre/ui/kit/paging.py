"""Pages of long lists: keys first and rows after, the later half read from its end."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

PAGE = 25


class KeyedPaginator(Paginator[Any]):
    """What a page shows is fetched for its own rows alone; to get there only keys are walked through.

    A page near the end is near the last row as one at the beginning is near the first, so it is counted from there.
    """

    rows: "QuerySet[Any]"

    def __init__(self, rows: "QuerySet[Any]", per_page: int = PAGE) -> None:
        super().__init__(rows, per_page)
        self.rows = rows

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().select_related(None).values("pk").count()

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        end = min(first + self.per_page, self.count)
        keys = self.keys(first, end)
        found = {row.pk: row for row in self.rows.order_by().filter(pk__in=keys)} if keys else {}
        return Page([found[key] for key in keys if key in found], number, self)

    def keys(self, first: int, end: int) -> Sequence[Any]:
        keys = self.rows.select_related(None).values_list("pk", flat=True)
        if first <= self.count // 2:
            return list(keys[first:end])
        return list(keys.reverse()[self.count - end : self.count - first])[::-1]
