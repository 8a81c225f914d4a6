"""The form page of a unit: every cell with what stands in it, what stood there before, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, format_number
from luytre.common.periods import Window
from luytre.reporting import catalogue
from luytre.reporting.exploring import outliers
from luytre.reporting.figures import Figure
from luytre.reporting.models import Behaviour, Definition, Return, ReturnDraft, ReturnForm
from luytre.reporting.returns import checking, declaring, drafting, history, minutes, numbers, registers, rights, spans
from luytre.reporting.returns.checking import ERROR, MISSING, WARNING, WHOLE, Beside, Checked, Filled, Finding
from luytre.reporting.returns.history import History

VALUE, QUALIFIER, COMMENT = "v-", "q-", "c-"  # how inputs are named, before the code


@dataclass(frozen=True)
class Errand:
    """A form, the unit that owes it, and the window."""

    form: ReturnForm
    area: Area
    window: Window

    @property
    def token(self) -> str:
        return spans.token(self.form, self.window)

    @property
    def due_on(self) -> date:
        return spans.due_on(self.form, self.window)

    @property
    def address(self) -> tuple[str, str, str]:
        return self.form.code, self.area.code, self.token


@dataclass(frozen=True)
class Cell:
    """A typed cell as the page shows it."""

    definition: Definition
    text: str
    qualifier: str
    comment: str
    findings: list[Finding]
    past: History
    parts: list[str]
    theirs: str = ""
    url: str = ""  # only cells from a register have one

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def is_wrong(self) -> bool:
        return any(one.kind == ERROR for one in self.findings)

    @property
    def is_folded_open(self) -> bool:
        return bool(self.comment or self.asks or self.qualifier not in ("", Qualifier.EXACT))

    @property
    def asks(self) -> bool:
        """Whether a comment is wanted here."""
        return any(one.kind == WARNING for one in self.findings)

    @property
    def before(self) -> str:
        last, year = self.past.last(self.code), self.past.year_before(self.code)
        if last is None and year is None:
            return ""
        return _("Last period: %(last)s. Same period last year: %(year)s.") % {"last": known(last), "year": known(year)}

    @property
    def usual(self) -> str:
        """The range that would surprise nobody; nothing where too little is known."""
        line = self.past.line(self.code)
        if len(line) < outliers.rule().fewest_windows:
            return ""
        held = outliers.yardstick(line)
        far = outliers.rule().threshold * held.spread
        low, high = max(Decimal(0), Decimal(held.median - far)), Decimal(held.median + far)
        return _("Usually %(low)s to %(high)s.") % {
            "low": format_number(round(low)),
            "high": format_number(round(high)),
        }

    @property
    def sum_words(self) -> str:
        return _("The sum of: %(parts)s.") % {"parts": "; ".join(map(checking.named, self.parts))} if self.parts else ""

    @property
    def placeholder(self) -> str:
        """A stock stays as it was last told."""
        latest = self.past.latest(self.code) if self.definition.behaviour == Behaviour.STOCK else None
        return str(latest) if latest else ""


def known(amount: numbers.Amount | None) -> str:
    return str(amount) if amount else "–"


@dataclass(frozen=True)
class RegisterCell:
    """A number that the registers know, with the way to its records."""

    figure: Figure
    url: str
    findings: list[Finding]

    @property
    def definition(self) -> Definition:
        return self.figure.definition


@dataclass
class Paper:
    """All that the page of a form needs, read once."""

    errand: Errand
    report: Return | None
    now: datetime
    draft: ReturnDraft | None = None
    posted: Mapping[str, str] | None = None
    opened: Mapping[str, int | None] | None = None
    theirs: Mapping[str, str] = field(default_factory=dict)

    @property
    def form(self) -> ReturnForm:
        return self.errand.form

    @cached_property
    def past(self) -> History:
        return history.of(self.form, self.errand.area, self.errand.window)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return registers.read(self.form, self.errand.area, self.errand.window)

    @cached_property
    def kept(self) -> dict[str, int | None]:
        return registers.kept(self.figures)

    @property
    def number(self) -> int:
        return self.report.number if self.report else 0

    # what stands in the inputs

    @cached_property
    def written(self) -> Mapping[str, str]:
        """By input name: what was just posted, else the draft, else what was sent, else what is known."""
        if self.posted is not None:
            return self.posted
        return {**self.sent_texts(), **(self.draft.typed if self.draft else {})}

    def sent_texts(self) -> dict[str, str]:
        if not self.number or self.report is None:
            return {VALUE + code: numbers.plain(self.still(code)) for code in self.form.codes}
        told = {VALUE + code: numbers.plain(amount) for code, amount in self.report.amounts.items()}
        told |= {QUALIFIER + code: mark for code, mark in (self.report.qualifiers or {}).items()}
        return told | {COMMENT + code: words for code, words in (self.report.comments or {}).items()}

    def still(self, code: str) -> int | None:
        """A stock is taken to be what it last was."""
        latest = self.past.latest(code) if catalogue.get(code).behaviour == Behaviour.STOCK else None
        return latest.hundredths if latest else None

    @cached_property
    def filled(self) -> Filled:
        codes = self.form.codes
        return Filled(
            typed={code: self.written.get(VALUE + code, "") for code in codes},
            qualifiers={code: self.written.get(QUALIFIER + code, "") for code in codes},
            comments={code: self.written.get(COMMENT + code, "") for code in [WHOLE, *codes]},
        )

    @cached_property
    def checked(self) -> Checked:
        beside = Beside(self.errand.area, self.errand.window, self.past, self.kept, self.opened)
        return checking.check(self.form, self.filled, beside)

    # what the template asks

    def sections(self) -> list[tuple[str, list[Cell | RegisterCell]]]:
        found = self.checked.by_code()
        return [(one.name, [self.cell(code, found.get(code, [])) for code in one.codes]) for one in self.layout]

    @property
    def layout(self) -> list[declaring.Section]:
        return declaring.sections(self.form)

    def cell(self, code: str, findings: list[Finding]) -> Cell | RegisterCell:
        if code in self.figures:
            days = (self.errand.window.first_day, self.errand.window.last_day)
            return RegisterCell(self.figures[code], rights.records_url(code, self.errand.area, *days), findings)
        return Cell(
            definition=catalogue.get(code),
            text=self.filled.typed[code],
            qualifier=self.filled.qualifiers[code],
            comment=self.filled.comments[code],
            findings=[one for one in findings if one.kind != MISSING or self.posted is not None],
            past=self.past,
            parts=next((rule["parts"] for rule in self.form.rules if rule.get("parts") and rule["whole"] == code), []),
            theirs=self.theirs.get(VALUE + code, ""),
        )

    @property
    def whole_comment(self) -> str:
        return self.filled.comments[WHOLE]

    @property
    def missing_count(self) -> int:
        return len(self.checked.kind(MISSING))

    @property
    def warning_count(self) -> int:
        return len(self.checked.kind(WARNING)) + len(self.checked.errors)

    @property
    def drafted(self) -> str:
        return drafting.stamp(self.draft)

    @property
    def token(self) -> str:
        return minutes.opened(self.kept, at=self.now)

    def problems(self) -> list[dict[str, Any]]:
        """For the summary on top: errors, then what waits for a comment."""
        told = [*self.checked.errors, *self.checked.unexplained] if self.posted is not None else []
        return [
            {"label": checking.named(one.code), "words": one.words, "target": f"id_{VALUE}{one.code}"} for one in told
        ]

    @property
    def is_behind(self) -> bool:
        """A draft that was begun on an earlier version than the one sent since."""
        return bool(self.draft and self.draft.base_number < self.number)


def with_zeros(form: ReturnForm, written: Mapping[str, str]) -> dict[str, str]:
    """The empty cells as nought; stocks stay what they were."""
    empty = [code for code in form.codes if not written.get(VALUE + code, "").strip()]
    flows = [code for code in empty if catalogue.get(code).behaviour != Behaviour.STOCK]
    return {**written, **{VALUE + code: "0" for code in flows}}
