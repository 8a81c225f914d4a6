"""Whatever is changed, in any order: every record stands somewhere on every day, and an undoing leaves no trace."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luytre.areas import changes, standings, undoing
from luytre.areas.changes import Refused
from luytre.areas.leads import projected
from luytre.areas.lineage import Lineage
from luytre.areas.models import Area, ChangeLine, Kind, Level, Standing, TerritoryChange
from tests.areas.country import NOW, build, draft, kept, led, line, people

FIRST = date(2020, 1, 1)
BEGIN, END = date(2015, 1, 1), date(2030, 1, 1)
CHANGEABLE = (Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL)
ABOVE = {Level.COMMUNE: Level.PROVINCE, Level.RESIDENTIAL: Level.COMMUNE}
SHARES = (None, Decimal("0.5"), Decimal("0.3333"))


@st.composite
def orders(draw: st.DrawFn) -> list[tuple[str, str, int, int, Decimal | None]]:
    """Acts by name, at a level, with two numbers that choose among the places of the day, and a share."""
    acts = st.sampled_from(["merge", "take in", "split", "move", "rename", "kind", "set up", "abolish", "undo"])
    number = st.integers(0, 7)
    one = st.tuples(acts, st.sampled_from(CHANGEABLE), number, number, st.sampled_from(SHARES))
    return draw(st.lists(one, min_size=1, max_size=6))


def chosen(level: str, number: int, other: Area | None = None) -> Area:
    rows = Area.objects.filter(level=level, valid_to=None).exclude(pk=other.pk if other else 0).order_by("pk")
    many = list(rows) or list(Area.objects.filter(level=level).order_by("pk"))
    return many[number % len(many)]


def lines_of(act: str, level: str, one: int, two: int, share: Decimal | None, count: int) -> list[ChangeLine]:
    place = chosen(level, one)
    second = chosen(level, two, place)
    code = {Level.PROVINCE: f"{20 + count}", Level.COMMUNE: f"7{count:04}"}.get(Level(level), f"70000-{count}")
    made: dict[str, Any] = {
        "merge": lambda: [line(place, code, name="Gộp"), line(second, code)],
        "take in": lambda: [line(place, second.code)],
        "split": lambda: split(place, code, second, share),
        "move": lambda: [line(place, place.code, parent_code=chosen(ABOVE.get(level, level), two).code)],
        "rename": lambda: [line(place, place.code, name=f"Tên {count}")],
        "kind": lambda: [line(place, place.code, kind=other_kind(place))],
        "set up": lambda: [line(None, code, name="Mới", kind=other_kind(place), parent_code=above(place))],
        "abolish": lambda: [line(place)],
    }
    return list(made[act]())


def split(place: Area, code: str, second: Area, share: Decimal | None) -> list[ChangeLine]:
    rest = 1 - share if share else None
    return [
        line(place, code, name="Chính", share=share),
        line(place, second.code, share=rest, is_main=False),
    ]


def other_kind(place: Area) -> str:
    kinds = {
        Level.PROVINCE: (Kind.PROVINCE, Kind.MUNICIPALITY),
        Level.COMMUNE: (Kind.WARD, Kind.RURAL_COMMUNE),
        Level.RESIDENTIAL: (Kind.HAMLET, Kind.RESIDENTIAL_GROUP),
    }[Level(place.level)]
    return next(kind for kind in kinds if kind != place.kind)


def above(place: Area) -> str:
    return place.parent.code if place.parent else ""


class AnyChanges(TestCase):
    @given(orders())
    def test_every_record_stands_somewhere_and_an_undoing_leaves_no_trace(self, asked: list[Any]) -> None:
        build()
        self.people = people()
        self.done: list[tuple[TerritoryChange, Any]] = []
        for count, (act, *rest) in enumerate(asked):
            day = FIRST + timedelta(days=100 * count)
            if act == "undo":
                self.undo_last()
            else:
                self.make(lines_of(act, *rest, count), day)
            check()
        while self.done:
            self.undo_last()
        check()

    def make(self, lines: list[ChangeLine], day: date) -> None:
        before = (kept(), led())
        try:
            change = draft(lines, on=day, by=self.people[0])
        except Refused:
            return
        changes.put_into_force(change, by=self.people[1], at=NOW)
        self.done.append((change, before))

    def undo_last(self) -> None:
        if not self.done:
            return
        change, before = self.done.pop()
        undoing.undo(change, by=self.people[0], at=NOW, reason="thử")
        assert (kept(), led()) == before


def check() -> None:
    before = kept(), led()
    assert standings.rebuild().releads == {}, "a rebuild of a part leaves what a rebuild of the whole would"
    assert (kept(), led()) == before
    one_row_a_code()
    shares_add_up()
    leads_stand_alike()


def one_row_a_code() -> None:
    for day in days():
        standing = Counter(Area.objects.on(day).values_list("level", "code"))
        assert set(standing.values()) <= {1}


def days() -> list[date]:
    """Every day on which something begins, and the days at both ends."""
    begun = set(Standing.objects.values_list("valid_from", flat=True))
    return [day for day in sorted({*begun, BEGIN, END}) if BEGIN <= day <= END]


def shares_add_up() -> None:
    areas = set(Area.objects.values_list("pk", flat=True))
    for day in days():
        sums: dict[int, Decimal] = dict.fromkeys(areas, Decimal(0))
        mains: Counter[int] = Counter()
        for area, share, is_main in Standing.objects.on(day).values_list("area", "share", "is_main"):
            sums[area] += share
            mains[area] += is_main
        assert set(sums.values()) == {Decimal(1)}
        assert set(mains.values()) == {1}
        assert mains.keys() == areas


def leads_stand_alike() -> None:
    lineage = Lineage.load()
    for pk, place in lineage.areas.items():
        lead = place.lead_id or pk
        assert projected(lineage.areas, lineage.known(pk)) == projected(lineage.areas, lineage.known(lead))
        assert lineage.areas[lead].lead_id is None
    leads = {place.lead_id or pk for pk, place in lineage.areas.items()}
    assert set(Standing.objects.filter(is_lead=True).values_list("area", flat=True)) == leads
