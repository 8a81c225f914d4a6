"""The outline of the periodic report and who signs it, read from their data files."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from luytre.areas.models import KIND_VI, Area, Kind, Level
from luytre.common.periods import NAMED, Window

LEVELS = (Level.COMMUNE, Level.PROVINCE, Level.NATION)  # who writes such a report


@dataclass(frozen=True)
class Sentence:
    """Says `main` in words; `none` when there is none of it now. `unit` replaces the catalogue's in comparisons."""

    main: str
    text: str
    none: str
    unit: str = ""

    def codes(self) -> list[str]:
        """The indicators that the sentence names."""
        names = [name for _, name, _, _ in Formatter().parse(self.text) if name]
        return [self.main, *(name for name in names if name != "until" and name != self.main)]


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True)
class Issuer:
    """The office that reports for a place."""

    superior_body: str
    issuing_body: str
    symbol: str
    authority: list[str]
    position: str
    recipients: list[str]
    place: str = "{name}"

    def of(self, area: Area) -> "Issuer":
        """With the place's name filled in."""
        names = {"name": area.name, "full": area.full_name}
        return Issuer(
            superior_body=self.superior_body.format(**names),
            issuing_body=self.issuing_body.format(**names),
            symbol=self.symbol,
            authority=self.authority,
            position=self.position,
            recipients=[line.format(**names) for line in self.recipients],
            place=self.place.format(**names),
        )


@cache
def load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("luytre.reporting.catalogue") / name).read_text(encoding="utf-8"))


@cache
def chapters() -> list[Chapter]:
    return [
        Chapter(one["key"], one["title"], [Sentence(**sentence) for sentence in one.get("sentence", [])])
        for one in load("outline.toml")["chapter"]
    ]


def main_codes() -> list[str]:
    return [sentence.main for chapter in chapters() for sentence in chapter.sentences]


@cache
def group_order() -> dict[str, int]:
    """Groups of the catalogue in the order of the chapters."""
    return {name: place for place, name in enumerate(load("outline.toml")["groups"])}


def subject(period: str) -> str:
    """A short period stays in one piece at the end of a line."""
    words = period.replace(" ", "\N{NO-BREAK SPACE}") if len(period) < 25 else period
    return str(load("outline.toml")["subject"].format(period=words))


def period(token: str, window: Window) -> str:
    """As it stands in a title: "tháng 11/2026", "quý IV/2026", "6 tháng đầu năm 2026", or from day to day."""
    found = NAMED.match(token)
    if not found:
        return f"từ ngày {window.first_day:%d/%m/%Y} đến ngày {window.last_day:%d/%m/%Y}"
    year, number, kind = found["year"], int(found["number"] or 0), found["kind"]
    if not number:
        return f"năm {year}"
    if kind == "H":
        return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
    return f"quý {('I', 'II', 'III', 'IV')[number - 1]}/{year}" if kind == "Q" else f"tháng {number}/{year}"


def whole(area: Area) -> str:
    """Toàn xã, toàn tỉnh, cả nước."""
    return "cả nước" if area.level == Level.NATION else f"toàn {KIND_VI[area.kind]}"


def issuer(area: Area) -> Issuer:
    key = Kind.MUNICIPALITY.value if area.kind == Kind.MUNICIPALITY else area.level
    return Issuer(**load("issuers.toml")[key]).of(area)
