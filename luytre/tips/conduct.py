"""Conduct first (rights rule R9): words on a people, a belief, an origin or looks alone stop the writer.

The list is data with a reason for each line. The check runs in the reporter's browser; the server reads no text.
"""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

DATA = Path(__file__).resolve().parent / "data"


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def listed() -> list[list[str]]:
    """Words and what they are about."""
    return [[row["words"], row["about"]] for row in rows("wary_words.csv")]


def passing() -> list[str]:
    """Words that tell no conduct either: what a text has beside them and the listed ones is what somebody did."""
    return [row["words"] for row in rows("passing_words.csv")]


def reasons() -> dict[str, str]:
    return {
        "ethnicity": _("Which people somebody belongs to does not say what they did."),
        "religion": _("What somebody believes does not say what they did. Believing is no offence."),
        "origin": _("Where somebody comes from does not say what they did."),
        "looks": _("How somebody looks does not say what they did."),
    }
