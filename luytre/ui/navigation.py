"""The left navigation and the cards of the first screen: lists that apps above add to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.accounts.access import StaffRequest
from luytre.accounts.permissions import Permission
from luytre.areas.models import Scope

if TYPE_CHECKING:
    from luytre.ui.context import May

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; shown to who holds one of the permissions somewhere."""

    label: Words
    url_name: str
    icon: str
    permissions: tuple[Permission, ...]
    order: int
    kwargs: tuple[tuple[str, str], ...] = ()
    group: Words = ""

    def url(self) -> str:
        return reverse(self.url_name, kwargs=dict(self.kwargs))


@dataclass(frozen=True)
class Card:
    """One thing to do or to know today, with one action."""

    title: Words
    text: Words
    url: str
    action: Words
    tone: str = "plain"  # plain, near, late, done
    tone_words: Words = ""
    order: int = 50
    figure: Words = ""


CardMaker = Callable[[StaffRequest, Scope], Iterable[Card]]

ENTRIES: list[Entry] = []
CARDS: list[tuple[tuple[Permission, ...], CardMaker]] = []


def add(entry: Entry) -> None:
    ENTRIES.append(entry)
    ENTRIES.sort(key=lambda one: one.order)


def open_to(permission: Permission, *, url_name: str) -> None:
    """Show an entry to the holders of one more permission."""
    place = next(number for number, entry in enumerate(ENTRIES) if entry.url_name == url_name)
    ENTRIES[place] = replace(ENTRIES[place], permissions=(*ENTRIES[place].permissions, permission))


def add_cards(*permissions: Permission) -> Callable[[CardMaker], CardMaker]:
    """Decorates a function that gives the cards of somebody who holds one of the permissions; without any, of all."""

    def register(maker: CardMaker) -> CardMaker:
        CARDS.append((permissions, maker))
        return maker

    return register


def cards_for(request: StaffRequest, may: "May") -> list[Card]:
    """All cards this person's permissions bring, most pressing first."""
    today = timezone.localdate()
    cards: list[Card] = []
    for permissions, maker in CARDS:
        if not permissions or may.any_of(permissions):
            cards += maker(request, request.user.scope(*permissions, on=today))
    return sorted(cards, key=lambda card: card.order)


add(Entry(_("Today"), "home", "home", tuple(Permission), order=0))
add(Entry(_("Without network"), "offline", "upload", (), order=5))  # registers that work offline open it
