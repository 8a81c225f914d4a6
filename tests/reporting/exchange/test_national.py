"""The nation's tables from an export are the product's own, whichever engine adds them up."""

import csv
import io
import os
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from luytre.areas.models import Standing
from luytre.reporting import rollup
from luytre.reporting.exchange import asking, national, parquet
from luytre.reporting.exchange.rows import Row
from luytre.reporting.management.commands.analyse import exported
from tests.reporting.exchange import facts
from tests.reporting.territory import AFTER, BEFORE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),  # ibis' own affair
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]
PERIODS = "2025-01,2025-02,2025,2026-01,2026-02,2026-Q1,2026-01c"


@pytest.fixture
def folder(places, clerk, tmp_path) -> Path:
    facts.record(places, clerk)
    Standing.objects.filter(is_lead=True, area=places["c2"], place=places["n2"]).update(share=Decimal("0.6"))
    parquet.write(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A server that speaks the Spark protocol, without a JVM."""
    os.environ.setdefault("SAIL_TELEMETRY__EXPORT_LOGS", "false")
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer(port=0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


def table(source: national.Source, territory: date, codes: list[str]) -> list[Row]:
    definitions = asking.definitions({"indicator": ",".join(codes)}, is_public=False)
    return national.table(source, asking.windows({"period": PERIODS}), definitions, territory=territory)


def own(row: Row, territory: date) -> tuple[object, str]:
    figure = rollup.total(row.area, row.definition.code, row.window, territory=territory)
    return figure.value, figure.qualifier.value


def check(source: national.Source, territory: date) -> None:
    rows = table(source, territory, [*facts.SESSIONS, *facts.TYPED, *facts.RATIOS])
    assert len({row.area.code for row in rows}) > 1
    assert {(row.value, row.qualifier) for row in rows if row.value} != set()
    for row in rows:
        assert (row.value, row.qualifier) == own(row, territory), (row.area.code, row.definition.code, row.period)


@pytest.mark.parametrize("territory", [BEFORE, AFTER])
def test_duckdb_tells_what_the_product_tells(folder, territory):
    with national.duckdb(folder) as source:
        check(source, territory)


@pytest.mark.parametrize("territory", [BEFORE, AFTER])
def test_a_cluster_that_speaks_spark_tells_the_same(folder, cluster, territory, monkeypatch):
    # the client takes a worker of the test runner for its own doctests, and then looks for a whole Spark
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
    with national.spark(folder, cluster) as source:
        check(source, territory)


def analysed(capsys, folder: Path, *more: str) -> list[dict[str, str]]:
    call_command("analyse", "nation", "--folder", str(folder), "--period", "2026-01", *more)
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))


def test_the_command_prints_the_table(folder, capsys, places):
    rows = analysed(capsys, folder, "--indicator", ",".join(facts.SESSIONS))
    assert [(row["area"], row["indicator"], row["value"]) for row in rows] == [
        ("0", "outreach_sessions", "2"),
        ("0", "outreach_attendances", "42"),
        ("11", "outreach_sessions", "2"),
        ("11", "outreach_attendances", "42"),
    ]
    everything = analysed(capsys, folder)
    assert {row["indicator"] for row in everything} == set(exported())


@pytest.mark.parametrize(
    "more",
    [
        ["--period", "2026-01", "--indicator", "org_types"],
        ["--from", "2026-01-02", "--to", "2026-01-14", "--indicator", "outreach_sessions"],
        ["--period", "2026-99", "--indicator", "outreach_sessions"],
    ],
)
def test_what_an_export_cannot_tell_is_refused_in_words(folder, more, capsys):
    with pytest.raises(SystemExit):
        call_command("analyse", "nation", "--folder", str(folder), *more)
    assert len(capsys.readouterr().err) > 30


def test_a_folder_without_an_export_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        call_command(
            "analyse", "nation", "--folder", str(tmp_path), "--period", "2026-01", "--indicator", "outreach_sessions"
        )
    assert str(tmp_path) in capsys.readouterr().err
