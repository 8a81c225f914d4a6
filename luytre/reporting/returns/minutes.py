"""How long a form takes (rights rule R26): told by the page where it can, else from opening to sending."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.core import signing
from django.db.models import Avg, Count, QuerySet
from django.utils import timezone

from luytre.accounts import inventory
from luytre.reporting.models import Every, Return, ReturnForm
from luytre.reporting.returns import declaring

SALT = "returns.opened"
LONGEST_PAUSE = 30 * 60  # without the page's own clock, what is longer was not all work
LONGEST_TURN = 5 * 60  # the page tells its seconds at least this often
SHARE_OF_MONTH = {Every.MONTH: 1.0, Every.QUARTER: 1 / 3, Every.HALF: 1 / 6, Every.YEAR: 1 / 12, Every.ONCE: 0.0}


def opened(seen: Mapping[str, int | None], *, at: datetime) -> str:
    """What the page remembers of the moment it was opened, signed."""
    return signing.dumps({"at": at.timestamp(), "seen": dict(seen)}, salt=SALT)


@dataclass(frozen=True)
class Opened:
    at: datetime | None = None
    seen: Mapping[str, int | None] | None = None


def read(token: str) -> Opened:
    """Nothing known where the token is missing or not ours."""
    try:
        found = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return Opened()
    return Opened(datetime.fromtimestamp(found["at"], tz=timezone.get_default_timezone()), found["seen"])


def spent(told: str, begun: Opened, *, at: datetime) -> int:
    """Seconds of work since the page was opened, or since it last told."""
    elapsed = max(0, int((at - begun.at).total_seconds())) if begun.at else 0
    if told.isdigit():
        return min(int(told), LONGEST_TURN, elapsed + 1)
    return min(elapsed, LONGEST_PAUSE)


# the budget


@dataclass(frozen=True)
class Budget:
    """privacy/minutes.toml: what may be asked of an officer, and what a cell was seen to take."""

    commune_minutes_a_month: float
    seconds_to_open: float
    seconds_a_typed_cell: float
    seconds_a_register_cell: float


@cache
def budget() -> Budget:
    text = (inventory.folder() / "minutes.toml").read_text(encoding="utf-8")
    return Budget(**tomllib.loads(text)["budget"])


def expected(form: ReturnForm) -> float:
    """Minutes that a form should take, from its cells."""
    each = budget()
    cells = len(form.codes) * each.seconds_a_typed_cell + len(form.register_codes) * each.seconds_a_register_cell
    return (each.seconds_to_open + cells) / 60


def asked_a_month(level: str) -> float:
    """Minutes a month that all forms of a level ask, longer periods by their share."""
    forms = [form for form in declaring.declared() if form.level == level]
    return sum(expected(form) * SHARE_OF_MONTH[Every(form.every)] for form in forms)


@dataclass(frozen=True)
class Measured:
    """How long returns of a form took here."""

    form: ReturnForm
    count: int
    minutes: float | None


def measured(rows: "QuerySet[Return]", form: ReturnForm) -> Measured:
    """Only returns whose time is known: what a program sent took nobody's."""
    told = rows.filter(form__code=form.code, seconds__gt=0).aggregate(count=Count("pk"), mean=Avg("seconds"))
    return Measured(form, told["count"], told["mean"] / 60 if told["mean"] else None)
