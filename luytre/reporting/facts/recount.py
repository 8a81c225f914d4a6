"""What the sums should be, counted from registers and returns by plain SQL that shares nothing with the folder."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from luytre.reporting.facts import slots, sources, wide
from luytre.reporting.models import Behaviour, Definition, ReturnForm
from luytre.reporting.models.facts import BEGINNING, CHUNK, MARKS

KINDS_OF_CHUNK = MARKS // CHUNK
NOUGHT = f"array_fill(0::bigint, ARRAY[{CHUNK}])"
KEPT = f"""
SELECT area_id, first_day, last_day, chunk * {CHUNK} + n - 1 slot, amount
FROM reporting_factsum, unnest(amounts) WITH ORDINALITY u(amount, n) WHERE amount <> 0 AND first_day > '{BEGINNING}'
"""
WAITING = f"""
SELECT area_id, first_day, last_day, chunk * {CHUNK} + n - 1 slot, amount
FROM reporting_factdelta, unnest(amounts) WITH ORDINALITY u(amount, n) WHERE amount <> 0
"""
DENSE = f"""
SELECT area_id, (slot / {CHUNK})::smallint chunk, first_day, last_day,
       luytre_dense(array_agg((slot % {CHUNK})::int), array_agg(amount)) amounts
FROM ({{cells}}) cells(area_id, first_day, last_day, slot, amount) GROUP BY 1, 2, 3, 4
"""
ADDED = """
SELECT area_id, chunk, first_day, last_day, luytre_sum(amounts) amounts FROM ({rows}) every
GROUP BY 1, 2, 3, 4 HAVING 0 <> ANY(luytre_sum(amounts))
"""
# What stocks had become by each opening day: the changes of the year before it and all before them.
OPENED = f"""
WITH counted AS MATERIALIZED ({{rows}}), yearly AS (
    SELECT c.area_id, c.chunk, o.day, luytre_sum(c.amounts) amounts
    FROM counted c, LATERAL (SELECT min(day) AS day FROM reporting_factopening WHERE day >= c.last_day) o
    WHERE c.chunk % {KINDS_OF_CHUNK} = ANY({{chunks}}) AND o.day IS NOT NULL GROUP BY 1, 2, 3
), balances AS (
    SELECT area_id, chunk, o.day, luytre_sum(y.amounts) OVER (PARTITION BY area_id, chunk ORDER BY o.day) amounts
    FROM (SELECT area_id, chunk, min(day) since FROM yearly GROUP BY 1, 2) one
    JOIN reporting_factopening o ON o.day >= one.since LEFT JOIN yearly y USING (area_id, chunk, day)
), opened AS (
    SELECT area_id, chunk, '{BEGINNING}'::date first_day, day last_day,
           luytre_stocks_of(chunk, amounts, reporting_stock_slots()) amounts
    FROM balances
)
SELECT area_id, chunk, first_day, last_day, amounts FROM counted
UNION ALL SELECT * FROM opened WHERE 0 <> ANY(amounts)
"""


# Leads that always stood in the same provinces are added up first.
TOPS = """
SELECT u.era, p.path, chunk, first_day, last_day, luytre_sum(amounts) amounts
FROM (
    SELECT eras, paths, chunk, first_day, last_day, SUMMED(amounts) amounts
    FROM {rows} JOIN (
        SELECT area_id, array_agg(era ORDER BY era) eras, array_agg(path ORDER BY era) paths
        FROM reporting_factseat GROUP BY 1
    ) seated USING (area_id) GROUP BY 1, 2, 3, 4, 5
) alike, unnest(eras, paths) u(era, path), LATERAL (SELECT u.path UNION SELECT '0.') p(path)
GROUP BY 1, 2, 3, 4, 5
"""


def tops(rows: str) -> str:
    """Such rows added up to the provinces and the nation of each era."""
    return wide.written(TOPS.format(rows=rows))


def rows(leads: Sequence[int] | None = None) -> str:
    """Lead area, chunk, span and sixty-four amounts of everything that is recorded."""
    parts = [DENSE.format(cells=" UNION ALL ".join(cells(leads))), *of_returns(leads)]
    return ADDED.format(rows=" UNION ALL ".join(parts))


def opened(text: str) -> str:
    """Such rows with the opening balances that follow from them."""
    codes = Definition.objects.filter(behaviour=Behaviour.STOCK).exclude(slot=None)
    chunks = {slots.chunk(slot) for slot in codes.values_list("slot", flat=True) if slot is not None}
    return OPENED.format(rows=text, chunks=f"ARRAY[{listed(sorted(chunks))}]::int[]")


def among(leads: Sequence[int] | None) -> str:
    if leads is None:
        return ""
    return f" AND coalesce(a.lead_id, a.id) = ANY(ARRAY[{listed(leads)}]::bigint[])"


def listed(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)


def cells(leads: Sequence[int] | None) -> Iterator[str]:
    """What is told amount by amount: registers, marks of returns, and stocks that were taken over."""
    for told in sources.kept():
        yield (
            "SELECT coalesce(a.lead_id, a.id), luytre_slice_first(day), luytre_slice_last(day), slot,"
            " sum(amount)::bigint"
            f" FROM ({told.select(told.table)}) told JOIN areas_area a ON a.id = told.area"
            f" WHERE true{among(leads)} GROUP BY 1, 2, 3, 4"
        )
    yield (
        "SELECT coalesce(a.lead_id, a.id), r.first_day, r.last_day,"
        " luytre_mark(u.slot, r.qualifiers ->> u.code), 1"
        " FROM reporting_return r JOIN areas_area a ON a.id = r.area_id"
        " JOIN reporting_returnform f ON f.id = r.form_id, unnest(f.slots, f.codes) u(slot, code)"
        f" WHERE r.number > 0 AND r.qualifiers ->> u.code <> 'exact'{among(leads)}"
    )
    yield stock_marks(leads)
    for code, forms in families().items():
        if any(True in form.stocks for form in forms):
            yield inherited(code, leads)


def stock_marks(leads: Sequence[int] | None) -> str:
    """A stock's mark ends with the next return of its unit, or of what became of it."""
    return (
        "SELECT coalesce(a.lead_id, a.id), n.first_day, n.last_day,"
        " luytre_mark(u.slot, r.qualifiers ->> u.code), -1"
        " FROM reporting_return r JOIN reporting_returnform f ON f.id = r.form_id,"
        " unnest(f.slots, f.stocks, f.codes) u(slot, is_stock, code),"
        " LATERAL reporting_stock_after(r.area_id, f.code, r.last_day) n JOIN areas_area a ON a.id = n.area_id"
        f" WHERE r.number > 0 AND u.is_stock AND r.qualifiers ->> u.code <> 'exact'{among(leads)}"
    )


def inherited(code: str, leads: Sequence[int] | None) -> str:
    """What the first return after a succession took over is no change of its own."""
    return (
        "SELECT coalesce(a.lead_id, a.id) area_id, r.first_day, r.last_day, x.slot,"
        " -round(sum(x.amount * coalesce(s.share, 1)))::bigint amount"
        " FROM areas_succession s JOIN areas_area a ON a.id = s.after_id,"
        " LATERAL (SELECT r.first_day, r.last_day"
        " FROM reporting_return r JOIN reporting_returnform f ON f.id = r.form_id"
        f" WHERE r.area_id = s.after_id AND f.code = '{code}' AND r.number > 0 AND r.last_day >= s.\"on\""
        " ORDER BY r.last_day LIMIT 1) r,"
        f" LATERAL reporting_stock_before(s.before_id, '{code}', 'infinity') x"
        f" WHERE (s.is_main OR s.share IS NOT NULL){among(leads)}"
        " GROUP BY a.lead_id, a.id, r.first_day, r.last_day, x.slot"
    )


def families() -> dict[str, list[ReturnForm]]:
    found: dict[str, list[ReturnForm]] = {}
    for form in ReturnForm.objects.order_by("code", "version"):
        found.setdefault(form.code, []).append(form)
    return found


def of_returns(leads: Sequence[int] | None) -> Iterator[str]:
    """One pass over the returns of each form, all statistics side by side; stocks as changes from the one before."""
    for forms in families().values():
        numbers = sorted({slot for form in forms for slot in form.slots})
        stocks = {slot for form in forms for slot, is_stock in zip(form.slots, form.stocks, strict=True) if is_stock}
        if numbers:
            yield of_family(forms, numbers, stocks, leads)


def of_family(forms: list[ReturnForm], numbers: list[int], stocks: set[int], leads: Sequence[int] | None) -> str:
    told = " UNION ALL ".join(values_of(form, numbers, leads) for form in forms)
    changed = ", ".join(change(slot, slot in stocks) for slot in numbers)
    window = " WINDOW w AS (PARTITION BY area_id ORDER BY last_day)" if stocks else ""
    wide = f"SELECT lead, first_day, last_day, {changed} FROM ({told}) told{window}"
    summed = ", ".join(f"sum(s{slot})::bigint s{slot}" for slot in numbers)
    chunks = ", ".join(f"({chunk}::smallint, {row_of(chunk, numbers)})" for chunk in sorted(map_chunks(numbers)))
    return (
        "SELECT lead area_id, v.chunk, first_day, last_day, v.amounts"
        f" FROM (SELECT lead, first_day, last_day, {summed} FROM ({wide}) wide GROUP BY 1, 2, 3) summed,"
        f" LATERAL (VALUES {chunks}) v(chunk, amounts)"
    )


def map_chunks(numbers: Iterable[int]) -> set[int]:
    return {slots.chunk(slot) for slot in numbers}


def row_of(chunk: int, numbers: Iterable[int]) -> str:
    """The sixty-four places of a chunk; nought where no form asks for one."""
    known = set(numbers)
    places = range(chunk * CHUNK, (chunk + 1) * CHUNK)
    return f"ARRAY[{', '.join(f's{slot}' if slot in known else '0' for slot in places)}]::bigint[]"


def values_of(form: ReturnForm, numbers: list[int], leads: Sequence[int] | None) -> str:
    at = {slot: place for place, slot in enumerate(form.slots, 1)}
    columns = ", ".join(
        f"coalesce(r.values[{at[slot]}], 0) s{slot}" if slot in at else f"0::bigint s{slot}" for slot in numbers
    )
    return (
        f"SELECT r.area_id, coalesce(a.lead_id, a.id) lead, r.first_day, r.last_day, {columns}"
        f" FROM reporting_return r JOIN areas_area a ON a.id = r.area_id"
        f" WHERE r.form_id = {form.pk} AND r.number > 0{among(leads)}"
    )


def change(slot: int, is_stock: bool) -> str:
    return f"s{slot} - coalesce(lag(s{slot}) OVER w, 0) s{slot}" if is_stock else f"s{slot}"


def execute(text: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values) if values else cursor.execute(text)
        found: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        return found


def insert_sums(text: str) -> None:
    """Rows of the same days side by side, as they come when time goes by."""
    columns = "area_id, chunk, first_day, last_day, amounts"
    execute(f"INSERT INTO reporting_factsum ({columns}) {opened(text)} ORDER BY 2, 3, 4, 1")


def replace_all() -> None:
    """Sums become what is counted less what still waits to be folded; both are of the same snapshot."""
    execute("DELETE FROM reporting_factsum")
    less = "SELECT area_id, first_day, last_day, slot, -amount"
    waiting = DENSE.format(cells=f"{less} FROM ({WAITING}) waiting")
    insert_sums(ADDED.format(rows=f"{rows()} UNION ALL {waiting}"))


def differences(most: int) -> list[tuple[Any, ...]]:
    """Area, span, code, kept, counted wherever the two differ."""
    names = Definition.objects.exclude(slot=None).values_list("slot", "code")
    codes = ", ".join(f"({slot}, '{code}')" for slot, code in names)
    columns = "area_id, chunk, first_day, last_day, amounts"
    waiting = opened(f"SELECT {columns} FROM reporting_factdelta")
    return execute(
        f"WITH kept AS ({ADDED.format(rows=f'SELECT {columns} FROM reporting_factsum UNION ALL ({waiting})')}),"
        f" counted AS ({opened(rows())}), wrong AS ("
        " SELECT area_id, chunk, first_day, last_day,"
        f" coalesce(k.amounts, {NOUGHT}) kept, coalesce(c.amounts, {NOUGHT}) counted"
        " FROM kept k FULL JOIN counted c USING (area_id, chunk, first_day, last_day)"
        " WHERE k.amounts IS DISTINCT FROM c.amounts)"
        " SELECT area_id, first_day::text, last_day::text,"
        f" n.code || CASE WHEN chunk >= {KINDS_OF_CHUNK} THEN ' ~' ELSE '' END, u.kept, u.counted"
        " FROM wrong CROSS JOIN LATERAL unnest(kept, counted) WITH ORDINALITY u(kept, counted, n)"
        f" JOIN (VALUES {codes or '(-1, NULL)'}) n(slot, code) ON n.slot = (chunk * {CHUNK} + u.n - 1) % {MARKS}"
        f" WHERE u.kept <> u.counted ORDER BY 1, 2, 4 LIMIT {int(most)}"
    )


def top_differences(most: int) -> list[tuple[Any, ...]]:
    """Provinces and the nation against the sums of their leads; the area is told as 0."""
    return execute(
        f"WITH should AS ({tops('reporting_factsum')})"
        " SELECT 0, first_day::text, last_day::text, path || ' ' || era, t.amounts[1], should.amounts[1]"
        " FROM reporting_facttop t FULL JOIN should USING (era, path, chunk, first_day, last_day)"
        f" WHERE coalesce(t.amounts, {NOUGHT}) <> coalesce(should.amounts, {NOUGHT}) LIMIT {int(most)}"
    )
