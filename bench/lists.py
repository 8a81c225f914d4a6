"""Lists of 100,000 rows through their views: filters, search without marks, deep pages, beside Django's admin.

Both answer in one process over the same rows in one database; ours also keeps to the reader's province, the admin does not.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._figures.measuring import Times, say, shown, table, taken
from bench._report import tell
from luytre.running.database import Cluster
from luytre.running.home import Home

HOME = Path(__file__).resolve().parents[1] / "build" / "bench-home"
ROWS, LIMIT = 100_000, 150
Aims = dict[str, tuple[str, float]]


@dataclass(frozen=True)
class Question:
    """The same thing asked of both: what stands after our list's address, and after the admin's."""

    name: str
    ours: str
    admin: str


@contextmanager
def database() -> Iterator[None]:
    """A cluster of one's own and a database that is made anew and removed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench._lists.settings"
    os.environ.setdefault("LUYTRE_HOME", str(HOME))
    cluster = Cluster(Home(HOME), is_durable=False)
    with cluster.in_use():
        os.environ["LUYTRE_DATABASE_URL"] = cluster.url(database="luytre_lists")
        import django

        django.setup()
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases

        setup_test_environment()
        made = setup_databases(verbosity=0, interactive=False)
        try:
            yield
        finally:
            teardown_databases(made, verbosity=0)


@dataclass
class Bench:
    rounds: int
    figures: dict[str, float] = field(default_factory=dict)
    aims: Aims = field(default_factory=dict)

    def fill(self) -> Any:
        from django.db import connection
        from django.test import Client

        from bench._lists import rows
        from luytre.accounts.roles import Role
        from tests.factories import user

        ground, areas = rows.land()
        rows.fill(areas, ROWS)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        client = Client()
        client.force_login(user(Role.PROVINCE_DESK, area=ground), backend="luytre.accounts.backends.SignInBackend")
        return client

    def measure(self, client: Any) -> None:
        for register, ours, admin, questions in (
            ("groups", "/registry/watch-groups/", "/admin/registry/watchgroup/", groups()),
            ("sessions", "/activities/outreach-sessions/", "/admin/activities/outreachsession/", sessions()),
        ):
            say(f"\n{register}: {ROWS:,} rows")
            lines: list[tuple[object, ...]] = [("", "ours, ms", "admin, ms", "admin slower by")]
            for question in questions:
                one = getter(client, ours + question.ours)
                other = getter(client, admin + question.admin)
                lines.append(self.side_by_side(f"{register}_{question.name}", one, other))
            table(lines)

    def side_by_side(self, key: str, one: Callable[[], Any], other: Callable[[], Any]) -> tuple[object, ...]:
        """In turns; the ratio is of the two runs of one round, so that what else the machine does hits both."""
        one(), other()
        pairs = [(taken(one), taken(other)) for _each in range(self.rounds)]
        mine, theirs = Times([a for a, _b in pairs]), Times([b for _a, b in pairs])
        ratios = Times([b / a for a, b in pairs])
        spread = f"{ratios.median:.1f}× ({min(ratios.all):.1f} to {max(ratios.all):.1f})"
        self.figures[f"{key}_p95_ms"] = round(mine.p95, 1)
        self.figures[f"{key}_ratio"] = round(ratios.median, 2)
        self.aims[f"{key}_p95_ms"] = ("at most", LIMIT)
        return (
            key,
            f"{shown(mine.median)}, p95 {shown(mine.p95)}",
            f"{shown(theirs.median)}, p95 {shown(theirs.p95)}",
            spread,
        )

    def queries(self, client: Any) -> None:
        """As many for a page of a full register as for one with a single row."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        counts = []
        for address in ("/registry/watch-groups/?q=so+4321", "/registry/watch-groups/?q=so"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        self.figures["queries_few"], self.figures["queries_many"] = counts
        self.figures["queries_grow_by"] = counts[1] - counts[0]
        self.aims["queries_grow_by"] = ("at most", 0)


def getter(client: Any, address: str) -> Callable[[], Any]:
    def get() -> Any:
        answer = client.get(address)
        assert answer.status_code == 200, (answer.status_code, address, answer.headers)
        return answer

    return get


def groups() -> list[Question]:
    from luytre.areas.models import Area
    from luytre.registry.models import GroupKind

    kind, place = GroupKind.objects.get(code="kind_2").pk, Area.objects.filter(level="commune").order_by("code")[7].code
    return [
        Question("first", "", ""),
        Question("filter", f"?kind={kind}", f"?kind__id__exact={kind}"),
        Question("place", f"?area={place}", f"?area__path__startswith=0.11.{place}."),
        Question("search_rare", "?q=huoi+lech+so+4321", "?q=huoi+lech+so+4321"),
        Question("search_common", "?q=to+an+ninh", "?q=to+an+ninh"),
        Question("search_deep", "?q=to&page=1000", "?q=to&p=1000"),
        Question("page_100", "?page=100", "?p=100"),
        Question("page_2000", "?page=2000", "?p=2000"),
        Question("page_last", "?page=4000", "?p=4000"),
        Question("by_name_deep", "?sort=name&page=1500", "?o=1&p=1500"),
    ]


def sessions() -> list[Question]:
    return [
        Question("first", "", ""),
        Question("filter", "?form=film", "?form__exact=film"),
        Question("search_rare", "?q=nha+van+hoa+buoi+4321", "?q=nha+van+hoa+buoi+4321"),
        Question("page_2000", "?page=2000", "?p=2000"),
        Question("page_last", "?page=4000", "?p=4000"),
    ]


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="script/bench lists", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="fewer rounds")
    bench = Bench(rounds=15 if asked.parse_args(arguments).quick else 60)
    with database():
        client = bench.fill()
        bench.measure(client)
        bench.queries(client)
    return tell("lists", bench.figures, bench.aims)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
