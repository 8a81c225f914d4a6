"""Where every place stands at every time, and which row leads it: worked out from successions, kept as rows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from luytre.areas import locks
from luytre.areas.leads import Projection, leads, projected
from luytre.areas.lineage import Lineage, Place, Stretch
from luytre.areas.models import Level, Standing

COLUMNS = ("place_id", "path", "valid_from", "valid_to", "share", "is_estimate", "is_main")
RELEAD = """
    UPDATE areas_area SET lead_id = new.lead_id
    FROM unnest(%s::bigint[], %s::bigint[]) AS new (id, lead_id) WHERE areas_area.id = new.id
"""
Row = tuple[int, Stretch, bool]


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did; `releads` has the areas whose totals must move, with their former and their new lead."""

    standings: int
    releads: dict[int, tuple[int, int]] = field(default_factory=dict)


after_rebuild: list[Callable[[Rebuilt], None]] = []  # what upper apps keep by lead follows in the same transaction


def rebuild(*, of: Iterable[int] | None = None, former: Mapping[int, int] | None = None) -> Rebuilt:
    """Work out standings and leads anew, of all rows or of those that hang on some; only what differs is written.

    `former` tells the leads of areas whose lead is gone.
    """
    with locks.changing():
        lineage = Lineage.load()
        some = None if of is None else related(lineage, set(of))
        stands = {pk: lineage.known(pk) for pk in (lineage.areas if some is None else some)}
        led = leads(lineage.areas, stands)
        keep(
            {(pk, one, led[pk] == pk) for pk, many in stands.items() for one in many},
            within=some,
        )
        rebuilt = Rebuilt(Standing.objects.count(), lead(lineage.areas, led, former or {}))
        for follow in after_rebuild:
            follow(rebuilt)
        return rebuilt


def touching(places: Iterable[int]) -> set[int]:
    """The places and all rows whose records stand there at some time: what a change of the places can move."""
    pks = set(places)
    return pks | set(Standing.objects.filter(place__in=pks).values_list("area", flat=True))


def related(lineage: Lineage, areas: set[int]) -> set[int]:
    """The rows themselves and all that may share a lead with them."""
    rows = areas & lineage.areas.keys()
    paths = {narrowest(projected(lineage.areas, lineage.known(pk))) for pk in rows}
    there = Q(path__in=paths) | Q(place__level=Level.RESIDENTIAL, place__parent__path__in=paths)
    rows |= set(Standing.objects.filter(there).values_list("area", flat=True))
    led_by = {lineage.areas[pk].lead_id or pk for pk in rows}
    return rows | {pk for pk, area in lineage.areas.items() if (area.lead_id or pk) in led_by}


def narrowest(projection: Projection) -> str:
    return max((one.path for one in projection), key=lambda path: path.count("."))


def keep(wanted: set[Row], *, within: Collection[int] | None) -> None:
    """What was kept of the rows, or of all, becomes what is wanted."""
    rows = Standing.objects.all() if within is None else Standing.objects.filter(area__in=list(within))
    known: dict[Row, int] = {}
    for pk, area, is_lead, *values in rows.values_list("pk", "area_id", "is_lead", *COLUMNS).iterator():
        known[area, Stretch(*values), is_lead] = pk
    if gone := [pk for row, pk in known.items() if row not in wanted]:
        Standing.objects.filter(pk__in=gone).delete()
    write(sorted(wanted - known.keys(), key=lambda row: (row[0], row[1].valid_from)))


def write(rows: Iterable[Row]) -> None:
    """In one stream: a nation has some hundred thousand."""
    columns = ", ".join(["area_id", "is_lead", *COLUMNS])
    with connection.cursor() as cursor, cursor.copy(f"COPY areas_standing ({columns}) FROM STDIN") as stream:
        for area, stretch, is_lead in rows:
            stream.write_row((area, is_lead, *stretch))


def lead(areas: Mapping[int, Place], led: Mapping[int, int], former: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """Write the leads that changed; a row that leads itself has none."""
    before = {pk: former.get(pk) or areas[pk].lead_id or pk for pk in led}
    releads = {pk: (before[pk], new) for pk, new in led.items() if before[pk] != new}
    if releads:
        with connection.cursor() as cursor:
            cursor.execute(RELEAD, [list(releads), [None if pk == new else new for pk, (_, new) in releads.items()]])
    return releads
