"""Parts of the sample whose apps nothing may import: such an app adds its own."""

from collections.abc import Callable
from datetime import date

from luytre.accounts.models import User

Part = Callable[[User, date], None]
PARTS: list[Part] = []


def add(part: Part) -> None:
    PARTS.append(part)


def load(by: User, today: date) -> None:
    for part in PARTS:
        part(by, today)
