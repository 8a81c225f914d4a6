"""Words of a sheet that no list has: shown once each, so that somebody can say what they mean."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from luytre.areas.models import Area, Scope
from luytre.common.text import fold
from luytre.ui.forms import AreaChoiceField, AreasChoiceField, area_label
from luytre.ui.kit.excel_choices import Choices, KnownAreas, parts
from luytre.ui.kit.excel_in import Outcome
from luytre.ui.registers import Register

SHOWN = 30
OFFERED = 500


@dataclass(frozen=True)
class Strange:
    """One word, the field it stands in, and what it could mean; what resembles it stands apart, likest first."""

    name: str
    heading: str
    written: str
    offered: list[tuple[str, str]]
    alike: list[tuple[str, str]]


def strange_words(register: Register, outcome: Outcome, scope: Scope) -> list[Strange]:
    written: dict[tuple[str, str], str] = {}
    fields = register.form_class()(scope=scope).fields if outcome.faults else {}
    for fault in outcome.faults:
        if isinstance(fields.get(fault.name), forms.ModelChoiceField | forms.TypedChoiceField):
            for words in unknown(outcome.lists.get(fault.name), fault.value):
                written.setdefault((fault.name, fold(words)), words)
    shown = list(written.items())[:SHOWN]
    offered = {name: choices_of(fields[name], scope) for name in {name for (name, _folded), _words in shown}}
    return [
        Strange(name, register.heading(name), words, offered[name], alike(outcome.lists.get(name), words))
        for (name, _folded), words in shown
    ]


def unknown(one: Any, written: str) -> list[str]:
    """The parts of a cell that the list does not have; `one` is the field that has read the sheet."""
    if isinstance(one, KnownAreas):
        return [part for part in parts(written) if not is_place(one, part)]
    if isinstance(one, forms.ModelMultipleChoiceField):
        known: Choices = one.known  # type: ignore[attr-defined]
        return [part for part in parts(written) if known.find(part) is None]
    return [written] if written else []


def is_place(one: KnownAreas, typed: str) -> bool:
    try:
        return one.one_of(typed) is not None
    except ValidationError:
        return False


def alike(one: Any, written: str) -> list[tuple[str, str]]:
    known = getattr(one, "known", None)
    found = known.alike(written) if isinstance(known, Choices) else []
    return [(str(entry.pk), str(entry)) for entry in found]


def choices_of(one: Any, scope: Scope) -> list[tuple[str, str]]:
    if isinstance(one, AreaChoiceField | AreasChoiceField):
        rows: Any = Area.objects.none() if one.queryset is None else one.queryset
        return [(area.code, area_label(area)) for area in rows.within(scope).select_related("parent")[:OFFERED]]
    if isinstance(one, forms.ModelChoiceField):
        return [(str(choice.pk), str(choice)) for choice in (one.queryset or [])[:OFFERED]]
    return [(str(code), str(label)) for code, label in one.choices if code != ""]
