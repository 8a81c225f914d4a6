"""Thousands of filled forms checked as the page checks one: the same rules, what they are held against read for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import F, Q
from django.utils import timezone

from luytre.accounts.models import User
from luytre.areas.models import Area, Level, Scope, Standing, under_any, valid_on
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import catalogue, rollup
from luytre.reporting.figures import Figure
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.models.facts import SCALE
from luytre.reporting.models.returns import AFTER, StepKind
from luytre.reporting.returns import checking, history, numbers, registers, rights, sending, spans
from luytre.reporting.returns.checking import ERROR, Beside, Checked, Filled
from luytre.reporting.returns.history import History
from luytre.reporting.returns.numbers import Amount
from luytre.reporting.returns.sending import (
    AskedTwice,
    ForeignUnit,
    Letter,
    Locked,
    Outcome,
    TooEarly,
    WrongUnit,
    WrongWindow,
)
from luytre.reporting.workbooks import words
from luytre.reporting.workbooks.slips import Row, Slip

FEW = 3  # up to so many units below one place are read one by one


@dataclass
class Bench:
    """Everything that returns of one form and window are held against, read once for all their units."""

    form: ReturnForm
    window: Window
    areas: list[Area]
    scope: Scope
    with_registers: bool = False

    @cached_property
    def sent(self) -> dict[int, Return]:
        days = Q(first_day=self.window.first_day, last_day=self.window.last_day)
        rows = Return.objects.filter(days, form=self.form, area__in=self.areas).with_state()
        return {row.area_id: row for row in rows.select_related("form", "area", "sent_by")}

    @cached_property
    def elsewhere(self) -> set[int]:
        """Units that report some of these numbers for these days in another form."""
        others = Return.objects.sent().filter(area__in=self.areas).exclude(form__code=self.form.code)
        met = others.filter(first_day__lte=self.window.last_day, last_day__gte=self.window.first_day)
        return set(met.filter(form__codes__overlap=self.form.codes).values_list("area", flat=True))

    @cached_property
    def paths(self) -> dict[int, str]:
        """Where each unit stands on the day of the reader's scope."""
        rows = Standing.objects.on(self.scope.on).filter(area__in=self.areas, is_main=True)
        return dict(rows.values_list("area", "path"))

    @cached_property
    def pasts(self) -> dict[str, History]:
        """By the unit's path; what was merged into a unit is added up in it."""
        found = {area.path: History(self.window) for area in self.areas}
        since = self.window.last_day - timedelta(days=366 * history.YEARS + 10)
        rows = Return.objects.sent().filter(form__code=self.form.code, last_day__range=(since, self.before))
        rows = rows.filter(valid_on(self.window.last_day, "area__standings__"), self.beneath)
        depth, told = next(iter(found), "").count("."), set[tuple[int, str]]()
        for row in rows.select_related("form").annotate(stood=F("area__standings__path")):
            unit = ".".join(str(getattr(row, "stood")).split(".")[:depth]) + "."  # noqa: B009
            if unit in found and (row.pk, unit) not in told:
                told.add((row.pk, unit))
                days = (row.first_day, row.last_day)
                history.add(found[unit].told.setdefault(days, {}), row)
        return found

    @property
    def before(self) -> date:
        return self.window.last_day - timedelta(days=1)

    @property
    def beneath(self) -> Q:
        """Under the units when they are few, else under the places right above them."""
        own = {area.path for area in self.areas}
        above = {rights.above(path) for path in own}
        return under_any(own if len(own) <= len(above) * FEW else above, "area__standings__")

    # registers

    @cached_property
    def registers(self) -> dict[str, dict[str, int | None]]:
        """By the unit's path: one reading for each place right above, whatever the number of units in it."""
        if not self.asked_codes:
            return {}
        below: dict[str, list[Area]] = {}
        for area in self.areas:
            below.setdefault(rights.above(area.path), []).append(area)
        places = {one.path: one for one in Area.objects.filter(path__in=below).on(self.window.last_day)}
        found: dict[str, dict[str, int | None]] = {}
        for path, units in below.items():
            found |= self.read_below(places.get(path), units)
        return found

    @property
    def asked_codes(self) -> list[str]:
        """To check only those that a rule speaks of; to send all of them."""
        if self.with_registers:
            return list(self.form.register_codes)
        named = {code for rule in self.form.rules for one in rule.values() for code in listed(one)}
        return [code for code in self.form.register_codes if code in named]

    def read_below(self, place: Area | None, units: list[Area]) -> dict[str, dict[str, int | None]]:
        if place is None or len(units) <= FEW or place.level == Level.NATION:
            return {one.path: self.read_one(one) for one in units}
        reading = rollup.read(place, self.window).prime(self.asked_codes)
        figures = {code: reading.figure(code) for code in self.asked_codes}
        return {one.path: {code: own_part(figure, one) for code, figure in figures.items()} for one in units}

    def read_one(self, area: Area) -> dict[str, int | None]:
        reading = rollup.read(area, self.window).prime(self.asked_codes)
        return registers.kept({code: reading.figure(code) for code in self.asked_codes})

    # one slip

    def refusal(self, area: Area, *, at: datetime) -> type[sending.Refused] | None:
        """What `sending.refuse` would say, in its order."""
        if not self.scope.covers(self.paths.get(area.pk, "")):
            return ForeignUnit
        if not spans.is_of(self.form, self.window):
            return WrongWindow
        if timezone.localdate(at) < self.window.last_day:
            return TooEarly
        if not sending.is_asked_of(self.form, area, self.window):
            return WrongUnit
        report = self.sent.get(area.pk)
        if report and report.state not in AFTER[StepKind.SENT]:
            return Locked
        return AskedTwice if area.pk in self.elsewhere else None

    def check(self, area: Area, filled: Filled) -> Checked:
        beside = Beside(area, self.window, self.pasts[area.path], self.registers.get(area.path, {}))
        return checking.check(self.form, filled, beside)


def listed(one: object) -> list[str]:
    return [str(code) for code in one] if isinstance(one, list) else [str(one)]


def own_part(figure: Figure, unit: Area) -> int | None:
    """What a unit gives to the figure of the place above it, in hundredths; nothing recorded is nought."""
    cell = figure.cells.get(unit.code)
    if cell is None:
        return None if figure.definition.behaviour == "ratio" else 0
    return None if cell.value is None else int(Decimal(cell.value) * SCALE)


@dataclass
class Judged:
    """A slip with what was found; `state` is what can become of it."""

    slip: Slip
    state: str
    findings: list[Row] = field(default_factory=list)
    checked: Checked | None = None
    bench: Bench | None = None


GOOD, ASKS, CONFLICT, REFUSED, SAME = "good", "asks", "conflict", "refused", "same"
Span = tuple[int, date, date]


def judge(
    slips: Iterable[Slip], *, scope: Scope, at: datetime, comment: str = "", with_registers: bool = False
) -> list[Judged]:
    """Nothing is written. The queries grow with the number of forms and windows, not of files."""
    found = list(slips)
    benches = benches_for(found, scope, with_registers=with_registers)
    return [judge_one(slip, benches, at=at, comment=comment) for slip in found]


def benches_for(slips: Iterable[Slip], scope: Scope, *, with_registers: bool) -> dict[Span, Bench]:
    groups: dict[Span, Bench] = {}
    for slip in slips:
        if slip.form and slip.area and slip.window and not slip.problems:
            empty = Bench(slip.form, slip.window, [], scope, with_registers)
            groups.setdefault(span(slip.form, slip.window), empty).areas.append(slip.area)
    return groups


def span(form: ReturnForm, window: Window) -> Span:
    return form.pk, window.first_day, window.last_day


def judge_one(slip: Slip, benches: Mapping[Span, Bench], *, at: datetime, comment: str) -> Judged:
    if slip.problems or slip.form is None or slip.area is None or slip.window is None:
        return Judged(slip, REFUSED, slip.problems)
    bench = benches[span(slip.form, slip.window)]
    if refusal := bench.refusal(slip.area, at=at):
        return Judged(slip, REFUSED, [["", "", "", str(refusal.words)]])
    checked = bench.check(slip.area, filled(slip, bench.sent.get(slip.area.pk), comment))
    findings = [*slip.notes, *rows(slip, checked)]
    return Judged(slip, state_of(slip, checked, bench, findings), findings, checked, bench)


def filled(slip: Slip, report: Return | None, comment: str = "") -> Filled:
    """What an office's own layout does not speak of stays as it was sent."""
    before = {} if report is None or slip.base_number is not None else kept_texts(report)
    comments = dict(slip.comments)
    if comment.strip():
        own = comments.get(checking.WHOLE, "")
        comments[checking.WHOLE] = f"{own}; {comment.strip()}" if own else comment.strip()
    return Filled({**before, **slip.typed}, {}, comments)


def kept_texts(report: Return) -> dict[str, str]:
    """With the word before the number that says how exact it is."""
    marks = report.qualifiers or {}
    amounts = {code: one for code, one in report.amounts.items() if one is not None}
    return {
        code: str(Amount(one, Qualifier(marks[code]))) if code in marks else numbers.plain(one)
        for code, one in amounts.items()
    }


def state_of(slip: Slip, checked: Checked, bench: Bench, findings: list[Row]) -> str:
    report = bench.sent.get(slip.area.pk) if slip.area else None
    number = report.number if report else 0
    if checked.errors:
        return REFUSED
    if report and number and is_there(report, slip, checked):
        return SAME
    if slip.base_number is not None and slip.base_number != number:
        findings.insert(0, ["", "", "", str(words.NEWER % {"now": number, "base": slip.base_number})])
        return CONFLICT
    return GOOD if checked.may_pass else ASKS


def is_there(report: Return, slip: Slip, checked: Checked) -> bool:
    """Sent from this very file before, perhaps with a comment for all the files beside it."""
    kept = report.comments or {}
    own = letter(checked, report.seen or {})
    as_kept = Letter(own.amounts, kept, own.seen)
    said = all(kept.get(code, "").startswith(words.strip()) for code, words in slip.comments.items())
    return said and sending.is_same(report, as_kept)


def letter(checked: Checked, seen: Mapping[str, int | None]) -> Letter:
    comments = {code: said.strip() for code, said in checked.filled.comments.items() if said.strip()}
    return Letter(checked.amounts, comments, seen)


def rows(slip: Slip, checked: Checked) -> list[Row]:
    """Errors first, then what asks for a comment, then the rest."""
    order = [*checked.errors, *(one for one in checked.findings if one.kind != ERROR)]
    return [
        [slip.addresses.get(one.code, ""), named(one.code), slip.typed.get(one.code, ""), one.words] for one in order
    ]


def named(code: str) -> str:
    try:
        return catalogue.get(code).name
    except catalogue.NoSuchIndicator:
        return code


def send(one: Judged, *, by: User, at: datetime, base_number: int | None = None) -> Outcome:
    """By the page's own verb, which refuses anew what has changed meanwhile."""
    slip, checked, bench = one.slip, one.checked, one.bench
    if slip.form is None or slip.area is None or slip.window is None or checked is None or bench is None:
        raise ValueError("only what was checked can be sent")
    seen = bench.registers.get(slip.area.path, {})
    base = slip.base_number if base_number is None else base_number
    try:
        return sending.post(
            slip.form, slip.area, slip.window, letter(checked, seen), checked, by=by, at=at, base_number=base
        )
    except sending.Refused as refusal:
        return Outcome(refused=refusal.words)
