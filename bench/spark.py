"""National tables from PostgreSQL, from DuckDB and from a Spark cluster on this machine: the same, and how fast.

Needs Java 17 or newer. Spark itself (half a gigabyte) is fetched once into build/spark, beside our own packages.
"""

import argparse
import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from socket import create_connection, socket

from bench._report import tell
from luytre.running.home import PROJECT
from tests.running.house import House, house

PERIODS = "2026-01,2026-02,2026-03,2026-Q1"
OWN = """
import sys
from datetime import date
from luytre.areas.models import Scope
from luytre.reporting.exchange import asking, rows, tables
from luytre.reporting.management.commands.analyse import exported
scope = Scope(("0.",), date(2026, 3, 31))
typed = {"indicator": ",".join(exported()), "period": %r, "page_size": 50}
found = [row for more in ({"area": "0"}, {"area": "0", "below": "province"})
         for row in tables.page(asking.read({**typed, **more}, scope=scope)).rows]
sys.stdout.write(rows.as_csv(rows.COLUMNS, [row.plain() for row in found], bom=False).decode())
"""
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"


def spark_home() -> Path:
    """Spark with the version that the client in our packages speaks."""
    folder = PROJECT / "build" / "spark"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        wanted = f"pyspark=={version('pyspark-client')}"
        subprocess.run([python, "-m", "pip", "install", "--quiet", wanted], check=True)
    return next(folder.glob("lib/python*/site-packages/pyspark"))


@contextmanager
def cluster(*, workers: int, folder: Path) -> Iterator[str]:
    """A master and workers, each a process of its own, behind Spark Connect."""
    home = spark_home()
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "spark.ui.enabled": "false",
        "spark.connect.grpc.binding.port": port,
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1g",
        "spark.sql.shuffle.partitions": 4,
    }
    options = [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]
    command = [
        home / "bin" / "spark-submit",
        "--class",
        SERVER,
        "--master",
        f"local-cluster[{workers},1,1024]",
        *options,
    ]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    with (folder / "spark.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, server)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 300
    while True:
        try:
            create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def timed(here: House, *arguments: str) -> tuple[str, float]:
    began = time.monotonic()
    said = here.run(*arguments)
    return said, round(time.monotonic() - began, 2)


def table(said: str) -> dict[tuple[str, ...], tuple[str, str]]:
    start = said.index("area,area_name")
    rows = csv.DictReader(io.StringIO(said[start:], newline=""))
    return {(row["area"], row["indicator"], row["period"]): (row["value"], row["qualifier"]) for row in rows}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small nation")
    options = parser.parse_args()
    size = ["--areas", "2000", "--months", "4"] if options.quick else ["--areas", "95000", "--months", "12"]
    folder = Path(tempfile.mkdtemp(prefix="luytre-spark-"))
    folder.chmod(0o755)
    with house(folder) as here:
        return measure(here, size, folder)


def measure(here: House, size: list[str], folder: Path) -> int:
    figures: dict[str, float] = {}
    facts = folder / "facts"
    with here.cluster.in_use():
        here.run("migrate", "--verbosity=0")
        here.run("set_up")
        here.run("simulate", "nation", *size, "--indicators", "60", "--seed", "1", "--until", "2026-03")
        _said, figures["export seconds"] = timed(here, "export_facts", str(facts))
        _said, figures["export again seconds"] = timed(here, "export_facts", str(facts))
        figures["export megabytes"] = round(sum(one.stat().st_size for one in facts.rglob("*.parquet")) / 1e6, 1)
        asked = ["analyse", "nation", "--folder", str(facts), "--period", PERIODS]
        own, figures["postgresql seconds"] = timed(here, "shell", "-v", "0", "-c", OWN % PERIODS)
        duck, figures["duckdb seconds"] = timed(here, *asked)
        began = time.monotonic()
        with cluster(workers=2, folder=folder) as address:
            figures["cluster start seconds"] = round(time.monotonic() - began, 1)
            spark, figures["spark first seconds"] = timed(here, *asked, "--engine", "spark", "--spark", address)
            again, figures["spark second seconds"] = timed(here, *asked, "--engine", "spark", "--spark", address)
    wanted = table(own)
    figures["figures compared"] = len(wanted)
    figures["figures that differ"] = sum(
        other.get(key) != value for other in map(table, (duck, spark, again)) for key, value in wanted.items()
    )
    aims = {"figures that differ": ("at most", 0.0), "figures compared": ("at least", 1000.0)}
    return tell("spark", figures, aims)


if __name__ == "__main__":
    sys.exit(main())
