"""Which cells of published tables stay hidden, so that no small count can be worked out (rights rule R14).

Small counts are hidden themselves. Where what stays visible would give a hidden count away, by subtraction within a
table, against the total above or with a table published before, further cells of the new table are hidden.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

Key = Hashable
SMALL = 5  # fewer than so many events are never published


@dataclass(frozen=True)
class Equation:
    """A total and the parts that make it up."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def is_small(value: Decimal | int) -> bool:
    return value < SMALL


@dataclass
class Publication:
    """New cells beside those that are public already, and all sums that tie them together."""

    values: Mapping[Any, Decimal | int]
    equations: Sequence[Equation]
    new: set[Key]
    public: set[Key]
    secret: set[Key]  # hidden in an earlier table: must not come out through this one

    def hidden(self) -> set[Key]:
        """The new cells that may not be shown."""
        hidden = {key for key in self.new if is_small(self.values[key])} | (self.new & self.secret)
        while choices := self.choices(hidden):
            for free in choices:
                if not free & hidden:
                    hidden.add(min(free, key=lambda key: (key in self.totals, self.values[key])))
        return hidden

    @cached_property
    def totals(self) -> set[Key]:
        """Hidden only when no part is left to hide."""
        return {equation.total for equation in self.equations}

    def choices(self, hidden: set[Key]) -> list[set[Key]]:
        """For each leak the new cells of which one must go; nothing when all is safe."""
        free = self.new - hidden
        seen = self.public | free
        told = self.worked_out(seen) & self.sensitive(hidden)
        leaks = [one for one in self.equations if told.intersection(one.cells) or self.gives_small_rest(one, seen)]
        near = [found for equation in leaks if (found := free.intersection(equation.cells))]
        return near or ([free] if told and free else [])

    def sensitive(self, hidden: set[Key]) -> set[Key]:
        return hidden | self.secret | {key for key, value in self.values.items() if is_small(value)}

    def gives_small_rest(self, equation: Equation, seen: set[Key]) -> bool:
        """Total minus the visible parts is itself a small count."""
        rest = [key for key in equation.parts if key not in seen]
        return equation.total in seen and bool(rest) and is_small(sum(self.values[key] for key in rest))

    def worked_out(self, seen: set[Key]) -> set[Key]:
        """Cells that are not shown but have only one possible value, whatever sums are combined."""
        rows = [row for equation in self.equations if (row := unknowns(equation, seen))]
        return {next(iter(row)) for row in eliminated(rows) if len(row) == 1}


def unknowns(equation: Equation, seen: set[Key]) -> dict[Key, Fraction]:
    """An equation as coefficients of what is not shown."""
    row: dict[Key, Fraction] = {}
    for key, sign in [(equation.total, -1), *((part, 1) for part in equation.parts)]:
        if key not in seen:
            row[key] = row.get(key, Fraction(0)) + sign
    return {key: factor for key, factor in row.items() if factor}


def eliminated(rows: Iterable[dict[Key, Fraction]]) -> list[dict[Key, Fraction]]:
    """Reduced rows: a row with a single unknown tells its value."""
    solved: dict[Key, dict[Key, Fraction]] = {}
    for row in sorted(rows, key=len):  # short ones first keep the rest short
        while again := next((key for key in row if key in solved), None):
            row = without(row, again, solved[again])
        if not row:
            continue
        pivot = next(iter(row))
        row = {key: factor / row[pivot] for key, factor in row.items()}
        for other, line in solved.items():
            if pivot in line:
                solved[other] = without(line, pivot, row)
        solved[pivot] = row
    return list(solved.values())


def without(row: dict[Key, Fraction], pivot: Key, by: dict[Key, Fraction]) -> dict[Key, Fraction]:
    """The row after taking out one unknown with the help of a solved row."""
    factor = row.get(pivot)
    if not factor:
        return row
    left = {key: row.get(key, Fraction(0)) - factor * by.get(key, Fraction(0)) for key in {*row, *by}}
    return {key: value for key, value in left.items() if value}
