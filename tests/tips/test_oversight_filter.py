"""Who oversees desks finds one by its name as it is typed on any keyboard."""

import pytest
from django.test import Client

from tests import factories as people
from tests.tips import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "found"),
    [("muong phang", True), ("Mường Phăng", True), ("phang cong an", True), ("nà tấu", False), ("", True)],
)
def test_a_desk_is_found_without_tone_marks(client: Client, typed: str, found: bool) -> None:
    factories.tip(factories.desk(people.commune("Mường Phăng")))
    factories.tip(factories.desk(people.commune("Thanh Nưa")))
    client.force_login(people.auditor())
    for section, shown in (("acts", "Mường Phăng"), ("clocks", "Mường Phăng"), ("keys", "Mường Phăng")):
        page = client.get(f"/tips/work/oversight/{section}/", {"desk": typed}).content.decode()
        table = page.partition("<tbody>")[2]
        assert (f"Công an {shown}" in table) == found, section
