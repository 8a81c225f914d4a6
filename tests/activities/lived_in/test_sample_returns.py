"""The printed figures that no register yields come out of typed returns, at the level where they are collected."""

import pytest

from luytre.areas.models import Level
from luytre.reporting import catalogue, indicators, rollup, seeds
from luytre.reporting.models import Return, StepKind

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("sample")]
LEVELS = {"commune": Level.COMMUNE, "unit": Level.COMMUNE, "area": Level.RESIDENTIAL, "province": Level.PROVINCE}


def test_every_printed_figure_is_met_with_its_qualifier():
    found = seeds.all_of(None)
    assert len(found) == len(catalogue.rows("seed_figures.csv"))
    assert [(one.definition.code, one.expected_words, str(one.figure)) for one in found if not one.is_met] == []


def test_what_was_typed_for_them_stands_at_the_level_where_it_is_collected():
    typed = Return.objects.filter(form__is_sample=True, form__every="once").select_related("form", "area")
    assert typed.exists()
    for report in typed:
        assert not {*report.form.codes} & {*indicators.INDICATORS}
        assert {LEVELS[catalogue.get(code).collected_at] for code in report.form.codes} == {report.area.level}


def test_the_parts_of_a_printed_figure_add_up_to_it():
    [seed] = [one for one in seeds.all_of(None) if one.definition.code == "safe_standard_registrations_household"]
    parts = rollup.parts(seed.area, seed.definition.code, seed.window)
    assert len([part for part in parts if part.value]) > 1
    assert sum(part.value or 0 for part in parts) == 107_884


def test_a_year_of_returns_has_late_silent_and_approved_ones():
    months = Return.objects.filter(form__code="commune-month").with_state()
    states = set(months.values_list("last_step", flat=True))
    assert {StepKind.SENT, StepKind.APPROVED} <= states
    newest = months.latest("last_day")
    assert not months.filter(last_day=newest.last_day, area__code="03325").exists()
