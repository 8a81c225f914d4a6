"""Reads the official list of places from the data files; what is already there is left as it stands."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from luytre import audit
from luytre.areas import standings
from luytre.areas.models import Area, Level, Standing, Succession

DATA = Path(__file__).parent / "data"
Row = dict[str, str]
DOWNWARDS = [Level.NATION, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]


class TerritoryDiffers(Exception):
    """The file tells the past of a place differently from the database."""


@dataclass(frozen=True)
class Loaded:
    """What a run did."""

    areas: int
    closed: int
    successions: int

    def __bool__(self) -> bool:
        return bool(self.areas or self.closed or self.successions)


def read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass
class Gazetteer:
    """Places by official code, each with its rows through time."""

    rows: dict[tuple[str, str], list[Area]] = field(default_factory=lambda: defaultdict(list))

    def add(self, areas: Iterable[Area]) -> None:
        for area in areas:
            self.rows[area.level, area.code].append(area)

    def on(self, level: str, code: str, when: date) -> Area:
        return next(area for area in self.rows[level, code] if area.stands_on(when))

    def since(self, level: str, code: str, when: date) -> Area | None:
        return next((area for area in self.rows[level, code] if area.valid_from == when), None)

    def until(self, level: str, code: str, when: date) -> Area:
        return next(area for area in self.rows[level, code] if area.valid_to == when)


@transaction.atomic
def load(*, folder: Path = DATA) -> Loaded:
    """Add the places and successions that are new in the files, end those that ended; standings follow."""
    areas, successions = read(folder / "areas.csv"), read(folder / "successions.csv")
    known = Gazetteer()
    known.add(Area.objects.filter(is_sample=False).exclude(level=Level.RESIDENTIAL))
    closed = close_ended(areas, known)
    added = [len(add_level(areas, level, known)) for level in DOWNWARDS]
    loaded = Loaded(sum(added), closed, add_successions(successions, known))
    if loaded or not Standing.objects.filter(is_lead=True).exists():
        standings.rebuild()
    if loaded:
        nation = Area.objects.get(level=Level.NATION)
        audit.record(nation, "territory_loaded", by="load_territory", area_path=nation.path)
    return loaded


def close_ended(rows: Iterable[Row], known: Gazetteer) -> int:
    """End the places that the file says have ended since; a different past is refused."""
    ended = []
    for row in rows:
        area = known.since(row["level"], row["code"], date.fromisoformat(row["valid_from"]))
        if area is None:
            continue
        until = day(row["valid_to"])
        if (area.name, area.kind) != (row["name"], row["kind"]) or (
            area.valid_to and until not in (None, area.valid_to)
        ):
            raise TerritoryDiffers(f"{row['level']} {row['code']} {row['name']} {row['valid_from']}")
        if until and not area.valid_to:
            area.valid_to = until
            ended.append(area)
    return Area.objects.bulk_update(ended, ["valid_to"])


def add_level(rows: Iterable[Row], level: str, known: Gazetteer) -> list[Area]:
    new = [made(row, known) for row in rows if row["level"] == level and is_new(row, known)]
    Area.objects.bulk_create(new, batch_size=2000)
    known.add(new)
    return new


def is_new(row: Row, known: Gazetteer) -> bool:
    return known.since(row["level"], row["code"], date.fromisoformat(row["valid_from"])) is None


def made(row: Row, known: Gazetteer) -> Area:
    since = date.fromisoformat(row["valid_from"])
    area = Area(
        code=row["code"],
        level=row["level"],
        kind=row["kind"],
        name=row["name"],
        parent=known.on(row["parent_level"], row["parent_code"], since) if row["parent_code"] else None,
        valid_from=since,
        valid_to=day(row["valid_to"]),
        latitude=row["latitude"] or None,
        longitude=row["longitude"] or None,
        source=row["source"],
    )
    area.fill_derived()
    return area


def add_successions(rows: Iterable[Row], known: Gazetteer) -> int:
    have = set(Succession.objects.values_list("before_id", "after_id"))
    new = [one for one in succeeded(rows, known) if (one.before_id, one.after_id) not in have]
    Succession.objects.bulk_create(new, batch_size=5000)
    return len(new)


def succeeded(rows: Iterable[Row], known: Gazetteer) -> Iterator[Succession]:
    for row in rows:
        until, since = (date.fromisoformat(row[column]) for column in ("before_until", "after_from"))
        yield Succession(
            before=known.until(row["before_level"], row["before_code"], until),
            after=known.on(row["after_level"], row["after_code"], since),
            on=until,
            is_main=row["is_main"] == "1",
            share=row["share"] or None,
            legal_basis=row["legal_basis"],
        )
