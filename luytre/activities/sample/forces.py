"""What stands around groups and teams: turns of clusters, older forces, rates, mediations, a request to join."""

from datetime import date, timedelta

from luytre.accounts.models import User
from luytre.activities.models import NightLimit
from luytre.activities.sample.chance import MARK, dice, keep, some_day
from luytre.activities.sample.people import MUONG_PHANG
from luytre.activities.sample.places import REFORM, Ground
from luytre.areas.models import Area, Level
from luytre.registry.catalogue import consent
from luytre.registry.models import (
    AllowanceRate,
    ClusterTurn,
    EquipmentCount,
    EquipmentItem,
    ForceSuccession,
    Grading,
    GuardTeam,
    JoinRequest,
    Mediation,
    MediationVote,
    Member,
    TeamGrade,
    WatchGroup,
)
from luytre.registry.models.grades import Grade
from luytre.registry.models.guard_teams import FORCE_SINCE
from luytre.registry.models.members import Position

RATES = {Position.LEADER: 1_800_000, Position.DEPUTY: 1_500_000, Position.MEMBER: 1_300_000}


def load(grounds: dict[str, Ground], accounts: dict[str, User], *, today: date) -> None:
    here = Area.objects.find(MUONG_PHANG, on=REFORM, level=Level.COMMUNE)
    province = Area.objects.find("11", on=REFORM, level=Level.PROVINCE)
    turns(grounds["11"], by=accounts["tinh"])
    successions(grounds["79"])
    rates(province, by=accounts["tinh"])
    equipment(here, by=accounts["canboxa"], today=today)
    mediations(grounds["11"], today=today)
    vote(here, by=accounts["canboxa"], today=today)
    grades(here, accounts, today=today)
    asked = JoinRequest(area=here, full_name=f"Lò Thị Mai {MARK}", phone="0900123456")
    asked.file(on=today - timedelta(days=2), text_version=consent.current().version)


def turns(ground: Ground, *, by: User) -> None:
    """The lead of each cluster goes round once a year."""
    clusters = WatchGroup.objects.filter(kind__is_cluster=True, area__path__startswith=ground.path).order_by("pk")
    for cluster in clusters.prefetch_related("partners")[:12]:
        places = [cluster.area, *cluster.partners.all()]
        for number, year in enumerate((2023, 2024)):
            ClusterTurn.hand_over(cluster, places[number % len(places)], on=date(year, 1, 2), by=by)


def successions(ground: Ground) -> None:
    """Each board of the city went into the guard teams of its former ward."""
    boards = WatchGroup.objects.filter(area__path__startswith=ground.path).of_kind("neighbourhood_guard_board")
    teams: dict[str, list[GuardTeam]] = {}
    for team in GuardTeam.objects.filter(area__path__startswith=ground.path).select_related("area").order_by("pk"):
        teams.setdefault(team.area.path.rsplit(".", 2)[0] + ".", []).append(team)
    rows = [
        ForceSuccession(before=board, after=team, on=FORCE_SINCE)
        for board in boards.select_related("area")
        for team in teams.get(board.area.path, [])
    ]
    keep(rows, path=ground.path)


def rates(province: Area, *, by: User) -> None:
    """What the province pays, and how many nights of duty it asks of one person at most."""
    for position, amount in RATES.items():
        for year, share in ((2025, 0.9), (2026, 1)):
            AllowanceRate(
                area=province,
                position=position,
                amount_vnd=int(amount * share),
                valid_from=date(year, 7, 1) if year == 2025 else date(year, 1, 1),
                resolution=f"Nghị quyết số {year - 2000}/NQ-HĐND {MARK}",
            ).put_in_force(by=by)
    basis = f"Nghị quyết số 26/NQ-HĐND {MARK}"
    NightLimit(area=province, most=10, basis=basis, valid_from=date(2026, 1, 1)).put_in_force(by=by)


def equipment(commune: Area, *, by: User, today: date) -> None:
    rng, items = dice("equipment"), list(EquipmentItem.objects.all())
    for team in GuardTeam.objects.of(commune, on=today).serving_on(today).order_by("pk")[:6]:
        EquipmentCount.record(team, {item: rng.randint(0, 4) for item in items}, on=date(2026, 1, 15), by=by)


def mediations(ground: Ground, *, today: date) -> None:
    """Of every commune of today some disputes in each month since the reform."""
    rng, rows = dice("mediations"), []
    groups = WatchGroup.objects.filter(area__path__startswith=ground.path).serving_on(today).of_kind("mediation_team")
    for group in groups.select_related("area").order_by("pk")[::6]:
        for _each in range(rng.randint(1, 5)):
            received = rng.randint(1, 3)
            settled = rng.randint(0, received)
            day = some_day(rng, date(2024, 1, 5), today)
            rows.append(
                Mediation(
                    area=group.area,
                    group=group,
                    held_on=day,
                    received=received,
                    settled=settled,
                    unsettled=received - settled,
                )
            )
    keep(rows, path=ground.path)


def vote(commune: Area, *, by: User, today: date) -> None:
    """The households of one residential area elected three mediators; they wait to be proposed."""
    group = WatchGroup.objects.of(commune, on=today).of_kind("mediation_team").filter(members__isnull=False).first()
    if group is None:
        return
    held = MediationVote(
        group=group, held_on=date(2026, 2, 10), way="secret", household_count=64, places=3, has_woman=True
    )
    members = Member.objects.serving_on(today).filter(group=group).order_by("pk")
    MediationVote.record(held, [(member, 41 + 4 * number) for number, member in enumerate(members)], by=by)


def grades(commune: Area, accounts: dict[str, User], *, today: date) -> None:
    """The grades of the last year that ended, approved; at most a fifth of the good are excellent."""
    teams = list(GuardTeam.objects.of(commune, on=today).serving_on(date(2025, 11, 14)).order_by("pk"))
    excellent = (len(teams) - 1) // 6
    lines = [
        TeamGrade(
            team=team,
            grade=Grade.EXCELLENT if number < excellent else Grade.GOOD,
            reason="Hoàn thành các nhiệm vụ được giao trong năm.",
        )
        for number, team in enumerate(teams)
    ]
    made = Grading.propose(commune, 2025, lines, [], by=accounts["canboxa"], on=date(2025, 11, 20))
    rule = "Hướng dẫn số 01/HD-BCA-V05"
    made.decide(
        by=accounts["lanhdaoxa"],
        on=date(2025, 11, 28),
        is_approved=True,
        reason="Đúng quy định và kết quả trong năm.",
        rule=rule,
        number="120/QĐ-UBND",
    )
