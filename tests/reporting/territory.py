"""A small country that lives through the reform of 1 July 2025, and where each place stands before and after."""

from datetime import date

from luytre.areas import standings
from luytre.areas.models import Area, Kind, Level, Succession

REFORM = date(2025, 7, 1)
BEFORE, AFTER = date(2025, 6, 30), date(2026, 3, 31)

OLD = [
    ("p11", Level.PROVINCE, Kind.PROVINCE, "11", "nation"),
    ("p12", Level.PROVINCE, Kind.PROVINCE, "12", "nation"),
    ("d1", Level.DISTRICT, Kind.RURAL_DISTRICT, "101", "p11"),
    ("d2", Level.DISTRICT, Kind.TOWN, "102", "p12"),
    ("c1", Level.COMMUNE, Kind.RURAL_COMMUNE, "00001", "d1"),
    ("c2", Level.COMMUNE, Kind.RURAL_COMMUNE, "00002", "d1"),
    ("c3", Level.COMMUNE, Kind.WARD, "00003", "d1"),
    ("c4", Level.COMMUNE, Kind.WARD, "00004", "d2"),
    ("r1", Level.RESIDENTIAL, Kind.HAMLET, "00001-01", "c1"),
    ("r2", Level.RESIDENTIAL, Kind.HAMLET, "00001-02", "c1"),
    ("r3", Level.RESIDENTIAL, Kind.HAMLET, "00003-01", "c3"),
]
NEW = [
    ("n11", Level.PROVINCE, Kind.PROVINCE, "11", "nation"),
    ("n1", Level.COMMUNE, Kind.RURAL_COMMUNE, "00001", "n11"),
    ("n2", Level.COMMUNE, Kind.RURAL_COMMUNE, "00002", "n11"),
    ("n3", Level.COMMUNE, Kind.WARD, "00004", "n11"),
    ("s1", Level.RESIDENTIAL, Kind.HAMLET, "00001-01", "n1"),
    ("s2", Level.RESIDENTIAL, Kind.HAMLET, "00001-02", "n1"),
    ("s3", Level.RESIDENTIAL, Kind.HAMLET, "00002-01", "n2"),
]
BECAME = [
    ("p11", "n11", True), ("p12", "n11", True), ("d1", "n11", True), ("d2", "n11", True),
    ("c1", "n1", True), ("c2", "n2", True), ("c2", "n1", False), ("c3", "n2", True), ("c4", "n3", True),
    ("r1", "s1", True), ("r2", "s2", True), ("r3", "s3", True),
]  # fmt: skip

# Worked out by hand: where what was recorded for a place stands, before and after; c2 was divided.
STANDS = {
    "nation": ("0.", "0."),
    "p11": ("0.11.", "0.11."), "p12": ("0.12.", "0.11."), "n11": ("0.", "0.11."),
    "d1": ("0.11.101.", "0.11."), "d2": ("0.12.102.", "0.11."),
    "c1": ("0.11.101.00001.", "0.11.00001."), "n1": ("0.11.101.", "0.11.00001."),
    "c2": ("0.11.101.00002.", "0.11.00002."), "n2": ("0.11.101.", "0.11.00002."),
    "c3": ("0.11.101.00003.", "0.11.00002."),
    "c4": ("0.12.102.00004.", "0.11.00004."), "n3": ("0.12.102.00004.", "0.11.00004."),
    "r1": ("0.11.101.00001.00001-01.", "0.11.00001.00001-01."),
    "r2": ("0.11.101.00001.00001-02.", "0.11.00001.00001-02."),
    "r3": ("0.11.101.00003.00003-01.", "0.11.00002.00002-01."),
    "s1": ("0.11.101.00001.00001-01.", "0.11.00001.00001-01."),
    "s2": ("0.11.101.00001.00001-02.", "0.11.00001.00001-02."),
    "s3": ("0.11.101.00003.00003-01.", "0.11.00002.00002-01."),
}  # fmt: skip


def build() -> dict[str, Area]:
    nation = Area.objects.create(
        code="0", level=Level.NATION, kind=Kind.NATION, name="Việt Nam", valid_from=date(2015, 1, 1)
    )
    found = {"nation": nation}
    for key, level, kind, code, parent in [*OLD, *NEW]:
        is_old = any(row[0] == key for row in OLD)
        found[key] = Area.objects.create(
            code=code, level=level, kind=kind, name=key.upper(), parent=found[parent],
            valid_from=date(2015, 1, 1) if is_old else REFORM, valid_to=REFORM if is_old else None,
        )  # fmt: skip
    for before, after, is_main in BECAME:
        Succession.objects.create(before=found[before], after=found[after], on=REFORM, is_main=is_main)
    standings.rebuild()
    return found
