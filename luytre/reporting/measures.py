"""How the rows of a register become counts by place: one query each, whatever the number of places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.contrib.postgres.aggregates import BoolOr
from django.db import models
from django.db.models import Case, CharField, F, Func, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Substr

from luytre.areas.models import Area, Level, Standing, valid_on
from luytre.common.numbers import Qualifier, combined

Number = Decimal | int
OWN = ""  # stands right at the place, in none of its children


@dataclass(frozen=True)
class Cell:
    """A count of one place; `keys` are what a distinct count has seen there."""

    value: Number | None = 0
    qualifier: Qualifier = Qualifier.EXACT
    is_estimate: bool = False
    keys: frozenset[Any] = frozenset()

    def __add__(self, other: "Cell") -> "Cell":
        keys = self.keys | other.keys
        value = len(keys) if keys else (self.value or 0) + (other.value or 0)
        return Cell(value, combined([self.qualifier, other.qualifier]), self.is_estimate or other.is_estimate, keys)


Cells = Mapping[str, Cell]


def together(cells: Iterable[Cell]) -> Cell:
    """What `sum` gives, without a cell for every step: thousands of places are one table."""
    known = list(cells)
    if len(known) < 2 or any(cell.keys for cell in known):
        return sum(known, Cell())
    value = sum(cell.value or 0 for cell in known)
    return Cell(value, combined({cell.qualifier for cell in known}), any(cell.is_estimate for cell in known))


HUNDREDTH = Decimal("0.01")


def rounded(value: Decimal | int) -> Number:
    """To the hundredth, as sums are kept; whole numbers as int."""
    if isinstance(value, int):
        return value
    exact = Decimal(value).quantize(HUNDREDTH)
    return int(exact) if exact == exact.to_integral_value() else exact


def added(many: Iterable[Cells]) -> dict[str, Cell]:
    """Cells of several counts, place by place."""
    found: dict[str, Cell] = {}
    for cells in many:
        for child, cell in cells.items():
            found[child] = found[child] + cell if child in found else cell
    return found


@dataclass(frozen=True)
class Ground:
    """A place, the day on which the territory is read, and how many steps below it its parts stand."""

    area: Area
    day: date
    steps: int = 1

    def standings(self) -> QuerySet[Standing]:
        return Standing.objects.filter(valid_on(self.day), path__startswith=self.area.path)

    def child(self, path: Any) -> Func:
        """The code so many steps below this place in a path; nothing for what stands above that."""
        rest = Substr(path, len(self.area.path) + 1)
        return Func(rest, Value("."), Value(self.steps), function="split_part", output_field=CharField())

    def path_of_child(self, path: str) -> str:
        """The beginning of a path that names the place so many steps below; the place itself for what stands above."""
        below = path.removeprefix(self.area.path).split(".")[: self.steps]
        return f"{self.area.path}{'.'.join(below)}." if len(below) == self.steps and below[-1] else self.area.path

    def placed(self, rows: QuerySet[Any], way: str) -> QuerySet[Any]:
        """Rows that stand here on the day; those of a place divided by shares stand in each part with its share."""
        standing = f"{way}__standings__"
        here = rows.order_by().filter(valid_on(self.day, standing), **{f"{standing}path__startswith": self.area.path})
        placed: QuerySet[Any] = here.annotate(
            child=self.child(f"{standing}path"),
            estimated=F(f"{standing}is_estimate"),
            share=F(f"{standing}share"),
        )
        return placed


class Measure(Protocol):
    def cells(self, rows: QuerySet[Any], ways: tuple[str, ...], ground: Ground) -> Cells: ...


@dataclass(frozen=True)
class Count:
    """How many rows."""

    def cells(self, rows: QuerySet[Any], ways: tuple[str, ...], ground: Ground) -> Cells:
        (way,) = ways
        here = ground.placed(rows, way).values("child")
        counted = here.annotate(value=Sum("share"), estimate=BoolOr("estimated"))
        return {
            child: Cell(rounded(value), is_estimate=estimate)
            for child, value, estimate in counted.values_list("child", "value", "estimate")
        }


@dataclass(frozen=True)
class Total:
    """The sum of a column; an approximate row makes an approximate sum."""

    field: str
    qualifier: str = ""

    def cells(self, rows: QuerySet[Any], ways: tuple[str, ...], ground: Ground) -> Cells:
        (way,) = ways
        exactness = F(self.qualifier) if self.qualifier else Value(Qualifier.EXACT.value)
        here = ground.placed(rows, way).annotate(exactness=exactness).values("child", "exactness")
        summed = here.annotate(value=Sum(F(self.field) * F("share")), estimate=BoolOr("estimated"))
        return added(
            {child: Cell(rounded(value), Qualifier(exactness), estimate)}
            for child, exactness, value, estimate in summed.values_list("child", "exactness", "value", "estimate")
        )


@dataclass(frozen=True)
class Keys:
    """How many different values of a column: counted anew at each level."""

    field: str

    def cells(self, rows: QuerySet[Any], ways: tuple[str, ...], ground: Ground) -> Cells:
        first, *rest = [self.pairs(ground.placed(rows, way)) for way in ways]
        return added(
            {child: Cell(1, is_estimate=estimate, keys=frozenset([key]))} for child, key, estimate in first.union(*rest)
        )

    def pairs(self, here: QuerySet[Any]) -> QuerySet[Any]:
        return here.values_list("child", self.field, "estimated").distinct()


@dataclass(frozen=True)
class Places:
    """How many places of a level have a row; each once, so that it adds over places."""

    level: Level

    def cells(self, rows: QuerySet[Any], ways: tuple[str, ...], ground: Ground) -> Cells:
        if ground.area.level == Level.RESIDENTIAL != self.level:
            return {}
        has_row = Q()
        for way in ways:
            has_row |= Q(area__in=rows.order_by().values(way))
        here = ground.standings().filter(has_row, place__level__in=self.levels)
        counted = (
            here.annotate(at=self.path())
            .annotate(child=ground.child("at"))
            .values("child")
            .annotate(value=models.Count("at", distinct=True), estimate=BoolOr("is_estimate"))
        )
        return {
            child: Cell(value, is_estimate=estimate)
            for child, value, estimate in counted.values_list("child", "value", "estimate")
        }

    @property
    def levels(self) -> list[Level]:
        return [self.level] if self.level == Level.RESIDENTIAL else [Level.COMMUNE, Level.RESIDENTIAL]

    def path(self) -> Any:
        """What stands in a residential area stands in its commune."""
        above = Func(F("path"), Value("[^.]+[.]$"), Value(""), function="regexp_replace", output_field=CharField())
        if self.level == Level.RESIDENTIAL:
            return F("path")
        return Case(When(place__level=Level.RESIDENTIAL, then=above), default=F("path"), output_field=CharField())
