"""Guard teams, clusters, older forces, equipment, rates, kinds of group and mediations."""

from datetime import date

import pytest
from django.urls import reverse

from luytre.accounts.roles import Role
from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.registry import catalogue
from luytre.registry.equipping import lines_of
from luytre.registry.models import (
    AllowanceRate,
    ClusterTurn,
    EquipmentCount,
    EquipmentItem,
    ForceSuccession,
    GroupKind,
    GuardTeam,
)
from luytre.registry.models.forces import NotInCluster, TurnBeforeLast
from luytre.registry.models.norms import BeginsBeforeLast
from luytre.reporting import rollup
from tests.factories import commune, province, residential, user
from tests.registry.factories import (
    GroupKindFactory,
    GuardTeamFactory,
    MediationFactory,
    MemberFactory,
    WatchGroupFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def here() -> Area:
    return commune("Mường Đây")


def page(name: str, one) -> str:
    return reverse(f"registry:{name}", kwargs={"pk": one.pk})


def figure(area: Area, code: str, day: date = TODAY):
    return rollup.total(area, code, Window(date(2026, 1, 1), day)).value


def test_the_figures_of_guard_teams_come_from_teams_and_members(here):
    hamlets = [residential(parent=here, name=f"Bản {number}") for number in range(3)]
    wide = GuardTeamFactory(area=here, member_count=5)
    wide.covers.set(hamlets[:2])
    named = GuardTeamFactory(area=hamlets[2])
    MemberFactory(team=named), MemberFactory(team=named)
    WatchGroupFactory(area=here, member_count=30)
    codes = ["security_protection_teams", "security_protection_team_members", "security_team_areas"]
    assert [figure(here, code) for code in codes] == [2, 7, 3]
    wide.count_anew(by=user(), on=date(2026, 5, 1), today=TODAY, member_count=9)
    assert [figure(here, codes[1], day) for day in (date(2026, 4, 30), TODAY)] == [7, 11]
    named.dissolve(by=user(), on=date(2026, 5, 15), reason="Sáp nhập bản.")
    assert [figure(here, code) for code in codes] == [1, 9, 2]


def test_a_group_counted_anew_changes_no_figure_of_the_past(here):
    group = WatchGroupFactory(area=here, member_count=8)
    group.count_anew(by=user(), on=date(2026, 5, 1), today=TODAY, member_count=11)
    days = (date(2026, 4, 30), TODAY)
    assert [figure(here, "peoples_security_team_members", day) for day in days] == [8, 11]


def test_a_team_is_of_its_own_place_and_its_own_time(client, here):
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    mine, other = residential(parent=here), residential(parent=here, name="Bản Khác")
    answers = {"area": mine.pk, "name": "Tổ bảo vệ ANTT", "founded_on": "2025-08-01", "member_qualifier": "exact"}
    old = client.post(reverse("registry:guard-teams-add"), answers | {"founded_on": "2023-01-01"})
    assert set(old.context["form"].errors) == {"founded_on"}
    far = client.post(reverse("registry:guard-teams-add"), answers | {"covers": [other.pk]})
    assert set(far.context["form"].errors) == {"covers"}
    assert client.post(reverse("registry:guard-teams-add"), answers | {"covers": [mine.pk]}).status_code == 302
    team = GuardTeam.objects.get()
    assert (
        client.post(page("guard-team-dissolution", team), {"on": "2020-01-01", "reason": "ghi nhầm"}).status_code == 422
    )
    assert (
        client.post(page("guard-team-dissolution", team), {"on": "2026-01-01", "reason": "sáp nhập"}).status_code == 302
    )


def test_a_clusters_lead_goes_round(client, here):
    other, stranger = commune("Mường Kia"), commune("Mường Xa")
    group = WatchGroupFactory(area=here, kind=GroupKindFactory(code="cluster", vi_name="Cụm", is_cluster=True))
    group.partners.set([other])
    first = ClusterTurn.hand_over(group, here, on=date(2025, 1, 1), by=user())
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    assert client.post(page("cluster-turn", group), {"on": "2024-01-01", "head": other.pk}).status_code == 422
    assert client.post(page("cluster-turn", group), {"on": "2026-01-01", "head": stranger.pk}).status_code == 422
    assert client.post(page("cluster-turn", group), {"on": "2026-01-01", "head": other.pk}).status_code == 302
    first.refresh_from_db()
    assert first.last_day == date(2025, 12, 31)
    assert "Mường Kia" in group.led_by_on(TODAY)
    assert "Mường Đây" in group.led_by_on(date(2025, 6, 1))
    with pytest.raises(NotInCluster):
        ClusterTurn.hand_over(group, stranger, on=TODAY, by=user())
    with pytest.raises(TurnBeforeLast):
        ClusterTurn.hand_over(group, here, on=date(2026, 1, 1), by=user())


def test_what_became_of_an_older_force_is_said_on_both_pages(client, here):
    kind = GroupKindFactory(code="neighbourhood_guard_team", vi_name="Tổ bảo vệ dân phố", is_mass=False)
    old, team = WatchGroupFactory(area=here, kind=kind, name="Tổ bảo vệ dân phố 1"), GuardTeamFactory(area=here)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    assert client.post(page("guard-team-predecessor", team), {"before": old.pk, "on": "2024-07-01"}).status_code == 302
    assert ForceSuccession.objects.get().on == date(2024, 7, 1)
    assert team.name in client.get(page("watch-groups-record", old)).content.decode()
    assert old.name in client.get(page("guard-teams-record", team)).content.decode()


def test_equipment_stands_beside_its_norm(client, here):
    assert catalogue.sync_equipment() == 4
    assert catalogue.sync_equipment() == 0
    team = GuardTeamFactory(area=here, member_count=4)
    batons, vests = EquipmentItem.objects.get(code="rubber_baton"), EquipmentItem.objects.get(code="stab_vest")
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    assert client.post(page("equipment", team), {"on": "2026-03-01", "rubber_baton": 3}).status_code == 302
    EquipmentCount.record(team, {batons: 1}, on=date(2026, 1, 1), by=user())
    manned = GuardTeam.objects.manned_on(TODAY).get()
    found = {line.item: (line.needed, line.has, line.missing) for line in lines_of(manned, [batons, vests], on=TODAY)}
    assert found == {batons: (4, 3, 1), vests: (2, None, 2)}
    assert client.get(page("equipment", team)).status_code == 200


def test_a_new_rate_ends_the_one_before(client, here):
    desk = user(Role.PROVINCE_DESK)
    client.force_login(desk)
    for year, amount in ((2025, 1_500_000), (2026, 1_800_000)):
        answers = {"area": province().pk, "position": "leader", "amount_vnd": amount, "resolution": "05/NQ-HĐND"}
        said = client.post(reverse("registry:rate-new"), answers | {"valid_from": f"{year}-01-01"})
        assert said.status_code == 302
    assert AllowanceRate.objects.on(date(2025, 6, 1)).get().amount_vnd == 1_500_000
    assert AllowanceRate.objects.on(TODAY).get().amount_vnd == 1_800_000
    rate = AllowanceRate(area=province(), position="leader", amount_vnd=1, valid_from=date(2026, 1, 1))
    with pytest.raises(BeginsBeforeLast):
        rate.put_in_force(by=desk)
    client.force_login(user(Role.COMMUNE_OFFICER, area=here))
    page = client.get(reverse("registry:rates")).content.decode()
    assert "1.800.000" in page
    assert reverse("registry:rate-new") not in page


def test_look_alikes_are_offered_before_a_new_kind_is_made(client):
    catalogue.sync_group_kinds()
    client.force_login(user(Role.PROVINCE_DESK))
    answers = {"vi_name": "Tổ an ninh nhân dân bản", "en_name": "Hamlet security group"}
    offered = client.post(reverse("registry:kind-new"), answers)
    assert offered.status_code == 422
    assert "order_team" in [kind.code for kind in offered.context["alike"]]
    assert client.post(reverse("registry:kind-new"), answers | {"is_new": "on"}).status_code == 302
    made = GroupKind.objects.get(area=province())
    assert (made.is_mass, made.code) == (True, "to-an-ninh-nhan-dan-ban-11")
    assert made.vi_name in client.get(reverse("registry:kinds")).content.decode()


def test_mediations_are_numbers(client, here):
    hamlet = residential(parent=here)
    client.force_login(user(Role.AREA_HEAD, area=hamlet))
    answers = {"held_on": "2026-03-01", "area": hamlet.pk, "received": 1, "settled": 1, "unsettled": 1}
    assert client.post(reverse("registry:mediations-add"), answers).status_code == 422
    assert client.post(reverse("registry:mediations-add"), answers | {"unsettled": 0}).status_code == 302
    MediationFactory(area=hamlet, received=3, settled=1)
    assert [figure(here, code) for code in ("disputes_mediated", "disputes_mediated_successfully")] == [4, 2]
