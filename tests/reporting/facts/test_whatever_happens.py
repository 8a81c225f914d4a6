"""Whatever is recorded, returned, corrected, folded or changed on the map: every total equals a plain recount."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from luytre.activities.models import OutreachSession
from luytre.areas import standings
from luytre.areas.models import Area, Kind, Level, Standing, Succession, valid_on
from luytre.common.numbers import combined
from luytre.common.periods import Window, month
from luytre.reporting import rollup
from luytre.reporting.facts import keeping, posting
from luytre.reporting.models import ReturnForm
from tests.reporting.facts.forms import form

NOW = datetime(2026, 11, 1, tzinfo=UTC)
MONTHS = [month(2025 + n // 12, n % 12 + 1) for n in range(0, 20)]
FLOW, STOCK = "crime_tips_received", "cameras_installed"
OLD, NEW = ["c1", "c2", "c3", "c4"], ["n1", "n2", "n3"]
SESSIONS = st.tuples(
    st.just("session"),
    st.sampled_from([*OLD, *NEW, "r1", "r3", "s1", "s3", "p11", "nation"]),
    st.dates(date(2025, 1, 1), date(2026, 7, 31)),
    st.integers(1, 500),
)
RETURNS = st.tuples(
    st.just("return"),
    st.sampled_from([*OLD, *NEW, "x"]),
    st.integers(0, len(MONTHS) - 1),
    st.tuples(
        st.none() | st.integers(0, 90), st.none() | st.integers(0, 90), st.sampled_from(["exact", "exact", "nearly"])
    ),
)
OTHERS = st.sampled_from([("fold",), ("fold",), ("merge",), ("split",), ("rebuild",), ("remove",)])
STORIES = st.lists(SESSIONS | RETURNS | OTHERS, max_size=14)
MERGED_ON = date(2026, 1, 1)
SPLIT_ON = date(2026, 3, 1)


@dataclass
class Tale:
    """Does each deed in the database and notes it as plain facts."""

    places: dict[str, Area]
    clerk: Any
    form: ReturnForm
    sessions: list[tuple[Area, date, int]] = field(default_factory=list)
    rows: list[OutreachSession] = field(default_factory=list)
    returns: dict[tuple[str, int], tuple[int, tuple[Any, ...]]] = field(default_factory=dict)

    def do(self, deed: tuple[Any, ...]) -> None:
        getattr(self, deed[0])(*deed[1:])

    def session(self, place: str, day: date, count: int) -> None:
        row = OutreachSession(area=self.places[place], held_on=day, place="Sân", attendance=count)
        self.rows.append(row.add(by=self.clerk))
        self.sessions.append((self.places[place], day, count))

    def remove(self) -> None:
        if self.rows:
            self.rows.pop().delete()
            self.sessions.pop()

    def fold(self) -> None:
        keeping.fold(most=3)

    def rebuild(self) -> None:
        keeping.rebuild()

    def merge(self) -> None:
        """The first and the second of today's communes become one."""
        if "x" not in self.places:
            self.places["x"] = self.follow(["n1", "n2"], MERGED_ON, code="00009")

    def split(self) -> None:
        """The third is divided by known shares."""
        if "y" in self.places:
            return
        self.places["y"] = self.follow(["n3"], SPLIT_ON, code="00007", share="0.6000")
        self.places["z"] = self.follow(["n3"], SPLIT_ON, code="00008", share="0.4000", is_main=False)
        standings.rebuild()

    def follow(self, before: list[str], on: date, *, code: str, share: str | None = None, is_main: bool = True) -> Area:
        after = Area.objects.create(
            code=code, level=Level.COMMUNE, kind=Kind.WARD, name=code, parent=self.places["n11"], valid_from=on
        )
        for key in before:
            Area.objects.filter(pk=self.places[key].pk).update(valid_to=on)
            Succession.objects.create(before=self.places[key], after=after, on=on, share=share, is_main=is_main)
            self.bring_along(self.places[key], after, on)
        if share is None:
            standings.rebuild()
        return after

    def bring_along(self, commune: Area, after: Area, on: date) -> None:
        """Residential areas go under the commune that follows."""
        for old in Area.objects.filter(parent=commune, valid_to=None, level=Level.RESIDENTIAL):
            Area.objects.filter(pk=old.pk).update(valid_to=on)
            new = Area.objects.create(
                code=old.code, level=old.level, kind=old.kind, name=old.name, parent=after, valid_from=on
            )
            Succession.objects.create(before=old, after=new, on=on)

    def return_(self, place: str, number: int, told: tuple[Any, ...]) -> None:
        flow, stock, qualifier = told
        unit = self.places.get(place)
        if unit is None or not Area.objects.filter(valid_on(MONTHS[number].last_day), pk=unit.pk).exists():
            return
        base, _old = self.returns.get((place, number), (0, ()))
        values = [None if count is None else count * 100 for count in (flow, stock)]
        said = [code for code, count in ((FLOW, flow), (STOCK, stock)) if count is not None]
        marks = dict.fromkeys(said, qualifier) if qualifier != "exact" else None
        _pk, base = posting.submit(
            self.form, unit, MONTHS[number], values, by=self.clerk, at=NOW, base_number=base, qualifiers=marks
        )
        self.returns[place, number] = (base, told)

    # the plain recount

    def stands(self, area: Area, day: date, path: str) -> float:
        rows = Standing.objects.filter(valid_on(day), area=area, path__startswith=path)
        return float(sum(rows.values_list("share", flat=True)))

    def attendances(self, path: str, window: Window, day: date) -> float:
        return sum(count * self.stands(area, day, path) for area, held, count in self.sessions if window.covers(held))

    def tips(self, path: str, window: Window, day: date) -> tuple[float, str]:
        told = [
            (flow, self.stands(self.places[place], day, path), qualifier)
            for (place, number), (_base, (flow, _stock, qualifier)) in self.returns.items()
            if flow is not None and window.covers(MONTHS[number].first_day) and window.covers(MONTHS[number].last_day)
        ]
        return sum(flow * share for flow, share, _q in told), combined(q for _flow, share, q in told if share)

    def cameras(self, window: Window) -> float | None:
        """Of the whole nation: what each unit said last; a merged one speaks for its parts once it has spoken."""
        latest = {}
        in_order = sorted(self.returns.items(), key=lambda row: row[0][1])
        for (place, number), (_base, (_flow, stock, _qualifier)) in in_order:
            if MONTHS[number].last_day <= window.last_day:
                latest.setdefault(place, []).append((number, stock))
        return sum(self.told(place, latest) for place in latest if not self.is_superseded(place, latest))

    PARTS = {"x": ["n1", "n2"], "n1": ["c1"], "n2": ["c2", "c3"], "n3": ["c4"]}

    def is_superseded(self, place: str, latest: dict[str, Any]) -> bool:
        heirs = [heir for heir, parts in self.PARTS.items() if place in parts]
        return any(heir in latest or self.is_superseded(heir, latest) for heir in heirs)

    def told(self, place: str, latest: dict[str, Any]) -> float:
        """What was never said goes on as it was, from the parts if need be."""
        said = [stock for _number, stock in latest.get(place, []) if stock is not None]
        if said:
            return said[-1]
        return sum(self.told(part, latest) for part in self.PARTS.get(place, []))


setattr(Tale, "return", Tale.return_)
WINDOWS = [MONTHS[4], Window(MONTHS[0].first_day, MONTHS[11].last_day), Window(date(2025, 2, 20), date(2026, 5, 20))]


def check(tale: Tale, days: Iterable[date]) -> None:
    for day in days:
        for place in Area.objects.on(day).exclude(level=Level.RESIDENTIAL):
            for window in WINDOWS:
                reading = rollup.read(place, window, territory=day)
                where = (place.path, window, day)
                people = reading.figure("outreach_attendances")
                assert float(people.value) == pytest.approx(tale.attendances(place.path, window, day)), where
                tips, qualifier = tale.tips(place.path, window, day)
                told = reading.figure(FLOW)
                assert (float(told.value or 0), told.qualifier) == (pytest.approx(tips), qualifier), where
                parts = [float(part.value or 0) for part in reading.parts(people)]
                assert sum(parts) == pytest.approx(float(people.value)), where


@pytest.mark.slow
@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, phases=[Phase.generate])
@given(STORIES)
def test_every_total_equals_the_recount_for_every_territory_day(places, clerk, story) -> None:
    with transaction.atomic():
        tale = Tale(dict(places), clerk, form(FLOW, STOCK))
        for deed in story:
            tale.do(deed)
        assert keeping.verify() == []
        check(tale, [date(2025, 6, 30), date(2025, 12, 31), MERGED_ON + timedelta(days=1), date(2026, 6, 30)])
        nation = places["nation"]
        for window in (MONTHS[3], MONTHS[9], MONTHS[19]):
            value = rollup.total(nation, STOCK, window, territory=date(2026, 6, 30)).value
            assert float(value or 0) == pytest.approx(tale.cameras(window)), window
        keeping.fold()
        assert keeping.verify() == []
        keeping.rebuild()
        assert keeping.verify() == []
        transaction.set_rollback(True)
