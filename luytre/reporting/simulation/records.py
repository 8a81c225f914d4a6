"""Made-up rows of registers: a few patterns, each written many times over the areas and days of the nation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models, transaction

from luytre.reporting.simulation import nation
from luytre.reporting.simulation.chance import hashed
from luytre.reporting.simulation.plan import Plan, account
from luytre.ui.records import Record

MULTIPLY = """
WITH pattern AS (SELECT * FROM unnest({arrays}) WITH ORDINALITY p({names}, pattern)),
unit AS (
    SELECT id, row_number() OVER (ORDER BY path) - 1 place FROM areas_area WHERE level = 'residential' AND is_sample
),
one AS (SELECT n, {chance} chance FROM generate_series(1, {count}) n)
INSERT INTO "{table}" (uid, area_id, created_at, created_by_id, {names}, {own_names})
SELECT md5('{purpose} {seed} ' || n)::uuid, unit.id, {created_at}, {by}, {given}, {own}
FROM one JOIN unit ON unit.place = one.chance %% {areas}
JOIN pattern ON pattern.pattern = 1 + (one.chance >> 3) %% {patterns}
"""
ALWAYS = {"id", "uid", "area_id", "created_at", "created_by_id"}


@transaction.atomic
def multiply(
    patterns: Sequence[Record], count: int, plan: Plan, *, purpose: str, day: str, own: Mapping[str, str]
) -> None:
    """`own` are columns told in SQL of `n` and `chance`, `day` among them; the others are the pattern's."""
    model = type(patterns[0])
    fields = [one for one in model._meta.concrete_fields if one.column not in ALWAYS | own.keys()]
    for pattern in patterns:
        pattern.fill_derived()
    text = MULTIPLY.format(
        arrays=", ".join(f"%s::{array_of(one)}" for one in fields),
        names=names(one.column for one in fields),
        chance=hashed(f"'{purpose} ' || n", plan.seed),
        count=count,
        table=model._meta.db_table,
        own_names=names(own),
        purpose=purpose,
        seed=plan.seed,
        created_at=f"({own[day]})::date + interval '19 hours'".replace("%", "%%"),
        by=account().pk,
        given=", ".join(f'pattern."{one.column}"' for one in fields),
        own=", ".join(told.replace("%", "%%") for told in own.values()),
        areas=plan.areas,
        patterns=len(patterns),
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [[getattr(row, one.attname) for row in patterns] for one in fields])
    nation.note(f"{count} {model._meta.label}")


def names(columns: Any) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def array_of(field: "models.Field[Any, Any]") -> str:
    return f"{field.db_type(connection)}[]"


def share(plan: Plan, of_the_nation: int) -> int:
    """What a nation of 95,000 areas has so many of, a smaller one has fewer of."""
    return max(1, of_the_nation * plan.areas // 95_000)
