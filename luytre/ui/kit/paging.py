"""Pages of long lists: keys first and rows after, the later half read from its end, or place by place."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, QuerySet, Window

PAGE = 25
DEEPEST = 10**6  # a page nobody turns to
BY_PLACE = ("area__sort_key", "-area__sort_key")
PLACES = """
SELECT total, before, ids FROM (
    SELECT ids, n, sum(n) OVER ()::bigint AS total, (sum(n) OVER (ORDER BY key {way}) - n)::bigint AS before
    FROM (
        SELECT place.sort_key AS key, sum(counted.n) AS n, array_agg(place.id) AS ids
        FROM ({counted}) counted (area_id, n) JOIN areas_area place ON place.id = counted.area_id
        GROUP BY place.sort_key
    ) named
) walked
WHERE before < %s AND before + n > %s ORDER BY before
"""


class KeyedPaginator(Paginator[Any]):
    """What a page shows is fetched for its own rows alone; to get there only keys are walked through.

    A page near the end is near the last row as one at the beginning is near the first, so it is counted from there.
    """

    rows: "QuerySet[Any]"

    def __init__(self, rows: "QuerySet[Any]", per_page: int = PAGE, *, is_filtered: bool = False) -> None:
        super().__init__(rows, per_page)
        self.rows, self.is_filtered = rows, is_filtered

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().select_related(None).values("pk").count()

    def get_page(self, number: int | float | str | None) -> "Page[Any]":
        """Where few rows are left by filters, they are counted by the very question that finds the page."""
        try:
            wanted = int(number or 1)
        except ValueError:
            wanted = 0
        if not 0 < wanted <= DEEPEST:
            return super().get_page(number)
        by_place = self.rows.query.order_by[:1] in [(key,) for key in BY_PLACE]
        found = self.place_by_place(wanted) if by_place else self.together(wanted) if self.is_filtered else None
        return found or super().get_page(number)

    def place_by_place(self, number: int) -> "Page[Any] | None":
        """Rows are counted in each place, and only those of the page's own places are put in order."""
        first = (number - 1) * self.per_page
        plain = self.rows.select_related(None)
        counted, values = plain.order_by().values_list("area_id").annotate(n=Count("pk")).query.sql_with_params()
        way = "DESC" if self.rows.query.order_by[0] == BY_PLACE[1] else ""
        with connection.cursor() as cursor:
            cursor.execute(PLACES.format(counted=counted, way=way), [*values, first + self.per_page, first])
            found = cursor.fetchall()
        if not found:
            return None
        self.count, before = found[0][:2]
        near = plain.filter(area_id__in=[area for _total, _before, ids in found for area in ids])
        keys = near.values_list("pk", flat=True)[first - before : first - before + self.per_page]
        return self.filled(list(keys), number)

    def together(self, number: int) -> "Page[Any] | None":
        """A page and the count in one pass over what is left; none when there is no such page."""
        first = (number - 1) * self.per_page
        narrow = self.rows.select_related(None).annotate(of=Window(Count("pk"))).values_list("pk", "of")
        keys = list(narrow[first : first + self.per_page])
        if not keys:
            return None
        self.count = keys[0][1]
        return self.filled([key for key, _of in keys], number)

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self.filled(self.keys(first, min(first + self.per_page, self.count)), number)

    def filled(self, keys: Sequence[Any], number: int) -> "Page[Any]":
        found = {row.pk: row for row in self.rows.order_by().filter(pk__in=keys)} if keys else {}
        return Page([found[key] for key in keys if key in found], number, self)

    def keys(self, first: int, end: int) -> Sequence[Any]:
        keys = self.rows.select_related(None).values_list("pk", flat=True)
        if first <= self.count // 2:
            return list(keys[first:end])
        return list(keys.reverse()[self.count - end : self.count - first])[::-1]
