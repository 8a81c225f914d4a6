"""The text that members agree to, in its versions."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language


@dataclass(frozen=True)
class ConsentText:
    version: str
    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.vi


@cache
def texts() -> tuple[ConsentText, ...]:
    """Newest first."""
    table = tomllib.loads((Path(__file__).parent / "consent.toml").read_text(encoding="utf-8"))
    return tuple(ConsentText(**entry) for entry in table["text"])


def current() -> ConsentText:
    return texts()[0]
