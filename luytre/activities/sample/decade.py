"""Ten years of one province: meetings from 2016 on in the two former provinces that are one since 1 July 2025."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from luytre.activities.models import OutreachSession, Setting, Topic
from luytre.activities.sample import words
from luytre.activities.sample.chance import dice, evening, keep, some_day
from luytre.activities.sample.places import Place, former_communes
from luytre.activities.sample.sessions import give_topics

SINCE = date(2016, 1, 1)
HARD_YEARS = (2020, 2021)  # few meetings while people had to keep apart


@dataclass(frozen=True)
class Decade:
    """A former province: meetings a month at the start and at the end, and the last day that is told here."""

    province: str
    first: float
    last: float
    until: date


TOLD = [Decade("70", 4, 15, date(2024, 12, 31)), Decade("75", 5, 12, date.max)]


def load(*, today: date) -> None:
    topics = {topic.code: topic.pk for topic in Topic.objects.all()}
    for decade in TOLD:
        communes, path = former_communes(decade.province), f"0.{decade.province}."
        rows = [row for month in months(min(decade.until, today)) for row in held(decade, month, communes, today)]
        keep(rows, path=path)
        give_topics(rows, topics, f"{path} decade")


def months(until: date) -> Iterator[date]:
    """The first day of each."""
    return (date(year, month, 1) for year in range(SINCE.year, until.year + 1) for month in range(1, 13))


def held(decade: Decade, month: date, communes: list[Place], today: date) -> Iterator[OutreachSession]:
    """More from year to year, fewer in the hard ones; one by one after chance."""
    rng = dice(f"decade {decade.province} {month}")
    usual = decade.first + (decade.last - decade.first) * min((month.year - SINCE.year) / 9, 1)
    count = usual * rng.uniform(0.7, 1.3) * (0.45 if month.year in HARD_YEARS else 1)
    last = month.replace(day=monthrange(month.year, month.month)[1])
    for _ in range(round(count)):
        row = meeting(rng.choice(communes), some_day(rng, month, last), rng)
        if row.held_on <= min(decade.until, today):
            yield row


def meeting(commune: Place, day: date, rng: Random) -> OutreachSession:
    return OutreachSession(
        area=commune.on(day),
        held_on=day,
        place=rng.choice(words.COMMUNE_PLACES),
        setting=Setting.GROUP,
        form=rng.choices(list(words.FORMS[Setting.GROUP]), list(words.FORMS[Setting.GROUP].values()))[0],
        audience=rng.choices(list(words.AUDIENCES), list(words.AUDIENCES.values()))[0],
        attendance=round(rng.lognormvariate(4, 0.4)),
        led_by=rng.choice(words.LEADERS),
        created_at=evening(day),
    )
