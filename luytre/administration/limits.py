"""The rules of the house, read from `privacy/rules.toml`: what this system does not do, and which test keeps it."""

import tomllib
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from luytre.accounts.inventory import folder


@dataclass(frozen=True)
class Rule:
    """One rule in both languages; `tests` are the files that keep it today."""

    code: str
    vi: str
    en: str
    tests: tuple[str, ...]
    concerns: str  # "now", or the part of the work that brings it

    @property
    def text(self) -> str:
        return self.en if get_language() == "en" else self.vi

    @property
    def is_kept_by_test(self) -> bool:
        return bool(self.tests)


@cache
def rules() -> tuple[Rule, ...]:
    table = tomllib.loads((folder() / "rules.toml").read_text())
    return tuple(
        Rule(code, entry["vi"], entry["en"], tuple(entry.get("tests", ())), entry.get("concerns", "now"))
        for code, entry in table.items()
    )
