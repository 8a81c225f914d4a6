"""Patrols of a year, the places they pass, and hazards at every stage from the first sight to the second look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from luytre.accounts.models import User
from luytre.activities.models import (
    Body,
    Checkpoint,
    EventKind,
    Hazard,
    HazardKind,
    HazardStep,
    HazardStepKind,
    Patrol,
    PatrolEvent,
    PlaceKind,
)
from luytre.activities.sample.chance import dice, evening, keep
from luytre.activities.sample.people import MUONG_PHANG
from luytre.activities.sample.places import REFORM, Ground, Place
from luytre.registry.models import GuardTeam

MONTHS = 12
HOURS = [(time(20), time(22)), (time(21), time(23, 30)), (time(22), time(1)), (time(23), time(2, 30))]
POINTS = [
    ("Nhà văn hóa", PlaceKind.COMMUNITY_HOUSE),
    ("Cổng trường tiểu học", PlaceKind.SCHOOL),
    ("Ngã ba đầu khu dân cư", PlaceKind.JUNCTION),
    ("Cầu treo", PlaceKind.BRIDGE),
]
SPOTS = [
    "Cột đèn thứ ba sau trường học",
    "Đoạn dốc xuống cầu treo",
    "Ngã ba đầu khu dân cư",
    "Lối vào nhà văn hóa",
    "Bờ ao cạnh sân chơi",
    "Đoạn đường cong gần trạm y tế",
]
ROUTES = ["Trục đường chính và các ngõ", "Đường liên thôn đến cầu treo", "Quanh chợ và trường học", ""]
REMARKS = ["Nhắc các hộ khóa cổng, dắt xe vào trong trước khi ngủ.", "Đêm yên tĩnh.", "", "", ""]
STAGES = ["new", "handed", "late", "done", "confirmed", "confirmed", "confirmed", "reopened"]


@dataclass(frozen=True)
class Lists:
    bodies: dict[str, Body]
    events: Sequence[EventKind]
    hazards: Sequence[HazardKind]

    @classmethod
    def read(cls) -> "Lists":
        bodies = {body.code: body for body in Body.objects.all()}
        kinds = HazardKind.objects.select_related("usual_owner").order_by("code")
        return cls(bodies, list(EventKind.objects.order_by("code")), list(kinds))


def load(grounds: dict[str, Ground], accounts: dict[str, User], *, today: date) -> None:
    lists = Lists.read()
    for ground in grounds.values():
        rng = dice(f"patrols {ground.path}")
        shown = [place for place in ground.all_hamlets if f".{MUONG_PHANG}." in place.after.path]
        others = rng.sample(ground.all_hamlets, 30)
        places = [*shown, *(one for one in others if one not in shown)]
        load_places(ground, places, lists, rng, accounts, today=today)


def load_places(
    ground: Ground, places: list[Place], lists: Lists, rng: Random, accounts: dict[str, User], *, today: date
) -> None:
    points = [point for place in places for point in checkpoints(place, rng)]
    keep(points, path=ground.path)
    teams = teams_of(places)
    patrols = [one for place in places for one in walked(place, teams, lists, rng, today=today)]
    met = [events(patrol, lists, rng) for patrol in patrols]
    for patrol, counts in zip(patrols, met, strict=True):
        patrol.event_count = sum(counts.values())
    keep(patrols, path=ground.path)
    PatrolEvent.objects.bulk_create(
        PatrolEvent(patrol=patrol, kind=kind, count=count)
        for patrol, counts in zip(patrols, met, strict=True)
        for kind, count in counts.items()
    )
    link_places(patrols, points, lists, rng)
    load_hazards(ground, patrols, lists, rng, accounts, today=today)


def checkpoints(place: Place, rng: Random) -> Iterator[Checkpoint]:
    for name, kind in POINTS[: rng.randint(2, 4)]:
        yield Checkpoint(area=place.after, name=name, kind=kind)


def teams_of(places: list[Place]) -> dict[int, GuardTeam]:
    """The statutory team of each residential area, wherever it was founded."""
    rows = GuardTeam.objects.kept().filter(area__in=[place.before for place in places])
    return {team.area_id: team for team in rows}


def walked(place: Place, teams: dict[int, GuardTeam], lists: Lists, rng: Random, *, today: date) -> Iterator[Patrol]:
    """One to three a month."""
    for month in range(MONTHS):
        for _each in range(rng.choice([1, 1, 2, 3])):
            day = today - timedelta(days=month * 30 + rng.randrange(1, 29))
            if day < REFORM:
                continue
            began, ended = rng.choice(HOURS)
            yield Patrol(
                area=place.after,
                held_on=day,
                began=began,
                ended=ended,
                people_count=rng.randint(3, 8),
                team=teams.get(place.before.pk),
                led_by=lists.bodies[rng.choice(["guard_team", "guard_team", "commune_police"])],
                route=rng.choice(ROUTES),
                remark=rng.choice(REMARKS),
                created_at=evening(day) + timedelta(hours=5),
            )


def events(patrol: Patrol, lists: Lists, rng: Random) -> dict[EventKind, int]:
    if rng.random() < 0.65:
        return {}
    return {kind: rng.randint(1, 2) for kind in rng.sample(list(lists.events), rng.choice([1, 1, 2]))}


def link_places(patrols: list[Patrol], points: list[Checkpoint], lists: Lists, rng: Random) -> None:
    near: dict[int, list[Checkpoint]] = {}
    for point in points:
        near.setdefault(point.area_id, []).append(point)
    passed, joined = Patrol.checkpoints.through, Patrol.joined_by.through
    passed.objects.bulk_create(
        passed(patrol_id=patrol.pk, checkpoint_id=point.pk)
        for patrol in patrols
        for point in rng.sample(near[patrol.area_id], rng.randint(1, len(near[patrol.area_id])))
    )
    bodies = [lists.bodies[code] for code in ("militia", "youth", "veterans")]
    joined.objects.bulk_create(
        joined(patrol_id=patrol.pk, body_id=rng.choice(bodies).pk) for patrol in patrols if rng.random() < 0.4
    )


def load_hazards(
    ground: Ground, patrols: list[Patrol], lists: Lists, rng: Random, accounts: dict[str, User], *, today: date
) -> None:
    newest = sorted(patrols, key=lambda one: one.held_on, reverse=True)
    seen = [*newest[:12], *rng.sample(newest[12:], min(40, len(newest[12:])))]
    rows = [
        Hazard(
            area=patrol.area,
            kind=rng.choice(lists.hazards),
            place=rng.choice(SPOTS),
            noted_on=patrol.held_on,
            patrol=patrol,
            created_at=evening(patrol.held_on) + timedelta(hours=5),
        )
        for patrol in seen
    ]
    keep(rows, path=ground.path)
    keep([step for row in rows for step in steps(row, lists, rng, accounts, today=today)], path=ground.path)


def steps(hazard: Hazard, lists: Lists, rng: Random, accounts: dict[str, User], *, today: date) -> Iterator[HazardStep]:
    """How far it came: the newest ones wait, the older ones are mostly closed."""
    officer, leader = accounts["canboxa"], accounts["lanhdaoxa"]
    stage = rng.choice(STAGES[:5]) if (today - hazard.noted_on).days < 40 else rng.choice(STAGES[4:])
    if stage == "new":
        return
    kind = HazardStepKind
    day = hazard.noted_on + timedelta(days=1)
    due = today - timedelta(days=3) if stage == "late" else today + timedelta(days=hazard.kind.usual_days)
    if stage not in ("late", "handed"):
        due = day + timedelta(days=hazard.kind.usual_days)
    owner = hazard.kind.usual_owner or lists.bodies["commune_committee"]
    yield HazardStep(hazard=hazard, kind=kind.HANDED, by=officer, at=evening(day), owner=owner, due_on=max(due, day))
    if stage in ("done", "confirmed", "reopened"):
        yield HazardStep(hazard=hazard, kind=kind.DONE, by=officer, at=evening(day + timedelta(days=2)))
    if stage == "confirmed":
        at = evening(day + timedelta(days=3))
        yield HazardStep(hazard=hazard, kind=kind.CONFIRMED, by=leader, at=at, said_by=officer)
    if stage == "reopened":
        yield HazardStep(
            hazard=hazard,
            kind=kind.REOPENED,
            by=leader,
            at=evening(day + timedelta(days=3)),
            due_on=day + timedelta(days=10),
            note="Vẫn chưa sáng vào buổi tối.",
        )
