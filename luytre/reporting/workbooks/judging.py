"""Thousands of filled forms checked as the page checks one: the same rules, what they are held against read for all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from luytre.accounts.models import User
from luytre.areas.models import Scope
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import catalogue
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.returns import checking, numbers, sending
from luytre.reporting.returns.checking import ERROR, Checked, Filled
from luytre.reporting.returns.numbers import Amount
from luytre.reporting.returns.sending import Letter, Outcome
from luytre.reporting.returns.together import Bench
from luytre.reporting.workbooks import words
from luytre.reporting.workbooks.slips import Row, Slip


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
