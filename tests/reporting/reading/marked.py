"""Sample reports of our own with their figures marked in the text, and how well reading finds them.

A mark is ⟦span|indicator|value|qualifier|role⟧ with optional further parts: denominator=, max=, area=, period=, alt=
for a second indicator that is just as right, x for a vague figure that may but need not be proposed. `tuned` are the
reports the patterns were written with, `held` those they were not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from luytre.reporting.reading.proposing import Proposal, propose

SAMPLES = Path(__file__).with_name("samples")
MARK = re.compile(r"⟦([^⟧]*)⟧")


@dataclass(frozen=True)
class Marked:
    """One marked figure; offsets are characters of the sample's text."""

    start: int
    end: int
    codes: tuple[str, ...]
    value: Decimal | None
    qualifier: str
    role: str
    is_vague: bool
    area: str
    period: str


@dataclass(frozen=True)
class Sample:
    name: str
    text: str
    reported_on: date
    marked: tuple[Marked, ...]

    def read(self, *, with_targets: bool = False) -> list[Proposal]:
        return propose(self.text, reported_on=self.reported_on, with_targets=with_targets)


def sample(path: Path) -> Sample:
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    about = {name.strip(): said.strip() for name, _colon, said in (line.partition(":") for line in head.splitlines())}
    text, marked, at = "", [], 0
    for mark in MARK.finditer(body):
        text += body[at : mark.start()]
        parts = mark[1].split("|")
        marked.append(one(parts, len(text), about))
        text, at = text + parts[0], mark.end()
    return Sample(path.name, text + body[at:], date.fromisoformat(about["reported"]), tuple(marked))


def one(parts: list[str], start: int, about: dict[str, str]) -> Marked:
    more = dict(part.split("=", 1) for part in parts[5:] if "=" in part)
    value = None if parts[2] in ("", "x") else Decimal(parts[2])
    codes = (parts[1], *([more["alt"]] if "alt" in more else []))
    area, period = more.get("area", about.get("area", "")), more.get("period", about.get("period", ""))
    vague = "x" in parts[5:] or value is None
    return Marked(start, start + len(parts[0]), codes, value, parts[3], parts[4], vague, area, period)


def samples(folder: str) -> Iterator[Sample]:
    return map(sample, sorted((SAMPLES / folder).glob("*.txt")))


@dataclass(frozen=True)
class Score:
    """Shares of the marked figures found, and of the proposals that are right."""

    counts: Counter[str]

    def share(self, what: str, of: str) -> float:
        return self.counts[what] / (self.counts[of] or 1)

    def __str__(self) -> str:
        found = ", ".join(
            f"{name} {self.share(name, 'figures'):.3f}" for name in ("value", "indicator", "qualifier", "role")
        )
        right = ", ".join(f"{name} {self.share(name, 'proposed'):.3f}" for name in ("value", "indicator"))
        return f"{self.counts['figures']} figures: found {found}; of what is proposed {right}"


def score(read: Iterator[Sample]) -> Score:
    counts: Counter[str] = Counter()
    for each in read:
        counts += scored(each)
    return Score(counts)


def scored(each: Sample) -> Counter[str]:
    counts: Counter[str] = Counter()
    left = list(each.read())
    for figure in each.marked:
        over = [one for one in left if one.start < figure.end and figure.start < one.end]
        if figure.role == "target" or figure.is_vague:
            left = [one for one in left if one not in over]
            continue
        counts["figures"] += 1
        right = next((one for one in over if one.value == figure.value), None)
        if right is None:
            continue
        left.remove(right)
        counts["value"] += 1
        counts["indicator"] += right.indicator in figure.codes
        counts["qualifier"] += right.qualifier == figure.qualifier
        counts["role"] += right.role == figure.role
    counts["proposed"] = counts["value"] + len(left)
    return counts
