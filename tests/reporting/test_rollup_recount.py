"""Totals against a plain recount, over random records, edits, moves, removals and deletions, across the reform."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luytre.activities.models import OutreachSession, Setting
from luytre.areas.models import Area
from luytre.common.numbers import combined
from luytre.common.periods import Window
from luytre.registry.models import GroupKind, Initiative, Site, WatchGroup
from luytre.reporting import rollup
from tests.reporting.territory import AFTER, BEFORE, STANDS

WINDOW = Window(date(2025, 1, 1), date(2025, 12, 31))
PLACES = sorted(STANDS)
days = st.dates(date(2024, 11, 1), date(2026, 2, 28))
exactness = st.sampled_from(["exact", "exact", "exact", "about", "nearly", "more_than"])
sessions = st.fixed_dictionaries(
    {
        "area": st.sampled_from(PLACES),
        "held_on": days,
        "setting": st.sampled_from(["group", "group", "individual", "mobile"]),
        "attendance": st.integers(1, 5000),
        "attendance_qualifier": exactness,
    }
)
sites = st.fixed_dictionaries(
    {
        "area": st.sampled_from(PLACES),
        "initiative": st.integers(0, 2),
        "launched_on": days,
        "closed_on": st.none()
        | st.dates(date(2026, 3, 1), date(2026, 3, 31))
        | st.dates(date(2025, 3, 1), date(2025, 12, 31)),
        "serves": st.lists(st.sampled_from(["r1", "r2", "r3", "s1", "s2", "s3"]), max_size=3, unique=True),
        "member_count": st.integers(0, 90),
        "member_qualifier": exactness,
    }
)
groups = st.fixed_dictionaries(
    {
        "area": st.sampled_from(PLACES),
        "kind": st.sampled_from(["security_cluster", "order_team", "patrol_team"]),
        "founded_on": days,
        "partners": st.lists(st.sampled_from(PLACES), max_size=3, unique=True),
    }
)
deeds = st.lists(
    st.tuples(st.sampled_from(["edit", "move", "remove", "restore", "delete"]), st.integers(0, 11), sessions),
    max_size=8,
)


def stands(place: str, day: date) -> str:
    return STANDS[place][0 if day == BEFORE else 1]


def residential(path: str) -> bool:
    return "-" in path


def commune_path(path: str) -> str:
    return path.rsplit(".", 2)[0] + "." if residential(path) else path


def is_commune_or_below(place: str) -> bool:
    return place[0] in "crns" and place not in ("n11", "nation")


class Ledger:
    """The same records as plain dictionaries, and totals by the simplest means."""

    def __init__(self) -> None:
        self.sessions: list[dict[str, Any]] = []
        self.sites: list[dict[str, Any]] = []
        self.groups: list[dict[str, Any]] = []

    def held(self, setting: str) -> list[dict[str, Any]]:
        return [
            row
            for row in self.sessions
            if not row["gone"] and row["setting"] == setting and WINDOW.covers(row["held_on"])
        ]

    def running(self) -> list[dict[str, Any]]:
        last = WINDOW.last_day
        return [
            row for row in self.sites
            if row["launched_on"] <= last and not (row["closed_on"] and row["closed_on"] <= last)
        ]  # fmt: skip

    def serving(self, *kinds: str) -> list[dict[str, Any]]:
        return [row for row in self.groups if row["founded_on"] <= WINDOW.last_day and row["kind"] in kinds]

    def count(self, rows: Iterable[dict[str, Any]], path: str, day: date) -> tuple[int, str]:
        return sum(stands(row["area"], day).startswith(path) for row in rows), "exact"

    def summed(self, rows: Iterable[dict[str, Any]], path: str, day: date, field: str, exact: str) -> tuple[int, str]:
        here = [row for row in rows if stands(row["area"], day).startswith(path)]
        return sum(row[field] for row in here), combined([row[exact] for row in here]).value

    def covered(self, path: str, day: date) -> tuple[int, str]:
        places = [place for row in self.running() for place in [row["area"], *row["serves"]]]
        found = {stands(place, day) for place in places}
        return len({one for one in found if residential(one) and one.startswith(path)}), "exact"

    def communes(self, path: str, day: date) -> tuple[int, str]:
        level = 4 if day == BEFORE else 3
        places = [place for row in self.running() for place in [row["area"], *row["serves"]]]
        found = {commune_path(stands(place, day)) for place in places}
        return len({one for one in found if one.count(".") == level and one.startswith(path)}), "exact"

    def types(self, path: str, day: date) -> tuple[int, str]:
        return len({row["initiative"] for row in self.running() if stands(row["area"], day).startswith(path)}), "exact"

    def clusters(self, path: str, day: date) -> tuple[int, str]:
        rows = self.serving("security_cluster")
        return sum(
            any(stands(p, day).startswith(path) for p in [row["area"], *row["partners"]]) for row in rows
        ), "exact"

    def expected(self) -> dict[str, Callable[[str, date], tuple[int, str]]]:
        return {
            "outreach_sessions": lambda p, d: self.count(self.held("group"), p, d),
            "outreach_individual_sessions": lambda p, d: self.count(self.held("individual"), p, d),
            "outreach_attendances": lambda p, d: self.summed(
                self.held("group"), p, d, "attendance", "attendance_qualifier"
            ),
            "model_sites": lambda p, d: self.count(self.running(), p, d),
            "model_members": lambda p, d: self.summed(self.running(), p, d, "member_count", "member_qualifier"),
            "model_types": self.types,
            "residential_areas_with_model": self.covered,
            "communes_with_model": self.communes,
            "mass_security_orgs": lambda p, d: self.count(
                self.serving("security_cluster", "order_team", "patrol_team"), p, d
            ),
            "security_clusters": self.clusters,
        }


class Story:
    """Writes into the database and into the ledger at once."""

    def __init__(self, places: dict[str, Area], clerk: Any) -> None:
        self.places, self.clerk, self.ledger = places, clerk, Ledger()
        self.written: list[OutreachSession] = []
        self.initiatives = [
            Initiative.objects.create(name=f"Mô hình {n}", field="watch", area=places["nation"]) for n in range(3)
        ]
        self.kinds = {
            code: GroupKind.objects.create(code=code, vi_name=code, en_name=code)
            for code in ("security_cluster", "order_team", "patrol_team")
        }

    def session(self, row: dict[str, Any]) -> None:
        made = OutreachSession(**{**row, "area": self.places[row["area"]]}, place="Nhà văn hóa")
        self.written.append(made.add(by=self.clerk))
        self.ledger.sessions.append({**row, "gone": False})

    def site(self, row: dict[str, Any]) -> None:
        own = {key: row[key] for key in ("launched_on", "member_count", "member_qualifier")}
        site = Site(initiative=self.initiatives[row["initiative"]], area=self.places[row["area"]], **own)
        site.add(by=self.clerk)
        site.serves.set([self.places[place] for place in row["serves"]])
        if row["closed_on"] and row["closed_on"] >= row["launched_on"]:
            site.close(by=self.clerk, on=row["closed_on"], reason="hết việc", rule="Hướng dẫn 22")
            self.ledger.sites.append(row)
        else:
            self.ledger.sites.append({**row, "closed_on": None})

    def group(self, row: dict[str, Any]) -> None:
        group = WatchGroup(
            kind=self.kinds[row["kind"]], area=self.places[row["area"]], name="Tổ", founded_on=row["founded_on"]
        )
        group.add(by=self.clerk).partners.set([self.places[place] for place in row["partners"]])
        self.ledger.groups.append(row)

    def deed(self, what: str, which: int, row: dict[str, Any]) -> None:
        if not self.written:
            return
        at = which % len(self.written)
        session, line = self.written[at], self.ledger.sessions[at]
        if what == "edit":
            session.attendance, session.held_on = row["attendance"], row["held_on"]
            session.correct(by=self.clerk, fields=["attendance", "held_on"])
            line.update(attendance=row["attendance"], held_on=row["held_on"])
        elif what == "move":
            session.area = self.places[row["area"]]
            session.correct(by=self.clerk, fields=["area"])
            line["area"] = row["area"]
        elif what == "remove" and not session.removed_at:
            session.remove(by=self.clerk, reason="ghi trùng")
            line["gone"] = True
        elif what == "restore" and session.removed_at:
            session.restore(by=self.clerk)
            line["gone"] = False
        elif what == "delete":
            session.delete()
            del self.written[at], self.ledger.sessions[at]


ADDITIVE = {"model_types": False, "security_clusters": False}


def check(story: Story, place: Area, day: date) -> None:
    reading = rollup.read(place, WINDOW, territory=day)
    for code, plain in story.ledger.expected().items():
        figure = reading.figure(code)
        value, qualifier = plain(place.path, day)
        assert (figure.value, figure.qualifier.value) == (value, qualifier), (code, place.path, day)
        parts = reading.parts(figure)
        for part in parts:
            if not part.is_own:
                assert (part.value, part.qualifier.value) == plain(part.area.path, day), (code, part.area.path, day)
        assert set(figure.cells) <= {part.area.code for part in parts} | {""}
        if ADDITIVE.get(code, True):
            assert sum(part.value or 0 for part in parts) == value, (code, place.path, day)


@pytest.mark.slow
@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(sessions, max_size=12), st.lists(sites, max_size=6), st.lists(groups, max_size=5), deeds,
)  # fmt: skip
def test_totals_equal_a_plain_recount_at_every_level_before_and_after_the_reform(
    places: dict[str, Area], clerk: Any, some: list[Any], of_sites: list[Any], of_groups: list[Any], done: list[Any]
) -> None:
    with transaction.atomic():
        story = Story(places, clerk)
        for row in some:
            story.session(row)
        for row in of_sites:
            story.site(row)
        for row in of_groups:
            story.group(row)
        for what, which, row in done:
            story.deed(what, which, row)
        for day in (BEFORE, AFTER):
            for place in Area.objects.on(day):
                check(story, place, day)
        transaction.set_rollback(True)


KEPT_OR_COUNTED = {  # what is counted from records may have been typed before the register was there
    "outreach_sessions": 1,
    "outreach_attendances": 1,
    "residential_areas_with_model": 2,
    "security_clusters": 1,
}


def test_a_figure_asks_few_questions_of_the_database_whatever_the_number_of_places(places, clerk) -> None:
    reading = rollup.read(places["nation"], WINDOW, territory=BEFORE)
    for code, most in KEPT_OR_COUNTED.items():
        with CaptureQueriesContext(connection) as asked:
            reading.figure(code)
        assert len(asked) <= most, code


def test_settings_are_counted_apart(places, clerk) -> None:
    for setting in Setting:
        OutreachSession(area=places["c1"], held_on=date(2025, 2, 1), place="Sân", setting=setting, attendance=7).add(
            by=clerk
        )
    table = rollup.table(
        places["nation"], ["outreach_sessions", "outreach_individual_persons", "outreach_loudspeaker_runs"], WINDOW
    )
    assert [figure.value for figure in table.values()] == [1, 7, 1]
