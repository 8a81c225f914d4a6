"""Two provinces that became one, with communes but nobody in them yet."""

from datetime import date

from luytre.areas import standings
from luytre.areas.models import Area, Kind, Level, Succession

REFORM = date(2025, 7, 1)
OLD = [
    ("p11", Level.PROVINCE, Kind.PROVINCE, "11", "nation"),
    ("p12", Level.PROVINCE, Kind.PROVINCE, "12", "nation"),
    ("d1", Level.DISTRICT, Kind.RURAL_DISTRICT, "101", "p11"),
    ("d2", Level.DISTRICT, Kind.TOWN, "102", "p12"),
    ("c1", Level.COMMUNE, Kind.RURAL_COMMUNE, "00001", "d1"),
    ("c2", Level.COMMUNE, Kind.RURAL_COMMUNE, "00002", "d1"),
    ("c3", Level.COMMUNE, Kind.WARD, "00003", "d2"),
]
NEW = [
    ("n11", Level.PROVINCE, Kind.PROVINCE, "11", "nation"),
    ("n1", Level.COMMUNE, Kind.RURAL_COMMUNE, "00001", "n11"),
    ("n3", Level.COMMUNE, Kind.WARD, "00003", "n11"),
]
BECAME = [("p11", "n11"), ("p12", "n11"), ("d1", "n11"), ("d2", "n11"), ("c1", "n1"), ("c2", "n1"), ("c3", "n3")]


def build() -> dict[str, Area]:
    found = {"nation": place(None, Level.NATION, Kind.NATION, "0", date(2015, 1, 1), None)}
    for key, level, kind, code, parent in OLD:
        found[key] = place(found[parent], level, kind, code, date(2015, 1, 1), REFORM)
    for key, level, kind, code, parent in NEW:
        found[key] = place(found[parent], level, kind, code, REFORM, None)
    Succession.objects.bulk_create(
        Succession(before=found[one], after=found[other], on=REFORM) for one, other in BECAME
    )
    standings.rebuild()
    return found


def place(parent: Area | None, level: str, kind: str, code: str, since: date, until: date | None) -> Area:
    return Area.objects.create(
        code=code, level=level, kind=kind, name=f"Nơi {code}", parent=parent, valid_from=since, valid_to=until
    )
