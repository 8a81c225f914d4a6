"""A simulation is made of steps, each there or not there: a killed one goes on where it stopped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from luytre.common.periods import Window
from luytre.reporting.facts import keeping
from luytre.reporting.models import FactSum
from luytre.reporting.simulation import forms, nation, returns
from luytre.reporting.simulation.plan import Plan


@dataclass(frozen=True)
class Step:
    """What is made in one transaction, and how to see that it is there."""

    name: str | Promise
    is_there: Callable[[], bool]
    make: Callable[[], object]


REGISTERS: list[Callable[[Plan], Iterator[Step]]] = []  # what upper apps simulate of their own


def of(plan: Plan) -> Iterator[Step]:
    yield Step(_("the official territory"), nation.has_territory, nation.load_territory)
    yield Step(_("residential areas"), nation.has_areas, lambda: nation.make_areas(plan))
    yield Step(_("the form of the returns"), lambda: False, lambda: forms.make(plan))
    for window in plan.windows:
        yield of_returns(plan, window)
    if plan.has_registers:
        for register in REGISTERS:
            yield from register(plan)
    yield Step(_("kept sums"), has_sums, lambda: make_sums(plan))


def of_returns(plan: Plan, window: Window) -> Step:
    name = format_lazy("{words} {month}", words=_("returns up to"), month=f"{window.last_day:%d/%m/%Y}")
    return Step(name, lambda: returns.are_there(window), lambda: returns.make(plan, window))


def has_sums() -> bool:
    return FactSum.objects.exists()


def make_sums(plan: Plan) -> None:
    keeping.rebuild()
    keeping.fold()
    keeping.open_years(today=plan.until)


def gather_statistics() -> None:
    """The planner should know how much there is now; only the tables' owner may, others leave it to autovacuum."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'reporting_return'")
        if cursor.fetchone()[0]:
            cursor.execute("ANALYZE")


def sizes() -> list[tuple[str, int, int]]:
    """Name, rows as the planner knows them, bytes with indexes: of the largest tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, greatest(reltuples, 0)::bigint, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 3 DESC LIMIT 8"
        )
        found: list[tuple[str, int, int]] = cursor.fetchall()
        return found
