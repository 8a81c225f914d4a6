"""Rows that resemble what stands in the register already: same area, and a like name or the same day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.text import capfirst

from luytre.areas.models import Scope
from luytre.ui.registers import Register, shown

SURE, PERHAPS = 0.85, 0.5
COMPARED = 400  # of one area; a name is looked for among so many
SHOWN = 60
Old = tuple[int, str, Any]  # key, folded words, day


@dataclass(frozen=True)
class Alike:
    """A row of the sheet beside the record it resembles."""

    number: int
    form: Any
    record: Any
    is_sure: bool

    @property
    def usual(self) -> str:
        """What happens unless somebody says otherwise: the same thing is not recorded twice."""
        return "skip" if self.is_sure else "keep"

    def pairs(self, register: Register) -> list[dict[str, Any]]:
        """Field by field of the sheet: as it stands, and as the sheet says it."""
        own = {field.name for field in self.record._meta.get_fields()} - set(register.sealed)
        names = [name for name in self.form.written if name in own and not name.endswith("_qualifier")]
        lines = [(capfirst(register.heading(name)), shown(self.record, name), said(self.form, name)) for name in names]
        return [{"label": a, "old": b, "new": c, "differs": b != c} for a, b, c in lines if b or c]


def said(form: Any, name: str) -> str:
    value = form.cleaned_data.get(name)
    if isinstance(value, Iterable) and not isinstance(value, str | Model):
        return "; ".join(str(one) for one in value)
    return shown(form.instance, name)


def trigrams(words: str) -> frozenset[str]:
    padded = [f"  {word} " for word in words.split()]
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def likeness(one: str, other: str) -> float:
    """Shared groups of three letters, as PostgreSQL's `similarity`."""
    if one == other:
        return 1.0
    ours, theirs = trigrams(one), trigrams(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def alike_in(register: Register, good: list[tuple[int, Any]], scope: Scope) -> list[Alike]:
    """Rows with their likest record; the records are read once for the whole sheet."""
    place, day = getter(register.rows().area), getter(register.dated)
    for _number, form in good:
        form.instance.fill_derived()
    areas = {one.pk for one in (place(form.instance) for _number, form in good) if one}
    known = records_in(register, areas, scope)
    best: dict[int, tuple[bool, int]] = {}
    for number, form in good:
        one = place(form.instance)
        if one and (match := likest(known.get(one.pk, []), form.instance.folded, day(form.instance))):
            best[number] = match
    records = register.rows().within(scope).in_bulk({pk for _sure, pk in best.values()})
    return [Alike(number, form, records[best[number][1]], best[number][0]) for number, form in good if number in best]


def getter(path: str) -> Any:
    """`site__area` of a record that may lack a part of the way."""

    def get(record: Any) -> Any:
        try:
            return attrgetter(path.replace("__", "."))(record) if path else None
        except (AttributeError, ObjectDoesNotExist):
            return None

    return get


def records_in(register: Register, areas: set[int], scope: Scope) -> dict[int, list[Old]]:
    rows = register.rows()
    columns = ["pk", rows.area, "folded", *([register.dated] if register.dated else [])]
    found: dict[int, list[Old]] = defaultdict(list)
    for pk, area, folded, *day in (
        rows.within(scope).kept().filter(**{f"{rows.area}__in": areas}).order_by("-pk").values_list(*columns)
    ):
        found[area].append((pk, folded, day[0] if day else None))
    return found


def likest(known: list[Old], folded: str, day: Any) -> tuple[bool, int] | None:
    """The same day weighs most; on another day only the very same words of a thing recorded once are alike."""
    near = [old for old in known if old[2] == day][:COMPARED]
    found = max(((likeness(old[1], folded), old[0]) for old in near), default=(0.0, 0))
    if found[0] >= PERHAPS:
        return found[0] >= SURE, found[1]
    named = [old[0] for old in known if old[1] == folded]
    return (False, named[0]) if len(named) == 1 and day is not None else None
