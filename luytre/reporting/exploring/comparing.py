"""What may not be put in order or held against other places (rights rule R8), with the sentence that says why."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.reporting import catalogue
from luytre.reporting.models import Behaviour, Definition, Nature

WHY: dict[str, Promise] = {
    "tips": _("Tips and what people report are never ranked: telling must stay free, whatever the number."),
    "arrests": _("Cases, arrests and people dealt with are never ranked: they show what befell a place, not its work."),
    "messages": _("Messages and answers are never ranked: more of them is not better work."),
    "people": _("Numbers of people are never ranked: taking part is free, and nobody is counted to win."),
    "target": _("The catalogue allows no target for this indicator, so places are not put in order by it."),
}
ORDERED = {Nature.OUTPUT, Nature.OUTCOME}
UNMAPPED = {"tips", "arrests", "messages"}


@dataclass(frozen=True)
class Refusal:
    """Why places are not compared by an indicator."""

    reason: str

    @property
    def words(self) -> str:
        return str(WHY[self.reason])


class NeverRanked(Exception):
    """Somebody asked to put in order what stands under rights rule R8; `refusal` has the sentence."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


@cache
def rules() -> dict[str, Any]:
    text = (files("luytre.reporting.catalogue") / "ranking.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def refusal(definition: Definition) -> Refusal | None:
    """Reviewed reasons first, then the catalogue's own columns; a ratio is refused with what it is made of."""
    over = catalogue.get(definition.numerator) if definition.behaviour == Behaviour.RATIO else definition
    for reason, listed in rules()["refused"].items():
        if any(is_listed(one, listed) for one in (definition, over)):
            return Refusal(reason)
    if not definition.is_target_allowed or definition.nature not in ORDERED:
        return Refusal("target")
    return None


def is_listed(definition: Definition, listed: dict[str, list[str]]) -> bool:
    return (
        definition.code in listed.get("codes", ())
        or definition.group in listed.get("groups", ())
        or definition.vi_unit in listed.get("units", ())
    )


def allow_ranking(definition: Definition) -> None:
    if found := refusal(definition):
        raise NeverRanked(found)


def allow_map(definition: Definition) -> None:
    """A map is read as a ranking too; head-counts of meetings may be drawn, what people report may not."""
    found = refusal(definition)
    if found and found.reason in UNMAPPED:
        raise NeverRanked(found)
