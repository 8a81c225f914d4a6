"""What a file says as a return: whose, of which form and window, and the text of each cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core import signing
from django.utils.crypto import constant_time_compare

from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.reporting.models import ReturnForm
from luytre.reporting.returns.checking import WHOLE
from luytre.reporting.workbooks import parsing, words
from luytre.reporting.workbooks.files import Trouble
from luytre.reporting.workbooks.parsing import Parsed

MARKED = ("form", "version", "area", "first_day", "last_day", "base")
SIGNER = signing.Signer(salt="luytre.workbook")
Row = list[str]  # address, name of the cell, text, words


@dataclass
class Slip:
    """One return on its way in; `problems` stop it before anything is checked."""

    name: str
    form: ReturnForm | None = None
    area: Area | None = None
    window: Window | None = None
    base_number: int | None = None
    typed: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    problems: list[Row] = field(default_factory=list)
    notes: list[Row] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, date | None]:
        form, area, window = self.form, self.area, self.window
        return (form.code if form else "", area.code if area else "", window.last_day if window else None)


def refused(name: str, told: Any, address: str = "", text: str = "") -> Slip:
    return Slip(name, problems=[[address, "", text, str(told)]])


# issued workbooks


def mark(form: ReturnForm, area: Area, window: Window, base_number: int) -> dict[str, str]:
    """What the hidden sheet says, with its seal."""
    said = {
        "form": form.code,
        "version": str(form.version),
        "area": area.code,
        "first_day": f"{window.first_day:%Y-%m-%d}",
        "last_day": f"{window.last_day:%Y-%m-%d}",
        "base": str(base_number),
    }
    return {**said, "seal": seal(said)}


def seal(said: Mapping[str, str]) -> str:
    return SIGNER.signature("|".join(said.get(name, "") for name in MARKED))


def is_sealed(said: Mapping[str, str]) -> bool:
    return constant_time_compare(said.get("seal", ""), seal(said))


def of_issued(many: Iterable[Parsed]) -> list[Slip]:
    """Forms and units are asked for once for all of them."""
    found = list(many)
    good = [one.mark for one in found if one.is_issued and is_sealed(one.mark)]
    forms, areas = known_forms(good), known_areas(good)
    return [of_one(one, forms, areas) for one in found]


def known_forms(marks: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], ReturnForm]:
    codes = {one["form"] for one in marks}
    rows = ReturnForm.objects.filter(code__in=codes).select_related("area")
    return {(form.code, str(form.version)): form for form in rows}


def known_areas(marks: Iterable[Mapping[str, str]]) -> dict[tuple[str, str], list[Area]]:
    """By code and last day; several levels may share a code."""
    by_day: dict[str, set[str]] = {}
    for one in marks:
        by_day.setdefault(one["last_day"], set()).add(one["area"])
    found: dict[tuple[str, str], list[Area]] = {}
    for day, codes in by_day.items():
        for area in Area.objects.filter(code__in=codes).on(date.fromisoformat(day)):
            found.setdefault((area.code, day), []).append(area)
    return found


def of_one(
    one: Parsed, forms: Mapping[tuple[str, str], ReturnForm], areas: Mapping[tuple[str, str], list[Area]]
) -> Slip:
    if one.trouble or not one.is_issued:
        return refused(one.name, words.TROUBLES[one.trouble or Trouble.NOT_OURS])
    said = one.mark
    if not is_sealed(said):
        return refused(one.name, words.CHANGED_MARK)
    form = forms.get((said["form"], said["version"]))
    if form is None:
        return refused(one.name, words.NO_FORM % {"code": said["form"]})
    area = next((x for x in areas.get((said["area"], said["last_day"]), []) if x.level == form.level), None)
    if area is None:
        return refused(one.name, words.NO_AREA % {"code": said["area"]})
    window = Window(date.fromisoformat(said["first_day"]), date.fromisoformat(said["last_day"]))
    slip = Slip(one.name, form, area, window, int(said["base"]))
    fill(slip, one)
    return slip


def fill(slip: Slip, one: Parsed) -> None:
    """Cells of registers are shown in the workbook, never taken from it."""
    asked = set(slip.form.register_codes) if slip.form else set()
    for cell in one.cells:
        if cell.code in asked:
            continue
        code = WHOLE if cell.code == parsing.WHOLE else cell.code
        if code != WHOLE:
            slip.typed[code] = cell.text
            slip.addresses[code] = f"{one.sheet}!{cell.address}"
        if cell.note:
            slip.comments[code] = cell.note
