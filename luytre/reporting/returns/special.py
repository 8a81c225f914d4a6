"""Special reports: a form for one window, with statistics chosen by the office that asks the units below it."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from luytre import audit
from luytre.accounts import inventory
from luytre.accounts.models import User
from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators
from luytre.reporting.forms import GROUPS
from luytre.reporting.models import Behaviour, Definition, Every, ReturnForm
from luytre.reporting.returns import declaring

COLLECTED = {
    Level.PROVINCE: frozenset({"province"}),
    Level.COMMUNE: frozenset({"commune", "unit"}),
    Level.RESIDENTIAL: frozenset({"area"}),
}


class NothingToType(Exception):
    """Everything that was chosen is known already."""


class CannotAsk(ValueError):
    """These statistics cannot be asked of this level; `words` says why."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Wish:
    """What an office wants to know, of whom, for which days."""

    name: str
    area: Area
    level: str
    window: Window
    codes: tuple[str, ...]
    due_days: int = 5
    legal_basis: str = ""


@cache
def bare_totals() -> frozenset[str]:
    """Totals about people that no form asks for (rights rule R3)."""
    text = (inventory.folder() / "reviewed_words.toml").read_text(encoding="utf-8")
    return frozenset(name for group in tomllib.loads(text)["bare_totals"] for name in group["names"])


def askable() -> list[Definition]:
    """What can stand in a special report at some level, in the order of the catalogue."""
    return [one for one in catalogue.definitions().values() if one.code not in bare_totals() and is_count(one)]


def is_count(definition: Definition) -> bool:
    return definition.behaviour != Behaviour.RATIO


@transaction.atomic
def make(wish: Wish, *, by: User) -> ReturnForm:
    """Ask the units below. What registers or other returns tell for these days is shown, never typed again."""
    known = [code for code in wish.codes if is_known(code, wish)]
    typed = [code for code in wish.codes if code not in known]
    if not typed:
        raise NothingToType(wish)
    refuse(typed, wish)
    form = ReturnForm(
        code=free_code(wish),
        vi_name=wish.name,
        en_name=wish.name,
        legal_basis=wish.legal_basis,
        level=wish.level,
        every=Every.ONCE,
        due_days=wish.due_days,
        valid_from=wish.window.first_day,
        valid_to=wish.window.end,
        area=wish.area,
        codes=typed,
        register_codes=known,
        layout=layout(wish.codes),
    )
    declaring.fill_slots(form)
    form.save(force_insert=True)
    audit.record(form, "special_return_asked", by=by, area_path=wish.area.path)
    return form


def is_known(code: str, wish: Wish) -> bool:
    """A register yields it, or a regular return of the level reports it for some of these days."""
    return code in indicators.INDICATORS or code in told_regularly(wish)


def told_regularly(wish: Wish) -> set[str]:
    forms = ReturnForm.objects.filter(level=wish.level, valid_from__lte=wish.window.last_day).exclude(every=Every.ONCE)
    met = [form for form in forms if form.valid_to is None or form.valid_to > wish.window.first_day]
    return {code for form in met for code in form.codes}


def refuse(typed: Iterable[str], wish: Wish) -> None:
    definitions = [catalogue.get(code) for code in typed]
    if any(one.code in bare_totals() for one in definitions):
        raise CannotAsk(_("Totals about people are not asked for in any form."))
    if stocks := [one for one in definitions if one.behaviour == Behaviour.STOCK]:
        words = _("How much there is of something is told in regular returns only: %(names)s.")
        raise CannotAsk(words % {"names": names(stocks)})
    if elsewhere := [one for one in definitions if one.collected_at not in COLLECTED[Level(wish.level)]]:
        raise CannotAsk(_("Not collected at this level: %(names)s.") % {"names": names(elsewhere)})


def names(definitions: Sequence[Definition]) -> str:
    return "; ".join(one.name for one in definitions)


def free_code(wish: Wish) -> str:
    beginning = f"special-{wish.area.code}-{wish.window.last_day:%Y%m%d}"
    return f"{beginning}-{ReturnForm.objects.filter(code__startswith=beginning).count() + 1}"


def layout(codes: Sequence[str]) -> list[dict[str, object]]:
    """By chapter of the catalogue, in its order."""
    ordered = sorted((catalogue.get(code) for code in codes), key=lambda one: one.position)
    return [
        {"vi": heading(group, "vi"), "en": heading(group, "en"), "codes": [one.code for one in some]}
        for group, some in groupby(ordered, key=lambda one: one.group)
    ]


def heading(group: str, language: str) -> str:
    with override(language):
        return str(GROUPS[group])
