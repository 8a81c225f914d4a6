"""Mass organisations and former forces: Điện Biên in August 2022, TP.HCM in July 2024, and what came after."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK, dice, keep, some_day, split
from luytre.activities.sample.places import REFORM, Ground, Place
from luytre.areas.models import KIND_VI, Area, Level
from luytre.common.numbers import Qualifier
from luytre.registry.models import Disbanding, GroupKind, GuardTeam, WatchGroup

COUNTED_ON = date(2022, 8, 21)
TOTAL, TYPES = 4363, 40
KNOWN = {
    "security_cluster": 114,
    "order_team": 1069,
    "peaceful_clan": 160,
    "mediation_team": 1244,
    "anti_crime_club": 8,
}
NOT_HERE = {"lodging_group", "village_council", "resident_paid_team"}
MANY = {"self_management_group": 30, "interfamily_group": 14, "civil_defence_team": 12, "border_group": 8}
CALLED = {"order_team": "Tổ an ninh trật tự", "security_cluster": "Cụm liên kết ANTT"}
BORDER_DISTRICTS = {"096", "097", "100", "103"}
FORCES_MERGED = date(2024, 8, 1)
MERGED_REASON = "Kiện toàn thành Tổ bảo vệ an ninh, trật tự theo Luật số 30/2023/QH15."
BOARDS, TEAMS, GUARDS, PART_TIME = 254, 1600, 7000, 500


def load(grounds: dict[str, Ground], *, by: User, today: date) -> None:
    kinds = {kind.code: kind for kind in GroupKind.objects.all()}
    mountain, city = grounds["11"], grounds["79"]
    in_being(mountain, kinds)
    ended_before(mountain, kinds, by=by)
    came_later(mountain, kinds, by=by, today=today)
    former_forces(city, kinds, by=by)
    for ground in grounds.values():
        keep(list(guard_teams(ground)), path=ground.path)


def counts(kinds: Iterable[GroupKind]) -> dict[str, int]:
    """What the report names, and the rest shared out over the other kinds."""
    others = [kind.code for kind in kinds if kind.is_mass and kind.code not in KNOWN.keys() | NOT_HERE]
    others = sorted(others)[: TYPES - len(KNOWN)]
    rng = dice("kinds of group")
    parts = split(TOTAL - sum(KNOWN.values()), [MANY.get(code, rng.uniform(0.3, 3)) for code in others], least=2)
    return KNOWN | dict(zip(others, parts, strict=True))


def in_being(ground: Ground, kinds: dict[str, GroupKind]) -> None:
    """Exactly these served on 21 August 2022, and they still do."""
    for code, count in counts(kinds.values()).items():
        rng = dice(f"groups {code}")
        if kinds[code].is_cluster:
            load_clusters(ground, kinds[code], count, rng)
            continue
        places = [place.before for place in chosen(ground, code, count, rng)]
        days = [some_day(rng, date(2015, 2, 1), date(2022, 7, 31)) for _ in places]
        keep([group(kinds[code], *one, rng) for one in zip(places, days, strict=True)], path=ground.path)


def chosen(ground: Ground, code: str, count: int, rng: Random) -> list[Place]:
    """One in a residential area before a second in any; border groups only where a border is."""
    hamlets = ground.all_hamlets
    if code == "border_group":
        hamlets = [one for one in hamlets if one.before.path.split(".")[2] in BORDER_DISTRICTS]
    rng.shuffle(hamlets)
    return (hamlets * (count // len(hamlets) + 1))[:count]


def group(kind: GroupKind, area: Area, founded_on: date, rng: Random) -> WatchGroup:
    members = rng.randint(20, 45) if kind.code == "peaceful_clan" else rng.randint(3, 15)
    place = f"{KIND_VI[area.kind]} {area.name.removesuffix(MARK)}".strip()
    name = f"{CALLED.get(kind.code, kind.vi_name)} {place} {MARK}"
    decision = f"{rng.randint(5, 190)}/QĐ-UBND" if rng.random() < 0.7 else ""
    return WatchGroup(kind=kind, area=area, name=name, founded_on=founded_on, decision=decision, member_count=members)


def load_clusters(ground: Ground, kind: GroupKind, count: int, rng: Random) -> None:
    """Clusters join communes, some across the province's boundary."""
    rows, links = [], []
    beyond = list(Area.objects.filter(level=Level.COMMUNE, path__regex=r"^0\.1[24]\.").on(COUNTED_ON).order_by("code"))
    for number in range(count):
        at = number % len(ground.communes)
        near = [ground.communes[(at + step) % len(ground.communes)].before for step in range(1, rng.randint(2, 4))]
        partners = [*near, rng.choice(beyond)] if number % 19 == 0 else near
        row = group(kind, ground.communes[at].before, some_day(rng, date(2016, 1, 1), date(2022, 6, 30)), rng)
        row.name = f"Cụm liên kết ANTT số {number + 1}: {row.area.name} – {partners[0].name} {MARK}"
        rows.append(row)
        links.append(partners)
    keep(rows, path=ground.path)
    link = WatchGroup.partners.through
    pairs = zip(rows, links, strict=True)
    link.objects.bulk_create(link(watchgroup_id=row.pk, area_id=area.pk) for row, areas in pairs for area in areas)


def ended_before(ground: Ground, kinds: dict[str, GroupKind], *, by: User) -> None:
    """Disbanded by the day of the count, one kind wholly: neither the groups nor the kind may be counted."""
    rng = dice("groups ended")
    ended = ["lodging_group"] * 6 + ["order_team"] * 20 + ["self_management_group"] * 10
    rows = [
        group(kinds[code], place.before, some_day(rng, date(2015, 3, 1), date(2020, 12, 31)), rng)
        for code, place in zip(ended, rng.sample(ground.all_hamlets, len(ended)), strict=True)
    ]
    keep(rows, path=ground.path)
    disband([(row, some_day(rng, date(2021, 1, 1), COUNTED_ON)) for row in rows], "Không còn hoạt động.", by=by)


def disband(ends: Iterable[tuple[WatchGroup, date]], reason: str, *, by: User) -> None:
    rows = [Disbanding(group=row, on=day, by=by, reason=reason) for row, day in ends]
    keep(rows, path="0.")


def came_later(ground: Ground, kinds: dict[str, GroupKind], *, by: User, today: date) -> None:
    """Founded after the count; two of them typed twice and taken out again."""
    rng = dice("groups later")
    new = ["order_team"] * 16 + ["fire_interfamily_group"] * 40 + ["lodging_group"] * 4 + ["family_club"] * 6
    rows = []
    for code, place in zip(new, rng.sample(ground.all_hamlets, len(new)), strict=True):
        day = some_day(rng, COUNTED_ON + timedelta(days=1), max(today, REFORM))
        rows.append(group(kinds[code], place.on(day), day, rng))
    keep(rows, path=ground.path)
    for row in rows[:2]:
        twin = WatchGroup(kind=row.kind, area=row.area, name=row.name, founded_on=date(2020, 1, 1))
        twin.add(by=by)
        twin.remove(by=by, reason="Ghi trùng với một tổ đã có.")


def former_forces(ground: Ground, kinds: dict[str, GroupKind], *, by: User) -> None:
    """Guard boards and part-time police until the Law of 2023 joined them; some counts are only nearly known."""
    rng = dice("former forces")
    wards = sorted(ground.communes, key=lambda commune: (commune.before.kind == "rural_commune", commune.before.code))
    boards = list(guard_boards(wards[:BOARDS], kinds["neighbourhood_guard_board"], rng))
    rural = [commune.before for commune in wards if commune.before.kind in ("rural_commune", "township")]
    police = list(part_time_police(rural, kinds["commune_police_part_time"], rng))
    keep([*boards, *police], path=ground.path)
    disband([(row, FORCES_MERGED) for row in [*boards, *police]], MERGED_REASON, by=by)


def guard_boards(communes: list[Place], kind: GroupKind, rng: Random) -> Iterator[WatchGroup]:
    teams = split(TEAMS, [rng.uniform(0.6, 1.5) for _ in communes], least=2)
    guards = split(GUARDS, teams, least=7)
    for commune, team_count, member_count in zip(communes, teams, guards, strict=True):
        row = group(kind, commune.before, some_day(rng, date(2015, 2, 1), date(2020, 12, 31)), rng)
        row.team_count, row.member_count = team_count, member_count
        if rng.random() < 0.2:
            row.team_qualifier = row.member_qualifier = Qualifier.NEARLY
        yield row


def part_time_police(communes: list[Area], kind: GroupKind, rng: Random) -> Iterator[WatchGroup]:
    for area, members in zip(communes, split(PART_TIME, [1.0] * len(communes)), strict=True):
        row = group(kind, area, some_day(rng, date(2015, 2, 1), date(2020, 12, 31)), rng)
        row.member_count = members
        row.member_qualifier = Qualifier.NEARLY if rng.random() < 0.3 else Qualifier.EXACT
        yield row


def guard_teams(ground: Ground) -> Iterator[GuardTeam]:
    """The statutory force since 1 July 2024: in this sample one team for every residential area."""
    rng = dice(f"guard teams {ground.path}")
    for place in ground.all_hamlets:
        named = f"{KIND_VI[place.before.kind]} {place.before.name.removesuffix(MARK)}".strip()
        yield GuardTeam(
            area=place.before,
            name=f"Tổ bảo vệ ANTT {named} {MARK}",
            founded_on=some_day(rng, date(2024, 7, 1), date(2024, 8, 15)),
            decision=f"{rng.randint(5, 190)}/QĐ-UBND",
            member_count=rng.randint(3, 5),
        )
