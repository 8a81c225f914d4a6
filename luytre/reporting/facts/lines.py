"""Totals of one place in many windows, in one statement: what trends and long series are made of."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting.facts.reading import HELD, HELD_WAITING, OPENED, WANTED, Wanted, asked, gathered
from luytre.reporting.measures import Cell

WINDOWS = f"""
SELECT v.*,
       (SELECT coalesce(max(starts_on) FILTER (WHERE starts_on <= v.day), min(starts_on)) FROM reporting_factera) era,
       {OPENED.format(last="v.last_day")} opening
FROM unnest(%(numbers)s::text[], %(firsts)s::date[], %(lasts)s::date[], %(days)s::date[]) v(n, first_day, last_day, day)
"""
STANDING = """
s.is_lead AND s.path LIKE %(prefix)s AND s.valid_from <= v.day AND (s.valid_to IS NULL OR s.valid_to > v.day)
"""
LEADS = f"""
SELECT v.n, w.slot, s.share, sum(k.amounts[w.place]) amount, bool_or(s.is_estimate AND k.amounts[w.place] <> 0) rough
FROM windows v JOIN areas_standing s ON {STANDING}
JOIN reporting_factsum k ON k.area_id = s.area_id JOIN wanted w ON w.chunk = k.chunk
WHERE {{held}} GROUP BY 1, 2, 3
"""
TOPS = """
SELECT v.n, w.slot, 1::numeric, sum(t.amounts[w.place]), false
FROM windows v JOIN reporting_facttop t ON t.era = v.era AND t.path = %(path)s JOIN wanted w ON w.chunk = t.chunk
WHERE {held} GROUP BY 1, 2
"""
WAITING = f"""
SELECT v.n, w.slot, s.share, sum(d.amounts[w.place]), bool_or(s.is_estimate)
FROM windows v CROSS JOIN reporting_factdelta d JOIN areas_standing s ON s.area_id = d.area_id AND {STANDING}
JOIN wanted w ON w.chunk = d.chunk
WHERE {{held_waiting}} GROUP BY 1, 2, 3
"""
WAITING_ANYWHERE = """
SELECT v.n, w.slot, 1::numeric, sum(d.amounts[w.place]), false
FROM windows v CROSS JOIN reporting_factdelta d JOIN wanted w ON w.chunk = d.chunk
WHERE {held_waiting} GROUP BY 1, 2
"""
DIVIDED = f"""
SELECT v.n, w.slot, s.share, sum(k.amounts[w.place]), true
FROM windows v JOIN reporting_factseat e ON e.era = v.era AND e.path = '0.'
JOIN areas_standing s ON s.area_id = e.area_id AND {STANDING}
JOIN reporting_factsum k ON k.area_id = s.area_id JOIN wanted w ON w.chunk = k.chunk
WHERE {{held}} GROUP BY 1, 2, 3
"""
ROUGH = """
SELECT v.n, w.slot, 1::numeric, 0, true
FROM windows v JOIN reporting_factseat e ON e.era = v.era AND e.path = %(path)s AND e.is_shared
JOIN reporting_factsum k ON k.area_id = e.area_id JOIN wanted w ON w.chunk = k.chunk
WHERE k.amounts[w.place] <> 0 AND {held} GROUP BY 1, 2
"""
READ = """
WITH wanted AS ({wanted}), windows AS ({windows}), parts(n, slot, share, amount, rough) AS ({parts})
SELECT n, slot, sum(amount * share), bool_or(rough) FROM parts GROUP BY 1, 2
"""
PARTS: dict[str, list[str]] = {
    Level.NATION: [WAITING_ANYWHERE, TOPS],  # all pieces of a divided place are inside
    Level.PROVINCE: [WAITING, TOPS, DIVIDED, ROUGH],
}


def part(text: str, table: str) -> str:
    days = {"first": "v.first_day", "last": "v.last_day", "opening": "v.opening"}
    return text.format(held=HELD.format(t=table, **days), held_waiting=HELD_WAITING.format(t="d", **days))


def wholes(
    area: Area, codes: Sequence[str], windows: Sequence[Window], *, days: Sequence[date]
) -> dict[str, list[Cell]]:
    """A cell for each code and window; `days` says whose territory each window is read on. Communes and above."""
    wanted = Wanted.of(codes)
    if not wanted.codes or not windows:
        return {}
    parts = [part(text, "t" if text is TOPS else "k") for text in PARTS.get(area.level, [WAITING, LEADS])]
    values: dict[str, Any] = {
        **wanted.values(),
        "numbers": [str(number) for number in range(len(windows))],
        "firsts": [window.first_day for window in windows],
        "lasts": [window.last_day for window in windows],
        "days": list(days),
        "path": area.path,
        "prefix": f"{area.path}%",
    }
    text = READ.format(wanted=WANTED, windows=WINDOWS, parts=" UNION ALL ".join(parts))
    found = gathered(wanted, asked(text, values))
    return {code: [line.get(str(n), Cell()) for n in range(len(windows))] for code, line in found.items()}
