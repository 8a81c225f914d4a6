"""What is kept about people, why, and how long: read from `privacy/inventory.toml`, which people and tests read too."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import get_language

OURS = "luytre."


@dataclass(frozen=True)
class Erasure:
    """When rows are due, and what then: values put in, or, without any, the row deleted."""

    after_days: int
    since: str  # a field, or a QuerySet method with "()" that takes the last day that is still kept
    blank: Mapping[str, Any] = field(default_factory=dict)

    @property
    def deletes(self) -> bool:
        return not self.blank


@dataclass(frozen=True)
class Holding:
    """One model: what is personal in it, whose it is, why it is kept and until when."""

    label: str
    said: Mapping[str, Mapping[str, str]]  # purpose, ground, keep; each in both languages
    personal: Mapping[str, str] = field(default_factory=dict)  # field -> kind; "secret" is never shown
    not_personal: tuple[str, ...] = ()
    about: tuple[Mapping[str, str], ...] = ()  # ways from a person to the rows about them
    acts: tuple[Mapping[str, str], ...] = ()  # ways from a person to the rows they wrote
    erase: Erasure | None = None
    goes_with_account: bool = False

    def words(self, name: str) -> str:
        both = self.said.get(name, {})
        return both.get("en" if get_language() == "en" else "vi", "")

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    @property
    def is_ours(self) -> bool:
        return self.model.__module__.startswith(OURS)

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def purpose(self) -> str:
        return self.words("purpose")

    @property
    def ground(self) -> str:
        return self.words("ground")

    @property
    def keep(self) -> str:
        return self.words("keep")

    @property
    def columns(self) -> list[str]:
        """What the personal columns are called on the screen."""
        return [str(field.verbose_name) for field in self.model._meta.concrete_fields if field.name in self.personal]

    def rows(self, ways: Iterable[Mapping[str, str]], person: Any) -> "models.QuerySet[Any]":
        """The rows reached by any of the ways; `{pk}` and `{username}` stand for the person's own."""
        found = models.Q(pk__in=[])
        for way in ways:
            found |= models.Q(
                **{name: value.format(pk=person.pk, username=person.username) for name, value in way.items()}
            )
        return self.model._default_manager.filter(found)


def folder() -> Path:
    return Path(settings.BASE_DIR) / "privacy"


def holding(label: str, entry: Mapping[str, Any], words: Mapping[str, Mapping[str, str]]) -> Holding:
    erase = entry.get("erase")
    said = {name: entry[name] for name in ("purpose", "ground", "keep")}
    return Holding(
        label=label,
        said={name: words[said[name]] if isinstance(said[name], str) else said[name] for name in said},
        personal=entry.get("personal", {}),
        not_personal=tuple(entry.get("not_personal", ())),
        about=tuple(entry.get("about", ())),
        acts=tuple(entry.get("acts", ())),
        erase=Erasure(erase["after_days"], erase["since"], nothing_for_empty(erase.get("blank", {})))
        if erase
        else None,
        goes_with_account=entry.get("goes_with_account", False),
    )


def with_base(entry: Mapping[str, Any], bases: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What a model shares with others is written once, under [bases]; lists of columns are joined."""
    base = bases.get(entry.get("like", ""), {})
    joined = {name: [*base[name], *entry.get(name, [])] for name in ("not_personal", "acts", "about") if name in base}
    return {**base, **entry, **joined, "personal": {**base.get("personal", {}), **entry.get("personal", {})}}


def nothing_for_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """TOML has no null; "NULL" stands for it."""
    return {name: None if value == "NULL" else value for name, value in values.items()}


def about_people() -> list[Holding]:
    return [one for one in load().values() if one.personal]


@cache
def load() -> dict[str, Holding]:
    """Every model by its label, such as "accounts.User"."""
    tables = tomllib.loads((folder() / "inventory.toml").read_text())
    words, bases = tables.pop("words"), tables.pop("bases")
    found = [(f"{app}.{model}", entry) for app, of_app in tables.items() for model, entry in of_app.items()]
    return {label: holding(label, with_base(entry, bases), words) for label, entry in found}
