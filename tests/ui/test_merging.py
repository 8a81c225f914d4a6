"""Records that are one: merged with their relations, and taken apart again."""

import pytest
from django.test import Client

from luytre.accounts.models import User
from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.audit.models import AuditEntry
from luytre.registry.models import Site, WatchGroup
from luytre.registry.registers.initiatives import sites
from luytre.ui.models import Merge
from tests.factories import commune, residential, user
from tests.registry.factories import InitiativeFactory, SiteFactory, WatchGroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


@pytest.fixture
def officer(client: Client, here: Area) -> User:
    person = user(Role.COMMUNE_OFFICER, area=here)
    client.force_login(person, backend="luytre.accounts.backends.SignInBackend")
    return person


@pytest.fixture
def twins(here: Area) -> tuple[Site, Site]:
    type_of_both = InitiativeFactory()
    return (
        SiteFactory(area=here, initiative=type_of_both, name="Kẻng Na Lay", member_count=5),
        SiteFactory(area=here, initiative=type_of_both, name="Kẻng bản Na Lay", member_count=7, carrier="Hội Phụ nữ"),
    )


def merge(client: Client, kept: Site, other: Site, **chosen: Site) -> None:
    answers = {f"from-{name}": str(one.pk) for name, one in chosen.items()}
    data = {"pk": [kept.pk, other.pk], "kept": str(kept.pk), **answers}
    assert client.post(sites.url("merge-confirm"), data).status_code == 302


def test_the_page_asks_only_what_differs(client: Client, officer: User, twins: tuple[Site, Site]) -> None:
    page = client.get(sites.url("merge-confirm"), {"pk": [one.pk for one in twins]})
    asked = {line["name"] for line in page.context["lines"] if line["differs"]}
    assert asked == {"name", "carrier"}  # head-counts are rows of their own, with their days


def test_relations_follow_values_are_chosen_and_the_trail_says_so(
    client: Client, officer: User, here: Area, twins: tuple[Site, Site]
) -> None:
    kept, other = twins
    group = WatchGroupFactory(area=here, site=other)
    copy = SiteFactory(area=here, origin=other)
    other.serves.set([residential(parent=here)])
    merge(client, kept, other, carrier=other, serves=other)
    for one in (kept, other, group, copy):
        one.refresh_from_db()
    assert (group.site, copy.origin) == (kept, kept)
    assert (kept.name, kept.member_count, kept.carrier, kept.serves.count()) == ("Kẻng Na Lay", 5, "Hội Phụ nữ", 1)
    assert str(kept.pk) in other.removed_reason
    verbs = set(AuditEntry.objects.filter(subject_id=str(kept.pk), subject_type="registry.site").values_list("verb"))
    assert ("merged",) in verbs
    assert AuditEntry.objects.filter(verb="followed_merge", subject_type="registry.watchgroup").count() == 1


def test_it_is_taken_back(client: Client, officer: User, here: Area, twins: tuple[Site, Site]) -> None:
    kept, other = twins
    group = WatchGroupFactory(area=here, site=other)
    merge(client, kept, other, carrier=other)
    client.post(sites.url("merge-undo-step", pk=Merge.objects.get().pk))
    for one in (kept, other, group):
        one.refresh_from_db()
    assert (kept.carrier, other.removed_at, group.site) == ("", None, other)
    assert client.get(sites.url("merges")).context["lines"][0]["may_undo"] is False


def test_a_row_that_would_contradict_another_stays(client: Client, officer: User, twins: tuple[Site, Site]) -> None:
    from datetime import date

    kept, other = twins
    kept.rate(by=officer, on=date(2026, 5, 1), grade="effective")
    clash = other.rate(by=officer, on=date(2026, 5, 1), grade="effective")
    later = other.rate(by=officer, on=date(2026, 8, 1), grade="effective")
    merge(client, kept, other)
    clash.refresh_from_db()
    later.refresh_from_db()
    assert (clash.site, later.site) == (other, kept)


def test_nothing_of_another_commune_is_merged(client: Client, officer: User, twins: tuple[Site, Site]) -> None:
    theirs = SiteFactory(area=commune("Mường Kia"))
    client.post(sites.url("merge-confirm"), {"pk": [twins[0].pk, theirs.pk], "kept": str(theirs.pk)})
    theirs.refresh_from_db()
    assert theirs.removed_at is None
    assert not Merge.objects.exists()


def test_who_only_reads_merges_nothing(client: Client, here: Area, twins: tuple[Site, Site]) -> None:
    client.force_login(user(Role.COMMUNE_LEADER, area=here), backend="luytre.accounts.backends.SignInBackend")
    data = {"pk": [one.pk for one in twins], "kept": str(twins[0].pk)}
    assert client.post(sites.url("merge-confirm"), data).status_code == 403


def test_ticked_rows_are_taken_out_with_one_reason(client: Client, officer: User, here: Area) -> None:
    mine = [WatchGroupFactory(area=here) for _ in range(3)]
    theirs = WatchGroupFactory(area=commune("Mường Kia"))
    address = "/registry/watch-groups/chosen/removal/"
    keys = [one.pk for one in [*mine[:2], theirs]]
    assert client.post(address, {"pk": keys, "reason": ""}).status_code == 422
    client.post(address, {"pk": keys, "reason": "ghi nhầm hai lần"})
    assert set(WatchGroup.objects.kept()) == {mine[2], theirs}
    assert AuditEntry.objects.filter(verb="removed").count() == 2
