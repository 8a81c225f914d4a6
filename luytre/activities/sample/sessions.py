"""Outreach sessions: the first eight months of 2022 in Điện Biên to the head, other times as life might have it."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from random import Random

from luytre.accounts.models import User
from luytre.activities.models import Audience, OutreachSession, Setting, Topic
from luytre.activities.sample import words
from luytre.activities.sample.chance import dice, evening, keep, some_day, split, uneven
from luytre.activities.sample.people import MUONG_PHANG
from luytre.activities.sample.places import REFORM, Ground, Place
from luytre.areas.models import Area
from luytre.common.numbers import Qualifier
from luytre.registry.models import Organisation, OrganisationKind

NEVER_BELOW = 12


@dataclass(frozen=True)
class Stretch:
    """So many group meetings with so many people between two days."""

    first: date
    last: date
    meetings: int
    attendances: int
    is_exact: bool = True


KNOWN = [
    Stretch(date(2021, 1, 1), date(2021, 8, 21), 1962, 121_407),
    Stretch(date(2021, 8, 22), date(2021, 12, 31), 604, 36_918),
    Stretch(date(2022, 1, 1), date(2022, 8, 21), 2135, 138_583),
    Stretch(date(2022, 8, 22), date(2022, 12, 31), 688, 43_270),
]
MONTHLY = {"11": (date(2023, 1, 1), 72), "70": (date(2025, 1, 1), 26), "79": (date(2025, 1, 1), 44)}


@dataclass
class Field:
    """Where sessions of a former province take place, and who records them."""

    ground: Ground
    recorders: dict[str, User]
    today: date
    hosts: list[Organisation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hamlets = self.ground.all_hamlets
        rng = dice(f"liveliness {self.ground.path}")
        self.weights = list(accumulate(uneven(rng, len(self.hamlets), spread=0.6)))
        self.shown = [place for place in self.hamlets if f".{MUONG_PHANG}." in place.after.path]

    def hamlet(self, rng: Random) -> Place:
        return rng.choices(self.hamlets, cum_weights=self.weights)[0]

    def recorder(self, area: Area, day: date) -> User | None:
        codes = area.path.split(".")
        return self.recorders.get(codes[2]) if day >= REFORM else None

    def recorded_at(self, rng: Random, day: date) -> datetime:
        return min(evening(day) + timedelta(days=rng.choice([0, 0, 0, 1, 1, 2, 5])), evening(self.today))


def load(grounds: dict[str, Ground], recorders: dict[str, User], *, today: date) -> None:
    topics = {topic.code: topic.pk for topic in Topic.objects.all()}
    for province, ground in grounds.items():
        place = Field(ground, recorders, today)
        if province == "11":
            place.hosts = [*keep(list(hosts(ground)), path=ground.path)]
        rows = [row for stretch in stretches(province, today) for row in held(stretch, place)]
        keep(rows, path=ground.path)
        give_topics(rows, topics, ground.path)
        if province == "11":
            take_out_duplicates(rows, by=recorders[MUONG_PHANG])


def stretches(province: str, today: date) -> Iterator[Stretch]:
    """What is known, then month by month up to today."""
    if province == "11":
        yield from KNOWN
    since, monthly = MONTHLY[province]
    rng = dice(f"months {province}")
    while since <= today:
        last = since.replace(day=monthrange(since.year, since.month)[1])
        meetings = round(monthly * rng.uniform(0.7, 1.35))
        crowd = rng.randint(48, 68)
        until = min(last, today)
        shown = max(1, meetings * until.day // last.day)
        yield Stretch(since, until, shown, shown * crowd, is_exact=False)
        since = last + timedelta(days=1)


def hosts(ground: Ground) -> Iterator[Organisation]:
    """A school for every commune of today, an agency or an enterprise for some."""
    named = {
        OrganisationKind.SCHOOL: "Trường THCS {} (dữ liệu mẫu)",
        OrganisationKind.AGENCY: "Trạm Y tế {} (dữ liệu mẫu)",
        OrganisationKind.ENTERPRISE: "Hợp tác xã {} (dữ liệu mẫu)",
    }
    communes = {commune.after.code: commune.after for commune in ground.communes}
    for number, commune in enumerate(communes.values()):
        for kind, name in named.items():
            if kind == OrganisationKind.SCHOOL or number % 3 == 0:
                yield Organisation(kind=kind, area=commune, name=name.format(commune.name))


def held(stretch: Stretch, place: Field) -> list[OutreachSession]:
    rng = dice(f"sessions {place.ground.path} {stretch.first}")
    crowds = split(stretch.attendances, uneven(rng, stretch.meetings), least=NEVER_BELOW)
    rows = [session(stretch, place, rng, Setting.GROUP, crowd) for crowd in crowds]
    rows += [session(stretch, place, rng, Setting.INDIVIDUAL, rng.randint(1, 4)) for _ in range(len(crowds) // 9)]
    rows += [session(stretch, place, rng, Setting.MOBILE, 0) for _ in range(len(crowds) // 14)]
    if not stretch.is_exact:
        show(rows[:4], stretch, place, rng)
    return rows


def show(rows: list[OutreachSession], stretch: Stretch, field: Field, rng: Random) -> None:
    """The commune of the sample accounts has something to show every month."""
    for row in rows if field.shown else []:
        row.held_on = some_day(rng, max(stretch.first, stretch.last - timedelta(days=6)), stretch.last)
        row.area, row.organisation = rng.choice(field.shown).on(row.held_on), None
        row.place, row.audience = words.PLACES[Setting.GROUP][0], Audience.RESIDENTS
        row.created_at, row.created_by = field.recorded_at(rng, row.held_on), field.recorder(row.area, row.held_on)


def session(stretch: Stretch, field: Field, rng: Random, setting: Setting, crowd: int) -> OutreachSession:
    day = some_day(rng, stretch.first, stretch.last)
    audience = rng.choices(list(words.AUDIENCES), list(words.AUDIENCES.values()))[0]
    row = OutreachSession(
        held_on=day,
        setting=setting,
        form=rng.choices(list(words.FORMS[setting]), list(words.FORMS[setting].values()))[0],
        audience=audience,
        attendance=crowd,
        led_by=rng.choice(words.LEADERS),
        remark=rng.choice(words.REMARKS) if rng.random() < 0.06 else "",
    )
    settle(row, field, rng)
    if not stretch.is_exact and crowd > 30 and rng.random() < 0.12:
        row.attendance, row.attendance_qualifier = round(crowd, -1), Qualifier.ABOUT
    row.created_at, row.created_by = field.recorded_at(rng, day), field.recorder(row.area, day)
    return row


def settle(row: OutreachSession, field: Field, rng: Random) -> None:
    """Most meetings are of one residential area, some of a commune, a few at an agency, enterprise or school."""
    chance = rng.random()
    hamlet = field.hamlet(rng).on(row.held_on)
    row.area, row.place = hamlet, rng.choice(words.PLACES[Setting(row.setting)])
    commune = hamlet.parent
    if row.setting != Setting.GROUP or chance < 0.88 or not (commune and commune.stands_on(row.held_on)):
        return
    row.area, row.place = commune, rng.choice(words.COMMUNE_PLACES)
    if chance > 0.94 and field.hosts and row.held_on >= REFORM:
        visit(row, rng.choice(field.hosts))
    elif chance > 0.94:
        row.place, row.audience = "Sân trường", Audience.PUPILS


def visit(row: OutreachSession, host: Organisation) -> None:
    row.area, row.organisation, row.place = host.area, host, host.name
    row.audience = Audience.PUPILS if host.kind == OrganisationKind.SCHOOL else Audience.OFFICIALS


def give_topics(rows: list[OutreachSession], topics: dict[str, int], path: str) -> None:
    """One to three topics each."""
    rng = dice(f"topics {path}")
    link = OutreachSession.topics.through
    codes, weights = list(words.TOPICS), list(words.TOPICS.values())
    chosen = [(row.pk, set(rng.choices(codes, weights, k=rng.choice([1, 1, 2, 2, 3])))) for row in rows]
    links = [link(outreachsession_id=pk, topic_id=topics[code]) for pk, codes in chosen for code in sorted(codes)]
    link.objects.bulk_create(links, batch_size=5000)


def take_out_duplicates(rows: list[OutreachSession], *, by: User) -> None:
    """Some sessions were typed twice and one of the two taken out: totals must not notice."""
    for row in dice("duplicates").sample([row for row in rows if row.held_on.year == 2022], 14):
        twin = OutreachSession(
            area=row.area,
            held_on=row.held_on,
            place=row.place,
            attendance=row.attendance,
            led_by=row.led_by,
            created_at=row.created_at,
        )
        twin.add(by=by)
        twin.remove(by=by, reason="Ghi trùng với một buổi đã có.")
