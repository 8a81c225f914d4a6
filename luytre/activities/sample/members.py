"""Members of two communes' guard teams and mediation groups, their training and what the chair decided: all made up."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK, dice, keep, some_day
from luytre.activities.sample.people import DIEN_BIEN_PHU, MUONG_PHANG
from luytre.activities.sample.places import REFORM, Ground
from luytre.areas.models import Area, Level
from luytre.common.periods import months_after
from luytre.registry.catalogue import consent
from luytre.registry.models import (
    Consent,
    GuardTeam,
    Member,
    Recognition,
    Training,
    TrainingRecord,
    TrainingTopic,
    WatchGroup,
)
from luytre.registry.models.members import Position

FIRST = ["Lò", "Quàng", "Cà", "Lường", "Vừ", "Giàng", "Nguyễn", "Trần"]
LAST = ["Ín", "Panh", "Thoan", "Xôm", "Dua", "Sơn", "Hạnh", "Bình", "Muôn", "Pâng"]
POSITIONS = [Position.LEADER, Position.DEPUTY, Position.MEMBER, Position.MEMBER]
SIGNATORY = "Chủ tịch UBND xã"


def load(ground: Ground, accounts: dict[str, User], *, today: date) -> None:
    """Two communes keep their members by name; the others count heads."""
    since = max(REFORM, date(2025, 8, 1))
    for code, officer in ((MUONG_PHANG, "canboxa"), (DIEN_BIEN_PHU, "canboxa2")):
        commune = Area.objects.find(code, on=REFORM, level=Level.COMMUNE)
        teams = list(GuardTeam.objects.of(commune, on=today).serving_on(today).order_by("pk"))
        members = people(teams, commune, since, today)
        trained(members, commune, by=accounts[officer], today=today)
        recognised(members, by=accounts[officer], chair=accounts["lanhdaoxa"], since=since)


def people(teams: list[GuardTeam], commune: Area, since: date, today: date) -> list[Member]:
    rng = dice(f"members {commune.code}")
    mediation = WatchGroup.objects.of(commune, on=today).serving_on(today).of_kind("mediation_team").order_by("pk")[:4]
    rows = [*in_teams(teams, rng, since, today), *in_groups(list(mediation), rng, since)]
    keep(rows, path=commune.path)
    version = consent.texts()[-1].version
    keep(
        [Consent(member=row, given_on=row.serves_from, how="paper", text_version=version) for row in rows],
        path=commune.path,
    )
    return rows


def in_teams(teams: list[GuardTeam], rng: Random, since: date, today: date) -> Iterator[Member]:
    """Each fifth term ends soon."""
    for number, team in enumerate(teams):
        for position in POSITIONS:
            until = (
                today + timedelta(days=rng.randint(5, 28)) if number % 5 == 0 else since.replace(year=since.year + 5)
            )
            yield member(rng, position, since, team=team, serves_until=until)


def in_groups(groups: list[WatchGroup], rng: Random, since: date) -> Iterator[Member]:
    return (member(rng, position, since, group=group) for group in groups for position in POSITIONS[1:])


def member(rng: Random, position: Position, since: date, **more: object) -> Member:
    name = f"{rng.choice(FIRST)} {rng.choice(['Văn', 'Thị'])} {rng.choice(LAST)} {MARK}"
    phone = f"0900{rng.randint(100000, 999999)}"
    return Member(full_name=name, position=position, serves_from=since, phone=phone, **more)


def trained(members: list[Member], commune: Area, *, by: User, today: date) -> None:
    """One training a year on all seven topics; a few were missed, a few run out."""
    rng, topics = dice(f"training {commune.code}"), list(TrainingTopic.objects.all())
    days = [some_day(rng, date(2025, 9, 1), date(2025, 9, 20)), some_day(rng, date(2026, 9, 1), date(2026, 9, 20))]
    for day in [day for day in days if day <= today]:
        training = Training(
            area=commune,
            held_on=day,
            place="Hội trường UBND",
            given_by="Công an tỉnh",
            attendance=len(members),
            created_by=by,
        )
        keep([training], path=commune.path)
        training.topics.set(topics)
        there = [one for one in members if rng.random() < 0.85]
        keep(
            [
                TrainingRecord(
                    member=one,
                    topic=topic,
                    training=training,
                    held_on=day,
                    expires_on=months_after(day, topic.valid_months),
                    by=by,
                )
                for one in there
                for topic in topics
            ],
            path=commune.path,
        )


def recognised(members: list[Member], *, by: User, chair: User, since: date) -> None:
    """All teams but the last, which waits for the chair."""
    teams = list(dict.fromkeys(one.team for one in members if one.team))
    for number, team in enumerate(teams):
        lines = [(one, False) for one in members if one.team_id == team.pk]
        made = Recognition.propose(team, lines, by=by, on=since)
        if number < len(teams) - 1:
            made.grant(by=chair, on=since, number=f"{40 + number}/QĐ-UBND", signatory=SIGNATORY)
