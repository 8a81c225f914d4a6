"""What is kept of a site day by day; a later day never changes an earlier figure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from luytre.accounts.roles import Role
from luytre.common.periods import Window
from luytre.registry.models import Equipment, Funding
from luytre.registry.models.upkeep import BeforeTheLaunch
from luytre.reporting import rollup
from tests.factories import commune, nation, user
from tests.registry.factories import SiteFactory

pytestmark = pytest.mark.django_db
START = date(2026, 1, 10)


@pytest.fixture
def officer():
    return user(Role.COMMUNE_OFFICER)


def members(day: date):
    figure = rollup.total(nation(), "model_members", Window(day.replace(day=1), day))
    return figure.value, str(figure.qualifier)


def people(count: int, qualifier: str = "exact") -> dict[str, object]:
    return {"member_count": count, "member_qualifier": qualifier, "women_count": 0}


def test_counting_again_leaves_the_past(officer):
    site = SiteFactory(area=commune(), member_count=30, member_qualifier="about")
    site.count(by=officer, on=date(2026, 6, 1), **people(25))
    site.count(by=officer, on=date(2026, 9, 1), **people(40, "nearly"))
    assert members(date(2026, 5, 31)) == (30, "about")
    assert members(date(2026, 6, 30)) == (25, "exact")
    assert members(date(2026, 9, 30)) == (40, "nearly")


def test_a_second_count_of_a_day_takes_the_first_ones_place(officer):
    site = SiteFactory(area=commune(), member_count=30)
    for count in (25, 26):
        site.count(by=officer, on=date(2026, 6, 1), **people(count))
    assert members(date(2026, 6, 30)) == (26, "exact")


def test_nobody_is_counted_before_the_launch(officer):
    with pytest.raises(BeforeTheLaunch):
        SiteFactory(area=commune()).count(by=officer, on=date(2026, 1, 1), **people(3))


def test_correcting_the_record_does_not_offer_its_numbers(client):
    here = commune()
    client.force_login(user(Role.COMMUNE_OFFICER, area=here), backend="luytre.accounts.backends.SignInBackend")
    site = SiteFactory(area=here, member_count=30)
    page = client.get(f"/registry/sites/{site.pk}/correction/").content.decode()
    assert 'name="carrier"' in page
    assert "member_count" not in page
    answers = {"initiative": site.initiative_id, "area": here.pk, "launched_on": "2026-01-10", "member_count": 99}
    assert client.post(f"/registry/sites/{site.pk}/correction/", answers).status_code == 302
    site.refresh_from_db()
    assert site.member_count == 30


class AnyCounts(TestCase):
    @given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 50)), max_size=6), st.integers(0, 300))
    def test_the_figure_of_a_day_is_the_last_count_up_to_it(self, counts: list[tuple[int, int]], at: int) -> None:
        officer = user(Role.COMMUNE_OFFICER)
        site = SiteFactory(area=commune(), launched_on=START, member_count=7)
        told = {0: 7}
        for days, count in counts:
            site.count(by=officer, on=START + timedelta(days=days), **people(count))
            told[days] = count
        day = START + timedelta(days=at)
        expected = told[max(one for one in told if one <= at)]
        assert rollup.total(nation(), "model_members", Window(START, day)).value == expected
        assert site.counts_on(day).member_count == expected


def test_money_adds_up_over_a_window_and_givers_are_a_number(officer):
    site = SiteFactory(area=commune())
    site.fund(by=officer, on=date(2026, 3, 1), source=Funding.Source.DONORS, amount_vnd=5_000_000, donor_count=2)
    site.fund(by=officer, on=date(2026, 5, 1), source=Funding.Source.STATE, amount_vnd=1_000_000)
    spring = Window(date(2026, 3, 1), date(2026, 4, 30))
    assert rollup.total(nation(), "model_funding_vnd", spring).value == 5_000_000
    assert rollup.total(nation(), "model_donors", spring).value == 2
    assert rollup.total(nation(), "model_funding_vnd", Window(date(2026, 1, 1), date(2026, 12, 31))).value == 6_000_000


def test_the_last_word_on_each_kind_of_equipment_holds(officer):
    site = SiteFactory(area=commune())
    site.equip(by=officer, on=date(2026, 3, 1), kind=Equipment.Kind.LAMP, count=3)
    site.equip(by=officer, on=date(2026, 5, 1), kind=Equipment.Kind.LAMP, count=5)
    site.equip(by=officer, on=date(2026, 5, 1), kind=Equipment.Kind.GONG, count=0)
    assert {one.kind: one.count for one in site.equipment_on(date(2026, 4, 1))} == {"lamp": 3}
    assert {one.kind: one.count for one in site.equipment_on(date(2026, 6, 1))} == {"lamp": 5}


def test_heads_follow_one_another(officer):
    site = SiteFactory(area=commune())
    site.be_headed(by=officer, on=date(2026, 2, 1), position="Trưởng bản")
    site.be_headed(by=officer, on=date(2026, 6, 1), position="")
    assert [site.head_on(day) for day in (date(2026, 1, 20), date(2026, 3, 1), date(2026, 7, 1))] == [
        "",
        "Trưởng bản",
        "",
    ]
