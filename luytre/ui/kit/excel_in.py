"""Excel in: every row goes through the register's own form; each fault names row, column, value and mend."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import transaction
from django.forms.models import construct_instance
from django.utils.translation import gettext as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, Scope
from luytre.common.spreadsheets import Sheet, as_text
from luytre.common.text import clean, fold
from luytre.ui.forms import AreaChoiceField, area_label
from luytre.ui.records import Record
from luytre.ui.registers import Register


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where, what was written, what to do."""

    row: int
    column: str
    value: str
    mend: str


@dataclass
class Outcome:
    """What a sheet would do: the rows that can come in and the faults of the others."""

    good: list[tuple[int, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    repeated: int = 0

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


def columns_of(register: Register, sheet: Sheet, outcome: Outcome) -> dict[int, str]:
    """Which column of the sheet fills which field; headings are compared without tone marks or stars."""
    base = register.form_class().base_fields
    names = {fold(register.heading(name)): name for name in base} | {fold(name): name for name in base}
    columns: dict[int, str] = {}
    for number, heading in enumerate(sheet.headings):
        name = names.get(fold(heading).strip(" *"))
        if name and name not in columns.values():
            columns[number] = name
        elif heading:
            outcome.unknown.append(heading)
    required = [name for name, one in base.items() if one.required and one.initial is None]
    outcome.missing = [register.heading(name) for name in required if name not in columns.values()]
    return columns


def check(register: Register, sheet: Sheet, *, scope: Scope) -> Outcome:
    """Read every row through the form; nothing is written."""
    outcome = Outcome()
    columns = columns_of(register, sheet, outcome)
    if outcome.missing:
        return outcome
    form_class = row_form(register, scope)
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        typed = {name: as_text(row[column]) for column, name in columns.items() if column < len(row)}
        if not any(typed.values()):
            continue
        same = seen.setdefault(tuple(typed.values()), number)
        if same != number:
            mend = _("The same as row %(row)d. Delete one of the two.") % {"row": same}
            outcome.faults.append(Fault(number, "", "", mend))
            continue
        check_row(register, form_class, scope, number, typed, outcome)
    return outcome


def check_row(
    register: Register, form_class: type[Any], scope: Scope, number: int, typed: dict[str, str], outcome: Outcome
) -> None:
    form = form_class(data=with_defaults(form_class, spelled(form_class, typed)), scope=scope)
    if form.is_valid():
        outcome.good.append((number, form))
        return
    for name, errors in form.errors.items():
        heading = "" if name == "__all__" else register.heading(name)
        for error in errors:
            outcome.faults.append(Fault(number, heading, typed.get(name, ""), str(error)))


def spelled(form_class: type[Any], typed: dict[str, str]) -> dict[str, str]:
    """Words of fixed lists as their codes, thousands without their dots."""
    said = dict(typed)
    for name, words in typed.items():
        one = form_class.base_fields[name]
        if isinstance(one, forms.TypedChoiceField):
            choices: Any = one.choices
            codes = {fold(str(label)): str(code) for code, label in choices}
            said[name] = codes.get(fold(words), words)
        elif isinstance(one, forms.IntegerField):
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


@transaction.atomic
def bring_in(register: Register, outcome: Outcome, *, content: bytes, by: User) -> int:
    """Write all good rows at once. The same file brings in nothing the second time."""
    digest = hashlib.sha256(content).hexdigest()
    records = [
        record_of(form, by, uuid.uuid5(uuid.NAMESPACE_OID, f"{register.name}:{digest}:{number}"))
        for number, form in outcome.good
    ]
    known = set(register.model._default_manager.filter(uid__in=[one.uid for one, _ in records]).values_list("uid"))
    fresh = [(record, form) for record, form in records if (record.uid,) not in known]
    outcome.repeated = len(records) - len(fresh)
    register.model._default_manager.bulk_create([record for record, _ in fresh], batch_size=1000)
    for name in [one.name for one in register.model._meta.many_to_many]:
        link(register.model, name, fresh)
    for record, form in fresh:
        form.follow(record, by=by)
    paths = {record.pk: record.where.path for record, _form in fresh if record.where}
    audit.record_each([record for record, _form in fresh], "imported", by=by, paths=paths)
    return len(fresh)


def record_of(form: Any, by: User, uid: uuid.UUID) -> tuple[Record, Any]:
    record = form.save(commit=False)
    record.uid, record.created_by = uid, by
    return record, form


def link(model: type[Record], name: str, fresh: list[tuple[Record, Any]]) -> None:
    many: Any = getattr(model, name)
    own, other = many.field.m2m_field_name(), many.field.m2m_reverse_field_name()
    pairs = [
        many.through(**{f"{own}_id": record.pk, f"{other}_id": one.pk})
        for record, form in fresh
        for one in form.cleaned_data.get(name) or []
    ]
    many.through.objects.bulk_create(pairs, batch_size=2000)
