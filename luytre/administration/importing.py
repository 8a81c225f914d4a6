"""Accounts from Excel: every row goes through the form of one account; nothing is kept between the two steps."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts import life
from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.administration.forms import AccountForm
from luytre.areas.models import Scope
from luytre.common.spreadsheets import Sheet, as_text
from luytre.common.text import fold
from luytre.ui.forms import AreaChoiceField
from luytre.ui.kit.excel_choices import known_areas
from luytre.ui.kit.excel_in import Fault

MOST = 2000
COLUMNS = {
    "full_name": gettext_lazy("Full name"),
    "username": gettext_lazy("User name"),
    "phone": gettext_lazy("Phone number"),
    "position": gettext_lazy("Position"),
    "role": gettext_lazy("Role"),
    "area": gettext_lazy("Area code"),
}
NEEDED = ("full_name", "username", "role", "area")


class WrongSheet(Exception):
    """The sheet cannot be read as a list of people; the message says why."""


@dataclass
class Outcome:
    """What a sheet would do."""

    good: list[tuple[int, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def bad_rows(self) -> int:
        return len({fault.row for fault in self.faults})


Row = tuple[int, dict[str, str]]


def headings() -> list[str]:
    return [str(words) for words in COLUMNS.values()]


def rows_of(sheet: Sheet) -> list[Row]:
    """The rows with their numbers in Excel, as text by column."""
    names = {fold(str(words)): name for name, words in COLUMNS.items()} | {name: name for name in COLUMNS}
    places = {names[fold(one)]: at for at, one in enumerate(sheet.headings) if fold(one) in names}
    missing = [str(COLUMNS[name]) for name in NEEDED if name not in places]
    if missing:
        raise WrongSheet(_("These columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})
    if len(sheet.rows) > MOST:
        raise WrongSheet(_("More than 2,000 rows. Split the list and send the parts one by one."))
    found = ((number, typed(row, places)) for number, row in enumerate(sheet.rows, start=sheet.first_row))
    return [(number, values) for number, values in found if any(values.values())]


def typed(row: list[Any], places: dict[str, int]) -> dict[str, str]:
    values = {name: as_text(row[at]) if at < len(row) else "" for name, at in places.items()}
    return {name: repaired(name, value) for name, value in values.items()}


def repaired(name: str, value: str) -> str:
    """Excel takes the zero off a phone number; people write a role as they say it."""
    if name == "phone" and len(value) == 9 and value.isdigit():
        return f"0{value}"
    if name == "role":
        return {fold(str(role.label)): role.value for role in Role}.get(fold(value), value)
    return value


def check(rows: list[Row], *, scope: Scope) -> Outcome:
    """Read every row through the form; nothing is written."""
    outcome, form_class = Outcome(), row_form(scope)
    seen: dict[tuple[str, str], int] = {}
    for number, values in rows:
        form = form_class(data=values, scope=scope)
        form.full_clean()
        for name in ("username", "phone"):
            value = form.cleaned_data.get(name)
            first = seen.setdefault((name, value), number) if value else number
            if first != number:
                form.add_error(name, _("The same as in row %(row)d.") % {"row": first})
        if form.is_valid():
            outcome.good.append((number, form))
        else:
            outcome.faults += faults_of(number, values, form)
    return outcome


def row_form(scope: Scope) -> type[AccountForm]:
    """The form of one account with its list of areas read once for the whole sheet."""
    area = AccountForm(scope=scope).fields["area"]
    if isinstance(area, AreaChoiceField):
        area.known = known_areas(area.queryset)

    class RowForm(AccountForm):
        def cut(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
            self.fields[name] = area

    return RowForm


def faults_of(number: int, values: dict[str, str], form: AccountForm) -> Iterator[Fault]:
    for name, errors in form.errors.items():
        for error in errors:
            yield Fault(number, str(COLUMNS.get(name, "")), values.get(name, ""), str(error))


@transaction.atomic
def bring_in(outcome: Outcome, *, by: User, at: datetime) -> list[life.Slip]:
    return [
        life.enrol(form.instance, role=form.cleaned_data["role"], area=form.cleaned_data["area"], by=by, at=at)
        for _number, form in outcome.good
    ]


def packed(rows: list[Row]) -> str:
    """The rows travel in the page itself: a list of people is not left lying on the disk."""
    return json.dumps(rows, ensure_ascii=False)


def unpacked(text: str) -> list[Row]:
    """What the page brings back is checked anew like any other input."""
    try:
        rows = json.loads(text)
        return [(int(number), {name: str(values.get(name, "")) for name in COLUMNS}) for number, values in rows][:MOST]
    except (ValueError, TypeError, AttributeError) as error:
        raise WrongSheet(_("The list did not come through whole. Send the file again.")) from error
