"""Sending a return in: the one entry of page, workbook and programs. What is wrong is told cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area, Scope
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting.facts import posting
from luytre.reporting.facts.posting import Changed, Sheet
from luytre.reporting.models import Return, ReturnDraft, ReturnForm, StepKind
from luytre.reporting.models.returns import AFTER, VERBS
from luytre.reporting.returns import checking, history, registers, spans
from luytre.reporting.returns.checking import Beside, Checked, Filled
from luytre.reporting.returns.numbers import Amount

Numbers = Mapping[str, Amount | None]


class Refused(Exception):
    """The return cannot be sent as a whole, whatever its numbers; `words` says why."""

    words: str | Promise = ""


class WrongWindow(Refused):
    words = _("This form is not owed for this period. Check the period, and since when the form is in force.")


class TooEarly(Refused):
    words = _("This period is not over yet. It can be sent from its last day on.")


class WrongUnit(Refused):
    words = _("This form is not asked of this unit, or the unit did not exist on the last day of the period.")


class Locked(Refused):
    words = _("This period is locked. Ask the office above to reopen it, and say why.")


class AskedTwice(Refused):
    words = _("Another return of this unit already reports some of these numbers for these days.")


class ForeignUnit(Refused):
    words = _("This unit is not yours to report for.")


@dataclass(frozen=True)
class Outcome:
    """What became of a filled form: sent, or why not; `changed` when somebody else was quicker."""

    checked: Checked | None = None
    report: Return | None = None
    refused: str | Promise = ""
    changed: bool = False
    is_same: bool = False

    @property
    def is_sent(self) -> bool:
        return self.report is not None


@dataclass(frozen=True)
class Letter:
    """A return on its way: what it says and how it came about."""

    amounts: Numbers
    comments: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, int | None] = field(default_factory=dict)
    seconds: int = 0

    def values(self, form: ReturnForm) -> list[int | None]:
        found = [self.amounts.get(code) for code in form.codes]
        return [None if one is None else one.hundredths for one in found]

    def sheet(self, form: ReturnForm, area: Area, number: int) -> Sheet:
        more = (self.qualifiers, self.comments, self.seen, self.seconds)
        return Sheet(area, self.values(form), number, *more)

    @property
    def qualifiers(self) -> dict[str, str]:
        return {
            code: one.qualifier.value
            for code, one in self.amounts.items()
            if one is not None and one.qualifier != Qualifier.EXACT
        }


def send_typed(
    form: ReturnForm,
    area: Area,
    window: Window,
    typed: Mapping[str, str],
    *,
    by: User,
    at: datetime,
    scope: Scope,
    qualifiers: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
    opened: Mapping[str, int | None] | None = None,
    base_number: int | None = None,
    seconds: int = 0,
    dry_run: bool = False,
) -> Outcome:
    """Check text by code and send it. Without `base_number` it corrects what is there; a repetition does nothing."""
    filled = Filled(typed, qualifiers or {}, comments or {})
    try:
        refuse_foreign(area, scope)
        refuse(form, area, window, at=at)
        seen = registers.kept(registers.read(form, area, window))
        checked = checking.check(form, filled, Beside(area, window, history.of(form, area, window), seen, opened))
        if not checked.may_pass or dry_run:
            return Outcome(checked)
        written = {code: words.strip() for code, words in filled.comments.items() if words.strip()}
        letter = Letter(checked.amounts, written, seen, seconds)
        return post(form, area, window, letter, checked, by=by, at=at, base_number=base_number)
    except Refused as refusal:
        return Outcome(refused=refusal.words)


def post(
    form: ReturnForm,
    area: Area,
    window: Window,
    letter: Letter,
    checked: Checked,
    *,
    by: User,
    at: datetime,
    base_number: int | None,
) -> Outcome:
    current = find(form, area, window)
    if current and current.number and is_same(current, letter):
        return Outcome(checked, current, is_same=True)
    base = (current.number if current else 0) if base_number is None else base_number
    try:
        return Outcome(checked, send(form, area, window, letter, by=by, at=at, base_number=base))
    except Changed:
        newest = find(form, area, window)
        if newest and newest.number and is_same(newest, letter):
            return Outcome(checked, newest, is_same=True)
        return Outcome(checked, changed=True)


def find(form: ReturnForm, area: Area, window: Window) -> Return | None:
    rows = Return.objects.filter(of_span(form, area, window)).with_state()
    return rows.select_related("form", "area", "sent_by").first()


def of_span(form: ReturnForm, area: Area, window: Window) -> Q:
    return Q(form=form, area=area, first_day=window.first_day, last_day=window.last_day)


def is_same(current: Return, letter: Letter) -> bool:
    """Pressed twice, or sent twice by a program: there is nothing new in it."""
    pairs = zip(letter.values(current.form), current.values, strict=True)
    values = [old if new is None else new for new, old in pairs]
    said = (values, letter.qualifiers, dict(letter.comments), dict(letter.seen))
    kept = (current.values, current.qualifiers or {}, current.comments or {}, current.seen or {})
    return current.state in (StepKind.SENT, StepKind.APPROVED, StepKind.LOCKED) and said == kept


@transaction.atomic
def send(
    form: ReturnForm, area: Area, window: Window, letter: Letter, *, by: User, at: datetime, base_number: int
) -> Return:
    """Write it; what it replaces stays as an earlier version. Raises Refused, or Changed when it is not the newest."""
    list(Return.objects.select_for_update().filter(of_span(form, area, window)))  # nobody locks it meanwhile
    refuse(form, area, window, at=at)
    pk, _number = posting.submit(
        form,
        area,
        window,
        letter.values(form),
        by=by,
        at=at,
        base_number=base_number,
        qualifiers=letter.qualifiers,
        comments=letter.comments,
        seen=letter.seen,
        seconds=letter.seconds,
    )
    report = Return.objects.select_related("form", "area", "sent_by").get(pk=pk)
    ReturnDraft.objects.filter(report=report).delete()
    audit.record(report, VERBS[StepKind.SENT], by=by, area_path=area.path)
    return report


@transaction.atomic
def send_all(
    form: ReturnForm, window: Window, letters: Mapping[Area, tuple[Letter, int]], *, by: User, at: datetime
) -> None:
    """As `send`, for many units at once, with the version each is based on: all are written or none.

    What can be refused was checked before; here only what may have come between. Raises Locked, AskedTwice or Changed.
    """
    rows = Return.objects.filter(form=form, area__in=letters, first_day=window.first_day, last_day=window.last_day)
    if held := list(rows.order_by("area").select_for_update().values_list("pk", flat=True)):  # nobody locks them now
        states = Return.objects.filter(pk__in=held).with_state()
        if any(report.state not in AFTER[StepKind.SENT] for report in states):
            raise Locked(window)
        ReturnDraft.objects.filter(report__in=held).delete()
    if elsewhere(form, letters, window):
        raise AskedTwice(window)
    sheets = [letter.sheet(form, area, number) for area, (letter, number) in letters.items()]
    keys = posting.submit_all(form, window, sheets, by=by, at=at)
    paths = {keys[area.pk]: area.path for area in letters}
    audit.record_each([Return(pk=pk) for pk in paths], VERBS[StepKind.SENT], by=by, paths=paths)


def send_again(report: Return, *, by: User, at: datetime) -> Return:
    """What was typed stays; what the registers say is taken anew. Raises Refused or Changed."""
    form, area, window = report.form, report.area, Window(report.first_day, report.last_day)
    marks = report.qualifiers or {}
    amounts = {
        code: None if one is None else Amount(one, Qualifier(marks.get(code, Qualifier.EXACT)))
        for code, one in report.amounts.items()
    }
    seen = registers.kept(registers.read(form, area, window))
    letter = Letter(amounts, report.comments or {}, seen)
    return send(form, area, window, letter, by=by, at=at, base_number=report.number)


# what stops a return as a whole


def refuse_foreign(area: Area, scope: Scope) -> None:
    if not scope.covers(area.path_on(scope.on)):
        raise ForeignUnit(area)


def refuse(form: ReturnForm, area: Area, window: Window, *, at: datetime) -> None:
    if not spans.is_of(form, window):
        raise WrongWindow(window)
    if timezone.localdate(at) < window.last_day:
        raise TooEarly(window)
    if not is_asked_of(form, area, window):
        raise WrongUnit(area)
    refuse_locked(form, area, window)
    if reported_elsewhere(form, area, window):
        raise AskedTwice(area)


def refuse_locked(form: ReturnForm, area: Area, window: Window) -> None:
    report = find(form, area, window)
    if report and report.state not in AFTER[StepKind.SENT]:
        raise Locked(report)


def is_asked_of(form: ReturnForm, area: Area, window: Window) -> bool:
    stands = area.level == form.level and area.stands_on(window.last_day)
    return stands and (form.area is None or area.path.startswith(form.area.path))


def reported_elsewhere(form: ReturnForm, area: Area, window: Window) -> bool:
    return bool(elsewhere(form, [area], window))


def elsewhere(form: ReturnForm, areas: Iterable[Area], window: Window) -> set[int]:
    """Units that report some of these numbers for an overlapping window in another form: they would count twice."""
    others = Return.objects.sent().filter(area__in=list(areas)).exclude(form__code=form.code)
    met = others.filter(first_day__lte=window.last_day, last_day__gte=window.first_day)
    return set(met.filter(form__codes__overlap=form.codes).values_list("area", flat=True))
