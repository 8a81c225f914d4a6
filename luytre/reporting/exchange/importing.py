"""Typed numbers from another system into returns, by the very verb of the page: checked, versioned, audited.

Values are put together by form, unit and period, and each such return is sent whole or not at all. What the return says
already and the set does not speak of stays. A set that is sent twice changes nothing the second time.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from luytre.accounts.models import User
from luytre.areas.models import Area, Scope
from luytre.common.periods import Calendar, Window
from luytre.reporting import catalogue, questions
from luytre.reporting.exchange import dhis2
from luytre.reporting.facts.posting import Changed
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.questions import OutOfSight, Unclear
from luytre.reporting.returns import numbers, sending, spans
from luytre.reporting.returns.checking import Checked, Filled
from luytre.reporting.returns.sending import Letter, Outcome, Refused
from luytre.reporting.returns.together import Bench

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
class Finder:
    """Which return a value belongs to; what is the same for many values is asked once."""

    scope: Scope
    calendar: Calendar
    form_code: str
    areas: dict[tuple[str, date], Area] = field(default_factory=dict)
    windows: dict[str, Window] = field(default_factory=dict)
    chosen: dict[tuple[str, str, Window], list[ReturnForm]] = field(default_factory=dict)

    def knowing(self, values: Iterable[Value]) -> list[Value]:
        """All units of a period with one question."""
        found, units = list(values), dict[date, set[str]]()
        for value in found:
            with suppress(Unclear):
                units.setdefault(self.window(value.period).last_day, set()).add(value.unit)
        for day, codes in units.items():
            known = questions.areas(codes, on=day, scope=self.scope)
            self.areas |= {(code, day): area for code, area in known.items()}
        return found

    def place(self, value: Value) -> tuple[ReturnForm, Area, Window]:
        try:
            catalogue.get(value.code)
        except catalogue.NoSuchIndicator:
            raise Unclear("dataElement", questions.unknown(value.code)) from None
        window = self.window(value.period)
        area = self.unit(value.unit, window.last_day)
        return self.form(value, area, window), area, window

    def window(self, period: str) -> Window:
        if period not in self.windows:
            self.windows[period] = dhis2.window_of(period, self.calendar)
        return self.windows[period]

    def unit(self, code: str, day: date) -> Area:
        if found := self.areas.get((code, day)):
            return found
        try:
            return questions.area(code, on=day, scope=self.scope)
        except Unclear as problem:
            raise Unclear("orgUnit", problem.words) from problem

    def form(self, value: Value, area: Area, window: Window) -> ReturnForm:
        """The form that asks this unit for this number in this period."""
        named = self.forms(area.level, window)
        asking = (
            form for form in named if value.code in form.codes or (self.form_code and value.code in form.register_codes)
        )
        if not named:
            raise Unclear("period", _("No form is owed by this unit for this period."))
        if found := next(asking, None):
            return found
        raise Unclear("dataElement", _("No form of this unit and period asks for “%(code)s”.") % {"code": value.code})

    def forms(self, level: str, window: Window) -> list[ReturnForm]:
        key = (level, self.form_code, window)
        if key not in self.chosen:
            rows = ReturnForm.objects.filter(level=level).select_related("area").order_by("code", "-version")
            rows = rows.filter(code=self.form_code) if self.form_code else rows
            self.chosen[key] = [form for form in rows if spans.is_of(form, window)]
        return self.chosen[key]


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
        groups: dict[tuple[int, Window], list[Slip]] = {}
        for slip in self.sorted(values):
            groups.setdefault((slip.form.pk, slip.window), []).append(slip)
        for slips in groups.values():
            Sending(self, slips).send()
        self.summary.conflicts.sort(key=lambda one: one.value.index)
        return self.summary

    def sorted(self, values: Iterable[Value]) -> list[Slip]:
        slips: dict[tuple[int, int, Window], Slip] = {}
        finder = Finder(self.scope, self.calendar, self.form_code)
        for value in finder.knowing(values):
            try:
                form, area, window = finder.place(value)
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


@dataclass
class Sending:
    """The slips of one form and window: checked as the page does, and written together where nothing is against it."""

    coming: Import
    slips: list[Slip]

    @cached_property
    def bench(self) -> Bench:
        first = self.slips[0]
        areas = [slip.area for slip in self.slips]
        return Bench(first.form, first.window, areas, self.coming.scope, with_registers=True)

    def before(self, slip: Slip) -> Return | None:
        return self.bench.sent.get(slip.area.pk)

    def send(self) -> None:
        good = [(slip, checked) for slip in self.slips if (checked := self.checked(slip))]
        if not self.coming.is_trial:
            good = self.written(good)
        for slip, _checked in good:
            self.count(slip)

    def checked(self, slip: Slip) -> Checked | None:
        """What is refused is told value by value."""
        if refusal := self.bench.refusal(slip.area, at=self.coming.at):
            self.refuse(slip, refusal.words)
            return None
        before = self.before(slip)
        typed = {**kept(before), **{value.code: as_typed(value.text) for value in slip.values}}
        filled = Filled(typed, (before.qualifiers if before else None) or {}, self.comments(slip, before))
        checked = self.bench.check(slip.area, filled)
        if checked.may_pass:
            return checked
        faults: dict[str, list[str]] = {}
        for finding in [*checked.errors, *checked.unexplained]:
            faults.setdefault(finding.code, []).append(finding.words)
        self.blame(slip, faults)
        return None

    def comments(self, slip: Slip, before: Return | None) -> dict[str, str]:
        whole = {"": self.coming.comment} if self.coming.comment else {}
        told = {value.code: value.comment for value in slip.values if value.comment}
        return {**((before.comments if before else None) or {}), **told, **whole}

    def refuse(self, slip: Slip, words: Any) -> None:
        for value in slip.values:
            self.coming.summary.refuse(value, "", words)

    def blame(self, slip: Slip, faults: Mapping[str, list[str]]) -> None:
        own = {value.code for value in slip.values}
        others = "; ".join(f"{code}: {' '.join(words)}" for code, words in faults.items() if code not in own)
        for value in slip.values:
            if value.code in faults:
                self.coming.summary.refuse(value, "value", " ".join(faults[value.code]))
            else:
                words = _("Not taken, because the return cannot be sent as it is.")
                self.coming.summary.refuse(value, "", f"{words} {others}".strip())

    def written(self, good: list[tuple[Slip, Checked]]) -> list[tuple[Slip, Checked]]:
        """All at once; when something came between, each by itself, so that one does not hold up the others."""
        form, window, by, at = self.bench.form, self.bench.window, self.coming.by, self.coming.at
        letters = {slip.area: self.letter(slip, checked) for slip, checked in good}
        new = {area: pair for area, pair in letters.items() if not self.is_there(area, pair[0])}
        try:
            if new:
                sending.send_all(form, window, new, by=by, at=at)
        except (Changed, Refused):
            return [(slip, checked) for slip, checked in good if self.is_sent_alone(slip, checked, letters[slip.area])]
        return good

    def is_there(self, area: Area, letter: Letter) -> bool:
        report = self.bench.sent.get(area.pk)
        return bool(report and report.number and sending.is_same(report, letter))

    def letter(self, slip: Slip, checked: Checked) -> tuple[Letter, int]:
        """With the version it is based on."""
        said = {code: words.strip() for code, words in checked.filled.comments.items() if words.strip()}
        before = self.before(slip)
        seen = self.bench.registers.get(slip.area.path, {})
        return Letter(checked.amounts, said, seen), before.number if before else 0

    def is_sent_alone(self, slip: Slip, checked: Checked, letter: tuple[Letter, int]) -> bool:
        told, number = letter
        form, window, by, at = slip.form, slip.window, self.coming.by, self.coming.at
        try:
            outcome = sending.post(form, slip.area, window, told, checked, by=by, at=at, base_number=number)
        except Refused as refusal:
            outcome = Outcome(refused=refusal.words)
        if outcome.refused or outcome.changed:
            self.refuse(slip, outcome.refused or _("Somebody else sent this return in meanwhile. Send the set again."))
        return outcome.is_sent

    def count(self, slip: Slip) -> None:
        was, summary = kept(self.before(slip)), self.coming.summary
        for value in slip.values:
            typed = as_typed(value.text)
            if was.get(value.code, "") == "":
                summary.imported += 1
            elif numbers.parse(typed) == numbers.parse(was[value.code]):
                summary.unchanged += 1
            else:
                summary.updated += 1


def kept(report: Return | None) -> dict[str, str]:
    """What a return says already, as it would be typed."""
    if report is None or not report.number:
        return {}
    return {code: numbers.plain(amount) for code, amount in zip(report.form.codes, report.values, strict=True)}


def as_typed(text: str) -> str:
    """Their point parts decimals, ours parts thousands: 1.234 is one and a bit. Anything else is judged as typed."""
    tidy = text.strip()
    return tidy.replace(".", ",") if DECIMAL.match(tidy) else tidy
