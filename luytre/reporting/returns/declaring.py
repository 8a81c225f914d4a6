"""The forms as `catalogue/returns.toml` declares them, and as the table keeps them: `luytre sync_returns`."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from luytre.reporting import catalogue, indicators
from luytre.reporting.models import Behaviour, Definition, ReturnForm

ASKED = ("codes", "register_codes", "level", "every", "calendar")  # may not change under one version
WORDS = ("vi_name", "en_name", "legal_basis", "due_days", "layout", "rules")


class ChangedForm(Exception):
    """A form asks something else than the same version did before: it wants a new version."""


@dataclass(frozen=True)
class Section:
    """A heading of a form with the codes under it, as `ReturnForm.layout` keeps them."""

    vi: str
    en: str
    codes: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.en if get_language() == "en" else self.vi


def sections(form: ReturnForm) -> list[Section]:
    return [Section(row["vi"], row["en"], tuple(row["codes"])) for row in form.layout]


@cache
def declared() -> tuple[ReturnForm, ...]:
    """The newest version of each form, not saved."""
    text = (files("luytre.reporting.catalogue") / "returns.toml").read_text(encoding="utf-8")
    return tuple(read(row) for row in tomllib.loads(text)["form"])


def read(row: Mapping[str, Any]) -> ReturnForm:
    layout = [{"vi": one["vi"], "en": one["en"], "codes": one["codes"]} for one in row["section"]]
    codes = [code for one in layout for code in one["codes"]]
    typed = [code for code in codes if code not in indicators.INDICATORS]
    names = ("code", "version", "vi_name", "en_name", "level", "every", "due_days", "valid_from", "legal_basis")
    return ReturnForm(
        **{name: row[name] for name in names},
        codes=typed,
        register_codes=[code for code in codes if code not in typed],
        layout=layout,
        rules=row.get("rule", []),
    )


def fill_slots(form: ReturnForm) -> None:
    """What the database needs to know of the typed codes, in their order."""
    slots = dict(Definition.objects.filter(code__in=form.codes).values_list("code", "slot"))
    form.slots = [slots[code] or 0 for code in form.codes]
    form.stocks = [catalogue.get(code).behaviour == Behaviour.STOCK for code in form.codes]


@transaction.atomic
def sync() -> int:
    """Bring the table up to the declarations; a new version ends the one before it."""
    for form in declared():
        kept = ReturnForm.objects.filter(code=form.code, version=form.version).first()
        if kept:
            refresh(kept, form)
        else:
            open_version(form)
    return len(declared())


def refresh(kept: ReturnForm, form: ReturnForm) -> None:
    changed = [name for name in ASKED if getattr(kept, name) != getattr(form, name)]
    if changed:
        raise ChangedForm(f"{form.code} {form.version}: {', '.join(changed)}")
    if any(getattr(kept, name) != getattr(form, name) for name in WORDS):
        for name in WORDS:
            setattr(kept, name, getattr(form, name))
        kept.save(update_fields=WORDS)


def open_version(form: ReturnForm) -> None:
    before = ReturnForm.objects.filter(code=form.code, version__lt=form.version, valid_to=None)
    before.update(valid_to=form.valid_from)
    fill_slots(form)
    row = {field.name: getattr(form, field.name) for field in form._meta.concrete_fields if not field.primary_key}
    ReturnForm.objects.create(**row)


# what would count a figure twice, or a part and its whole


@dataclass(frozen=True)
class Clash:
    """A typed code that two forms of one level ask for at the same time."""

    code: str
    forms: tuple[str, str]


def clashes(forms: Iterable[ReturnForm]) -> Iterator[Clash]:
    known = list(forms)
    for place, one in enumerate(known):
        for other in known[place + 1 :]:
            if one.code != other.code and one.level == other.level and meet(one, other):
                yield from (Clash(code, (one.code, other.code)) for code in sorted({*one.codes} & {*other.codes}))


def meet(one: ReturnForm, other: ReturnForm) -> bool:
    """Both in force on some day."""
    end = date.max
    return one.valid_from < (other.valid_to or end) and other.valid_from < (one.valid_to or end)


def home_of_stocks(forms: Iterable[ReturnForm]) -> dict[str, str]:
    """The one form that says how much of a stock there is: its changes are told from return to return."""
    return {
        code: form.code for form in forms for code in form.codes if catalogue.get(code).behaviour == Behaviour.STOCK
    }
