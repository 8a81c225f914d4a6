"""Folding deltas into sums, counting everything anew, comparing and repairing: all while the system serves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from luytre.areas.standings import Rebuilt
from luytre.reporting.facts import recount
from luytre.reporting.models.facts import BEGINNING

FOLDER = 7103  # advisory lock: one folder at a time
ROOM = "SET LOCAL work_mem = '256MB'"  # for counting everything at once
MOST = 10_000  # deltas of one fold: about a quarter of a second

ERAS = """
WITH seats AS (
    SELECT area_id, valid_from, valid_to, share, split_part(path, '.', 2) province,
           lag(split_part(path, '.', 2)) OVER w before, lag(valid_to) OVER w until,
           lead(valid_from) OVER w next
    FROM areas_standing WHERE is_lead WINDOW w AS (PARTITION BY area_id ORDER BY valid_from)
)
SELECT min(valid_from) FROM areas_standing WHERE is_lead
UNION SELECT valid_from FROM seats
      WHERE before IS NOT NULL AND (before <> province OR until IS DISTINCT FROM valid_from)
UNION SELECT valid_from FROM seats WHERE share < 1
UNION SELECT valid_to FROM seats WHERE valid_to IS NOT NULL AND next IS DISTINCT FROM valid_to
"""
# Where pieces of divided places lie that are not where their records stand.
PIECES = """
SELECT DISTINCT coalesce(m.lead_id, m.id) area_id, split_part(t.path, '.', 2) province, t.valid_from, t.valid_to
FROM areas_succession x JOIN areas_standing h ON h.place_id = x.before_id
JOIN areas_area m ON m.id = h.area_id AND h.valid_from >= m.valid_from
JOIN areas_standing t ON t.area_id = x.after_id
WHERE NOT x.is_main
"""
SEATS = f"""
WITH piece AS MATERIALIZED ({PIECES}), standing AS MATERIALIZED (
    SELECT s.area_id, e.starts_on era, split_part(s.path, '.', 2) province, s.is_estimate
    FROM areas_standing s JOIN reporting_factera e
      ON s.valid_from <= e.starts_on AND (s.valid_to IS NULL OR s.valid_to > e.starts_on)
    WHERE s.is_lead
), shared AS (
    SELECT DISTINCT s.area_id, s.era FROM standing s JOIN piece p ON p.area_id = s.area_id
    WHERE s.is_estimate AND p.province <> s.province
      AND p.valid_from <= s.era AND (p.valid_to IS NULL OR p.valid_to > s.era)
), seat AS (
    SELECT area_id, era, min(province) province, count(DISTINCT province) provinces FROM standing GROUP BY 1, 2
)
SELECT area_id, era, CASE WHEN provinces = 1 AND province <> '' THEN '0.' || province || '.' ELSE '0.' END,
       shared.area_id IS NOT NULL
FROM seat LEFT JOIN shared USING (area_id, era)
"""
OPEN = f"""
INSERT INTO reporting_factsum (area_id, chunk, first_day, last_day, amounts)
SELECT * FROM (
    SELECT area_id, chunk, '{BEGINNING}'::date, %(day)s::date,
           luytre_stocks_of(chunk, luytre_sum(amounts), s.slots) amounts
    FROM reporting_factsum, (SELECT reporting_stock_slots() slots) s
    WHERE last_day = %(last)s AND first_day = '{BEGINNING}'
       OR last_day > %(last)s AND last_day <= %(day)s AND first_day > '{BEGINNING}'
    GROUP BY area_id, chunk, s.slots
) opened WHERE 0 <> ANY(amounts)
"""
NEW_TOPS = "INSERT INTO reporting_facttop (era, path, chunk, first_day, last_day, amounts) {tops}"


@contextmanager
def folding() -> Iterator[None]:
    """Alone among folders; readers and writers go on."""
    with transaction.atomic():
        run("SELECT pg_advisory_xact_lock(%s)", [FOLDER])
        yield


def run(text: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def value(text: str, values: Sequence[Any] = ()) -> int:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        (found,) = cursor.fetchone()
        return int(found)


def fold(*, most: int = MOST) -> int:
    """Add waiting deltas to the sums, `most` at a time until none is left; returns how many were folded."""
    folded = 0
    while True:
        with folding():
            some = value("SELECT reporting_fold(%s)", [most])
        folded += some
        if some < most:
            return folded


def waiting() -> int:
    return value("SELECT count(*) FROM reporting_factdelta")


def find_seats() -> bool:
    """Which province each lead stands in, by era; true when that changed and the upper sums were made anew."""
    with folding():
        run(f"CREATE TEMP TABLE new_era ON COMMIT DROP AS {ERAS}")
        run("CREATE TEMP TABLE old_seat ON COMMIT DROP AS SELECT area_id, era, path FROM reporting_factseat")
        run("DELETE FROM reporting_factera")
        run("INSERT INTO reporting_factera SELECT min FROM new_era WHERE min IS NOT NULL")
        run("DELETE FROM reporting_factseat")
        run("SET LOCAL enable_nestloop = off")  # a territory just loaded has no statistics that would warn of it
        run(f"INSERT INTO reporting_factseat (area_id, era, path, is_shared) {SEATS}")
        run("SET LOCAL enable_nestloop = on")
        changed = value(
            "SELECT count(*) FROM reporting_factseat FULL JOIN old_seat USING (area_id, era, path)"
            " WHERE reporting_factseat.area_id IS NULL OR old_seat.area_id IS NULL"
        )
        run("DROP TABLE new_era, old_seat")
        if changed:
            make_tops()
        return bool(changed)


def make_tops() -> None:
    run("DELETE FROM reporting_facttop")
    run(NEW_TOPS.format(tops=recount.tops("reporting_factsum")))


def follow(rebuilt: Rebuilt) -> None:
    """After a change of territory, inside its transaction: sums move to the new leads."""
    leads = {lead for pair in rebuilt.releads.values() for lead in pair}
    if leads:
        fold()
        retake(leads)
    find_seats()


def retake(leads: Iterable[int]) -> None:
    """Count the sums of some leads anew; nobody writes meanwhile, since the territory is locked."""
    some = list(leads)
    with folding():
        run("DELETE FROM reporting_factsum WHERE area_id = ANY(%s)", [some])
        recount.insert_sums(recount.rows(some))
        make_tops()


def open_years(*, today: date) -> list[date]:
    """Add up the stocks to the end of every administrative year that is over; returns the days that were new."""
    with folding():
        known = [day for (day,) in recount.execute("SELECT day FROM reporting_factopening ORDER BY day")]
        first = recount.execute("SELECT min(last_day) FROM reporting_factsum WHERE first_day > %s", [BEGINNING])[0][0]
        wanted = [date(year, 12, 14) for year in range(first.year if first else today.year, today.year + 1)]
        new = [day for day in wanted if day < today and day > max(known, default=date.min)]
        for day, before in zip(new, [max(known, default=BEGINNING), *new], strict=False):
            open_year(day, before)
        return new


def open_year(day: date, before: date) -> None:
    """What was open at the opening before, and all that changed since."""
    run("INSERT INTO reporting_factopening (day) VALUES (%s)", [day])
    run(OPEN, {"day": day, "last": before})
    rows = f"(SELECT * FROM reporting_factsum WHERE first_day = '{BEGINNING}' AND last_day = '{day}') opened"
    run(NEW_TOPS.format(tops=recount.tops(rows)))


def has_something_to_count(tables: Iterable[str]) -> bool:
    """Whether any register or return holds a row, or any sum is kept."""
    checks = [*tables, "reporting_return", "reporting_factsum", "reporting_factdelta"]
    return any(value(f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT 1) one') for table in checks)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Everything read inside is of one moment, although others write on; no folder works meanwhile."""
    if connection.in_atomic_block:  # tests, and changes of territory that hold their own locks
        with folding():
            yield
        return
    run("SELECT pg_advisory_lock(%s)", [FOLDER])
    try:
        with transaction.atomic():
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        run("SELECT pg_advisory_unlock(%s)", [FOLDER])


@dataclass(frozen=True)
class Difference:
    """A sum that is not what the records say; amounts in hundredths."""

    area: int
    first_day: str
    last_day: str
    code: str
    kept: int
    counted: int


def verify(*, most: int = 100) -> list[Difference]:
    """Count everything from the records and compare with what is kept; the first `most` differences."""
    with one_snapshot():
        run(ROOM)
        found = recount.differences(most)
        return [Difference(*row) for row in found] + [Difference(*row) for row in recount.top_differences(most)]


def rebuild() -> int:
    """Make all sums anew from the records; returns how many rows of sums there are."""
    with one_snapshot():
        run(ROOM)
        recount.replace_all()
        make_tops()
        return value("SELECT count(*) FROM reporting_factsum")
