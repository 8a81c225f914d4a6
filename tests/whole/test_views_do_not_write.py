"""Views ask, models act: no view writes a row, and none reads rows without saying whose."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "luytre"
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
FIRST_WORDS = {"within", "of_office", "of_nation", "readable", "published", "on"}
FIRST_WORDS |= {"standing_within", "standing_under", "find"}
# Rows that have no area, or are read by what they are: each with its reason.
EXCEPTIONS = {
    "Definition": "the catalogue is the same for everybody",
    "Initiative": "the shared list of types",
    "GroupKind": "the shared list of kinds",
    "EquipmentItem": "the shared list of equipment",
    "TrainingTopic": "the shared list of training topics",
    "Topic": "the shared list of topics",
    "AuditEntry": "read with AUDIT_READ, by the auditor of the whole nation",
    "ChainLink": "hashes only",
    "DailyRoot": "public",
    "DayRoot": "public",
    "Area": "places are public; pages that show records check the scope",
    "SubjectRequest": "found by its own secret code or by the officer's scope",
    "Token": "one's own",
}


def view_files() -> list[Path]:
    inside = [path for path in PACKAGE.rglob("*.py") if path.name == "views.py" or path.parent.name == "views"]
    return sorted([*inside, *(PACKAGE / "ui" / "kit").glob("*pages.py")])


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))


def chain(node: ast.expr) -> list[str]:
    """`Site.objects.within(scope).get()` as its words from the left."""
    words: list[str] = []
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call):
            node = node.func
        else:
            words.insert(0, node.attr)
            node = node.value
    return [node.id, *words] if isinstance(node, ast.Name) else words


@pytest.mark.parametrize("path", view_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_view_writes_no_row(path: Path) -> None:
    for call in calls(ast.parse(path.read_text())):
        words = chain(call)
        if any(keyword.arg == "commit" for keyword in call.keywords):
            continue  # a form that only fills the record
        is_model_word = words[-1] in WRITES and (words[0][:1].isupper() or "objects" in words or words[-1] == "save")
        assert not is_model_word, f"{path.name}:{call.lineno} {'.'.join(words)}"


@pytest.mark.parametrize("path", view_files(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_view_reads_rows_of_somewhere(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and "objects" in (words := chain(node)) and words[0] not in EXCEPTIONS:
            assert FIRST_WORDS & set(words), f"{path.name}:{node.lineno} {'.'.join(words)} reads without a scope"


def test_this_test_can_fail() -> None:
    bad = ast.parse("def v(r):\n    Site.objects.create(name=1)\n    return Site.objects.all()")
    found = [chain(call) for call in calls(bad)]
    assert ["Site", "objects", "create"] in found
    assert ["Site", "objects", "all"] in found
