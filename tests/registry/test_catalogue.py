"""The lists that everybody starts from."""

import pytest
from django.core.management import CommandError, call_command

from luytre.registry import catalogue
from luytre.registry.models import GroupKind, Initiative, InitiativeField
from tests.factories import nation, province

pytestmark = pytest.mark.django_db

AGREED = {
    *("security_cluster", "order_team", "peaceful_clan", "mediation_team", "anti_crime_club", "self_management_group"),
    *("boat_group", "civil_defence_team", "patrol_team", "youth_shock_team", "worker_group", "border_group"),
    *("fire_interfamily_group", "reintegration_group"),
}
APART = {"neighbourhood_guard_board", "neighbourhood_guard_team", "commune_police_part_time"}


def test_88_initiatives_in_every_field():
    nation()
    assert catalogue.sync_initiatives() == 88
    assert set(Initiative.objects.values_list("field", flat=True)) == set(InitiativeField.values)
    assert not Initiative.objects.filter(gloss="").exists()


def test_an_initiative_is_found_by_its_other_name():
    nation()
    catalogue.sync_initiatives()
    assert [found.name for found in Initiative.objects.matching("dong ho binh yen")] == [
        "Dòng họ tự quản về an ninh, trật tự"
    ]


def test_forty_kinds_of_mass_organisation_and_more_and_the_forces_apart():
    catalogue.sync_group_kinds()
    mass = set(GroupKind.objects.filter(is_mass=True).values_list("code", flat=True))
    assert len(mass) >= 40
    assert mass >= AGREED
    assert set(GroupKind.objects.filter(is_mass=False).values_list("code", flat=True)) == APART
    assert [kind.code for kind in GroupKind.objects.filter(is_cluster=True)] == ["security_cluster"]
    ended = GroupKind.objects.exclude(last_collected_on=None).values_list("code", flat=True)
    assert set(ended) == APART


def test_a_second_run_changes_nothing():
    nation()
    catalogue.sync_initiatives(), catalogue.sync_group_kinds()
    assert catalogue.sync_initiatives() == 0
    assert catalogue.sync_group_kinds() == 0


def test_a_changed_list_is_followed():
    nation()
    catalogue.sync_initiatives(), catalogue.sync_group_kinds()
    Initiative.objects.filter(name="Thôn an toàn").update(gloss="old words")
    GroupKind.objects.filter(code="order_team").update(en_name="old words")
    assert (catalogue.sync_initiatives(), catalogue.sync_group_kinds()) == (1, 1)
    assert not Initiative.objects.filter(gloss="old words").exists()


def test_a_name_that_a_province_made_stays_the_provinces():
    nation()
    mine = Initiative.objects.create(name="Thôn an toàn", field=InitiativeField.PATROL, area=province())
    catalogue.sync_initiatives()
    mine.refresh_from_db()
    assert (mine.area, mine.field) == (province(), InitiativeField.PATROL)


def test_the_lists_need_a_territory():
    with pytest.raises(CommandError, match="load_territory"):
        call_command("sync_lists")


def test_the_command_fills_all_lists(capsys):
    nation()
    call_command("sync_lists")
    assert "88" in capsys.readouterr().out
