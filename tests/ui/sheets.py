"""Workbooks as offices have them, and the way through the import's pages."""

import io
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luytre.ui.registers import Register


def workbook(rows: list[list[object]], *, before: int = 0, first_sheet: str = "") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        if first_sheet:
            book.add_worksheet(first_sheet).write_row(0, 0, ["Ghi chú", "của văn phòng"])
        page = book.add_worksheet("Sổ")
        for number, row in enumerate(rows, start=before):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("so-cua-xa.xlsx", buffer.getvalue())


def send(client: Client, register: Register, rows: list[list[object]], **options: Any) -> Any:
    return client.post(register.url("import"), {"workbook": workbook(rows, **options)})


def again(client: Client, register: Register, report: Any, **said: str) -> Any:
    """The reading's own form, with some of it changed by the words over the column."""
    data = {"ticket": report.context["ticket"], "sheet": report.context["reading"].sheet}
    data["header"] = str(report.context["header"])
    for one in report.context["columns"]:
        data |= {f"h-{one.number}": one.heading, f"c-{one.number}": said.get(one.heading, one.name)}
    for number, one in enumerate(report.context["strange"], start=1):
        data |= {f"f-{number}": one.name, f"w-{number}": one.written, f"v-{number}": said.get(one.written, "")}
    return client.post(register.url("import"), data | {k: v for k, v in said.items() if k in ("sheet", "header")})


def bring_in(client: Client, register: Register, report: Any, **decisions: str) -> Any:
    rows = {name.replace("_", "-"): value for name, value in decisions.items()}
    return client.post(register.url("import-confirm"), {"ticket": report.context["ticket"], **rows})
