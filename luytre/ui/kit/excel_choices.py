"""Lists as a workbook writes them: an entry by its name, its code, another name or a short form; places by name.

What was taken by another name is told, and what is in doubt is asked: nothing is guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.abbreviations import spelled_out
from luytre.common.text import clean, fold
from luytre.ui import other_names
from luytre.ui.forms import AreaChoiceField, AreasChoiceField, area_label
from luytre.ui.kit.excel_alike import likeness
from luytre.ui.records import Record

RESEMBLES, OFFERED = 0.35, 4


@dataclass(frozen=True)
class Took:
    """A word of the sheet and the entry it was read as, though the entry is called otherwise."""

    written: str
    entry: Any


class Choices:
    """All that a choice field may be, read once for the whole sheet."""

    def __init__(self, offered: Iterable[Any]) -> None:
        self.offered = list(offered)
        self.took: dict[str, Took] = {}
        self.known: dict[str, list[Any]] = defaultdict(list)
        for one in self.offered:
            for name in {str(one.pk), fold(str(one)), str(getattr(one, "code", one.pk))}:
                self.known[name].append(one)

    def find(self, typed: str) -> Any | None:
        """By its very name first, then by its name spelled out, then by its other names; none where two are meant."""
        if found := self.known.get(typed) or self.known.get(fold(typed)):
            return found[0] if len(found) == 1 else None
        words = spelled_out(typed)
        for names in (self.full_names, self.other_names):
            if found := names.get(words):
                return self.taken(typed, found[0]) if len(found) == 1 else None
        return None

    def taken(self, typed: str, entry: Any) -> Any:
        self.took.setdefault(fold(typed), Took(typed, entry))
        return entry

    @cached_property
    def full_names(self) -> Mapping[str, list[Any]]:
        return by_words((one, other_names.own(one)) for one in self.offered)

    @cached_property
    def other_names(self) -> Mapping[str, list[Any]]:
        return by_words((one, other_names.of(one)) for one in self.offered)

    def alike(self, typed: str) -> list[Any]:
        """The entries that may be meant, likest first; of lists of types, never of people or records."""
        if not self.offered or isinstance(self.offered[0], Record):
            return []
        words = spelled_out(typed)
        best: dict[Any, float] = {}
        for names in (self.full_names, self.other_names):
            for name, entries in names.items():
                share = 1.0 if within(words, name) else likeness(words, name)
                for one in entries:
                    best[one] = max(best.get(one, 0), share)
        ranked = sorted((share, place) for place, (_one, share) in enumerate(best.items()) if share >= RESEMBLES)
        entries = list(best)
        return [entries[place] for share, place in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))][:OFFERED]

    def refuse(self, typed: str) -> ValidationError:
        """Why it was not taken, and what it may be."""
        words = {"typed": typed, "alike": "; ".join(str(one) for one in self.alike(typed))}
        if words["alike"]:
            said = _("“%(typed)s” is not in the list. It may be: %(alike)s. Write one of these, or choose above.")
            return ValidationError(said % words)
        return ValidationError(_("“%(typed)s” is not in the list.") % words)


def by_words(named: Iterable[tuple[Any, list[str]]]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for one, names in named:
        for words in dict.fromkeys(spelled_out(name) for name in names):
            found[words].append(one)
    return found


def within(words: str, name: str) -> bool:
    """All words of the one stand in the other."""
    ours, theirs = set(words.split()), set(name.split())
    return len(ours) > 1 and len(theirs) > 1 and (ours <= theirs or theirs <= ours)


class KnownChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice by the words people write, without a query for each row."""

    known: Choices

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        found = self.known.find(clean(str(value)))
        if found is None:
            raise self.known.refuse(clean(str(value)))
        return found


class KnownChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several choices in one cell, parted by ";"."""

    known: Choices

    def clean(self, value: Any) -> Any:
        typed = parts(value)
        if self.required and not typed:
            raise ValidationError(self.error_messages["required"])
        found = [self.known.find(one) for one in typed]
        for words, one in zip(typed, found, strict=True):
            if one is None:
                raise self.known.refuse(words)
        return found


class KnownAreas(AreasChoiceField):
    """Several places in one cell, by code or name; each name is asked of the database once for the whole sheet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.met: dict[str, Any] = {}

    def one_of(self, typed: str) -> Area | None:
        words = clean(typed)
        if words not in self.met:
            try:
                self.met[words] = super().one_of(words)
            except ValidationError as error:
                self.met[words] = error
        met: Area | ValidationError | None = self.met[words]
        if isinstance(met, ValidationError):
            raise met
        return met


def parts(value: Any) -> list[str]:
    return [clean(one) for one in str(value or "").split(";") if one.strip()]


def known_areas(rows: Any) -> Mapping[str, list[Area]]:
    known: dict[str, list[Area]] = defaultdict(list)
    for area in rows:
        for name in {area.code, fold(area.full_name), fold(area.name), area_label(area)}:
            known[name].append(area)
    return known


def known_field(one: forms.Field) -> forms.Field | None:
    """The field as a workbook fills it; none where it is filled as on the screen."""
    if isinstance(one, AreaChoiceField):
        one.known = known_areas(one.queryset)
        return one
    if isinstance(one, AreasChoiceField):
        return KnownAreas(queryset=one.queryset, required=one.required, label=one.label)
    if isinstance(one, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        is_many = isinstance(one, forms.ModelMultipleChoiceField)
        made = (KnownChoices if is_many else KnownChoice)(queryset=one.queryset, required=one.required, label=one.label)
        made.known = Choices(one.queryset if one.queryset is not None else [])
        return made
    return None
