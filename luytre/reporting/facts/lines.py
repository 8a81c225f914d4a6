"""Totals of one place in many windows, in one statement: what trends and long series are made of."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from luytre.areas.models import Area, Level
from luytre.common.periods import Window
from luytre.reporting.facts.reading import OPENED, Wanted, asked, gathered, spread
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
SELECT v.n, k.chunk, nullif(s.share, 1), s.is_estimate, {{k}}
FROM windows v JOIN areas_standing s ON {STANDING} JOIN reporting_factsum k ON k.area_id = s.area_id
WHERE k.chunk = ANY({{chunks}}) AND {{held}}
"""
TOPS = """
SELECT v.n, t.chunk, NULL::numeric, false, {t}
FROM windows v JOIN reporting_facttop t ON t.era = v.era AND t.path = %(path)s
WHERE t.chunk = ANY({chunks}) AND {held_top}
"""
WAITING = f"""
SELECT v.n, d.chunk, nullif(s.share, 1), s.is_estimate, {{d}}
FROM windows v CROSS JOIN reporting_factdelta d JOIN areas_standing s ON s.area_id = d.area_id AND {STANDING}
WHERE d.chunk = ANY({{chunks}}) AND {{held_waiting}}
"""
WAITING_ANYWHERE = """
SELECT v.n, d.chunk, NULL::numeric, false, {d}
FROM windows v CROSS JOIN reporting_factdelta d WHERE d.chunk = ANY({chunks}) AND {held_waiting}
"""
DIVIDED = f"""
SELECT v.n, k.chunk, s.share, true, {{k}}
FROM windows v JOIN reporting_factseat e ON e.era = v.era AND e.path = '0.'
JOIN areas_standing s ON s.area_id = e.area_id AND {STANDING} JOIN reporting_factsum k ON k.area_id = s.area_id
WHERE k.chunk = ANY({{chunks}}) AND {{held}}
"""
ROUGH = """
SELECT v.n, k.chunk, 0::numeric, true, {k}
FROM windows v JOIN reporting_factseat e ON e.era = v.era AND e.path = %(path)s AND e.is_shared
JOIN reporting_factsum k ON k.area_id = e.area_id WHERE k.chunk = ANY({chunks}) AND {held}
"""
READ = "WITH windows AS ({windows}) {lines}"
PARTS: dict[str, list[str]] = {
    Level.NATION: [WAITING_ANYWHERE, TOPS],  # all pieces of a divided place are inside
    Level.PROVINCE: [WAITING, TOPS, DIVIDED, ROUGH],
}
DAYS = {"first": "v.first_day", "last": "v.last_day", "opening": "v.opening"}


def wholes(
    area: Area, codes: Sequence[str], windows: Sequence[Window], *, days: Sequence[date]
) -> dict[str, list[Cell]]:
    """A cell for each code and window; `days` says whose territory each window is read on. Communes and above."""
    wanted = Wanted.of(codes)
    if not wanted.codes or not windows:
        return {}
    lines = [kind.line(PARTS.get(area.level, [WAITING, LEADS]), DAYS) for kind in wanted.kinds()]
    values: dict[str, Any] = {
        "numbers": [str(number) for number in range(len(windows))],
        "firsts": [window.first_day for window in windows],
        "lasts": [window.last_day for window in windows],
        "days": list(days),
        "path": area.path,
        "prefix": f"{area.path}%",
    }
    text = READ.format(windows=WINDOWS, lines=" UNION ALL ".join(lines))
    found = gathered(wanted, spread(wanted, asked(text, values)))
    return {code: [line.get(str(n), Cell()) for n in range(len(windows))] for code, line in found.items()}
