from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from luytre.accounts.roles import Role
from luytre.audit.models import AuditEntry
from luytre.reporting.models import NotOwnView, SavedView, TooManyViews
from tests.factories import user
from tests.reporting.exploring.conftest import TODAY

pytestmark = [pytest.mark.django_db]
NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)


def keep(owner, name="Quý này", office=None, query="area=11") -> SavedView:
    return SavedView(name=name, page=SavedView.Page.TABLE, query=query, office=office).keep(by=owner, at=NOW)


def test_one_s_own_views_and_those_of_one_s_office_are_seen(places):
    owner, colleague = user(Role.COMMUNE_OFFICER, area=places["n1"]), user(Role.COMMUNE_LEADER, area=places["n1"])
    elsewhere = user(Role.COMMUNE_OFFICER, area=places["n3"])
    own, shared = keep(owner, "của tôi"), keep(owner, "của xã", office=places["n1"])
    assert set(SavedView.objects.readable(owner, on=TODAY)) == {own, shared}
    assert set(SavedView.objects.readable(colleague, on=TODAY)) == {shared}
    assert not SavedView.objects.readable(elsewhere, on=TODAY).exists()


def test_a_name_is_kept_once_by_each(places):
    owner = user(Role.COMMUNE_OFFICER, area=places["n1"])
    keep(owner)
    keep(user(Role.COMMUNE_OFFICER, area=places["n1"]))
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(owner)


def test_only_the_owner_renames_and_takes_away_and_the_trail_says_so(places):
    owner, colleague = user(Role.COMMUNE_OFFICER, area=places["n1"]), user(Role.COMMUNE_LEADER, area=places["n1"])
    view = keep(owner, office=places["n1"])
    with pytest.raises(NotOwnView):
        view.rename("khác", None, by=colleague)
    with pytest.raises(NotOwnView):
        view.remove(by=colleague)
    view.rename("  Quý   trước ", None, by=owner)
    view.refresh_from_db()
    assert (view.name, view.office) == ("Quý trước", None)
    view.remove(by=owner)
    verbs = AuditEntry.objects.filter(subject_type="reporting.savedview").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["view_kept", "view_renamed", "view_removed"]


def test_nobody_keeps_more_views_than_can_be_found_again(places, monkeypatch):
    monkeypatch.setattr("luytre.reporting.models.saved_views.MOST", 1)
    owner = user(Role.COMMUNE_OFFICER, area=places["n1"])
    keep(owner)
    with pytest.raises(TooManyViews):
        keep(owner, "thêm")


def test_a_view_is_kept_opened_renamed_and_taken_away_on_the_pages(client, places):
    owner = user(Role.COMMUNE_OFFICER, area=places["n1"])
    client.force_login(owner)
    sent = {"name": "Theo quý", "page": "explore", "query": "area=00001&below=children", "is_shared": "on"}
    page = client.post("/figures/explore/views/new/", sent).url
    assert client.get(page).url == "/figures/explore/?area=00001&below=children"
    view = SavedView.objects.get()
    assert view.office == places["n1"]
    assert "Theo quý" in client.get("/figures/explore/views/").content.decode()
    assert client.post("/figures/explore/views/new/", sent).status_code == 422
    assert client.post(f"{page}name/", {"name": ""}).status_code == 422
    client.post(f"{page}name/", {"name": "Theo năm"})
    view.refresh_from_db()
    assert (view.name, view.office) == ("Theo năm", None)
    client.post(f"{page}remove/")
    assert not SavedView.objects.exists()


def test_a_shared_view_opens_with_the_reader_s_own_scope(client, places):
    """The province's desk also serves in the commune's office: a colleague there sees only what they may see."""
    desk = user(Role.PROVINCE_DESK, area=places["n11"])
    view = keep(desk, office=places["n1"], query="area=11&below=children")
    client.force_login(user(Role.COMMUNE_OFFICER, area=places["n1"]))
    address = client.get(f"/figures/explore/views/{view.pk}/").url
    assert client.get(address).status_code == 404


def test_a_view_of_another_office_is_not_there(client, places):
    view = keep(user(Role.COMMUNE_OFFICER, area=places["n1"]), office=places["n1"])
    client.force_login(user(Role.COMMUNE_OFFICER, area=places["n3"]))
    for path in ("", "name/"):
        assert client.get(f"/figures/explore/views/{view.pk}/{path}").status_code == 404
    assert client.post(f"/figures/explore/views/{view.pk}/remove/").status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_a_colleague_cannot_take_a_shared_view_away(client, places):
    view = keep(user(Role.COMMUNE_OFFICER, area=places["n1"]), office=places["n1"])
    client.force_login(user(Role.COMMUNE_LEADER, area=places["n1"]))
    client.post(f"/figures/explore/views/{view.pk}/remove/")
    assert client.get(f"/figures/explore/views/{view.pk}/name/").status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()
