from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.common import periods
from luytre.reporting.models import ReturnForm
from luytre.reporting.returns import declaring
from luytre.reporting.returns.paper import Errand
from tests.factories import commune, province, residential, user


def moment(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


NOVEMBER = periods.month(2026, 11)
SENT_AT = moment(2026, 11, 16)


@pytest.fixture
def forms(db: None) -> dict[str, ReturnForm]:
    declaring.sync()
    return {form.code: form for form in ReturnForm.objects.all()}


@pytest.fixture
def unit(db: None) -> Area:
    return commune("Mường Phăng", parent=province(), code="03325")


@pytest.fixture
def hamlet(unit: Area) -> Area:
    return residential("Bản Khá", parent=unit)


@pytest.fixture
def officer(unit: Area) -> User:
    return user(Role.COMMUNE_OFFICER, area=unit)


@pytest.fixture
def leader(unit: Area) -> User:
    return user(Role.COMMUNE_LEADER, area=unit)


@pytest.fixture
def errand(forms: dict[str, ReturnForm], unit: Area) -> Errand:
    """The commune's return for November 2026."""
    return Errand(forms["commune-month"], unit, NOVEMBER)
