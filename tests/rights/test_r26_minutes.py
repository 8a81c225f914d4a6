"""R26: the minutes that forms ask of a commune officer in a month are measured and have a budget."""

import pytest

from luytre.areas.models import Level
from luytre.reporting.models import Every, ReturnForm
from luytre.reporting.returns import declaring, minutes

FORMS = {form.code: form for form in declaring.declared()}


def test_the_forms_of_a_commune_stay_within_its_minutes():
    asked = minutes.asked_a_month(Level.COMMUNE)
    assert 0 < asked <= minutes.budget().commune_minutes_a_month


def test_forms_of_longer_periods_count_with_their_share():
    by_hand = sum(
        minutes.expected(form) * {"month": 1, "quarter": 1 / 3, "half": 1 / 6, "year": 1 / 12}[form.every]
        for form in FORMS.values()
        if form.level == Level.COMMUNE
    )
    assert minutes.asked_a_month(Level.COMMUNE) == pytest.approx(by_hand)


def test_a_form_too_many_breaks_the_budget(monkeypatch):
    monthly = [form for form in FORMS.values() if form.level == Level.COMMUNE and form.every == Every.MONTH]
    monkeypatch.setattr(declaring, "declared", lambda: (*FORMS.values(), *monthly * 3))
    assert minutes.asked_a_month(Level.COMMUNE) > minutes.budget().commune_minutes_a_month


def test_a_typed_cell_costs_more_than_one_the_register_fills():
    code = next(iter(FORMS["commune-month"].register_codes))
    typed = ReturnForm(codes=[code], register_codes=[])
    known = ReturnForm(codes=[], register_codes=[code])
    assert minutes.expected(typed) > minutes.expected(known) > 0


def test_every_form_has_its_minutes():
    for form in FORMS.values():
        assert 0 < minutes.expected(form) < 30, form.code
