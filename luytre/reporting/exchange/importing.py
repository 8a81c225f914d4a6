"""Typed numbers from another system into returns, by the very verb of the page: checked, versioned, audited.

Values are put together by form, unit and period, and each such return is sent whole or not at all. What the return says
already and the set does not speak of stays. A set that is sent twice changes nothing the second time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luytre.accounts.models import User
from luytre.areas.models import Area, Scope
from luytre.common.periods import Calendar, Window
from luytre.reporting import catalogue, questions
from luytre.reporting.exchange import dhis2
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.questions import OutOfSight, Unclear
from luytre.reporting.returns import numbers, sending, spans
from luytre.reporting.returns.sending import Outcome

DECIMAL = re.compile(r"^-?\d+(\.\d+)?$")


@dataclass(frozen=True)
class Value:
    """One value as it was sent; `index` is its place in the set."""

    index: int
    code: str
    unit: str
    period: str
    text: str
    comment: str = ""


@dataclass(frozen=True)
class Conflict:
    """A value that was not taken, and why."""

    value: Value
    field: str
    reason: str


@dataclass(frozen=True)
class Slip:
    """Values of one return."""

    form: ReturnForm
    area: Area
    window: Window
    values: list[Value] = field(default_factory=list)


@dataclass
class Summary:
    """What became of a set."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    rejected: set[int] = field(default_factory=set)

    def refuse(self, value: Value, where: str, reason: Any) -> None:
        self.conflicts.append(Conflict(value, where, str(reason)))
        self.rejected.add(value.index)


@dataclass
class Import:
    """One set on its way in."""

    by: User
    at: datetime
    scope: Scope
    calendar: Calendar = Calendar.ADMINISTRATIVE
    form_code: str = ""
    comment: str = ""
    is_trial: bool = False
    summary: Summary = field(default_factory=Summary)

    def take(self, values: Iterable[Value]) -> Summary:
        for slip in self.sorted(values):
            self.send(slip)
        self.summary.conflicts.sort(key=lambda one: one.value.index)
        return self.summary

    def sorted(self, values: Iterable[Value]) -> list[Slip]:
        slips: dict[tuple[int, int, Window], Slip] = {}
        for value in values:
            try:
                form, area, window = self.place(value)
            except Unclear as problem:
                self.summary.refuse(value, problem.field, problem.words)
            except OutOfSight:
                self.summary.refuse(value, "orgUnit", _("No such place is in your area."))
            else:
                slip = slips.setdefault((form.pk, area.pk, window), Slip(form, area, window))
                self.put(slip, value)
        return list(slips.values())

    def put(self, slip: Slip, value: Value) -> None:
        if any(other.code == value.code for other in slip.values):
            self.summary.refuse(value, "dataElement", _("This value stands in the set twice; the first one counts."))
        else:
            slip.values.append(value)

    def place(self, value: Value) -> tuple[ReturnForm, Area, Window]:
        try:
            catalogue.get(value.code)
        except catalogue.NoSuchIndicator:
            raise Unclear("dataElement", questions.unknown(value.code)) from None
        window = dhis2.window_of(value.period, self.calendar)
        area = self.unit(value.unit, window.last_day)
        return self.form(value, area, window), area, window

    def unit(self, code: str, day: date) -> Area:
        try:
            return questions.area(code, on=day, scope=self.scope)
        except Unclear as problem:
            raise Unclear("orgUnit", problem.words) from problem

    def form(self, value: Value, area: Area, window: Window) -> ReturnForm:
        """The form that asks this unit for this number in this period."""
        rows = ReturnForm.objects.filter(level=area.level).order_by("code", "-version")
        named = [form for form in rows if self.form_code in ("", form.code) and spans.is_of(form, window)]
        asking = [
            form for form in named if value.code in (form.codes + form.register_codes if self.form_code else form.codes)
        ]
        if not named:
            raise Unclear("period", _("No form is owed by this unit for this period."))
        if not asking:
            raise Unclear(
                "dataElement", _("No form of this unit and period asks for “%(code)s”.") % {"code": value.code}
            )
        return asking[0]

    def send(self, slip: Slip) -> None:
        """The page's own verb decides; here only its answer is told value by value."""
        before = sending.find(slip.form, slip.area, slip.window)
        outcome = sending.send_typed(
            slip.form,
            slip.area,
            slip.window,
            {**kept(before), **{value.code: as_typed(value.text) for value in slip.values}},
            by=self.by,
            at=self.at,
            scope=self.scope,
            qualifiers=(before.qualifiers if before else None) or {},
            comments=self.comments(slip, before),
            base_number=before.number if before else 0,
            dry_run=self.is_trial,
        )
        if self.refusals(slip, outcome):
            return
        self.count(slip, before)

    def comments(self, slip: Slip, before: Return | None) -> dict[str, str]:
        told = {value.code: value.comment for value in slip.values if value.comment}
        return {**((before.comments if before else None) or {}), **told, **({"": self.comment} if self.comment else {})}

    def refusals(self, slip: Slip, outcome: Outcome) -> bool:
        """All values of a return that is not sent are named, those at fault with their own reason."""
        checked = outcome.checked
        if outcome.refused or outcome.changed or checked is None:
            reason = outcome.refused or _("Somebody else sent this return in meanwhile. Send the set again.")
            for value in slip.values:
                self.summary.refuse(value, "", reason)
            return True
        if checked.may_pass:
            return False
        faults: dict[str, list[str]] = {}
        for finding in [*checked.errors, *checked.unexplained]:
            faults.setdefault(finding.code, []).append(finding.words)
        self.blame(slip, faults)
        return True

    def blame(self, slip: Slip, faults: Mapping[str, list[str]]) -> None:
        own = {value.code for value in slip.values}
        others = "; ".join(f"{code}: {' '.join(words)}" for code, words in faults.items() if code not in own)
        for value in slip.values:
            if value.code in faults:
                self.summary.refuse(value, "value", " ".join(faults[value.code]))
            else:
                words = _("Not taken, because the return cannot be sent as it is.")
                self.summary.refuse(value, "", f"{words} {others}".strip())

    def count(self, slip: Slip, before: Return | None) -> None:
        was = kept(before)
        for value in slip.values:
            typed = as_typed(value.text)
            if was.get(value.code, "") == "":
                self.summary.imported += 1
            elif numbers.parse(typed) == numbers.parse(was[value.code]):
                self.summary.unchanged += 1
            else:
                self.summary.updated += 1


def kept(report: Return | None) -> dict[str, str]:
    """What a return says already, as it would be typed."""
    if report is None or not report.number:
        return {}
    return {code: numbers.plain(amount) for code, amount in zip(report.form.codes, report.values, strict=True)}


def as_typed(text: str) -> str:
    """Their point parts decimals, ours parts thousands: 1.234 is one and a bit. Anything else is judged as typed."""
    tidy = text.strip()
    return tidy.replace(".", ",") if DECIMAL.match(tidy) else tidy
