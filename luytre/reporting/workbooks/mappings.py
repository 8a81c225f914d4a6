"""An office's own layout read as a form: where names, numbers, unit and period stand, and which name is which code."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any

from luytre.areas.models import Area, AreaQuerySet
from luytre.common.periods import Window
from luytre.common.text import clean, fold
from luytre.reporting import catalogue
from luytre.reporting.models import Definition, Every, ReturnForm
from luytre.reporting.returns import spans
from luytre.reporting.workbooks import words
from luytre.reporting.workbooks.files import Trouble, column_letters, column_number
from luytre.reporting.workbooks.parsing import Parsed, Table
from luytre.reporting.workbooks.slips import Slip
from luytre.ui.forms import area_label

DOWN, ACROSS = "down", "across"
ALIKE = 0.62  # from here on a name is proposed as meaning an indicator
FITS = 0.8  # so much of what a reading knows must stand in a workbook for it to be used by itself
COLUMN, CELL = re.compile(r"^[A-Z]{1,3}$"), re.compile(r"^([A-Z]{1,3})([1-9]\d{0,4})$")
NUMBERING = re.compile(r"^\s*(?:[\divxa-h]{1,4}[.)]\s*)+(?:[-–+*]\s*)?|^\s*[-–+*]\s*", re.IGNORECASE)
OFFICES = re.compile(r"^(ubnd|uy ban nhan dan|cong an|don vi)\s*:?\s*")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Rule:
    """`names` and `values` are columns where indicators go down, rows where they go across.

    `unit` is a cell, a column (each row below is then a return of its own) or a code; `period` a cell, a period, or
    empty for the last one that is over. `codes` are by folded name.
    """

    sheet: str = ""
    direction: str = DOWN
    names: str = "B"
    values: str = "C"
    notes: str = ""
    unit: str = ""
    period: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_down(self) -> bool:
        return self.direction == DOWN

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def rule_of(said: Mapping[str, Any]) -> Rule:
    return Rule(**{name: said[name] for name in Rule.__dataclass_fields__ if name in said})


# what stands where


def table_of(parsed: Parsed, rule: Rule) -> Table | None:
    """The sheet of this name, else the only one, else the first that fits."""
    named = [one for one in parsed.tables if fold(one.name) == fold(rule.sheet)]
    return next(iter(named or parsed.tables), None)


def at(table: Table, row: int, column: int) -> str:
    """Both from 1; nothing beyond the edge."""
    line = table.rows[row - 1] if 0 < row <= len(table.rows) else []
    return line[column - 1] if 0 < column <= len(line) else ""


def cell(table: Table, address: str) -> str:
    found = CELL.match(address)
    return at(table, int(found[2]), column_number(found[1])) if found else ""


def label(text: str) -> str:
    """A name without its number in the list and without marks."""
    return fold(NUMBERING.sub("", clean(text))).rstrip(" :.")


def labels(table: Table, rule: Rule) -> Iterator[tuple[str, int]]:
    """Each name with its row, or its column."""
    if rule.is_down:
        column = column_number(rule.names)
        found = ((at(table, row, column), row) for row in range(1, len(table.rows) + 1))
    else:
        row = int(rule.names)
        found = ((at(table, row, column), column) for column in range(1, widest(table) + 1))
    yield from ((text, place) for text, place in found if label(text))


def widest(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


# look-alikes


def proposals(texts: Iterable[str], codes: Sequence[str]) -> dict[str, str]:
    """For each name the indicator it most likely means; each indicator once, the likeliest name first."""
    known = {code: spellings(catalogue.get(code)) for code in codes}
    folded = dict.fromkeys(label(text) for text in texts)
    scored = [(likeness(name, spelled), name, code) for name in folded for code, spelled in known.items()]
    found: dict[str, str] = {}
    for score, name, code in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if score >= ALIKE and name not in found and code not in found.values():
            found[name] = code
    return found


def spellings(definition: Definition) -> list[str]:
    named = [definition.code, definition.vi_name, definition.en_name, *definition.aliases.split(";")]
    return [label(one) for one in named if one.strip()]


def likeness(name: str, spelled: Iterable[str]) -> float:
    """1 for the same words; words in common count more than letters."""
    return max((alike(name, one) for one in spelled), default=0.0)


def alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    first, second = set(one.split()), set(other.split())
    common = 2 * len(first & second) / (len(first) + len(second)) if first or second else 0.0
    if common < 0.4:
        return 0.0
    return 0.6 * common + 0.4 * SequenceMatcher(None, one, other).ratio()


def best_form(texts: Iterable[str], forms: Sequence[ReturnForm]) -> ReturnForm | None:
    """The form of which most typed cells are found among the names."""
    known = list(texts)
    scored = [(len(proposals(known, form.codes)), form) for form in forms]
    best = max(scored, key=lambda one: one[0], default=(0, None))
    return best[1] if best[0] else None


# reading


def fits(parsed: Parsed, rule: Rule) -> bool:
    table = table_of(parsed, rule)
    if table is None or not rule.codes:
        return False
    there = {label(text) for text, _place in labels(table, rule)}
    return sum(name in there for name in rule.codes) >= FITS * len(rule.codes)


@dataclass(frozen=True)
class Reader:
    """Reads files of one form through one rule."""

    rule: Rule
    form: ReturnForm
    areas: AreaQuerySet  # the units somebody may report for
    usual: Window  # where the rule names no period

    def slips(self, parsed: Parsed) -> list[Slip]:
        table = table_of(parsed, self.rule)
        if table is None:
            return [Slip(parsed.name, problems=[["", "", "", str(words.TROUBLES[Trouble.EMPTY])]])]
        places = {
            self.rule.codes[label(text)]: place
            for text, place in labels(table, self.rule)
            if label(text) in self.rule.codes
        }
        if self.rule.is_down:
            return [self.slip(parsed.name, table, places, column_number(self.rule.values), self.rule.unit)]
        return [
            self.slip(self.row_name(parsed, row), table, places, row, self.unit_at(row)) for row in self.rows(table)
        ]

    def rows(self, table: Table) -> list[int]:
        """Those below the names that say a unit; the one named row where the unit stands elsewhere."""
        if not COLUMN.match(self.rule.unit):
            return [int(self.rule.values)]
        column = column_number(self.rule.unit)
        below = range(int(self.rule.names) + 1, len(table.rows) + 1)
        return [row for row in below if at(table, row, column) and self.has_number(table, row)]

    def has_number(self, table: Table, row: int) -> bool:
        own = column_number(self.rule.unit)
        line = table.rows[row - 1]
        return any(re.search(r"\d", text) for place, text in enumerate(line, 1) if place != own)

    def unit_at(self, row: int) -> str:
        return f"{self.rule.unit}{row}" if COLUMN.match(self.rule.unit) else self.rule.unit

    def row_name(self, parsed: Parsed, row: int) -> str:
        return f"{parsed.name} · {row}" if COLUMN.match(self.rule.unit) else parsed.name

    def slip(self, name: str, table: Table, places: Mapping[str, int], line: int, unit: str) -> Slip:
        slip = Slip(name, self.form)
        for code, place in places.items():
            row, column = (place, line) if self.rule.is_down else (line, place)
            slip.typed[code] = at(table, row, column)
            slip.addresses[code] = f"{table.name}!{column_letters(column)}{row}"
            if self.rule.is_down and self.rule.notes:
                slip.comments[code] = at(table, row, column_number(self.rule.notes))
        self.place(slip, table, unit)
        return slip

    def place(self, slip: Slip, table: Table, unit: str) -> None:
        """Whose and for when; what cannot be told is a problem of the slip."""
        try:
            slip.window = self.window(table)
            slip.area = self.unit(cell(table, unit) if CELL.match(unit) else unit, unit, slip.window)
        except Unplaced as problem:
            slip.problems.append([problem.address, "", problem.text, problem.words])

    def window(self, table: Table) -> Window:
        said = self.rule.period
        if not said:
            return self.usual
        text = cell(table, said) if CELL.match(said) else said
        found = period(text, self.form)
        if found is None:
            example = spans.token(self.form, self.usual)
            raise Unplaced(said, text, words.NO_PERIOD % {"typed": text, "example": example})
        return found

    def unit(self, text: str, address: str, window: Window) -> Area:
        if not text:
            raise Unplaced(address, "", words.NO_PLACE % {"place": address})
        rows = self.areas.on(window.last_day).filter(level=self.form.level).select_related("parent")
        found = units(text, rows)
        if len(found) > 1:
            raise Unplaced(address, text, words.MANY_UNITS % {"typed": text})
        if not found:
            raise Unplaced(address, text, words.NO_UNIT % {"typed": text})
        return found[0]


class Unplaced(Exception):
    """No unit or no period can be told from a cell."""

    def __init__(self, address: str, text: str, said: Any) -> None:
        super().__init__(str(said))
        self.address, self.text, self.words = address, text, str(said)


def units(text: str, rows: AreaQuerySet) -> list[Area]:
    """By code, or by name with or without its kind and the office before it."""
    typed = clean(text)
    code = typed.rsplit("(", 1)[-1].rstrip(")").strip()
    if found := list(rows.filter(code__in=[typed, code])[:2]):
        return found
    name = OFFICES.sub("", fold(typed))
    if found := list(rows.filter(folded=name)[:2]):
        return found
    return [one for one in rows.filter(folded__endswith=name)[:20] if name in (fold(one.name), fold(area_label(one)))]


def period(text: str, form: ReturnForm) -> Window | None:
    """A period as offices write it: "Tháng 11/2026", "Quý III năm 2026", "6 tháng đầu năm 2026", "2026-11"."""
    try:
        return spans.read(form, clean(text))
    except spans.NoSuchSpan:
        folded = fold(text)
    year = re.search(r"\b(20\d\d)\b", folded)
    number = number_in(folded, form.every)
    if not year or number is None:
        return None
    token = {Every.MONTH: f"{number:02}", Every.QUARTER: f"Q{number}", Every.HALF: f"H{number}"}.get(Every(form.every))
    civil = "c" if form.calendar == "civil" else ""
    try:
        return spans.read(form, f"{year[1]}-{token}{civil}" if token else f"{year[1]}{civil}")
    except spans.NoSuchSpan:
        return None


def number_in(folded: str, every: str) -> int | None:
    if every == Every.MONTH:
        found = re.search(r"\b(?:thang|month)\s*(\d{1,2})\b|\b(\d{1,2})\s*/\s*20\d\d", folded)
        return int(found[1] or found[2]) if found else None
    if every == Every.QUARTER:
        found = re.search(r"\b(?:quy|quarter|q)\s*(iv|i{1,3}|[1-4])\b", folded)
        return (ROMAN.get(found[1]) or int(found[1])) if found else None
    if every == Every.HALF:
        return 2 if "cuoi" in folded or re.search(r"\bh2\b", folded) else 1
    return 1
