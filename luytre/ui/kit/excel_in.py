"""Excel in: every row goes through the register's own form; each fault names row, column, value and mend."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.models import construct_instance
from django.utils.translation import gettext as _

from luytre.areas.models import Scope
from luytre.common.abbreviations import spelled_out
from luytre.common.spreadsheets import Sheet, as_text
from luytre.common.text import fold
from luytre.ui.kit.excel_alike import Alike, alike_in
from luytre.ui.kit.excel_choices import Choices, Took, known_field
from luytre.ui.kit.excel_reading import ColumnRead, Reading, columns_read, key
from luytre.ui.registers import Register


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, what was written, what to do."""

    row: int
    column: str
    value: str
    mend: str
    name: str = ""  # the field


@dataclass
class Outcome:
    """What a sheet would do: the rows that can come in and the faults of the others."""

    good: list[tuple[int, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    read: list[ColumnRead] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)
    repeated: int = 0
    lists: dict[str, forms.Field] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, str]:
        """By the words over them, as an office's reading is kept."""
        return {key(one.heading): one.name for one in self.read if one.name and one.heading}

    @property
    def took(self) -> list[tuple[str, Took]]:
        """Words read as entries that are called otherwise, with their field."""
        known = [(name, getattr(one, "known", None)) for name, one in self.lists.items()]
        return [(name, one) for name, choices in known if isinstance(choices, Choices) for one in choices.took.values()]

    @property
    def bad_rows(self) -> int:
        return len({fault.row for fault in self.faults})


def row_form(register: Register, scope: Scope) -> type[Any]:
    """The register's form with its lists read once, and its choices accepting the words on the screen."""
    template = register.form_class()(scope=scope)
    replaced = {name: known for name, one in template.fields.items() if (known := known_field(one))}
    return make_row_form(register.form_class(), replaced)


def make_row_form(base: type[Any], replaced: dict[str, forms.Field]) -> type[Any]:
    def cut(self: Any, name: str, one: Any) -> None:
        if name in replaced:
            self.fields[name] = replaced[name]

    def fill_record(self: Any) -> None:
        """The form has looked at each field; the database has the last word on the whole, once for all rows."""
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    return type("RowForm", (base,), {"cut": cut, "_post_clean": fill_record, "lists": replaced})


def check(register: Register, sheet: Sheet, *, scope: Scope, reading: Reading | None = None) -> Outcome:
    """Read every row through the form; nothing is written."""
    outcome, reading = Outcome(), reading or Reading()
    outcome.read = columns_read(register, sheet, reading)
    columns = {one.number: one.name for one in outcome.read if one.name}
    outcome.unknown = [one.heading for one in outcome.read if one.heading and not one.name]
    base = register.form_class().base_fields
    required = [name for name, one in base.items() if one.required and one.initial is None]
    outcome.missing = [register.heading(name) for name in required if name not in columns.values()]
    if outcome.missing:
        return outcome
    form_class = row_form(register, scope)
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        written = {name: as_text(row[column]) for column, name in columns.items() if column < len(row)}
        if not any(written.values()):
            continue
        same = seen.setdefault(tuple(written.values()), number)
        if same != number:
            mend = _("The same as row %(row)d. Delete one of the two.") % {"row": same}
            outcome.faults.append(Fault(number, "", "", mend))
            continue
        check_row(register, form_class, scope, number, meant(written, reading), outcome)
    outcome.alike = alike_in(register, outcome.good, scope)
    outcome.lists = form_class.lists
    return outcome


def meant(written: dict[str, str], reading: Reading) -> dict[str, str]:
    """The office's own words as the register has them."""
    said = dict(written)
    for name in reading.values.keys() & written.keys():
        parts = [reading.meaning(name, one.strip()) for one in written[name].split(";")]
        said[name] = reading.meaning(name, written[name]) if len(parts) == 1 else "; ".join(parts)
    return said


def check_row(
    register: Register, form_class: type[Any], scope: Scope, number: int, typed: dict[str, str], outcome: Outcome
) -> None:
    form = form_class(data=with_defaults(form_class, spelled(form_class, typed)), scope=scope)
    form.written = tuple(typed)
    if form.is_valid():
        outcome.good.append((number, form))
        return
    for name, errors in form.errors.items():
        heading = "" if name == "__all__" else register.heading(name)
        for error in errors:
            outcome.faults.append(Fault(number, heading, typed.get(name, ""), str(error), name))


def spelled(form_class: type[Any], typed: dict[str, str]) -> dict[str, str]:
    """Words of fixed lists as their codes, thousands without their dots."""
    said = dict(typed)
    for name, words in typed.items():
        one = form_class.base_fields[name]
        if isinstance(one, forms.TypedChoiceField):
            choices: Any = one.choices
            codes = {spelled_out(str(label)): str(code) for code, label in choices}
            said[name] = codes.get(spelled_out(words), words)
        elif isinstance(one, forms.IntegerField) and not isinstance(one, forms.DecimalField | forms.FloatField):
            said[name] = words.replace(".", "").replace(" ", "") if words.count(".") <= 3 else words
        elif isinstance(one, forms.BooleanField):
            said[name] = "1" if fold(words) in ("1", "x", "co", "yes", "true", "✓") else ""
    return said


def with_defaults(form_class: type[Any], typed: dict[str, str]) -> dict[str, str]:
    """Columns that are not there, and empty cells of fields with a usual value, take that value."""
    for name, one in form_class.base_fields.items():
        if not typed.get(name) and one.initial is not None:
            typed[name] = str(one.initial() if callable(one.initial) else one.initial)
    return typed
