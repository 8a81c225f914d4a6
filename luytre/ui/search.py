"""One search over everything: each app says what can be found in it; nobody finds what they could not open."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.models import User
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope
from luytre.common.text import fold
from luytre.ui import navigation
from luytre.ui.context import May
from luytre.ui.kit import traces
from luytre.ui.registers import REGISTERS, Register

Words = str | Promise
FEWEST = 2  # letters; less finds everything and nothing
FIRST = 5  # of each group on the page of all groups


@dataclass
class Reader:
    """Who is looking, on which day; where they may do what is asked of the database once."""

    user: User
    on: date
    known: dict[tuple[Permission, ...], Scope] = field(default_factory=dict)

    def scope(self, *permissions: Permission) -> Scope:
        if permissions not in self.known:
            self.known[permissions] = self.user.scope(*permissions, on=self.on)
        return self.known[permissions]


@dataclass(frozen=True)
class Asked:
    """What is looked for, by whom, and where they may see it."""

    words: str
    by: Reader
    scope: Scope


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    note: str = ""


def no_trace(shown: Iterable[Any], by: User) -> None:
    """Most of what is found is not about people."""


@dataclass(frozen=True)
class Finder:
    """A kind of thing that can be found; `trace` writes down that personal data was read (rights rule R24)."""

    name: str
    label: Words
    permissions: tuple[Permission, ...]
    rows: Callable[[Asked], Any]
    hit: Callable[[Any], Hit]
    order: int = 50
    trace: Callable[[Iterable[Any], User], None] = no_trace


FINDERS: list[Finder] = []


def add(finder: Finder) -> Finder:
    FINDERS.append(finder)
    return finder


def finders() -> list[Finder]:
    """What the apps have added, and every register."""
    return sorted([*FINDERS, *(of_register(one) for one in REGISTERS.values())], key=lambda one: one.order)


def of_register(register: Register) -> Finder:
    def rows(asked: Asked) -> Any:
        return register.rows().within(asked.scope).kept().matching(asked.words).order_by("-pk")

    def hit(record: Any) -> Hit:
        where = getattr(record, "where", None)
        return Hit(str(record), register.url("record", pk=record.pk), where.full_name if where else "")

    def trace(shown: Iterable[Any], by: User) -> None:
        traces.listed(register, shown, by=by)

    return Finder(register.name, register.label, (register.read,), rows, hit, register.menu_order, trace)


@dataclass
class Group:
    """What one finder has found: the first few, and whether there is more."""

    finder: Finder
    hits: list[Hit]
    has_more: bool = False

    @property
    def name(self) -> str:
        return self.finder.name

    @property
    def label(self) -> str:
        return capfirst(str(self.finder.label))


def is_enough(words: str) -> bool:
    return len(fold(words).replace(" ", "")) >= FEWEST


def groups(words: str, *, by: Reader) -> Iterator[Group]:
    """Each group that has something, the first of it."""
    for finder in finders():
        asked = asked_of(finder, words, by=by)
        found = list(finder.rows(asked)[: FIRST + 1]) if asked else []
        if found:
            finder.trace(found[:FIRST], by.user)
            yield Group(finder, [finder.hit(row) for row in found[:FIRST]], len(found) > FIRST)


def asked_of(finder: Finder, words: str, *, by: Reader) -> Asked | None:
    """None for somebody who may not read this kind of thing anywhere."""
    scope = by.scope(*finder.permissions)
    return Asked(words, by, scope) if scope else None


def named(name: str) -> Finder | None:
    return next((one for one in finders() if one.name == name), None)


# pages of the menu


def pages(asked: Asked) -> list[Any]:
    """Lines of the menu and pages on which something is recorded, by their words."""
    wanted, may = fold(asked.words).split(), May(asked.by.user)
    found = [
        (str(entry.label), entry.url(), str(entry.group))
        for entry in navigation.ENTRIES
        if may.any_of(entry.permissions)
    ]
    found += [(str(one.add_label), one.url("add"), one.label) for one in REGISTERS.values() if may.any_of((one.write,))]
    return [one for one in found if all(word in fold(one[0]) for word in wanted)]


def page_hit(one: tuple[str, str, str]) -> Hit:
    label, url, group = one
    return Hit(capfirst(label), url, capfirst(group))


add(Finder("pages", gettext_lazy("Pages"), tuple(Permission), pages, page_hit, order=0))


def nothing_words(words: str) -> str:
    if not is_enough(words):
        return _("Write at least two letters. Tone marks are not needed.")
    return _("Nothing in your area has all of these words. Try fewer words, or a part of one.")
