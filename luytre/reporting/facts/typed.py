"""Typed numbers of a commune or below: few enough to be read from the returns themselves."""

from collections.abc import Iterable

from luytre.common.periods import Window
from luytre.reporting.facts.reading import CHILD, Wanted, asked, gathered, where
from luytre.reporting.measures import Cell, Ground

HERE = f"""
SELECT s.area_id, {CHILD} child, s.share, s.is_estimate FROM areas_standing s
WHERE s.path LIKE %(prefix)s AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
"""
FLOWS = """
SELECT h.child, u.slot::int, h.share, h.is_estimate, u.amount, coalesce(r.qualifiers ->> u.code, 'exact') qualifier
FROM here h JOIN reporting_return r ON r.area_id = h.area_id JOIN reporting_returnform f ON f.id = r.form_id,
     unnest(f.slots, f.stocks, f.codes, r.values) u(slot, is_stock, code, amount)
WHERE r.number > 0 AND r.first_day >= %(first)s AND r.last_day <= %(last)s
  AND NOT u.is_stock AND u.slot = ANY(%(slots)s::int[]) AND u.amount IS NOT NULL
"""
STOCKS = """
SELECT h.child, u.slot::int, h.share, h.is_estimate, u.amount, coalesce(r.qualifiers ->> u.code, 'exact')
FROM here h JOIN LATERAL (
    SELECT DISTINCT ON (f.code) r.values, r.qualifiers, f.slots, f.stocks, f.codes
    FROM reporting_return r JOIN reporting_returnform f ON f.id = r.form_id
    WHERE r.area_id = h.area_id AND r.number > 0 AND r.last_day <= %(last)s ORDER BY f.code, r.last_day DESC
) r ON true, unnest(r.slots, r.stocks, r.codes, r.values) u(slot, is_stock, code, amount)
WHERE u.is_stock AND u.slot = ANY(%(slots)s::int[]) AND u.amount IS NOT NULL
"""
INHERITED = """
SELECT h.child, x.slot, h.share, h.is_estimate, -round(x.amount * coalesce(s.share, 1))::bigint, 'exact'
FROM here h JOIN areas_succession s ON s.after_id = h.area_id AND (s.is_main OR s.share IS NOT NULL),
     LATERAL (
         SELECT DISTINCT f.code FROM reporting_return r JOIN reporting_returnform f ON f.id = r.form_id
         WHERE r.area_id = h.area_id AND r.number > 0 AND r.last_day >= s."on" AND r.last_day <= %(last)s
     ) f, LATERAL reporting_stock_before(s.before_id, f.code, 'infinity') x
WHERE x.slot = ANY(%(slots)s::int[])
"""
READ = f"""
WITH here AS ({HERE}), told(child, slot, share, rough, amount, qualifier) AS (
    {FLOWS} UNION ALL {STOCKS} UNION ALL {INHERITED}
)
SELECT child, slot, sum(amount * share), bool_or(rough AND amount <> 0) FROM told GROUP BY 1, 2
UNION ALL
SELECT child, luytre_mark(slot, qualifier), count(*)::numeric, false FROM told WHERE qualifier <> 'exact' GROUP BY 1, 2
"""


def cells(ground: Ground, window: Window, codes: Iterable[str]) -> dict[str, dict[str, Cell]]:
    """By code and by the residential area; what stands at the commune itself has no name."""
    wanted = Wanted.of(codes)
    if not wanted.codes:
        return {}
    return gathered(wanted, asked(READ, where(ground, window) | {"slots": sorted(wanted.codes)}))


REPORTED = """
SELECT w.slot, c.path
FROM unnest(%(slots)s::int[], %(stocks)s::bool[]) w(slot, is_stock), unnest(%(paths)s::text[]) c(path)
WHERE EXISTS (
    SELECT FROM reporting_returnform f JOIN reporting_return r ON r.form_id = f.id
    JOIN areas_standing s ON s.area_id = r.area_id
    WHERE f.slots @> ARRAY[w.slot::smallint] AND s.path LIKE c.path || '%%'
      AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
      AND r.number > 0 AND r.last_day <= %(last)s AND (w.is_stock OR r.first_day >= %(first)s)
      AND r.values[array_position(f.slots, w.slot::smallint)] IS NOT NULL
)
"""


def reported(ground: Ground, window: Window, codes: Iterable[str], paths: Iterable[str]) -> set[tuple[str, str]]:
    """Codes with the paths where anything was said of them, be it nought; a cell left empty says nothing."""
    wanted, places = Wanted.of(codes), list(paths)
    numbers = sorted(wanted.codes)
    told = {"slots": numbers, "stocks": [wanted.is_stock(slot) for slot in numbers], "paths": places}
    rows = asked(REPORTED, where(ground, window) | told) if numbers and places else []
    return {(wanted.codes[slot], path) for slot, path in rows}
