"""Words of a sheet that no list has: shown once each, so that somebody can say what they mean."""

from dataclasses import dataclass
from typing import Any

from django import forms

from luytre.areas.models import Scope
from luytre.common.text import fold
from luytre.ui.forms import AreaChoiceField, area_label
from luytre.ui.kit.excel_in import Choices, Outcome
from luytre.ui.registers import Register

SHOWN = 30
OFFERED = 500


@dataclass(frozen=True)
class Strange:
    """One word, the field it stands in, and what it could mean."""

    name: str
    heading: str
    written: str
    offered: list[tuple[str, str]]


def strange_words(register: Register, outcome: Outcome, scope: Scope) -> list[Strange]:
    written: dict[tuple[str, str], str] = {}
    fields = register.form_class()(scope=scope).fields if outcome.faults else {}
    for fault in outcome.faults:
        one = fields.get(fault.name)
        if isinstance(one, forms.ModelChoiceField | forms.TypedChoiceField):
            for words in unknown(one, fault.value):
                written.setdefault((fault.name, fold(words)), words)
    offered = {name: choices_of(fields[name]) for name, _folded in written}
    return [
        Strange(name, register.heading(name), words, offered[name])
        for (name, _folded), words in list(written.items())[:SHOWN]
    ]


def unknown(one: Any, written: str) -> list[str]:
    """The parts of a cell that the list does not have."""
    parts = [part.strip() for part in written.split(";")] if is_many(one) else [written]
    if not is_many(one):
        return [part for part in parts if part]
    known = Choices(one.queryset)
    return [part for part in parts if part and known.find(part) is None]


def is_many(one: Any) -> bool:
    return isinstance(one, forms.ModelMultipleChoiceField)


def choices_of(one: Any) -> list[tuple[str, str]]:
    if isinstance(one, AreaChoiceField):
        return [(area.code, area_label(area)) for area in one.places.select_related("parent")[:OFFERED]]
    if isinstance(one, forms.ModelChoiceField):
        return [(str(choice.pk), str(choice)) for choice in (one.queryset or [])[:OFFERED]]
    return [(str(code), str(label)) for code, label in one.choices if code != ""]
