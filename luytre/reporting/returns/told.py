"""A sent return as its page tells it: sections, steps, and what each version changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luytre.common.numbers import Qualifier, format_number
from luytre.reporting import catalogue
from luytre.reporting.figures import Figure
from luytre.reporting.models import Definition, Return, ReturnStep, ReturnVersion, StepKind
from luytre.reporting.models.facts import SCALE
from luytre.reporting.returns import declaring, rights
from luytre.reporting.returns.checking import WHOLE
from luytre.reporting.returns.paper import Errand
from luytre.ui.components import Happening, Step

ORDER = (StepKind.SENT, StepKind.APPROVED, StepKind.LOCKED)


@dataclass(frozen=True)
class Row:
    """A number of the return; from a register also what it was when the return was sent."""

    definition: Definition
    words: str
    comment: str = ""
    url: str = ""
    before: str = ""


def words(hundredths: int | None, qualifier: str = Qualifier.EXACT) -> str:
    return format_number(None if hundredths is None else Decimal(hundredths) / SCALE, qualifier)


def page(
    errand: Errand, report: Return, figures: Mapping[str, Figure], changed: Mapping[str, tuple[int | None, int | None]]
) -> dict[str, Any]:
    return {
        "sections": sections(errand, report, figures, changed),
        "changed": changed,
        "whole_comment": (report.comments or {}).get(WHOLE, ""),
        "stem": stem(report),
        "history": history(report),
    }


def sections(
    errand: Errand, report: Return, figures: Mapping[str, Figure], changed: Mapping[str, tuple[int | None, int | None]]
) -> list[tuple[str, list[Row]]]:
    days = (errand.window.first_day, errand.window.last_day)
    told, marks, comments = report.amounts, report.qualifiers or {}, report.comments or {}

    def row(code: str) -> Row:
        url = rights.records_url(code, errand.area, *days)
        if code in figures:
            before = words(changed[code][0]) if code in changed else ""
            return Row(catalogue.get(code), str(figures[code]), comments.get(code, ""), url, before)
        qualifier = marks.get(code, Qualifier.EXACT)
        return Row(catalogue.get(code), words(told.get(code), qualifier), comments.get(code, ""))

    return [(one.name, [row(code) for code in one.codes]) for one in declaring.sections(errand.form)]


def stem(report: Return) -> list[Step]:
    """Sent, approved, locked: how far it has come."""
    names = {StepKind.SENT: _("Sent"), StepKind.APPROVED: _("Approved"), StepKind.LOCKED: _("Locked")}
    reached = {StepKind.SENT: 0, StepKind.APPROVED: 1, StepKind.LOCKED: 2}.get(StepKind(report.state), -1)
    states = ["done" if place <= reached else "next" if place == reached + 1 else "later" for place in range(3)]
    return [Step(names[kind], state) for kind, state in zip(ORDER, states, strict=True)]


def history(report: Return) -> list[Happening]:
    steps = report.steps.select_related("by").order_by("-pk")
    return [Happening(at=step.at, by=str(step.by), words=step_words(step)) for step in steps]


def step_words(step: ReturnStep) -> str:
    words = f"{step.get_kind_display()} · {version_words(step.number)}"
    return f"{words}: {step.reason}" if step.reason else words


def version_words(number: int) -> str:
    return _("version %(number)d") % {"number": number}


# versions


@dataclass(frozen=True)
class Change:
    """A cell that a version changed."""

    definition: Definition
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    number: int
    by: str
    at: datetime | None
    comment: str
    changes: list[Change]


Stated = Return | ReturnVersion


def changes(report: Return) -> list[Version]:
    """Newest first, each held against the one before it."""
    kept: list[Stated] = [report, *report.versions.select_related("sent_by")]
    pairs = zip(kept, [*kept[1:], None], strict=True)
    return [version(newer, older, report) for newer, older in pairs]


def version(newer: Stated, older: Stated | None, report: Return) -> Version:
    comment = (newer.comments or {}).get(WHOLE, "")
    found = list(differing(newer, older, report)) if older else []
    return Version(newer.number, str(newer.sent_by), newer.sent_at, comment, found)


def differing(newer: Stated, older: Stated, report: Return) -> Iterator[Change]:
    for place, code in enumerate(report.form.codes):
        before, after = cell(older, place, code), cell(newer, place, code)
        if before != after:
            yield Change(catalogue.get(code), before, after)
    for code in report.form.register_codes:
        before, after = words((older.seen or {}).get(code)), words((newer.seen or {}).get(code))
        if before != after:
            yield Change(catalogue.get(code), before, after)


def cell(one: Stated, place: int, code: str) -> str:
    return words(one.values[place], (one.qualifiers or {}).get(code, Qualifier.EXACT))
