"""Notices inside the system: what is nearly due, overdue, or asked for by the office above. Nothing goes by mail."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from luytre.accounts.models import Assignment, User
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS
from luytre.areas.models import Area, Level, valid_on
from luytre.reporting.models import ReturnReminder
from luytre.reporting.returns import owing
from luytre.reporting.returns.completeness import Overview
from luytre.reporting.returns.owing import LATE, NEAR, Owed

KINDS = {NEAR: ReturnReminder.Kind.SOON, LATE: ReturnReminder.Kind.OVERDUE}
LEVELS = (Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL)
BATCH = 500


def remind_all(*, today: date, at: datetime) -> int:
    """Every unit with somebody who could send; once for each return and kind. How many notices were new."""
    before = ReturnReminder.objects.count()
    units = list(attended(today))
    for start in range(0, len(units), BATCH):
        remind(owing.of_units(units[start : start + BATCH], today=today), at=at)
    return ReturnReminder.objects.count() - before


def attended(day: date) -> Iterable[Area]:
    roles = [role for role, grant in GRANTS.items() if Permission.RETURN_WRITE in grant.permissions]
    held = Assignment.objects.filter(valid_on(day), role__in=roles)
    return Area.objects.on(day).filter(pk__in=held.values("area__standings__place"), level__in=LEVELS).order_by("pk")


def remind(owed: Iterable[Owed], *, at: datetime) -> None:
    rows = [notice(one, KINDS[one.state], at=at) for one in owed if one.state in KINDS]
    ReturnReminder.objects.bulk_create(rows, ignore_conflicts=True)


def notice(owed: Owed, kind: str, *, at: datetime, by: User | None = None) -> ReturnReminder:
    days = {"first_day": owed.window.first_day, "last_day": owed.window.last_day}
    return ReturnReminder(form=owed.form, area=owed.area, kind=kind, at=at, by=by, **days)


@transaction.atomic
def ask(overview: Overview, *, by: User, at: datetime) -> int:
    """The office above asks the silent units below; asking again renews the notice. How many were asked."""
    silent = [line.owed for line in overview.lines("silent") if line.owed and line.owed.asks_for_work]
    rows = [notice(one, ReturnReminder.Kind.ASKED, at=at, by=by) for one in silent]
    keys = ["area", "form", "first_day", "last_day", "kind"]
    ReturnReminder.objects.bulk_create(rows, update_conflicts=True, unique_fields=keys, update_fields=["at", "by"])
    return len(rows)
