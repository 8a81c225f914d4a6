"""How a sheet is read into a register: which column fills which field, and what its words mean.

What people said before comes first, then the field's own name, then what resembles it most; a guess is shown as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from luytre.areas.models import Area, Scope
from luytre.common.spreadsheets import Sheet
from luytre.common.text import clean, fold
from luytre.ui.models import ColumnReading
from luytre.ui.registers import Register

RESEMBLES = 0.62


def key(heading: str) -> str:
    """A heading without tone marks or stars."""
    return fold(heading).strip(" *")


@dataclass
class Reading:
    """What somebody said, or said the last time; `columns` and `values` are kept by folded words."""

    sheet: str = ""
    header: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of_rule(cls, rule: Mapping[str, Any]) -> "Reading":
        return cls(
            columns=dict(rule.get("columns", {})), values={k: dict(v) for k, v in rule.get("values", {}).items()}
        )

    @classmethod
    def of_dict(cls, said: Mapping[str, Any]) -> "Reading":
        reading = cls.of_rule(said)
        reading.sheet, reading.header = str(said.get("sheet", "")), int(said.get("header", 0))
        return reading

    @classmethod
    def kept(cls, register: Register, office: Area, scope: Scope) -> "Reading":
        row = ColumnReading.objects.within(scope).filter(area=office, register=register.name).first()
        return cls.of_rule(row.rule) if row else cls()

    def as_dict(self) -> dict[str, Any]:
        return {"sheet": self.sheet, "header": self.header, "columns": self.columns, "values": self.values}

    def said(self, post: Mapping[str, str], register: Register) -> "Reading":
        """With what the page sent back: `c-0` and its heading `h-0`, `v-0` with its field `f-0` and its words `w-0`."""
        header = post.get("header", "")
        new = Reading(post.get("sheet", ""), int(header) if header.isdigit() else 0, dict(self.columns))
        new.values = {name: dict(words) for name, words in self.values.items()}
        known = set(register.form_class().base_fields)
        for asked, value in post.items():
            kind, _dash, place = asked.partition("-")
            if kind == "c" and (value in known or not value):
                new.columns[key(post.get(f"h-{place}", ""))] = value
            elif kind == "v" and value and post.get(f"f-{place}") in known:
                new.values.setdefault(post[f"f-{place}"], {})[fold(post.get(f"w-{place}", ""))] = value
        return new

    def meaning(self, name: str, written: str) -> str:
        return self.values.get(name, {}).get(fold(clean(written)), written)


@dataclass(frozen=True)
class ColumnRead:
    """A column and the field it fills; `how` is "said", "named", "guessed", or "" for one that is not read."""

    number: int
    heading: str
    name: str
    how: str
    example: str = ""


def columns_read(register: Register, sheet: Sheet, reading: Reading) -> list[ColumnRead]:
    names = list(register.form_class().base_fields)
    own = {fold(register.heading(name)): name for name in names} | {fold(name): name for name in names}
    headings = [key(heading) for heading in sheet.headings]
    found: dict[int, tuple[str, str]] = {}
    for number, heading in enumerate(headings):
        said = reading.columns.get(heading)
        if said is not None and (said in names or not said):
            claim(found, number, said, "said")
    for number, heading in enumerate(headings):
        if heading in own and number not in found:
            claim(found, number, own[heading], "named")
    guess(register, headings, names, found)
    return [
        ColumnRead(number, heading, *found.get(number, ("", "")), example=example(sheet, number))
        for number, heading in enumerate(sheet.headings)
    ]


def claim(found: dict[int, tuple[str, str]], number: int, name: str, how: str) -> None:
    """A field is filled by one column, the first."""
    if not name or name not in {taken for taken, _how in found.values()}:
        found[number] = (name, how)


def guess(register: Register, headings: Sequence[str], names: Sequence[str], found: dict[int, tuple[str, str]]) -> None:
    """The best pairs first, each column and each field once."""
    pairs = [
        (resemblance(heading, fold(register.heading(name))), number, name)
        for number, heading in enumerate(headings)
        if heading and number not in found
        for name in names
        if not name.endswith("_qualifier")
    ]
    for likeness, number, name in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if likeness < RESEMBLES:
            break
        if number not in found:
            claim(found, number, name, "guessed")


def resemblance(heading: str, label: str) -> float:
    """By letters, or by words when all words of the shorter one stand in the longer one."""
    ours, theirs = set(label.split()), set(heading.split())
    letters = SequenceMatcher(None, heading, label).ratio()
    shorter = min(ours, theirs, key=len)
    if shorter and shorter <= ours and shorter <= theirs:
        return max(letters, 0.6 + 0.1 * min(len(shorter), 3) - 0.02 * abs(len(ours) - len(theirs)))
    return letters


def example(sheet: Sheet, number: int) -> str:
    cells = (row[number] for row in sheet.rows[:50] if number < len(row))
    return next((str(cell)[:40] for cell in cells if str(cell).strip()), "")
