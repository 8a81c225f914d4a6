"""Sample returns: the printed figures that no register yields yet, and a year of returns of the communes shown."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

from django.db import connection

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK, dice, evening, split, uneven
from luytre.activities.sample.people import MUONG_PHANG
from luytre.areas.models import Area, Level
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators
from luytre.reporting.facts import posting
from luytre.reporting.models import Behaviour, Every, Return, ReturnForm, StepKind
from luytre.reporting.models.facts import SCALE
from luytre.reporting.returns import declaring, registers, sending, spans
from luytre.reporting.returns.checking import WHOLE
from luytre.reporting.returns.numbers import Amount
from luytre.reporting.returns.sending import Letter

LEVELS = {"commune": Level.COMMUNE, "unit": Level.COMMUNE, "area": Level.RESIDENTIAL, "province": Level.PROVINCE}
PROVINCE = "11"
MONTHS = 8
USUAL = {
    "directing_documents": 4, "outreach_news_items": 3, "outreach_social_posts": 9, "outreach_reach": 900,
    "crime_method_notices": 2, "crime_tips_received": 8, "crime_tips_valuable": 3, "crime_tips_resolved": 5,
    "crime_sources_received": 2, "public_feedback_received": 4, "public_feedback_resolved_on_time": 3,
    "fireworks_kg_collected": 1, "crude_weapons_collected": 1,
    "administrative_violations": 3, "traffic_accidents": 1, "criminal_cases": 1,
    "outreach_loudspeaker_broadcasts": 20,
}  # fmt: skip


def load(accounts: dict[str, User], *, today: date) -> None:
    declaring.sync()
    for printed in printed_forms():
        load_printed(printed, by=accounts["tinh"], approver=accounts["bo"])
    load_year(accounts, today=today)


# what public reports printed


@dataclass(frozen=True)
class Printed:
    """Printed figures of one province and window that are collected at one level, and the form they are typed in."""

    place: str
    window: Window
    level: Level
    home: str  # the form that keeps a stock; a stock stays with one form
    figures: tuple[tuple[str, int, Qualifier], ...]
    source: str


def printed_forms() -> list[Printed]:
    rows = [row for row in catalogue.rows("seed_figures.csv") if row["indicator"] not in indicators.INDICATORS]
    return [printed(key, list(some)) for key, some in groupby(sorted(rows, key=key_of), key=key_of)]


def key_of(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["place"], row["from"], row["to"], LEVELS[catalogue.get(row["indicator"]).collected_at]


def printed(key: tuple[str, str, str, str], rows: Sequence[dict[str, str]]) -> Printed:
    place, first, last, level = key
    figures = tuple((row["indicator"], int(row["expected"]), Qualifier(row["qualifier"])) for row in rows)
    window = Window(date.fromisoformat(first), date.fromisoformat(last))
    return Printed(
        place, window, Level(level), home([code for code, _value, _mark in figures]), figures, rows[0]["source"]
    )


def home(codes: Sequence[str]) -> str:
    kept = declaring.home_of_stocks(declaring.declared())
    found = {kept[code] for code in codes if code in kept}
    return found.pop() if len(found) == 1 else ""


def form_of(printed: Printed, province: Area) -> ReturnForm:
    form = ReturnForm(
        code=printed.home or f"printed-{printed.place}-{printed.window.last_day:%Y-%m}-{printed.level}",
        version=0,
        vi_name=f"{printed.source} {MARK}",
        en_name=f"{printed.source} {MARK}",
        level=printed.level,
        every=Every.ONCE,
        valid_from=printed.window.first_day,
        valid_to=printed.window.end,
        area=province,
        codes=[code for code, _value, _mark in printed.figures],
        layout=[{"vi": "Số liệu đã in", "en": "Printed figures", "codes": [code for code, *_rest in printed.figures]}],
        is_sample=True,
    )
    declaring.fill_slots(form)
    form.save()
    return form


def load_printed(printed: Printed, *, by: User, approver: User) -> None:
    """Spread over the units of that day, so that the parts add up to what was printed."""
    day = printed.window.last_day
    province = Area.objects.find(printed.place, on=day, level=Level.PROVINCE)
    form = form_of(printed, province)
    units = list(Area.objects.on(day).filter(level=printed.level, path__startswith=province.path).order_by("code"))
    weights = weights_of(units, day, dice(f"returns {form.code} {printed.place}"))
    shares = [split(value, weights) for _code, value, _mark in printed.figures]
    marks = {code: mark.value for code, _value, mark in printed.figures if mark != Qualifier.EXACT}
    at = evening(day + timedelta(days=3))
    post = Post(form, printed.window)
    for place, unit in enumerate(units):
        post.add(unit, [share[place] * SCALE for share in shares], by=by, at=at, marks=marks)
    post.send()
    approve(form, printed.window, by=approver, at=evening(day + timedelta(days=5)))


@dataclass
class Post:
    """Many returns of one form and window in one go: each would ask and wait for the database by itself."""

    form: ReturnForm
    window: Window
    rows: list[list[Any]] = field(default_factory=list)

    def add(
        self,
        unit: Area,
        values: Sequence[int | None],
        *,
        by: User,
        at: datetime,
        marks: dict[str, str] | None = None,
        seconds: int = 0,
    ) -> None:
        span = [self.form.pk, unit.pk, self.window.first_day, self.window.last_day]
        extras = [json.dumps(marks) if marks else None, None, None]
        self.rows.append([*span, list(values), *extras, seconds, by.pk, at, 0])

    def send(self) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(posting.SUBMIT, self.rows)


def weights_of(units: Sequence[Area], day: date, rng: Random) -> list[float]:
    """After the number of residential areas where they are known."""
    below: dict[int | None, int] = {}
    hamlets = Area.objects.on(day).filter(level=Level.RESIDENTIAL, parent__in=units)
    for parent in hamlets.values_list("parent", flat=True):
        below[parent] = below.get(parent, 0) + 1
    return [float(below[unit.pk]) for unit in units] if len(below) == len(units) else uneven(rng, len(units))


def approve(form: ReturnForm, window: Window, *, by: User, at: datetime) -> None:
    rows = Return.objects.filter(form=form, first_day=window.first_day, last_day=window.last_day)
    rows.step_all(StepKind.APPROVED, by=by, at=at)


# a year of returns, with some late and some silent


def load_year(accounts: dict[str, User], *, today: date) -> None:
    form = ReturnForm.objects.get(code="commune-month", version=1)
    hamlets = ReturnForm.objects.get(code="residential-month", version=1)
    windows = [one for one in spans.until(form, today, count=MONTHS + 1) if one.last_day < today]
    for place, window in reversed(list(enumerate(windows))):
        is_last = place == 0
        post = Post(form, window)
        for unit, sender in senders(accounts, window.last_day):
            if unit.code == MUONG_PHANG and not is_last:
                tell_in_full(form, unit, window, by=sender, today=today)
            elif unit.code != MUONG_PHANG and not (is_last and is_silent(unit)):
                tell(post, unit, by=sender, today=today)
        post.send()
        if place < 4:
            tell_hamlets(hamlets, window, accounts, today=today, all_of_them=not is_last)
        if not is_last:
            approve(form, window, by=accounts["tinh"], at=evening(min(today, window.last_day + timedelta(days=12))))
            approve(
                hamlets, window, by=accounts["lanhdaoxa"], at=evening(min(today, window.last_day + timedelta(days=4)))
            )


def is_silent(unit: Area) -> bool:
    """A quarter of the communes have not sent the newest return yet."""
    return dice(f"silent {unit.code}").random() < 0.25


def senders(accounts: dict[str, User], day: date) -> Iterator[tuple[Area, User]]:
    for unit in Area.objects.on(day).filter(level=Level.COMMUNE, path__startswith=f"0.{PROVINCE}.").order_by("code"):
        yield unit, accounts["canboxa" if unit.code == MUONG_PHANG else "canboxa2"]


def tell_hamlets(
    form: ReturnForm, window: Window, accounts: dict[str, User], *, today: date, all_of_them: bool
) -> None:
    path = f"0.{PROVINCE}.{MUONG_PHANG}."
    post = Post(form, window)
    rows = Area.objects.on(window.last_day).filter(level=form.level, path__startswith=path)
    for place, unit in enumerate(rows.order_by("code")):
        if all_of_them or place % 3:
            tell(post, unit, by=accounts["canboxa"], today=today)
    post.send()


def tell(post: Post, unit: Area, *, by: User, today: date) -> None:
    letter, at = written(post.form, unit, post.window, today=today)
    post.add(unit, letter.values(post.form), by=by, at=at, seconds=letter.seconds)


def tell_in_full(form: ReturnForm, unit: Area, window: Window, *, by: User, today: date) -> None:
    """As an officer sends it: with what the registers said, and its own line in the trail."""
    letter, at = written(form, unit, window, today=today)
    seen = registers.kept(registers.read(form, unit, window))
    letter = replace(letter, seen=seen)
    sending.send(form, unit, window, letter, by=by, at=at, base_number=0)
    if window.last_day.month % 5 == 0:
        one_more = Amount((letter.values(form)[0] or 0) + SCALE)
        comments = {WHOLE: "Bổ sung một văn bản gửi đến sau."}
        corrected = replace(letter, amounts={**letter.amounts, form.codes[0]: one_more}, comments=comments)
        sending.send(form, unit, window, corrected, by=by, at=at + timedelta(hours=1), base_number=1)


def written(form: ReturnForm, unit: Area, window: Window, *, today: date) -> tuple[Letter, datetime]:
    """The numbers of one return, and when it was sent: mostly in time."""
    rng = dice(f"return {form.code} {unit.code} {window.last_day}")
    amounts = told(form, rng, dice(f"size {unit.code}").uniform(0.6, 1.6))
    day = min(today, window.last_day + timedelta(days=rng.choice([1, 2, 2, 3, 3, 4, 5, 5, 8])))
    return Letter(amounts, seconds=rng.randint(150, 420)), evening(day)


def told(form: ReturnForm, rng: Random, size: float) -> dict[str, Amount | None]:
    """Parts never more than their wholes."""
    found = {code: round(rng.uniform(0, 2) * USUAL.get(code, 0) * size) for code in form.codes}
    for rule in form.rules:
        if "part" in rule and rule["whole"] in found:
            found[rule["part"]] = min(found[rule["part"]], found[rule["whole"]])
        if "needs" in rule and rule["needs"] in found and not found[rule["needs"]]:
            found[rule["for"]] = 0
    stocks = {code for code in form.codes if catalogue.get(code).behaviour == Behaviour.STOCK}
    return {code: Amount((0 if code in stocks else amount) * SCALE) for code, amount in found.items()}
