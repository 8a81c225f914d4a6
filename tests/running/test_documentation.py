"""The generated pages say what the program does."""

import pytest
from django.core.management import call_command
from django.utils import translation

from luytre.running import documentation

pytestmark = pytest.mark.django_db


def test_the_generated_pages_are_up_to_date() -> None:
    call_command("sync_catalogue", verbosity=0)
    with translation.override("en"):
        assert documentation.stale() == [], "run `luytre generate_docs`"
