"""The place of each statistic in the rows of kept sums: given once, never taken back."""

from functools import cache

from luytre.common.numbers import Qualifier
from luytre.reporting import catalogue, indicators
from luytre.reporting.models import Definition
from luytre.reporting.models.facts import CHUNK, MARKS

KINDS = (Qualifier.ABOUT, Qualifier.NEARLY, Qualifier.MORE_THAN)  # in the order of the database's `luytre_mark`


def assign() -> None:
    """Give a place to every statistic that has none; typed numbers first, since forms ask for them side by side."""
    known = given()
    new = [code for code in catalogue.definitions() if code not in known]
    new.sort(key=lambda code: code in indicators.INDICATORS)
    start = max(known.values(), default=-1) + 1
    rows = [Definition(code=code, slot=slot) for slot, code in enumerate(new, start)]
    Definition.objects.bulk_update(rows, ["slot"])
    of_all.cache_clear()


def given() -> dict[str, int]:
    rows = Definition.objects.exclude(slot=None).values_list("code", "slot")
    return {code: slot for code, slot in rows if slot is not None}


@cache
def of_all() -> dict[str, int]:
    return given()


def of(code: str) -> int:
    """The catalogue may have grown since this process began."""
    if code not in of_all():
        of_all.cache_clear()
    return of_all()[code]


def chunk(slot: int) -> int:
    return slot // CHUNK


def place(slot: int) -> int:
    """Arrays of the database count from one."""
    return slot % CHUNK + 1


def marks(slot: int) -> dict[int, Qualifier]:
    """The slots that count what of a statistic is not exact, with what they say of it."""
    return {slot + MARKS * kind: qualifier for kind, qualifier in enumerate(KINDS, 1)}
