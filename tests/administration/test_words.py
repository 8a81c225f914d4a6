"""Everything that the trail says has its words."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from luytre.accounts import inventory
from luytre.activities import rosters
from luytre.administration import purposes, words
from luytre.ui.registers import REGISTERS

PACKAGE = Path(__file__).resolve().parents[2] / "luytre"
RECORDERS = {"record": 1, "wrote": 0}  # where the verb stands among the arguments


def verbs_in(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = RECORDERS.get(name)
            said = node.args[place] if place is not None and len(node.args) > place else None
            found |= {one.value for one in ast.walk(said) if isinstance(one, ast.Constant)} if said else set()
    return {one for one in found if isinstance(one, str)}


def test_every_verb_of_the_trail_has_its_words():
    verbs = set().union(*(verbs_in(path) for path in PACKAGE.rglob("*.py")))
    assert len(verbs) > 20
    assert verbs - set(words.VERBS) == set()


def test_every_purpose_has_its_words():
    used = {purposes.ACCOUNTS, purposes.REQUEST, purposes.OWN, purposes.AUDIT}
    used |= {one.names_people for one in REGISTERS.values() if one.names_people} | {rosters.PURPOSE}
    assert used == set(words.PURPOSES)


def test_kinds_that_are_gone_keep_their_code():
    assert words.kind("accounts.user") == str(apps.get_model("accounts.User")._meta.verbose_name)
    assert words.kind("gone.thing") == "gone.thing"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_inventory_is_a_public_page_in_both_languages(client, language):
    client.cookies["luytre_language"] = language
    page = client.get(reverse("kept")).content.decode()
    with translation.override(language):
        for holding in inventory.about_people():
            assert escape(holding.title[1:]) in page
    assert "UNDEFINED" not in page
