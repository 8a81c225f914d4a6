"""What people call the entries of lists: a workbook that writes another name is understood.

An entry may have `other_names` of its own; those of entries that come with the program stand beside their lists.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

FILES: list[Path] = []


def add(file: Path) -> None:
    """A file of code, list and other names parted by "|"; a list is named as its model, such as `activities.topic`."""
    FILES.append(file)
    listed.cache_clear()


@cache
def listed() -> dict[tuple[str, str], list[str]]:
    found = {}
    for file in FILES:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                found[row["list"], row["code"]] = parted(row["other_names"])
    return found


def parted(names: str) -> list[str]:
    return [one.strip() for one in names.split("|") if one.strip()]


def of(entry: Any) -> list[str]:
    """All other names of an entry, without its own."""
    code = str(getattr(entry, "code", ""))
    return [*getattr(entry, "other_names", ()), *listed().get((entry._meta.label_lower, code), ())]


def own(entry: Any) -> list[str]:
    """Its name as it is shown, and in each language."""
    names = [str(entry), *(str(getattr(entry, name, "")) for name in ("vi_name", "en_name"))]
    return [one for one in dict.fromkeys(names) if one]
