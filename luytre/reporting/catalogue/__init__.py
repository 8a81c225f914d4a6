"""The catalogue of statistics: `indicators.csv` is the text that counts, the table `Definition` its mirror for SQL."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language

from luytre.common.text import fold
from luytre.reporting.models import Definition

MEANING = ("behaviour", "area_rule", "numerator", "denominator", "definition")  # may not change under one code


class NoSuchIndicator(LookupError):
    """No statistic has this code."""


def rows(name: str) -> list[dict[str, str]]:
    """A data file of this folder, line by line."""
    return list(csv.DictReader((files(__name__) / name).read_text(encoding="utf-8").splitlines(keepends=True)))


def read(row: dict[str, str], position: int) -> Definition:
    same = ("code", "group", "behaviour", "area_rule", "numerator", "denominator", "collected_at", "period")
    values: dict[str, Any] = {name: row[name] for name in (*same, "vi_name", "en_name", "definition", "source")}
    definition = Definition(
        **values,
        vi_unit=row["unit_vi"],
        en_unit=row["unit_en"],
        nature=row["kind"],
        is_target_allowed=row["target_allowed"] == "yes",
        is_public=row["public"] == "yes",
        derived_from=row["derived_from"],
        aliases=row["aliases_vi"],
        position=position,
    )
    definition.folded = fold(" ".join([definition.code, definition.vi_name, definition.en_name, definition.aliases]))
    return definition


@cache
def definitions() -> dict[str, Definition]:
    """All statistics by code, in the order of the file."""
    return {row["code"]: read(row, position) for position, row in enumerate(rows("indicators.csv"), 1)}


def get(code: str) -> Definition:
    try:
        return definitions()[code]
    except KeyError:
        raise NoSuchIndicator(code) from None


def matching(words: str) -> Iterator[Definition]:
    """Search without tone marks: each word somewhere in the names or the code."""
    wanted = fold(words).split()
    return (one for one in definitions().values() if all(word in one.folded for word in wanted))


def resembling(code: str) -> list[str]:
    """Codes that share a word with a mistyped one."""
    wanted = set(code.lower().split("_"))
    return sorted(
        (one for one in definitions() if wanted & set(one.split("_"))), key=lambda one: abs(len(one) - len(code))
    )


def changed_meanings() -> list[tuple[str, str]]:
    """Code and field of every row whose meaning differs from what the table was told before."""
    known = definitions()
    return [
        (old.code, field)
        for old in Definition.objects.all()
        for field in MEANING
        if old.code in known and getattr(known[old.code], field) != getattr(old, field)
    ]


def sync() -> int:
    """Mirror the file into the table; rows that left the file stay, since old figures name them."""
    fields = [field.name for field in Definition._meta.concrete_fields if field.name not in ("code", "slot")]
    written = Definition.objects.bulk_create(
        definitions().values(), update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
    return len(written)


@cache
def explanations() -> dict[str, str]:
    return {row["code"]: row["definition"] for row in rows("definitions_vi.csv")}


def explanation(code: str) -> tuple[str, str]:
    """What is counted and what is not, with its language: Vietnamese where it has been written."""
    vietnamese = explanations().get(code)
    if vietnamese and get_language() != "en":
        return vietnamese, "vi"
    return get(code).definition, "en"
