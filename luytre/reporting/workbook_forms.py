"""Forms of the pages on which workbooks come in."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.reporting.models import ReturnForm
from luytre.reporting.workbooks.mappings import ACROSS, CELL, COLUMN, DOWN

ROW = re.compile(r"^[1-9]\d{0,4}$")


class DeliveryForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Excel file or zip of many"),
        help_text=gettext_lazy("a form downloaded here, an office's own workbook, or a zip of up to 5,000 of them"),
    )


class SendingForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("explains warnings and empty cells; without it only what asks for none is sent"),
    )


class ReadingForm(forms.Form):
    """Where an office's own workbook has what."""

    form = forms.ChoiceField(label=gettext_lazy("Form"))
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    direction = forms.ChoiceField(
        label=gettext_lazy("The indicators stand"),
        choices=[
            (DOWN, gettext_lazy("one below the other, in a column")),
            (ACROSS, gettext_lazy("beside each other, in a row")),
        ],
    )
    names = forms.CharField(label=gettext_lazy("Column or row of their names"), max_length=5)
    values = forms.CharField(
        label=gettext_lazy("Column or row of the numbers"),
        max_length=5,
        required=False,
        help_text=gettext_lazy("left empty where each row below is a unit of its own"),
    )
    notes = forms.CharField(label=gettext_lazy("Column of the notes"), max_length=3, required=False)
    unit = forms.CharField(
        label=gettext_lazy("Reporting unit"),
        max_length=12,
        help_text=gettext_lazy("a cell such as B2, a column such as A where each row is a unit, or the unit's code"),
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("a cell such as B3, or a period such as 2026-11; empty: the last one that is over"),
    )
    name = forms.CharField(label=gettext_lazy("Name of this reading"), max_length=80)

    def __init__(self, *args: Any, forms_asked: Sequence[ReturnForm], sheets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(one.code, one.name) for one in forms_asked]  # type: ignore[attr-defined]
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("names", "values", "notes", "unit"):
            said[name] = str(said.get(name) or "").strip().upper()
        is_down = said.get("direction") == DOWN
        a_column, a_row = _("Write a column: one letter or two."), _("Write a row: a number.")
        wanted, words = (COLUMN, a_column) if is_down else (ROW, a_row)
        is_each = not is_down and bool(COLUMN.match(said["unit"]))
        for name in ("names",) if is_each else ("names", "values"):
            if not wanted.match(said[name]):
                self.add_error(name, words)
        if is_down and COLUMN.match(said["unit"]):
            self.add_error("unit", _("Write a cell such as B2, or the unit's code."))
        if said["notes"] and not COLUMN.match(said["notes"]):
            self.add_error("notes", a_column)
        if CELL.match(str(said.get("period") or "").upper()):
            said["period"] = str(said["period"]).upper()
        return said
