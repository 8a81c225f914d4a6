"""The catalogue keeps the rules that figures and rights stand on."""

import pytest
from django.core.management import call_command

from luytre.reporting import catalogue, indicators
from luytre.reporting.models import AreaRule, Behaviour, Definition, Nature

ALL = list(catalogue.definitions().values())
BARE_WORDS = ("tip", "arrest", "offender", "message")


def test_every_code_is_one_statistic():
    assert len({one.code for one in ALL}) == len(ALL) >= 257


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.code)
def test_a_row_is_whole_and_well_formed(one: Definition):
    one.clean_fields(exclude=["numerator", "denominator", "aliases"])
    assert one.definition.endswith(".")


def test_ratios_have_both_parts_and_the_rest_has_none():
    for one in ALL:
        parts = [one.numerator, one.denominator]
        if one.behaviour == Behaviour.RATIO:
            assert one.area_rule == AreaRule.RECOMPUTE
            assert all(catalogue.get(part).behaviour != Behaviour.RATIO for part in parts)
        else:
            assert parts == ["", ""]
            assert one.area_rule != AreaRule.RECOMPUTE


def test_no_target_stands_on_what_is_not_work_done():
    """Rights rule R8: neither context nor safeguards, neither tips nor persons, are to be driven up or down."""
    for one in ALL:
        if not one.is_target_allowed:
            continue
        assert one.nature in {Nature.OUTPUT, Nature.OUTCOME, Nature.BURDEN}, one.code
        assert one.group not in {"tips", "situation", "pledges", "awards"}, one.code
        assert one.en_unit not in {"persons", "people", "households", "attendances", "individuals"}, one.code
        assert not any(word in one.code for word in BARE_WORDS), one.code


def test_what_no_register_may_hold_comes_from_no_register():
    for one in ALL:
        if "no record of persons" in one.definition:
            assert one.derived_from == "manual", one.code
            assert one.code not in indicators.INDICATORS


def test_what_the_registers_yield_is_in_the_catalogue():
    for code in indicators.INDICATORS:
        assert catalogue.get(code).behaviour != Behaviour.RATIO


def test_distinct_counts_are_the_ones_that_do_not_add():
    from luytre.reporting.measures import Keys

    for indicator in indicators.INDICATORS.values():
        keeps_keys = any(isinstance(source.measure, Keys) for source in indicator.sources)
        assert keeps_keys == (indicator.definition.area_rule == AreaRule.DISTINCT), indicator.code


def test_search_needs_no_tone_marks():
    assert "outreach_sessions" in [one.code for one in catalogue.matching("buoi tuyen truyen")]


def test_the_table_mirrors_the_file_and_a_second_time_changes_nothing(db, capsys):
    call_command("sync_catalogue")
    call_command("sync_catalogue")
    assert Definition.objects.count() == len(ALL)
    assert Definition.objects.get(code="outreach_sessions").vi_name == "Buổi tuyên truyền / phát động"
    assert capsys.readouterr().err == ""


def test_a_changed_meaning_is_told(db, capsys):
    call_command("sync_catalogue")
    Definition.objects.filter(code="outreach_sessions").update(definition="Something else.")
    call_command("sync_catalogue")
    assert "outreach_sessions" in capsys.readouterr().err
