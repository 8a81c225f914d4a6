"""The texts that members and respected persons agree to, in their versions."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

MEMBERS, RESPECTED = "consent.toml", "consent_respected.toml"


@dataclass(frozen=True)
class ConsentText:
    version: str
    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.vi


@cache
def texts(of: str = MEMBERS) -> tuple[ConsentText, ...]:
    """Newest first."""
    table = tomllib.loads((Path(__file__).parent / of).read_text(encoding="utf-8"))
    return tuple(ConsentText(**entry) for entry in table["text"])


def current(of: str = MEMBERS) -> ConsentText:
    return texts(of)[0]
