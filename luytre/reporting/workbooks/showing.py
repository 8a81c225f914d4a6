"""An office's own workbook as its page shows it while somebody says how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from luytre.areas.models import Area, Level, Scope
from luytre.reporting import catalogue
from luytre.reporting.models import Delivery, ReturnForm, WorkbookMapping
from luytre.reporting.returns import owing
from luytre.reporting.workbook_forms import ReadingForm
from luytre.reporting.workbooks import delivering, mappings, parsing
from luytre.reporting.workbooks.files import column_letters
from luytre.reporting.workbooks.mappings import DOWN, Rule
from luytre.reporting.workbooks.parsing import Parsed, Table

ROWS, COLUMNS = 40, 14  # of the sheet are shown
PAIR = "code-"  # before a name's place among the inputs


@dataclass(frozen=True)
class Pair:
    """A name of the sheet and the indicator it is taken to mean."""

    input: str
    text: str
    code: str


class Showing:
    """The sheet, the form with its first guesses, and the names to be matched."""

    def __init__(self, delivery: Delivery, scope: Scope, posted: Mapping[str, Any] | None) -> None:
        self.delivery, self.scope, self.posted = delivery, scope, posted
        path = delivering.path_of(delivery)
        self.parsed: Parsed = parsing.parse(delivery.name, path.read_bytes())

    @cached_property
    def forms(self) -> list[ReturnForm]:
        levels = [Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL]
        found = owing.forms_on(self.scope.on, levels=levels)
        newest = {one.code: one for one in sorted(found, key=lambda one: one.version)}
        return [one for one in newest.values() if one.codes]

    @cached_property
    def form(self) -> ReadingForm:
        sheets = [one.name for one in self.parsed.tables]
        if self.posted is None:
            return ReadingForm(initial=self.guess(), forms_asked=self.forms, sheets=sheets)
        return ReadingForm(self.posted, forms_asked=self.forms, sheets=sheets)

    # first guesses

    def guess(self) -> dict[str, str]:
        """The column with the most names that mean something; its right neighbour with the most numbers."""
        table = max(self.parsed.tables, key=lambda one: len(one.rows))
        columns = range(1, min(mappings.widest(table), COLUMNS) + 1)
        scored = [(self.score(table, column), -column) for column in columns]
        names = -max(scored, default=(0, -1))[1]
        texts = [text for text, _place in mappings.labels(table, Rule(names=column_letters(names)))]
        best = mappings.best_form(texts[:200], self.forms)
        numbers = {column: number_count(table, column) for column in columns if column > names}
        values = max(numbers, key=lambda one: (numbers[one], -one), default=names + 1)
        return {
            "form": best.code if best else "",
            "sheet": table.name,
            "direction": DOWN,
            "names": column_letters(names),
            "values": column_letters(values),
            "name": self.delivery.name.rsplit(".", 1)[0][:80],
        }

    def score(self, table: Table, column: int) -> int:
        """Long words are names; numbers and signs are not."""
        return sum(len(mappings.at(table, row, column).split()) > 2 for row in range(1, len(table.rows) + 1))

    # the sheet

    @cached_property
    def table(self) -> Table:
        said = self.form["sheet"].value()
        return next((one for one in self.parsed.tables if one.name == said), self.parsed.tables[0])

    @property
    def letters(self) -> list[str]:
        return [column_letters(number) for number in range(1, min(mappings.widest(self.table), COLUMNS) + 1)]

    def rows(self) -> list[tuple[int, list[str]]]:
        width = len(self.letters)
        shown = self.table.rows[:ROWS]
        return [(number, [*row[:width], *[""] * (width - len(row))]) for number, row in enumerate(shown, 1)]

    # names

    @property
    def rule(self) -> Rule | None:
        if self.posted is None or not self.form.is_valid():
            return None
        return mappings.rule_of(self.form.cleaned_data)

    @cached_property
    def chosen(self) -> ReturnForm | None:
        code = self.form["form"].value()
        return next((one for one in self.forms if one.code == code), None)

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, catalogue.get(code).name) for code in (self.chosen.codes if self.chosen else [])]

    @cached_property
    def pairs(self) -> list[Pair]:
        """As posted where it was posted, else as proposed."""
        rule = self.rule
        if rule is None or self.chosen is None or self.posted is None:
            return []
        texts = {mappings.label(text): text for text, _place in mappings.labels(self.table, rule)}
        proposed = mappings.proposals(texts, self.chosen.codes)
        return [
            Pair(f"{PAIR}{place}", text, str(self.posted.get(f"{PAIR}{place}", proposed.get(name, ""))))
            for place, (name, text) in enumerate(texts.items())
        ]

    @property
    def codes(self) -> dict[str, str]:
        known = {code for code, _name in self.choices}
        return {mappings.label(one.text): one.code for one in self.pairs if one.code in known}

    @property
    def may_keep(self) -> bool:
        """Each indicator once, and at least one."""
        codes = list(self.codes.values())
        return bool(codes) and len(codes) == len(set(codes))

    @property
    def is_doubled(self) -> bool:
        codes = list(self.codes.values())
        return len(codes) != len(set(codes))

    def mapping(self, office: Area) -> WorkbookMapping:
        rule = self.rule
        if rule is None or self.chosen is None:
            raise ValueError("nothing valid was posted")
        said = {**rule.as_json(), "codes": self.codes}
        name = self.form.cleaned_data["name"]
        return WorkbookMapping(area=office, form_code=self.chosen.code, name=name, rule=said)


def number_count(table: Table, column: int) -> int:
    texts = [mappings.at(table, row, column) for row in range(1, len(table.rows) + 1)]
    return sum(text.replace(".", "").replace(",", "").isdigit() for text in texts)
