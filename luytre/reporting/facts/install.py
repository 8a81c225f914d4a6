"""Puts the functions and triggers of the kept sums into the database, after every migration, as its owner."""

from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from django.db import connection

from luytre.reporting import catalogue
from luytre.reporting.facts import keeping, slots, wide
from luytre.reporting.facts.sources import Told, kept
from luytre.reporting.models import FactDelta

EVENTS = {
    "insert": ("REFERENCING NEW TABLE AS arrived", {"arrived": 1}),
    "update": ("REFERENCING OLD TABLE AS gone NEW TABLE AS arrived", {"arrived": 1, "gone": -1}),
    "delete": ("REFERENCING OLD TABLE AS gone", {"gone": -1}),
}
KEEP = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $keep$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7101);
    INSERT INTO reporting_factdelta (area_id, chunk, first_day, last_day, amounts)
    SELECT area, slot / 64, first, last, luytre_dense(array_agg(slot % 64), array_agg(amount))
    FROM (
        SELECT coalesce(a.lead_id, a.id) area, luytre_slice_first(day) first, luytre_slice_last(day) last, slot,
               sum(told.amount)::bigint amount
        FROM (
            {told}
        ) told JOIN areas_area a ON a.id = told.area GROUP BY 1, 2, 3, 4 HAVING sum(told.amount) <> 0
    ) cells GROUP BY 1, 2, 3, 4;
    RETURN NULL;
END $keep$;
CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def by_table(told: Iterable[Told]) -> dict[str, list[Told]]:
    tables: dict[str, list[Told]] = {}
    for one in told:
        tables.setdefault(one.table, []).append(one)
    return tables


def name_of(table: str, event: str) -> str:
    return f"keep_{table}_{event}"


def trigger(table: str, event: str, told: Iterable[Told]) -> str:
    tables, sides = EVENTS[event]
    lines = [one.select(rows, sign) for one in told for rows, sign in sides.items()]
    return KEEP.format(
        name=name_of(table, event), event=event, table=table, tables=tables, told="\n            UNION ALL ".join(lines)
    )


def bodies() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'keep\\_%'")
        return dict(cursor.fetchall())


def install() -> None:
    """Functions, catalogue and triggers; what the triggers did not see before is counted once."""
    before, tables = bodies(), by_table(kept())
    catalogue.sync()
    slots.assign()
    with connection.cursor() as cursor:
        cursor.execute(wide.written((files("luytre.reporting.facts") / "functions.sql").read_text(encoding="utf-8")))
        for table, told in tables.items():
            for event in EVENTS:
                cursor.execute(trigger(table, event, told))
    keeping.find_seats()
    if bodies() != before and keeping.has_something_to_count(tables):
        keeping.rebuild()


def after_migrating(**_kwargs: Any) -> None:
    """For Django's `post_migrate`: only when every table is there."""
    names = set(connection.introspection.table_names())
    if FactDelta._meta.db_table in names and set(by_table(kept())) <= names:
        install()
