"""Head counts hold from their day: correcting today's leaves the past as it was."""

from datetime import date

import pytest
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.registry.models import GuardTeam, WatchGroup
from luytre.registry.models.counts import CountedBeforeStart, CountedInFuture
from tests.factories import commune, user
from tests.registry.factories import GuardTeamFactory, MemberFactory, WatchGroupFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def members(group: WatchGroup, day: date) -> int:
    return WatchGroup.objects.counted_on(day).get(pk=group.pk).member_count_then


def test_a_new_count_leaves_the_past():
    group = WatchGroupFactory(member_count=8)
    group.count_anew(by=user(), on=date(2026, 5, 1), today=TODAY, member_count=11)
    assert [members(group, date(2026, month, 30)) for month in (1, 4, 5)] == [8, 8, 11]
    group.refresh_from_db()
    assert group.member_count == 11


def test_an_older_count_that_comes_late_is_not_the_newest():
    group = WatchGroupFactory(member_count=8)
    group.count_anew(by=user(), on=date(2026, 5, 1), today=TODAY, member_count=11)
    group.count_anew(by=user(), on=date(2026, 3, 1), today=TODAY, member_count=9, member_qualifier="about")
    assert [members(group, date(2026, month, 28)) for month in (2, 3, 5)] == [8, 9, 11]
    group.refresh_from_db()
    assert (group.member_count, group.member_qualifier) == (11, "exact")


def test_a_day_counted_twice_has_the_second_number():
    group = WatchGroupFactory(member_count=8)
    for number in (10, 12):
        group.count_anew(by=user(), on=date(2026, 5, 1), today=TODAY, member_count=number)
    assert members(group, TODAY) == 12


def test_nobody_counts_tomorrow_or_before_the_founding():
    group = WatchGroupFactory()
    with pytest.raises(CountedInFuture):
        group.count_anew(by=user(), on=date(2026, 6, 2), today=TODAY, member_count=9)
    with pytest.raises(CountedBeforeStart):
        group.count_anew(by=user(), on=date(2025, 1, 1), today=TODAY, member_count=9)


def test_a_team_without_a_head_count_is_counted_by_name():
    team = GuardTeamFactory()
    MemberFactory(team=team), MemberFactory(team=team, serves_from=date(2026, 5, 1))
    assert [GuardTeam.objects.manned_on(date(2026, month, 20)).get().strength for month in (4, 5)] == [1, 2]
    team.count_anew(by=user(), on=date(2026, 5, 10), today=TODAY, member_count=4)
    assert GuardTeam.objects.manned_on(TODAY).get().strength == 4


@pytest.mark.parametrize(("kind", "name"), [(WatchGroupFactory, "watch-group"), (GuardTeamFactory, "guard-team")])
def test_the_page_counts_anew(client, kind, name):
    here = commune()
    one = kind(area=here, member_count=8)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    address = reverse(f"registry:{name}-count", kwargs={"pk": one.pk})
    answers = {"on": "2026-02-01", "member_count": 9, "member_qualifier": "exact"}
    assert client.post(address, answers | {"on": "2199-01-01"}).status_code == 422
    assert client.post(address, answers | {"on": "2020-01-01"}).status_code == 422
    assert client.post(address, answers).status_code == 302
    one.refresh_from_db()
    assert one.member_count == 9
