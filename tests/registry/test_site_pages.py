"""The pages of a site, as the officer of its commune and others meet them."""

from datetime import date

import pytest

from luytre.accounts.roles import Role
from luytre.registry.models import Site, SiteActivity, Stage
from luytre.registry.replication import tree
from tests.factories import commune, province, user
from tests.registry.factories import InitiativeFactory, SiteFactory

pytestmark = pytest.mark.django_db
BACKEND = "luytre.accounts.backends.SignInBackend"
ASKED = {
    "activity": {"on": "2026-05-01", "kind": "meeting", "head_count": 9},
    "review": {"on": "2026-05-01", "note": "Sơ kết sáu tháng"},
    "strengthening": {"on": "2026-05-01", "note": "Bầu lại tổ"},
    "count": {
        "on": "2026-05-01", "member_count": 9, "member_qualifier": "exact", "women_count": 2, "group_count": 1,
        "group_qualifier": "exact", "household_count": 0,
    },
    "head": {"on": "2026-05-01", "position": "Trưởng bản"},
    "funding": {"on": "2026-05-01", "source": "state", "amount_vnd": 100000, "donor_count": 0},
    "equipment": {"on": "2026-05-01", "kind": "lamp", "count": 3},
    "rating": {"on": "2026-05-01", "grade": "effective"},
    "closing": {"on": "2026-05-01", "reason": "Không còn ai lo", "rule": "Hướng dẫn 22"},
    "interview": {
        "on": "2026-05-01", "led_by": "Trưởng bản", "last_done": "Họp", "needs": "Pin", "outcome": "relaunch",
    },
}  # fmt: skip


@pytest.fixture
def here():
    return commune()


@pytest.fixture
def officer(client, here):
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend=BACKEND)
    return client


@pytest.mark.parametrize("verb", ASKED)
def test_each_small_page_asks_and_does(officer, here, verb):
    site = SiteFactory(area=here)
    address = f"/registry/sites/{site.pk}/{verb}/"
    assert officer.get(address).status_code == 200
    assert officer.post(address, {"on": ""}).status_code == 422
    assert officer.post(address, ASKED[verb]).status_code == 302
    assert officer.get(f"/registry/sites/{site.pk}/").status_code == 200


@pytest.mark.parametrize("verb", [*ASKED, "replication", "approval", "refusal", "launch", "merging", "appeal"])
def test_nobody_reaches_a_site_of_elsewhere(officer, verb):
    address = f"/registry/sites/{SiteFactory(area=commune()).pk}/{verb}/"
    assert officer.get(address).status_code == 404
    assert officer.post(address, ASKED.get(verb, {})).status_code in (404, 405)


def test_the_way_from_proposal_to_launch_in_the_browser(officer, here):
    answers = {"initiative": InitiativeFactory().pk, "area": here.pk, "on": "2026-05-01", "note": "Bà con đề nghị"}
    assert officer.get("/registry/sites/proposal/").status_code == 200
    assert officer.post("/registry/sites/proposal/", {**answers, "area": commune().pk}).status_code == 422
    assert officer.post("/registry/sites/proposal/", answers).status_code == 302
    site = Site.objects.get()
    page = officer.get(f"/registry/sites/{site.pk}/").content.decode()
    assert "approval/" in page
    assert "closing/" not in page
    assert officer.post(f"/registry/sites/{site.pk}/approval/", {"on": "2026-05-09", "decision": ""}).status_code == 422
    officer.post(f"/registry/sites/{site.pk}/approval/", {"on": "2026-05-09", "decision": "9/QĐ-UBND"})
    officer.post(f"/registry/sites/{site.pk}/launch/", {"on": "2026-05-19"})
    site.refresh_from_db()
    assert (site.stage, site.launched_on, site.decision) == (Stage.LAUNCHED, date(2026, 5, 19), "9/QĐ-UBND")


def test_an_activity_of_tomorrow_is_refused(officer, here):
    site = SiteFactory(area=here)
    answers = {"on": "2999-01-01", "kind": "meeting", "head_count": 9}
    assert officer.post(f"/registry/sites/{site.pk}/activity/", answers).status_code == 422
    assert not SiteActivity.objects.exists()


def test_the_tree_shows_copies_of_copies_and_closes_pages_of_elsewhere(officer, here):
    kind = InitiativeFactory()
    pilot = SiteFactory(initiative=kind, area=commune(), is_first=True, name="Điểm làm thử")
    copy = SiteFactory(initiative=kind, area=here, origin=pilot, changes="Dùng mõ thay kẻng")
    again = SiteFactory(initiative=kind, area=here, origin=copy)
    page = officer.get(f"/registry/sites/{again.pk}/replication/")
    root = page.context["root"]
    assert [branch.site for branch in root.walk()] == [pilot, copy, again]
    assert [branch.is_mine for branch in root.walk()] == [False, True, True]
    text = page.content.decode()
    assert "Dùng mõ thay kẻng" in text
    assert f'/registry/sites/{pilot.pk}/"' not in text
    assert "Điểm làm thử" not in text


def test_a_tree_asks_once_for_each_generation(here, django_assert_max_num_queries):
    from luytre.areas.models import Scope

    kind = InitiativeFactory()
    pilot = SiteFactory(initiative=kind, area=here, is_first=True)
    for _ in range(30):
        SiteFactory(initiative=kind, area=here, origin=pilot)
    with django_assert_max_num_queries(4):
        assert tree(pilot, Scope((province().path,), date(2026, 11, 1))).count == 31
