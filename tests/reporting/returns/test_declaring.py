"""The forms as they are declared."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from luytre.areas.models import Level
from luytre.common.periods import Calendar
from luytre.reporting import catalogue, indicators
from luytre.reporting.models import Behaviour, ReturnForm
from luytre.reporting.returns import declaring
from luytre.reporting.returns.declaring import ChangedForm

ROOT = Path(__file__).resolve().parents[3]
FORMS = {form.code: form for form in declaring.declared()}
COLLECTED = {Level.COMMUNE: {"commune", "unit"}, Level.RESIDENTIAL: {"area"}, Level.PROVINCE: {"province"}}
LENGTH = ["month", "quarter", "half", "year"]


@pytest.fixture(params=FORMS)
def form(request) -> ReturnForm:
    return FORMS[request.param]


def test_a_typed_number_is_collected_at_the_level_of_its_form(form):
    assert {catalogue.get(code).collected_at for code in form.codes} <= COLLECTED[form.level]


def test_a_form_asks_no_more_often_than_a_number_is_collected(form):
    shortest = [LENGTH.index(catalogue.get(code).period) for code in form.codes]
    assert max(shortest) <= LENGTH.index(form.every)


def test_no_form_asks_for_what_a_register_knows(form):
    assert not {*form.codes} & {*indicators.INDICATORS}
    assert {*form.register_codes} <= {*indicators.INDICATORS}


def test_ratios_are_worked_out_and_never_typed(form):
    assert not [code for code in form.codes if catalogue.get(code).behaviour == Behaviour.RATIO]


def test_no_form_asks_for_a_bare_total_about_people(form):
    reviewed = tomllib.loads((ROOT / "privacy" / "reviewed_words.toml").read_text())
    bare = {name for group in reviewed["bare_totals"] for name in group["names"]}
    assert bare
    assert not {*form.codes} & bare


def test_each_code_stands_once_and_rules_speak_of_cells_of_the_form(form):
    codes = [code for section in declaring.sections(form) for code in section.codes]
    assert len(codes) == len({*codes}) == len(form.codes) + len(form.register_codes)
    for rule in form.rules:
        spoken = [rule[name] for name in ("part", "whole", "needs", "for") if name in rule]
        assert {*spoken, *rule.get("parts", [])} <= {*codes}


def test_a_code_stands_in_one_form_per_level_and_time():
    assert list(declaring.clashes(FORMS.values())) == []


def test_two_forms_that_ask_the_same_at_the_same_time_are_found():
    one = ReturnForm(code="a", level="commune", codes=["x", "y"], valid_from=date(2026, 1, 1))
    later = ReturnForm(code="b", level="commune", codes=["y"], valid_from=date(2026, 6, 1))
    assert [clash.code for clash in declaring.clashes([one, later])] == ["y"]
    one.valid_to = date(2026, 6, 1)
    assert list(declaring.clashes([one, later])) == []


@pytest.mark.django_db
def test_syncing_again_changes_nothing():
    declaring.sync()
    before = list(ReturnForm.objects.values())
    declaring.sync()
    assert list(ReturnForm.objects.values()) == before
    assert len(before) == len(FORMS)


@pytest.mark.django_db
def test_what_a_version_asks_never_changes(monkeypatch):
    declaring.sync()
    ReturnForm.objects.filter(code="commune-month").update(codes=["traffic_accidents"])
    with pytest.raises(ChangedForm, match="commune-month"):
        declaring.sync()


@pytest.mark.django_db
def test_a_new_version_ends_the_one_before_it(monkeypatch):
    declaring.sync()
    newer = declaring.read(
        {
            "code": "commune-month", "version": 2, "vi_name": "Biểu tháng", "en_name": "Monthly", "level": "commune",
            "every": "month", "due_days": 3, "valid_from": date(2027, 1, 15), "legal_basis": "",
            "section": [{"vi": "A", "en": "A", "codes": ["traffic_accidents", "outreach_sessions"]}],
        }
    )  # fmt: skip
    monkeypatch.setattr(declaring, "declared", lambda: (newer,))
    declaring.sync()
    old, new = ReturnForm.objects.filter(code="commune-month").order_by("version")
    assert old.valid_to == new.valid_from == date(2027, 1, 15)
    assert (new.codes, new.register_codes) == (["traffic_accidents"], ["outreach_sessions"])
    assert new.slots
    assert new.calendar == Calendar.ADMINISTRATIVE
