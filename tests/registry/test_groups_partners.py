"""The areas that take part in a cluster are typed: a country has too many to choose from a list."""

import pytest
from django.test import Client

from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.registry.models import WatchGroup
from tests import factories
from tests.registry.factories import GroupKindFactory


@pytest.fixture
def officer(db: None, client: Client) -> Client:
    home = factories.commune("Nà Tấu")
    factories.commune("Mường Phăng")
    factories.commune("Quỳnh Lưu", parent=factories.province("40", "Nghệ An"))
    client.force_login(factories.user(Role.COMMUNE_OFFICER, area=home))
    return client


def asked(kind, partners: str) -> dict[str, object]:
    home = Area.objects.get(name="Nà Tấu").pk
    return {"kind": kind.pk, "area": home, "name": "Cụm số 1", "founded_on": "2026-01-05", "partners": partners,
            "team_count": 0, "team_qualifier": "exact", "member_count": 0, "member_qualifier": "exact"}  # fmt: skip


def test_partners_are_named_across_provinces_without_marks(officer: Client) -> None:
    kind = GroupKindFactory(is_cluster=True)
    answer = officer.post("/registry/watch-groups/new/", asked(kind, "Mường Phăng; quynh luu"))
    assert answer.status_code == 302, answer.context["form"].errors
    group = WatchGroup.objects.get()
    assert {area.name for area in group.partners.all()} == {"Mường Phăng", "Quỳnh Lưu"}
    page = officer.get(f"/registry/watch-groups/{group.pk}/")
    assert "Quỳnh Lưu" in page.content.decode()


def test_a_name_that_is_no_place_is_said_and_nothing_is_lost(officer: Client) -> None:
    kind = GroupKindFactory(is_cluster=True)
    answer = officer.post("/registry/watch-groups/new/", asked(kind, "Mường Phăng; Không Có Đâu"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Không Có Đâu" in page
    assert not WatchGroup.objects.exists()
    assert 'value="Mường Phăng; Không Có Đâu"' in page
