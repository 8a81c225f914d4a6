"""Facts as partitioned Parquet: one snapshot of the database, written month by month, taken up again where it stopped.

`FOLDER/facts/year=2026/month=11/….parquet` holds the spans that end in that month: lead area, days, statistic, value in
hundredths (stocks as changes), and how many of its parts are only about, nearly or more than. `reports` beside it says
who reported on which form, so that nought is told from silence. `export.json` names the files that belong together; it
is replaced last, so that a reader sees the old export or the new one, never a mixture.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from luytre.common import periods
from luytre.common.periods import Calendar, Window
from luytre.reporting.facts import recount

MANIFEST, UNFINISHED = "export.json", "export.unfinished.json"
BLOCK = 32 * 1024 * 1024  # bytes of text turned into columns at once
FACTS = f"""
SELECT e.area_id, a.code, a.path, e.first_day, e.last_day, d.code, sum(e.amount)::bigint, 'exact', 0
FROM ({recount.KEPT} UNION ALL {recount.WAITING}) e
JOIN areas_area a ON a.id = e.area_id JOIN reporting_definition d ON d.slot = e.slot
WHERE e.last_day BETWEEN '{{first}}' AND '{{last}}' GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(e.amount) <> 0
UNION ALL
SELECT e.area_id, a.code, a.path, e.first_day, e.last_day, d.code, 0,
       (ARRAY['about', 'nearly', 'more_than'])[e.slot / 1024], sum(e.amount)::int
FROM ({recount.KEPT} UNION ALL {recount.WAITING}) e
JOIN areas_area a ON a.id = e.area_id JOIN reporting_definition d ON e.slot >= 1024 AND d.slot = e.slot % 1024
WHERE e.last_day BETWEEN '{{first}}' AND '{{last}}' GROUP BY 1, 2, 3, 4, 5, 6, 8 HAVING sum(e.amount) <> 0
ORDER BY 6, 1, 4, 5, 8
"""  # noqa: S608
STANDINGS = """
SELECT area_id, path, split_part(path, '.', 2), valid_from, valid_to, (share * 10000)::int, is_estimate
FROM areas_standing WHERE is_lead ORDER BY 1, 4, 2
"""
REPORTS = """
SELECT coalesce(a.lead_id, a.id), r.form_id, r.first_day, r.last_day, count(*)
FROM reporting_return r JOIN areas_area a ON a.id = r.area_id
WHERE r.number > 0 AND r.last_day BETWEEN '{first}' AND '{last}' GROUP BY 1, 2, 3, 4 ORDER BY 2, 1, 3, 4
"""
FORMS = "SELECT f.id, f.code, u.code FROM reporting_returnform f, unnest(f.codes) u(code) ORDER BY 1, 3"
INDICATORS = (
    "SELECT code, behaviour, area_rule, numerator, denominator, vi_name FROM reporting_definition ORDER BY code"
)
# Changes whenever a sum of the month changes; folding changes it too, which only costs writing the month again.
TRACE = " UNION ALL ".join(
    f"SELECT md5(string_agg(h, '' ORDER BY h)) FROM (SELECT md5(t::text) h FROM {table} t"  # noqa: S608
    " WHERE last_day BETWEEN '{first}' AND '{last}') every"
    for table in (
        *("reporting_factsum", "reporting_factdelta"),
        "(SELECT area_id, form_id, first_day, last_day FROM reporting_return WHERE number > 0)",
    )
)
MONTHS = (
    "SELECT DISTINCT date_trunc('month', last_day)::date FROM reporting_factsum WHERE first_day > '0001-01-01'"
    " UNION SELECT DISTINCT date_trunc('month', last_day)::date FROM reporting_factdelta"
    " UNION SELECT DISTINCT date_trunc('month', last_day)::date FROM reporting_return WHERE number > 0 ORDER BY 1"
)


@dataclass(frozen=True)
class Part:
    """A month: its file of facts, its file of who reported, what both were made from, and how many facts there are."""

    file: str
    reports: str
    trace: str
    rows: int


@dataclass
class Export:
    """What belongs to one snapshot."""

    snapshot: str
    standings: str = ""
    indicators: str = ""
    forms: str = ""
    facts: dict[str, Part] = field(default_factory=dict)  # by month, such as 2026-11

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.facts.values())

    def files(self) -> set[str]:
        months = {file for part in self.facts.values() for file in (part.file, part.reports)}
        return {self.standings, self.indicators, self.forms, *months}


class NoExport(LookupError):
    """The folder holds no finished export."""


def load(folder: Path, name: str = MANIFEST) -> Export:
    try:
        told = json.loads((folder / name).read_text())
    except FileNotFoundError:
        raise NoExport(str(folder)) from None
    facts = {month: Part(**part) for month, part in told.pop("facts").items()}
    return Export(**told, facts=facts)


def keep(folder: Path, export: Export, name: str) -> None:
    part = folder / f".{name}"
    part.write_text(json.dumps(asdict(export), indent=1))
    part.replace(folder / name)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything is read as of one moment; nobody waits meanwhile."""
    inside = connection.in_atomic_block
    with transaction.atomic():
        if not inside:
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def run(text: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall() if cursor.description else []


def write(folder: Path, *, say: Callable[[str, Part, bool], None] = lambda month, part, is_new: None) -> Export:
    """Export everything; months that are in the folder already as they should be are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    known = known_parts(folder)
    with one_snapshot():
        export = Export(snapshot=run("SELECT pg_current_snapshot()::text")[0][0])
        for (first,) in run(MONTHS):
            window = periods.month(first.year, first.month, Calendar.CIVIL)
            part, is_new = month_part(folder, window, known)
            export.facts[f"{first:%Y-%m}"] = part
            keep(folder, export, UNFINISHED)
            say(f"{first:%Y-%m}", part, is_new)
        export.standings = written(folder, "standings", STANDINGS, standing_types())[0]
        export.indicators = written(folder, "indicators", INDICATORS, indicator_types())[0]
        export.forms = written(folder, "forms", FORMS, form_types())[0]
    keep(folder, export, MANIFEST)
    tidy(folder, export)
    return export


def known_parts(folder: Path) -> dict[str, Part]:
    """By what they were made from: parts of the last export, and of one that did not end."""
    found: dict[str, Part] = {}
    for name in (MANIFEST, UNFINISHED):
        try:
            found |= {part.trace: part for part in load(folder, name).facts.values()}
        except NoExport:
            continue
    return {trace: part for trace, part in found.items() if is_there(folder, part)}


def is_there(folder: Path, part: Part) -> bool:
    return (folder / part.file).exists() and (folder / part.reports).exists()


def month_part(folder: Path, window: Window, known: dict[str, Part]) -> tuple[Part, bool]:
    days = {"first": window.first_day, "last": window.last_day}
    trace = hashlib.sha256(str((window.first_day, run(TRACE.format(**days)))).encode()).hexdigest()
    if trace in known:
        return known[trace], False
    place = f"year={window.first_day:%Y}/month={window.first_day:%m}/part"
    file, rows = written(folder, f"facts/{place}", FACTS.format(**days), fact_types())
    reports, _rows = written(folder, f"reports/{place}", REPORTS.format(**days), report_types())
    return Part(file, reports, trace, rows), True


def written(folder: Path, name: str, query: str, types: dict[str, Any]) -> tuple[str, int]:
    """The answer of a query as a file named by its content, which is never seen half written."""
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    part = folder / f"{name}.unfinished"
    part.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    with parquet.ParquetWriter(part, arrow.schema(list(types.items())), compression="zstd") as writer:
        for columns in blocks(query, types):
            writer.write_table(columns)
            rows += columns.num_rows
    with part.open("rb") as content:
        file = f"{name}-{hashlib.file_digest(content, 'sha256').hexdigest()[:16]}.parquet"
    if (folder / file).exists():
        part.unlink()
    else:
        part.replace(folder / file)
    return file, rows


def blocks(query: str, types: dict[str, Any]) -> Iterator[Any]:
    """The database's own text, turned into columns a block at a time: memory stays small whatever the size."""
    waiting = bytearray()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
        for some in copy:
            waiting += some
            if len(waiting) > BLOCK:
                end = waiting.rindex(b"\n") + 1
                yield as_columns(bytes(waiting[:end]), types)
                del waiting[:end]
    if waiting:
        yield as_columns(bytes(waiting), types)


def as_columns(text: bytes, types: dict[str, Any]) -> Any:
    from pyarrow import csv

    reading = csv.ReadOptions(column_names=list(types))
    turning = csv.ConvertOptions(
        column_types=types, true_values=["t"], false_values=["f"], null_values=[""], strings_can_be_null=False
    )
    return csv.read_csv(io.BytesIO(text), read_options=reading, convert_options=turning)


def fact_types() -> dict[str, Any]:
    import pyarrow as arrow

    days = {"first_day": arrow.date32(), "last_day": arrow.date32()}
    names = {"area_id": arrow.int64(), "area": arrow.string(), "path": arrow.string()}
    amount = {"value": arrow.int64(), "qualifier": arrow.string(), "marks": arrow.int32()}
    return {**names, **days, "indicator": arrow.string(), **amount}


def report_types() -> dict[str, Any]:
    import pyarrow as arrow

    days = {"first_day": arrow.date32(), "last_day": arrow.date32()}
    return {"area_id": arrow.int64(), "form_id": arrow.int64(), **days, "returns": arrow.int64()}


def form_types() -> dict[str, Any]:
    import pyarrow as arrow

    return {"form_id": arrow.int64(), "form": arrow.string(), "indicator": arrow.string()}


def standing_types() -> dict[str, Any]:
    import pyarrow as arrow

    days = {"valid_from": arrow.date32(), "valid_to": arrow.date32()}
    place = {"area_id": arrow.int64(), "path": arrow.string(), "province": arrow.string()}
    return {**place, **days, "parts": arrow.int32(), "is_estimate": arrow.bool_()}


def indicator_types() -> dict[str, Any]:
    import pyarrow as arrow

    names = ("code", "behaviour", "area_rule", "numerator", "denominator", "name")
    return dict.fromkeys(names, arrow.string())


def tidy(folder: Path, export: Export) -> None:
    """Take away what no finished export names."""
    wanted = export.files()
    for file in [*folder.rglob("*.parquet"), *folder.rglob("*.unfinished")]:
        if str(file.relative_to(folder)) not in wanted:
            file.unlink()
    (folder / UNFINISHED).unlink(missing_ok=True)
