"""Where words could stand that begin a file on people, and which of them are refused."""

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models
from django.utils import translation

ROOT = Path(__file__).resolve().parents[2]
PRIVACY = ROOT / "privacy"
PLACES = ROOT / "luytre" / "areas"  # names of places are facts of geography
STOPS = ROOT / "luytre" / "tips" / "data"  # words that stop a writer (R9): listed to be refused, stored nowhere


@dataclass(frozen=True)
class Saying:
    """Something said somewhere: `where` and `name` are how an exception finds it."""

    where: str
    name: str
    text: str


@cache
def refused_words() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((PRIVACY / "refused_words.toml").read_text())
    return {
        subject: re.compile(rf"\b({'|'.join(map(re.escape, [*lists['vi'], *lists['en']]))})\b", re.IGNORECASE)
        for subject, lists in table.items()
    }


@cache
def reviewed() -> dict[tuple[str, str], str]:
    """Exceptions by name: where, what, and why it may stay."""
    table = tomllib.loads((PRIVACY / "reviewed_words.toml").read_text())
    return {
        (where, name): group["reason"]
        for groups in table.values()
        for group in groups
        for where in [group["where"]]
        for name in group["names"]
    }


def spelled(identifier: str) -> str:
    """`riskScore` and `risk_score` as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", identifier).replace("_", " ").replace("-", " ")


def both(words: object) -> str:
    """As it is shown in each language."""
    said = []
    for language in ("vi", "en"):
        with translation.override(language):
            said.append(str(words))
    return " | ".join(said)


def of_models() -> Iterator[Saying]:
    for model in apps.get_models():
        if not model.__module__.startswith("luytre."):
            continue
        label = model._meta.label
        yield Saying(label, label, f"{spelled(model.__name__)} | {both(model._meta.verbose_name)}")
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
            yield from of_field(label, field)


def of_field(label: str, field: models.Field) -> Iterator[Saying]:
    yield Saying(label, field.name, f"{spelled(field.name)} | {both(field.verbose_name)} | {both(field.help_text)}")
    for code, words in field.flatchoices or ():
        yield Saying(f"{label}.{field.name}", str(code), f"{spelled(str(code))} | {both(words)}")


def of_lists() -> Iterator[Saying]:
    """Every list that is shipped as data, but the names of places."""
    for path in sorted((ROOT / "luytre").rglob("*.csv")):
        if PLACES in path.parents or STOPS in path.parents:
            continue
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yield Saying(str(path.relative_to(ROOT)), next(iter(row.values())), " | ".join(map(str, row.values())))


def of_api() -> Iterator[Saying]:
    from luytre.api.endpoints import api

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, verbs in schema["paths"].items():
        for verb, entry in verbs.items():
            asked = [one["name"] for one in entry.get("parameters", [])]
            yield Saying("api", f"{verb} {path}", " | ".join(map(spelled, [path, *asked])))
    for name, shape in schema["components"]["schemas"].items():
        yield Saying("api", name, " | ".join(map(spelled, [name, *shape.get("properties", {})])))


def everything_said() -> list[Saying]:
    return [*of_models(), *of_lists(), *of_api()]


def refused_in(saying: Saying) -> list[str]:
    return [
        f"{subject}: {found[0]}" for subject, words in refused_words().items() if (found := words.search(saying.text))
    ]
