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
FOLLOW = """
WITH pattern AS (SELECT * FROM unnest({arrays}) WITH ORDINALITY p({names}, pattern)),
one AS (
    SELECT parent.*, k, {chance} chance FROM "{parent}" parent CROSS JOIN generate_series(1, {each}) k WHERE {which}
)
INSERT INTO "{table}" (uid, created_at, created_by_id, {names}, {own_names})
SELECT md5('{purpose} {seed} ' || one.id || ' ' || k)::uuid, {created_at}, {by}, {given}, {own}
FROM one JOIN pattern ON pattern.pattern = 1 + (one.chance >> 3) %% {patterns}
"""
ALWAYS = {"id", "uid", "area_id", "created_at", "created_by_id"}


@transaction.atomic
def multiply(
    patterns: Sequence[Record], count: int, plan: Plan, *, purpose: str, day: str, own: Mapping[str, str]
) -> None:
    """`own` are columns told in SQL of `n` and `chance`, the others the pattern's; `day` is one of them, or a day."""
    chance = hashed(f"'{purpose} ' || n", plan.seed)
    write(MULTIPLY, patterns, plan, purpose=purpose, day=day, own=own, chance=chance, count=count)


@transaction.atomic
def follow(
    patterns: Sequence[Record],
    plan: Plan,
    *,
    parent: type[models.Model],
    each: str = "1",
    which: str = "true",
    purpose: str,
    day: str,
    own: Mapping[str, str],
) -> None:
    """Rows that belong to those of another table: `own` names its columns as `one.`, the others as `parent.`."""
    chance = hashed(f"'{purpose} ' || parent.id || ' ' || k", plan.seed)
    more = {"parent": parent._meta.db_table, "each": each, "which": which.replace("%", "%%")}
    write(FOLLOW, patterns, plan, purpose=purpose, day=day, own=own, chance=chance, **more)


def write(
    statement: str,
    patterns: Sequence[Record],
    plan: Plan,
    *,
    purpose: str,
    day: str,
    own: Mapping[str, str],
    **more: object,
) -> None:
    model = type(patterns[0])
    fields = [one for one in model._meta.concrete_fields if one.column not in ALWAYS | own.keys()]
    for pattern in patterns:
        pattern.fill_derived()
    text = statement.format(
        arrays=", ".join(f"%s::{array_of(one)}" for one in fields),
        names=names(one.column for one in fields),
        table=model._meta.db_table,
        own_names=names(own),
        purpose=purpose,
        seed=plan.seed,
        created_at=f"({own.get(day, repr(day))})::date + interval '19 hours'".replace("%", "%%"),
        by=account().pk,
        given=", ".join(f'pattern."{one.column}"' for one in fields),
        own=", ".join(told.replace("%", "%%") for told in own.values()),
        areas=plan.areas,
        patterns=len(patterns),
        **more,
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [[getattr(row, one.attname) for row in patterns] for one in fields])
        nation.note(f"{cursor.rowcount} {model._meta.label}")


def link(model: type[models.Model], name: str, keys: Sequence[int]) -> None:
    """Each made-up row gets one of the entries that `name` may hold, in turn."""
    through = getattr(model, name).through._meta
    own, other = (one.column for one in through.concrete_fields if one.remote_field)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{through.db_table}" ("{own}", "{other}")'  # noqa: S608
            f' SELECT id, (%s::bigint[])[1 + id %% %s] FROM "{model._meta.db_table}" WHERE created_by_id = %s'
            " ON CONFLICT DO NOTHING",
            [list(keys), len(keys), account().pk],
        )


def names(columns: Any) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def array_of(field: "models.Field[Any, Any]") -> str:
    return f"{field.db_type(connection)}[]"


def day_told(plan: Plan) -> str:
    """SQL: a day that follows from `chance`, of the months since the reform."""
    first, last = plan.present[0].first_day, plan.present[-1].last_day
    return f"'{first}'::date + (chance >> 5)::int % {max(1, (last - first).days + 1)}"


def of_years(plan: Plan, a_year: int) -> int:
    """So many of a whole nation's year, for the months that are simulated."""
    days = sum(window.days for window in plan.present)
    return share(plan, a_year * days // 365)


def share(plan: Plan, of_the_nation: int) -> int:
    """What a nation of 95,000 areas has so many of, a smaller one has fewer of."""
    return max(1, of_the_nation * plan.areas // 95_000)
