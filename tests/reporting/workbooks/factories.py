"""Workbooks as somebody would bring them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.reporting.models import Delivery, DeliveryLine
from luytre.reporting.returns.paper import Errand
from luytre.reporting.workbooks import delivering, issuing


def issued(errand: Errand, *, base: int = 0, whole: str = "số của tháng", **typed: str) -> bytes:
    """A form of this return with nought in every cell but these."""
    texts = {**dict.fromkeys(errand.form.codes, "0"), **typed}
    return issuing.write(issuing.Face(errand, base, texts, {"": whole}))


def table(rows: Sequence[Sequence[Any]], name: str = "Bảng") -> bytes:
    """An office's own workbook."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def replaced(content: bytes, part: str, before: str, after: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert before.encode() in data
                data = data.replace(before.encode(), after.encode())
            target.writestr(name, data)
    return out.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


def brought(content: bytes, office: Area, by: User, at: datetime, name: str = "bieu.xlsx") -> Delivery:
    """Brought in and read."""
    file = SimpleUploadedFile(name, content)
    one = delivering.bring_in(file, office=office, by=by, at=at)
    delivering.read(one, at=at)
    one.refresh_from_db()
    return one


def only_line(one: Delivery) -> DeliveryLine:
    return one.lines.get()


def sent(one: Delivery, by: User, at: datetime, comment: str = "") -> Delivery:
    one.order_sending(by=by, at=at, comment=comment)
    delivering.send(one, at=at)
    one.refresh_from_db()
    return one
