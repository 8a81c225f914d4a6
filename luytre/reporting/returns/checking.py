"""Checks of a filled form, each with the cell it speaks of and what to mend.

An error stops the return. A warning asks for a comment, at the cell or on the whole return, and then lets it pass.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, format_number
from luytre.common.periods import Window
from luytre.reporting import catalogue
from luytre.reporting.exploring import outliers
from luytre.reporting.models import Behaviour, ReturnForm
from luytre.reporting.models.facts import SCALE
from luytre.reporting.returns import numbers
from luytre.reporting.returns.history import History
from luytre.reporting.returns.numbers import Amount, NotANumber

WHOLE = ""  # the comment on the whole return stands under this key
ERROR, WARNING, MISSING = "error", "warning", "missing"
QUALIFIERS = frozenset(Qualifier.values)


@dataclass(frozen=True)
class Finding:
    """What is wrong with a cell, or asks to be explained."""

    code: str
    words: str
    kind: str = WARNING


@dataclass(frozen=True)
class Filled:
    """A form as it was filled: text by code, with qualifiers chosen and comments written."""

    typed: Mapping[str, str]
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)

    def comment(self, code: str) -> str:
        return self.comments.get(code, "").strip()


@dataclass(frozen=True)
class Beside:
    """What a form is held against: the registers now, when the page was opened, and earlier returns."""

    area: Area
    window: Window
    past: History
    registers: Mapping[str, int | None] = field(default_factory=dict)
    opened: Mapping[str, int | None] | None = None


@dataclass(frozen=True)
class Checked:
    filled: Filled
    amounts: dict[str, Amount | None]
    findings: list[Finding]

    def of(self, code: str) -> list[Finding]:
        return [one for one in self.findings if one.code == code]

    def by_code(self) -> dict[str, list[Finding]]:
        return {one.code: self.of(one.code) for one in self.findings}

    def kind(self, kind: str) -> list[Finding]:
        return [one for one in self.findings if one.kind == kind]

    @property
    def errors(self) -> list[Finding]:
        return self.kind(ERROR)

    @property
    def unexplained(self) -> list[Finding]:
        """Warnings and empty cells with no comment of their own nor on the whole."""
        if self.filled.comment(WHOLE):
            return []
        return [one for one in self.findings if one.kind != ERROR and not self.filled.comment(one.code)]

    @property
    def may_pass(self) -> bool:
        return not self.errors and not self.unexplained


def check(form: ReturnForm, filled: Filled, beside: Beside) -> Checked:
    findings = [*strangers(form, filled)]
    amounts: dict[str, Amount | None] = {}
    for code in form.codes:
        try:
            amounts[code] = read(code, filled)
        except NotANumber as problem:
            amounts[code] = None
            findings.append(Finding(code, str(problem.words), ERROR))
    broken = {one.code for one in findings}
    findings += [one for one in missing(form, amounts, beside.past) if one.code not in broken]
    findings += [one for one in by_rules(form, amounts, beside.registers) if one.code not in broken]
    findings += [one for one in against_past(amounts, beside) if one.code not in broken]
    findings += changed_registers(beside)
    return Checked(filled, amounts, findings)


def read(code: str, filled: Filled) -> Amount | None:
    chosen = filled.qualifiers.get(code, "")
    qualifier = Qualifier(chosen) if chosen in QUALIFIERS else Qualifier.EXACT
    return numbers.parse(filled.typed.get(code, ""), unit=catalogue.get(code).en_unit, qualifier=qualifier)


def strangers(form: ReturnForm, filled: Filled) -> Iterator[Finding]:
    """Codes that this form does not ask for."""
    for code, text in filled.typed.items():
        if text.strip() and code in form.register_codes:
            yield Finding(code, _("This number comes from the register and is not typed here."), ERROR)
        elif text.strip() and code not in form.codes:
            yield Finding(code, _("This form does not ask for “%(code)s”.") % {"code": code}, ERROR)


def missing(form: ReturnForm, amounts: Mapping[str, Amount | None], past: History) -> Iterator[Finding]:
    """An empty cell is not nought; a stock that was told before stays as it was."""
    for code in form.codes:
        is_kept = catalogue.get(code).behaviour == Behaviour.STOCK and past.latest(code) is not None
        if amounts[code] is None and not is_kept:
            yield Finding(code, _("Empty. Write 0 if there was none."), MISSING)


# between cells


def by_rules(
    form: ReturnForm, amounts: Mapping[str, Amount | None], registers: Mapping[str, int | None]
) -> Iterator[Finding]:
    known = {code: amount.hundredths for code, amount in amounts.items() if amount is not None}
    known |= {code: value for code, value in registers.items() if value is not None}
    for rule in form.rules:
        if found := broken(rule, known):
            yield found


def broken(rule: Mapping[str, Any], known: Mapping[str, int]) -> Finding | None:
    if "parts" in rule:
        return sum_differs(rule["whole"], rule["parts"], known)
    if "part" in rule:
        return exceeds(rule["part"], rule["whole"], known)
    return lacks(rule["for"], rule["needs"], known)


def exceeds(part: str, whole: str, known: Mapping[str, int]) -> Finding | None:
    if part not in known or whole not in known or known[part] <= known[whole]:
        return None
    words = _("%(part)s is more than “%(name)s” (%(whole)s), of which it is a part. Check both numbers.")
    return Finding(part, words % {"part": said(known[part]), "whole": said(known[whole]), "name": named(whole)})


def sum_differs(whole: str, parts: Iterable[str], known: Mapping[str, int]) -> Finding | None:
    named_parts = list(parts)
    if whole not in known or not all(part in known for part in named_parts):
        return None
    total = sum(known[part] for part in named_parts)
    if total == known[whole]:
        return None
    words = _("%(whole)s is not the sum of its parts, which is %(total)s: %(parts)s.")
    told = {"whole": said(known[whole]), "total": said(total), "parts": "; ".join(map(named, named_parts))}
    return Finding(whole, words % told)


def lacks(code: str, needed: str, known: Mapping[str, int]) -> Finding | None:
    if not known.get(code) or needed not in known or known[needed]:
        return None
    words = _("There is a number here, but “%(name)s” is 0. Check both numbers.")
    return Finding(code, words % {"name": named(needed)})


def said(hundredths: int) -> str:
    return format_number(Decimal(hundredths) / SCALE)


def named(code: str) -> str:
    return catalogue.get(code).name


# against earlier returns, and against the registers


def against_past(amounts: Mapping[str, Amount | None], beside: Beside) -> Iterator[Finding]:
    for code, amount in amounts.items():
        line = beside.past.line(code)
        definition = catalogue.get(code)
        value = amount.value if amount else None
        if found := outliers.judged(beside.area, definition, beside.window, value, line):
            yield Finding(code, found.sentence)
        elif amount and amount.hundredths == 0 and is_gone(code, beside.past):
            words = _("Last time this was %(before)s, now it is 0. Is there really none left?")
            yield Finding(code, words % {"before": str(beside.past.latest(code))})


def is_gone(code: str, past: History) -> bool:
    latest = past.latest(code)
    return catalogue.get(code).behaviour == Behaviour.STOCK and latest is not None and latest.hundredths > 0


CHANGED = gettext_lazy("The register has changed since this page was opened: %(before)s then, %(now)s now.")


def changed_registers(beside: Beside) -> Iterator[Finding]:
    """Told once, so that nobody sends a number they have not seen; the page then shows the new one."""
    for code, now in beside.registers.items():
        if beside.opened is not None and code in beside.opened and beside.opened[code] != now:
            told = {"before": shown(beside.opened[code]), "now": shown(now)}
            yield Finding(code, str(CHANGED) % told, ERROR)


def shown(hundredths: int | None) -> str:
    return "–" if hundredths is None else said(hundredths)
