"""A small country whose places are changed: two provinces, four communes, eight residential areas."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.areas import changes, standings
from luytre.areas.models import Area, ChangeKind, ChangeLine, Kind, Level, Scope, Standing, TerritoryChange
from tests.factories import AreaFactory, nation, user

START = date(2015, 1, 1)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
WHOLE = Scope(("0.",), date(2026, 11, 22))


def build() -> dict[str, Area]:
    """By code: provinces 11 and 12, communes 00001 to 00004, residential areas 00001-1 and so on."""
    found: dict[str, Area] = {}
    for code in ("11", "12"):
        found[code] = make(code, nation(), Level.PROVINCE, Kind.PROVINCE)
    for code, province in (("00001", "11"), ("00002", "11"), ("00003", "12"), ("00004", "12")):
        found[code] = make(code, found[province], Level.COMMUNE, Kind.RURAL_COMMUNE)
        for number in (1, 2):
            hamlet = f"{code}-{number}"
            found[hamlet] = make(hamlet, found[code], Level.RESIDENTIAL, Kind.HAMLET)
    standings.rebuild()
    return found


def make(code: str, parent: Area, level: str, kind: str) -> Area:
    return AreaFactory(code=code, name=f"Nơi {code}", parent=parent, level=level, kind=kind, valid_from=START)


def line(before: Area | None, code: str = "", number: int = 1, **fields: Any) -> ChangeLine:
    return ChangeLine(number=number, before=before, code=code, **fields)


def numbered(*lines: ChangeLine) -> list[ChangeLine]:
    for number, one in enumerate(lines, start=1):
        one.number = number
    return list(lines)


def people() -> tuple[User, User]:
    return user(Role.MINISTRY_DESK, area=nation()), user(Role.MINISTRY_DESK, area=nation())


def draft(lines: Sequence[ChangeLine], *, on: date, by: User, kind: str = ChangeKind.LIST) -> TerritoryChange:
    change = TerritoryChange(kind=kind, on=on, legal_basis="Nghị quyết 1/NQ-HĐND")
    return changes.draft(change, numbered(*lines), by=by, scope=WHOLE)


def enact(lines: Sequence[ChangeLine], *, on: date) -> TerritoryChange:
    """Drafted by one person and put into force by another."""
    drafter, approver = people()
    change = draft(lines, on=on, by=drafter)
    changes.put_into_force(change, by=approver, at=NOW)
    change.refresh_from_db()
    return change


def kept() -> set[tuple[Any, ...]]:
    """Every standing as it is kept, without its own key."""
    columns = [field.attname for field in Standing._meta.concrete_fields if not field.primary_key]
    return set(Standing.objects.values_list(*columns))


def led() -> set[tuple[Any, ...]]:
    return set(Area.objects.values_list("pk", "lead", "valid_to"))
