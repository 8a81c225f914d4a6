"""New records of several kinds in one statement: all of them or none, and one way to the database and back."""

from collections.abc import Iterator
from typing import Any

from django.db import connections, models, router


def insert_together(*records: models.Model) -> None:
    """At least one record, none of them stored yet.

    Numbers that the database gives are not read back, and no signal is sent. Whoever names another of these records
    names one whose key is known beforehand. Raises IntegrityError, and then nothing was stored.
    """
    kinds: dict[type[models.Model], list[models.Model]] = {}
    for record in records:
        kinds.setdefault(type(record), []).append(record)
    connection = connections[router.db_for_write(type(records[0]))]
    *before, last = (insertion(model, len(rows), connection) for model, rows in kinds.items())
    parts = ", ".join(f"part_{number} AS ({words})" for number, words in enumerate(before))
    said = [value for model, rows in kinds.items() for row in rows for value in values(model, row, connection)]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {parts} {last}" if before else last, said)
    for record in records:
        record._state.adding, record._state.db = False, connection.alias


def told(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """All columns but the number that the database gives."""
    return [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]


def insertion(model: type[models.Model], count: int, connection: Any) -> str:
    quote, fields = connection.ops.quote_name, told(model)
    columns = ", ".join(quote(one.column) for one in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * count)}"  # noqa: S608


def values(model: type[models.Model], record: models.Model, connection: Any) -> Iterator[Any]:
    for one in told(model):
        yield one.get_db_prep_save(one.pre_save(record, add=True), connection)
