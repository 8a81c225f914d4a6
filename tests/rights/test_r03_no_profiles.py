"""R3: no profile of anybody who did not join; every column that is kept has its purpose, ground and time."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from luytre.accounts import inventory
from luytre.administration import limits

ROOT = Path(__file__).resolve().parents[2]
MODELS = {model._meta.label: model for model in apps.get_models()}
NAMES_OF_PEOPLE = re.compile(r"(^|_)(full_?name|first_?name|last_?name|surname|cccd|passport|birth|phone|gender|sex)")


def test_every_table_stands_in_the_inventory_and_none_that_is_gone():
    assert set(inventory.load()) == set(MODELS)


@pytest.mark.parametrize("label", MODELS)
def test_every_column_stands_in_the_inventory_once(label):
    holding = inventory.load()[label]
    columns = {field.name for field in MODELS[label]._meta.concrete_fields}
    said = [*holding.personal, *holding.not_personal]
    assert sorted(said) == sorted(columns)


@pytest.mark.parametrize("label", MODELS)
def test_every_table_says_why_and_until_when_in_both_languages(label):
    for name in ("purpose", "ground", "keep"):
        said = inventory.load()[label].said[name]
        assert said["vi"].strip()
        assert said["en"].strip()


@pytest.mark.parametrize("label", [label for label, one in inventory.load().items() if one.personal])
def test_what_is_personal_ends_some_day(label):
    """By a rule of its own, or with the account; only the trail, which holds no contents, stays."""
    holding = inventory.load()[label]
    ends_with_record = {"act"} == set(holding.personal.values())
    ends_with_another = label == "account.EmailConfirmation"  # goes with its address, which goes with the account
    assert holding.erase or holding.goes_with_account or ends_with_record or ends_with_another


def test_a_column_that_names_people_is_personal():
    for label, model in MODELS.items():
        for field in model._meta.concrete_fields:
            if NAMES_OF_PEOPLE.search(field.name):
                assert field.name in inventory.load()[label].personal, f"{label}.{field.name}"


def test_a_link_to_a_person_is_personal():
    for label, model in MODELS.items():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model is get_user_model():
                assert field.name in inventory.load()[label].personal, f"{label}.{field.name}"


JOINED = {"registry.Member"}  # who joined by themselves, or agreed: no row without a consent beside it


def test_people_stand_only_where_they_have_an_account_asked_or_joined():
    """No register names anybody else: whoever is named has an account, wrote the request, joined or agreed."""
    kinds = {"identity", "contact"}
    naming = {label for label, one in inventory.load().items() if kinds & set(one.personal.values())}
    ours = {label for label in naming if MODELS[label].__module__.startswith("luytre.")}
    assert {label.split(".")[0] for label in ours - JOINED} <= {"accounts", "api"}


def test_each_rule_names_tests_that_are_there():
    for rule in limits.rules():
        assert rule.vi
        assert rule.en
        for test in rule.tests:
            assert (ROOT / test).is_file(), test


def test_each_test_of_a_rule_is_named_by_it():
    named = {test for rule in limits.rules() for test in rule.tests}
    there = {str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "rights").glob("test_r[0-9]*.py")}
    assert there <= named


def test_all_rules_are_there():
    assert [rule.code for rule in limits.rules()] == [f"R{number}" for number in range(1, 27)]


def test_the_files_people_read_are_plain_toml():
    for path in (ROOT / "privacy").glob("*.toml"):
        assert tomllib.loads(path.read_text())
