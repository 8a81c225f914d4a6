"""Returns are found by their form, place and year, in one's own scope only."""

from django.test import Client

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.reporting.returns.paper import Errand
from tests.factories import commune, user
from tests.reporting.returns.conftest import SENT_AT
from tests.reporting.returns.factories import sent


def urls(client: Client, words: str) -> list[str]:
    page = client.get("/find/", {"q": words, "group": "returns"})
    return [hit.url for hit in page.context["group"].hits]


def test_a_return_is_found_by_its_form_place_and_year(client: Client, errand: Errand, officer: User) -> None:
    sent(errand, officer, SENT_AT)
    address = "/returns/commune-month/03325/2026-11/"
    client.force_login(officer, backend="luytre.accounts.backends.SignInBackend")
    assert urls(client, "muong phang 2026") == [address]
    assert urls(client, "muong phang 2025") == []
    other = user(Role.COMMUNE_OFFICER, area=commune("Mường Kia"))
    client.force_login(other, backend="luytre.accounts.backends.SignInBackend")
    assert urls(client, "muong phang") == []
