"""Excel in: every row goes through the register's own form; each fault names row, column, value and mend."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.models import construct_instance
from django.utils.translation import gettext as _

from luytre.areas.models import Area, Scope
from luytre.common.spreadsheets import Sheet, as_text
from luytre.common.text import clean, fold
from luytre.ui.forms import AreaChoiceField, area_label
from luytre.ui.kit.excel_alike import Alike, alike_in
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

    @property
    def columns(self) -> dict[str, str]:
        """By the words over them, as an office's reading is kept."""
        return {key(one.heading): one.name for one in self.read if one.name and one.heading}

    @property
    def bad_rows(self) -> int:
        return len({fault.row for fault in self.faults})


class Choices:
    """All that a choice field may be, found by key, name or code, read once for the whole sheet."""

    def __init__(self, offered: Iterable[Any]) -> None:
        self.known: dict[str, list[Any]] = defaultdict(list)
        for one in offered:
            for name in {str(one.pk), fold(str(one)), str(getattr(one, "code", one.pk))}:
                self.known[name].append(one)

    def find(self, typed: str) -> Any | None:
        found = self.known.get(typed) or self.known.get(fold(typed)) or []
        return found[0] if len(found) == 1 else None


class KnownChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice by the words people write, without a query for each row."""

    known: Choices

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        found = self.known.find(clean(str(value)))
        if found is None:
            raise forms.ValidationError(_("“%(typed)s” is not in the list.") % {"typed": value})
        return found


class KnownChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several choices in one cell, parted by ";"."""

    known: Choices

    def clean(self, value: Any) -> Any:
        typed = [one.strip() for one in str(value or "").split(";") if one.strip()]
        if self.required and not typed:
            raise forms.ValidationError(self.error_messages["required"])
        found = [self.known.find(one) for one in typed]
        for words, one in zip(typed, found, strict=True):
            if one is None:
                raise forms.ValidationError(_("“%(typed)s” is not in the list.") % {"typed": words})
        return found


def known_areas(rows: Any) -> Mapping[str, list[Area]]:
    known: dict[str, list[Area]] = defaultdict(list)
    for area in rows:
        for name in {area.code, fold(area.full_name), fold(area.name), area_label(area)}:
            known[name].append(area)
    return known


def row_form(register: Register, scope: Scope) -> type[Any]:
    """The register's form with its lists read once, and its choices accepting the words on the screen."""
    template = register.form_class()(scope=scope)
    replaced: dict[str, forms.Field] = {}
    for name, one in template.fields.items():
        if isinstance(one, AreaChoiceField):
            one.known = known_areas(one.queryset)
            replaced[name] = one
        elif isinstance(one, forms.ModelMultipleChoiceField):
            replaced[name] = known_field(KnownChoices, one)
        elif isinstance(one, forms.ModelChoiceField):
            replaced[name] = known_field(KnownChoice, one)

    return make_row_form(register.form_class(), replaced)


def make_row_form(base: type[Any], replaced: dict[str, forms.Field]) -> type[Any]:
    def cut(self: Any, name: str, one: Any) -> None:
        if name in replaced:
            self.fields[name] = replaced[name]

    def fill_record(self: Any) -> None:
        """The form has looked at each field; the database has the last word on the whole, once for all rows."""
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)

    return type("RowForm", (base,), {"cut": cut, "_post_clean": fill_record})


def known_field(kind: type[Any], one: Any) -> Any:
    made = kind(queryset=one.queryset, required=one.required, label=one.label)
    made.known = Choices(one.queryset)
    return made


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
            codes = {fold(str(label)): str(code) for code, label in choices}
            said[name] = codes.get(fold(words), words)
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
