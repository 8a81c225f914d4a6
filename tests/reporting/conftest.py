import pytest

from luytre.accounts.models import User
from luytre.areas.models import Area
from tests.reporting import territory


@pytest.fixture
def places(db: None) -> dict[str, Area]:
    return territory.build()


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("thu.ky", "x", full_name="Thư ký")
