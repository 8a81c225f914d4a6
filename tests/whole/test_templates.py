"""Templates: each is used, none is long, none carries a script or a style of its own."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "luytre"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
# Django and the packages find these by name.
BY_NAME = re.compile(r"^(403|404|500|403_csrf)\.html$|^(account|mfa|allauth|usersessions)/|^django/")


def name_of(path: Path) -> str:
    return str(path).rpartition("/templates/")[2]


@pytest.fixture(scope="module")
def source() -> str:
    files = [*PACKAGE.rglob("*.py"), *TEMPLATES, *(PACKAGE.parent / "config").glob("*.py")]
    return "\n".join(path.read_text() for path in files)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_used(path: Path, source: str) -> None:
    name = name_of(path)
    assert BY_NAME.search(name) or f'"{name}"' in source or f"'{name}'" in source, f"{name} is used nowhere"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_obeys_the_content_policy(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\b(src|type=.application/json))", text), "an inline script"
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), "an inline style or handler"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 120
