"""What is simulated, and whether this database may be filled with it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.apps import apps

from luytre.accounts.models import User
from luytre.areas.models import Area, Level
from luytre.common import periods
from luytre.common.periods import Window
from luytre.reporting.models import Return, ReturnForm
from luytre.ui.records import Record

REFORM = date(2025, 7, 1)
ACCOUNT = "mo-phong"
FORM = "simulated"
MARK = "(mẫu)"


class HoldsRealRecords(Exception):
    """Made-up records never stand among records that people made; the message names what was found."""


class OtherNation(Exception):
    """Another nation was begun here: its areas, indicators or seed are not those asked for now."""


@dataclass(frozen=True)
class Plan:
    """A nation: residential areas report the last `months` since the reform, former communes those before it."""

    areas: int
    months: int
    indicators: int
    seed: int
    until: date
    has_registers: bool = True

    @property
    def source(self) -> str:
        """What every made-up place says of itself, so that a second run knows what to go on with."""
        return f"simulated, seed {self.seed}"

    @cached_property
    def windows(self) -> list[Window]:
        return periods.months_back(self.until, self.months)

    @property
    def former(self) -> list[Window]:
        """Months that ended before the reform."""
        return [window for window in self.windows if window.last_day < REFORM]

    @property
    def present(self) -> list[Window]:
        return [window for window in self.windows if window.last_day >= REFORM]


def last_whole_month(today: date) -> date:
    """The last day of the latest administrative month that is over."""
    return periods.months_back(today, 2)[0].last_day


def refuse_real_records() -> None:
    for found, name in real_records():
        if found:
            raise HoldsRealRecords(name)


def real_records() -> list[tuple[bool, str]]:
    """Whether each kind of record that people make is there, with its name."""
    places = Area.objects.filter(level=Level.RESIDENTIAL).exclude(source__startswith="simulated, ")
    returns = Return.objects.filter(number__gt=0).exclude(form__code=FORM).exclude(sent_by__username=ACCOUNT)
    found = [
        (places.exists(), str(Area._meta.verbose_name_plural)),
        (returns.exists(), str(Return._meta.verbose_name_plural)),
    ]
    for model in apps.get_models():
        if issubclass(model, Record):
            # What nobody has written came with the house, such as the first questions of a learning check.
            others = model._default_manager.exclude(created_by__username=ACCOUNT).exclude(created_by=None)
            found.append((others.exists(), str(model._meta.verbose_name_plural)))
    return found


def refuse_other_nation(plan: Plan) -> None:
    """What was begun is gone on with; a larger or another one needs a database of its own."""
    begun = Area.objects.filter(level=Level.RESIDENTIAL, source__startswith="simulated, ")
    forms = ReturnForm.objects.filter(code=FORM)
    if begun.exclude(source=plan.source).exists() or begun.count() not in (0, plan.areas):
        raise OtherNation
    if any(
        len(form.codes) > plan.indicators or form.version == 2 and len(form.codes) != plan.indicators for form in forms
    ):
        raise OtherNation


def account() -> User:
    """Who the made-up records say wrote them; nobody can sign in with it."""
    found: User
    found, _made = User.objects.get_or_create(
        username=ACCOUNT, defaults={"full_name": f"Tài khoản mô phỏng {MARK}", "password": "!"}
    )
    return found
