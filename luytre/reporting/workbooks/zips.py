"""A zip of returns from outside: its list of names, and its workbooks read by both cores."""

import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path, PurePosixPath

from luytre.areas.models import Scope
from luytre.reporting.workbooks import judging, parsing, slips, words
from luytre.reporting.workbooks.files import MAX_BYTES, MAX_UNPACKED, Trouble, Unreadable
from luytre.reporting.workbooks.judging import Judged
from luytre.reporting.workbooks.slips import Slip

MAX_ZIP = 300 * 1024 * 1024
MAX_FILES = 5_000
MAX_ALL = 1024 * 1024 * 1024
A_CHUNK = 250
LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Listing:
    """Names that are read, and those that are not with their trouble."""

    names: list[str] = field(default_factory=list)
    refused: list[tuple[str, Trouble]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.names) + len(self.refused)


def listing(path: Path) -> Listing:
    """Nothing is unpacked yet; raises Unreadable for the zip as a whole."""
    if path.stat().st_size > MAX_ZIP:
        raise Unreadable(Trouble.TOO_LARGE)
    try:
        with zipfile.ZipFile(path) as source:
            parts = [one for one in source.infolist() if not one.is_dir() and not is_litter(one.filename)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(Trouble.BROKEN) from error
    if len(parts) > MAX_FILES:
        raise Unreadable(Trouble.TOO_MANY)
    if sum(one.file_size for one in parts) > MAX_ALL:
        raise Unreadable(Trouble.BOMB)
    if not parts:
        raise Unreadable(Trouble.EMPTY)
    return listed(parts)


def listed(parts: Sequence[zipfile.ZipInfo]) -> Listing:
    found = Listing()
    known: set[str] = set()
    for part in sorted(parts, key=lambda one: one.filename):
        trouble = trouble_of(part, known)
        known.add(part.filename)
        if trouble:
            found.refused.append((part.filename, trouble))
        else:
            found.names.append(part.filename)
    return found


def trouble_of(part: zipfile.ZipInfo, known: set[str]) -> Trouble | None:
    path = PurePosixPath(part.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in part.filename or part.filename in known:
        return Trouble.BAD_NAME
    if part.flag_bits & 1:
        return Trouble.ENCRYPTED
    if part.file_size > MAX_UNPACKED:
        return Trouble.BOMB
    return Trouble.TOO_LARGE if part.file_size > MAX_BYTES else None


def is_litter(name: str) -> bool:
    """What other systems leave in a zip, and Excel's own locks."""
    lowered = name.lower()
    return lowered.startswith(LITTER[0]) or lowered.endswith(LITTER[1:]) or "~$" in name.rsplit("/", 1)[-1][:2]


def spelled(name: str) -> str:
    """Names packed without saying how their letters are written are mostly UTF-8 all the same."""
    try:
        return name.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


@dataclass
class Found:
    """What reading a zip of issued workbooks gave, and how long each part took, in seconds."""

    judged: list[Judged] = field(default_factory=list)
    parsing: float = 0.0
    judging: float = 0.0

    @property
    def seconds(self) -> float:
        return self.parsing + self.judging

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.judged)


def read(path: Path, *, scope: Scope, at: datetime) -> Found:
    """Every workbook of a zip read and checked; nothing is written. Raises Unreadable for the zip as a whole."""
    found, begun = Found(), time.monotonic()
    names = listing(path)
    many = slips.of_issued(parsing.parse_all(path, names.names))
    many += [slips.refused(spelled(name), words.TROUBLES[trouble]) for name, trouble in names.refused]
    refuse_twice(many, {})
    found.parsing = time.monotonic() - begun
    found.judged = judging.judge(many, scope=scope, at=at)
    found.judging = time.monotonic() - begun - found.parsing
    return found


def refuse_twice(many: Sequence[Slip], known: dict[tuple[object, ...], str]) -> None:
    """Two files that report the same return: the first counts, the other is told."""
    for slip in many:
        if slip.problems or slip.area is None:
            continue
        first = known.setdefault(slip.key, slip.name)
        if first != slip.name:
            slip.problems.append(["", "", "", str(words.TWICE % {"name": first})])


def chunks(names: Sequence[str]) -> list[list[str]]:
    left = iter(names)
    return list(iter(lambda: list(islice(left, A_CHUNK)), []))
