"""Write the rows of a checked sheet: each once, with its trail, so that the whole can be taken back."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from django.utils.translation import gettext as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Scope
from luytre.ui.forms import ScopedForm
from luytre.ui.kit.excel_in import Fault, Outcome
from luytre.ui.models import Import, ImportedRow
from luytre.ui.models.imports import values_of
from luytre.ui.records import Record
from luytre.ui.registers import Register

Fresh = tuple[int, Record, Any]  # number of the row, record, form
NAMESPACE = uuid.NAMESPACE_OID


@dataclass
class Writing:
    """One import being written; `said` is what to do with rows that resemble a record, by their number."""

    register: Register
    outcome: Outcome
    scope: Scope
    by: User
    said: Mapping[int, str] = field(default_factory=dict)
    rows: list[ImportedRow] = field(default_factory=list)
    skipped: int = 0

    @transaction.atomic
    def write(self, bringing: Import, content: bytes, *, at: datetime) -> Import:
        bringing.begin(by=self.by, at=at)
        left_out = self.corrected(bringing)
        self.add_each(self.fresh(content, left_out, bringing), bringing)
        bringing.end(self.register.model, self.rows, skipped=self.skipped, faulty=self.outcome.bad_rows)
        return bringing

    def corrected(self, bringing: Import) -> set[int]:
        """Do what is to be done with rows that resemble a record; returns those that are not recorded anew."""
        done = set()
        for one in self.outcome.alike:
            what = self.said.get(one.number, one.usual)
            if what == "keep":
                continue
            done.add(one.number)
            if what == "update":
                self.correct(one.number, one.form, one.record, bringing)
            else:
                self.skipped += 1
        return done

    def correct(self, number: int, form: Any, record: Record, bringing: Import) -> None:
        """Only what the sheet has a column for; the rest stays as it is."""
        now = {name: as_typed(value) for name, value in model_to_dict(record, fields=list(form.fields)).items()}
        data = {**now, **{name: form.data.get(name, "") for name in form.written}}
        again = type(form)(data=data, instance=record, scope=self.scope)
        old = self.register.model._default_manager.get(pk=record.pk)
        if not again.is_valid():
            self.refuse(number, " ".join(str(error) for errors in again.errors.values() for error in errors))
            return
        changed = [name for name in form.written if differs(old, again, name)]
        if not changed:
            self.skipped += 1
            return
        again.__dict__["changed_data"] = changed  # words of the sheet are compared by what they mean
        again.correct(by=self.by)
        self.note(bringing, number, record, ImportedRow.Kind.UPDATED, values_of(old, changed))

    def fresh(self, content: bytes, left_out: set[int], bringing: Import) -> list[Fresh]:
        """The rows to be recorded. The same file brings in nothing the second time, unless it was taken back."""
        digest = hashlib.sha256(content).hexdigest()
        named = {n: uuid.uuid5(NAMESPACE, f"{self.register.name}:{digest}:{n}") for n, _form in self.outcome.good}
        rows = self.register.model._default_manager.filter(uid__in=named.values())
        known = dict(rows.values_list("uid", "removed_at"))
        found: list[Fresh] = []
        for number, form in self.outcome.good:
            uid = named[number]
            if number in left_out:
                continue
            if uid in known and known[uid] is None:
                self.outcome.repeated += 1
                continue
            record = form.save(commit=False)
            record.uid = uuid.uuid5(NAMESPACE, f"{uid}:{bringing.pk}") if uid in known else uid
            record.created_by = self.by
            found.append((number, record, form))
        return found

    def add_each(self, fresh: list[Fresh], bringing: Import) -> None:
        """All at once where the register has no verb of its own and the database agrees; else one by one."""
        if is_plain(self.register):
            try:
                with transaction.atomic():
                    self.add_together([(record, form) for _number, record, form in fresh])
            except IntegrityError:
                for _number, record, _form in fresh:
                    record.pk = None
            else:
                for number, record, _form in fresh:
                    self.note(bringing, number, record, ImportedRow.Kind.ADDED)
                return
        for number, record, form in fresh:
            self.add_one(number, record, form, bringing)

    def add_one(self, number: int, record: Record, form: Any, bringing: Import) -> None:
        try:
            with transaction.atomic():
                added = form.add(by=self.by)
        except IntegrityError:
            self.refuse(
                number, _("This contradicts what stands in the register. Look at the row and record it by hand.")
            )
        else:
            self.note(bringing, number, added, ImportedRow.Kind.ADDED)

    def add_together(self, pairs: list[tuple[Record, Any]]) -> None:
        model = self.register.model
        model._default_manager.bulk_create([record for record, _form in pairs], batch_size=1000)
        for many in model._meta.many_to_many:
            link(model, many.name, pairs)
        for record, form in pairs:
            form.follow(record, by=self.by)
        paths = {record.pk: record.where.path for record, _form in pairs if record.where}
        audit.record_each([record for record, _form in pairs], "imported", by=self.by, paths=paths)

    def refuse(self, number: int, words: str) -> None:
        self.outcome.faults.append(Fault(number, "", "", words))

    def note(
        self, bringing: Import, number: int, record: Record, kind: str, before: Mapping[str, Any] | None = None
    ) -> None:
        label = record._meta.label_lower
        self.rows.append(
            ImportedRow(
                bringing=bringing,
                number=number,
                subject_type=label,
                subject_id=record.pk,
                kind=kind,
                before=dict(before or {}),
            )  # fmt: skip
        )


def is_plain(register: Register) -> bool:
    """Whether recording is a row and its trail, nothing else."""
    form: Any = register.form_class()
    return register.model.add is Record.add and form.add is ScopedForm.add


def differs(old: Record, form: Any, name: str) -> bool:
    try:
        field: Any = old._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if field.many_to_many:
        chosen = {one.pk for one in form.cleaned_data.get(name) or []}
        return chosen != {one.pk for one in getattr(old, name).all()}
    return bool(field.value_from_object(old) != field.value_from_object(form.instance))


def as_typed(value: Any) -> str:
    """A field's value as a sheet would have it."""
    if isinstance(value, list):
        return ";".join(str(one.pk) for one in value)
    if isinstance(value, bool):
        return "1" if value else ""
    return "" if value is None else str(value)


def link(model: type[Record], name: str, pairs: list[tuple[Record, Any]]) -> None:
    many: Any = getattr(model, name)
    own, other = many.field.m2m_field_name(), many.field.m2m_reverse_field_name()
    rows = [
        many.through(**{f"{own}_id": record.pk, f"{other}_id": one.pk})
        for record, form in pairs
        for one in form.cleaned_data.get(name) or []
    ]
    many.through.objects.bulk_create(rows, batch_size=2000)
