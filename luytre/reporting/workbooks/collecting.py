"""One workbook of all returns of a form below a place: in the office's layout, or tidy with one row a value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, combined
from luytre.common.spreadsheets import safe_name
from luytre.reporting import catalogue
from luytre.reporting.models import AreaRule, Return, ReturnForm, StepKind
from luytre.reporting.models.facts import SCALE
from luytre.reporting.returns import declaring
from luytre.reporting.returns.completeness import Overview
from luytre.reporting.workbooks.issuing import LOOKS

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MAX_ROWS = 1_000_000  # of a sheet; what is more goes on on the next
BEFORE = {
    Qualifier.NEARLY: '"gần "#,##0.##',
    Qualifier.ABOUT: '"khoảng "#,##0.##',
    Qualifier.MORE_THAN: '"trên "#,##0.##',
}
FIRST = 4  # columns before the numbers


@dataclass
class Total:
    """Of one column; only what adds over places has one."""

    amount: int | None = None
    qualifier: Qualifier = Qualifier.EXACT

    def add(self, amount: int, qualifier: str) -> None:
        self.amount = (self.amount or 0) + amount
        self.qualifier = combined([self.qualifier, qualifier])


@dataclass
class Collection:
    """The returns of a form and window from one place, in the order of the form."""

    overview: Overview

    @property
    def form(self) -> ReturnForm:
        return self.overview.form

    @cached_property
    def codes(self) -> list[str]:
        return [code for section in declaring.sections(self.form) for code in section.codes]

    @cached_property
    def sent(self) -> dict[int, Return]:
        return {row.area_id: row for row in self.overview.returns.select_related("form")}

    def units(self) -> Iterator[tuple[Area, Return | None]]:
        for area in self.overview.units.order_by("path").iterator(chunk_size=2000):
            yield area, self.sent.get(area.pk)

    def amounts(self, report: Return) -> dict[str, int]:
        told = {code: one for code, one in report.amounts.items() if one is not None}
        seen = {code: one for code, one in (report.seen or {}).items() if one is not None}
        return {**seen, **told}

    @property
    def coverage(self) -> str:
        total = self.overview.total
        told = {"sent": total.sent, "owed": total.owed, "approved": total.approved}
        return _("%(sent)d of %(owed)d units have sent it, %(approved)d are approved") % told

    @property
    def file_name(self) -> str:
        return f"{self.form.code}-{self.overview.area.code}-{self.overview.window.last_day:%Y%m%d}"


def state_words(report: Return | None) -> str:
    return StepKind(report.state).label.__str__() if report and report.state else _("Not sent")


# the office's layout


def write_office(one: Collection, path: Path) -> None:
    """Units down, numbers across, their sum above them; numbers that do not add have no sum."""
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        Office(book, one).write()


class Office:
    def __init__(self, book: Any, one: Collection) -> None:
        self.one, self.codes = one, one.codes
        self.sheet = book.add_worksheet(safe_name(_("Returns collected")))
        self.styles = {name: book.add_format({"font_name": "Times New Roman", **look}) for name, look in LOOKS.items()}
        self.marked = {
            mark: book.add_format({"font_name": "Times New Roman", **LOOKS["number"], "num_format": look})
            for mark, look in BEFORE.items()
        }

    def write(self) -> None:
        rows = list(self.one.units())
        self.page()
        self.top()
        self.head(6)
        self.numbers(7, _("In all"), self.totals(report for _area, report in rows))
        for row, (area, report) in enumerate(rows, 8):
            self.unit(row, row - 7, area, report)

    def page(self) -> None:
        self.sheet.set_column(0, 0, 6)
        self.sheet.set_column(1, 1, 34)
        self.sheet.set_column(2, 3, 12)
        self.sheet.set_column(FIRST, FIRST + len(self.codes), 13)
        self.sheet.set_landscape()
        self.sheet.set_paper(8)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(5, 6)
        self.sheet.freeze_panes(8, FIRST)

    def top(self) -> None:
        overview, styles = self.one.overview, self.styles
        taken = _("Taken out on %(day)s") % {"day": f"{timezone.localdate():%d/%m/%Y}"}
        lines = [overview.area.full_name.upper(), self.one.form.name.upper(), str(overview.window), self.one.coverage]
        for row, words in enumerate([*lines, taken]):
            self.sheet.write_string(row, 0, words, styles["plain"])

    def head(self, row: int) -> None:
        names = [_("No."), _("Reporting unit"), _("Code"), _("State")]
        for column, code in enumerate(self.codes, FIRST):
            definition = catalogue.get(code)
            self.sheet.write_string(row - 1, column, code, self.styles["code"])
            names.append(f"{definition.name} ({definition.unit})")
        self.sheet.set_row(row, 90)
        for column, name in enumerate(names):
            self.sheet.write_string(row, column, name, self.styles["head"])

    def totals(self, reports: Iterable[Return | None]) -> Mapping[str, Total]:
        found = {code: Total() for code in self.codes}
        for report in reports:
            for code, amount in (self.one.amounts(report) if report else {}).items():
                if code in found and catalogue.get(code).area_rule == AreaRule.SUM:
                    found[code].add(amount, ((report and report.qualifiers) or {}).get(code, Qualifier.EXACT))
        return found

    def numbers(self, row: int, label: str, totals: Mapping[str, Total]) -> None:
        self.sheet.write_string(row, 1, label, self.styles["section"])
        for column, code in enumerate(self.codes, FIRST):
            self.number(row, column, totals[code].amount, totals[code].qualifier)

    def number(self, row: int, column: int, amount: int | None, qualifier: str) -> None:
        style = self.marked.get(Qualifier(qualifier), self.styles["number"])
        if amount is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_number(row, column, amount / SCALE, style)

    def unit(self, row: int, number: int, area: Area, report: Return | None) -> None:
        styles = self.styles
        self.sheet.write_number(row, 0, number, styles["cell"])
        self.sheet.write_string(row, 1, area.full_name, styles["words"])
        self.sheet.write_string(row, 2, area.code, styles["cell"])
        self.sheet.write_string(row, 3, state_words(report), styles["cell"])
        amounts = self.one.amounts(report) if report else {}
        marks = (report.qualifiers if report else None) or {}
        for column, code in enumerate(self.codes, FIRST):
            self.number(row, column, amounts.get(code), marks.get(code, Qualifier.EXACT))


# tidy


def tidy_headings() -> list[str]:
    return [
        *("unit_code", "unit", "form", "indicator", "indicator_name", "unit_of_measure"),
        *("first_day", "last_day", "value", "qualifier", "state", "version"),
    ]


def tidy_rows(one: Collection) -> Iterator[list[Any]]:
    days = [f"{one.overview.window.first_day:%Y-%m-%d}", f"{one.overview.window.last_day:%Y-%m-%d}"]
    known = {code: (catalogue.get(code).name, catalogue.get(code).unit) for code in one.codes}
    for area, report in one.units():
        if report is None:
            continue
        marks, amounts = report.qualifiers or {}, one.amounts(report)
        end = [report.state, report.number]
        for code in one.codes:
            if code in amounts:
                value = amounts[code] / SCALE
                start = [area.code, area.full_name, one.form.code, code, *known[code], *days]
                yield [*start, value, marks.get(code, Qualifier.EXACT.value), *end]


def write_tidy(one: Collection, path: Path) -> None:
    """For programs: one value a row, the same columns for every form; text never becomes a formula."""
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        sheet, row = tidy_sheet(book, 1), 0
        for number, values in enumerate(tidy_rows(one)):
            if number and number % MAX_ROWS == 0:
                sheet, row = tidy_sheet(book, number // MAX_ROWS + 1), 0
            row += 1
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write_number(row, column, value)


def tidy_sheet(book: Any, number: int) -> Any:
    sheet = book.add_worksheet(f"data{number if number > 1 else ''}")
    for column, heading in enumerate(tidy_headings()):
        sheet.write_string(0, column, heading)
    sheet.freeze_panes(1, 0)
    return sheet
