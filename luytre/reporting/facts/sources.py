"""The registers' rows that sums are kept of: each declaration turned into the SQL that tells its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, models

from luytre.common.periods import Window
from luytre.reporting import indicators
from luytre.reporting.facts import slots
from luytre.reporting.indicators import Source
from luytre.reporting.measures import Count, Total
from luytre.reporting.models.facts import SCALE

EXACT = "'exact'"
EVER = Window(date(1900, 1, 1), date(2200, 12, 31))


class CannotBeKept(TypeError):
    """The rows of a source are told by more than their own columns."""


@dataclass(frozen=True)
class Told:
    """One kept source: which rows of a table count, on which day, and how much each of them."""

    code: str
    source: Source

    @property
    def model(self) -> type[models.Model]:
        model: type[models.Model] = self.source.rows(EVER).model
        return model

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def column(self, name: str) -> str:
        return f'"{self.table}"."{self.model._meta.get_field(name).column}"'  # type: ignore[union-attr]

    @property
    def amount(self) -> str:
        measure = self.source.measure
        if isinstance(measure, Total):
            return f"{self.column(measure.field)}::bigint * {SCALE}"
        if isinstance(measure, Count):
            return str(SCALE)
        raise CannotBeKept(self.code)

    @property
    def qualifier(self) -> str:
        measure = self.source.measure
        return self.column(measure.qualifier) if isinstance(measure, Total) and measure.qualifier else EXACT

    def where(self) -> str:
        query = self.source.rows(EVER).order_by().query
        text, values = query.get_compiler(connection=connection).compile(query.where)
        joined = {alias for alias in query.alias_map if query.alias_refcount[alias]}  # a trimmed join leaves its alias
        if joined - {self.table} or "SELECT" in text.upper():
            raise CannotBeKept(self.code)
        with connection.cursor() as cursor:
            written: str = cursor.mogrify(text, values)
        return written

    def select(self, rows: str, sign: int = 1) -> str:
        """Area, day, slot and amount of every row in `rows`, a table or a transition table; a mark is a slot too."""
        (way,) = self.source.areas
        place = f"{self.column(way)} area, {self.column(self.source.on)} AS day"
        told = f'SELECT {place}, {{what}} FROM (SELECT * FROM {rows}) "{self.table}" WHERE {self.where()}'
        amounts = told.format(what=f"{slots.of(self.code)} slot, {sign} * ({self.amount}) amount")
        if self.qualifier == EXACT:
            return amounts
        mark = f"luytre_mark({slots.of(self.code)}, {self.qualifier}), {sign}"
        return f"{amounts} UNION ALL {told.format(what=mark)} AND {self.qualifier} <> {EXACT}"


def kept() -> Iterator[Told]:
    for code, indicator in indicators.INDICATORS.items():
        if indicator.is_kept:
            yield from (Told(code, source) for source in indicator.sources)
