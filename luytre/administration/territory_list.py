"""Many changes from Excel: one row a change, read row by row; a legal list comes in whole or not at all."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.areas.models import KIND_VI, Area, ChangeLine, Kind
from luytre.areas.models.changes import LEVEL_OF
from luytre.areas.planning import ABOVE, Problem
from luytre.common.spreadsheets import Sheet, as_text
from luytre.common.text import clean, fold

COLUMNS = {
    "before": gettext_lazy("Code today"),
    "code": gettext_lazy("Code from then on"),
    "name": gettext_lazy("Name from then on"),
    "kind": gettext_lazy("Kind from then on"),
    "parent_code": gettext_lazy("Code of the place above"),
    "share": gettext_lazy("Share of the figures"),
    "is_main": gettext_lazy("Takes over the records"),
}
NEEDED = ("before", "code")
NO = {"0", "khong", "no", "k"}


class WrongSheet(Exception):
    """The sheet cannot be read as a list of changes; the message says why."""


def headings() -> list[str]:
    return [str(words) for words in COLUMNS.values()]


def notes() -> list[str]:
    return [
        _("One row for each place that changes. A place that is divided has one row for each part."),
        _("Several rows with the same new code are a merger. An empty new code abolishes the place."),
        _("An empty code of today sets a place up; it then needs a name, a kind and the code of the place above."),
        _("Empty cells stay as before. A share is a part of one, such as 0.6; give it in all parts or in none."),
        _("Write “no” in the last column of every part but the one that takes over the records."),
    ]


def read(sheet: Sheet) -> tuple[list[ChangeLine], list[Problem]]:
    """The lines with their numbers in Excel, and what cannot be read in them."""
    rows = rows_of(sheet)
    places = known({values["before"] for _number, values in rows})
    lines, problems = [], []
    for number, values in rows:
        try:
            lines.append(line_of(number, values, places))
        except ValueError as error:
            problems.append(Problem(number, str(error)))
    return lines, problems


def rows_of(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    names = {fold(str(words)): name for name, words in COLUMNS.items()} | {name: name for name in COLUMNS}
    at = {names[fold(one)]: place for place, one in enumerate(sheet.headings) if fold(one) in names}
    missing = [str(COLUMNS[name]) for name in NEEDED if name not in at]
    if missing:
        raise WrongSheet(_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})
    found = []
    for number, row in enumerate(sheet.rows, start=sheet.first_row):
        values = {name: clean(cell(row, at.get(name, -1))) for name in COLUMNS}
        if any(values.values()):
            found.append((number, values))
    return found


def cell(row: list[Any], place: int) -> str:
    return as_text(row[place]) if 0 <= place < len(row) else ""


def known(codes: set[str]) -> dict[str, list[Area]]:
    """The places that go on, by code; asked once for the whole list."""
    found: dict[str, list[Area]] = {}
    rows = Area.objects.filter(code__in=codes, level__in=list(ABOVE)).select_related("parent")
    for area in rows.order_by("-valid_from"):
        found.setdefault(area.code, []).append(area)
    return found


def line_of(number: int, values: dict[str, str], places: dict[str, list[Area]]) -> ChangeLine:
    return ChangeLine(
        number=number,
        before=place(values["before"], places),
        code=values["code"],
        name=values["name"],
        kind=kind(values["kind"]),
        parent_code=values["parent_code"],
        share=share(values["share"]),
        is_main=fold(values["is_main"]) not in NO,
    )


def place(code: str, places: dict[str, list[Area]]) -> Area | None:
    if not code:
        return None
    rows = places.get(code, [])
    if not rows:
        raise ValueError(_("There is no place with the code %(code)s.") % {"code": code})
    return next((area for area in rows if area.valid_to is None), rows[0])


def kind(typed: str) -> str:
    if not typed:
        return ""
    offered = {fold(name): one for one in Kind for name in (one.value, str(one.label), KIND_VI[one]) if name}
    offered |= {"thon": Kind.HAMLET, "ban": Kind.HAMLET, "ap": Kind.HAMLET, "to dan pho": Kind.RESIDENTIAL_GROUP}
    offered |= {"thanh pho": Kind.MUNICIPALITY, "khu pho": Kind.RESIDENTIAL_GROUP}
    found = offered.get(fold(typed))
    if found is None or LEVEL_OF[found] not in ABOVE:
        raise ValueError(_("“%(typed)s” is no kind of place of today.") % {"typed": typed})
    return found.value


def share(typed: str) -> Decimal | None:
    if not typed:
        return None
    try:
        found = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        found = Decimal(0)
    if not 0 < found <= 1 or found != round(found, 4):
        raise ValueError(_("A share lies between 0 and 1 and has at most four digits behind the comma."))
    return found
