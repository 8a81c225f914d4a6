"""What components are made from: plain values that a view hands to a template."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """One segment of a bamboo stem: "done", "next" or "later"."""

    words: Words
    state: str
    note: Words = ""


@dataclass(frozen=True)
class Tab:
    label: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table; `url` sorts by it, `sorted` is "ascending" or "descending"."""

    label: Words
    number: bool = False
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Happening:
    """A line of a history."""

    at: datetime
    words: Words
    by: Words = ""


@dataclass(frozen=True)
class Problem:
    """A line of the error summary; `target` is the id of the input it speaks of."""

    words: Words
    label: Words = ""
    target: str = ""
