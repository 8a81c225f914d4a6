"""The tests stand where the code stands."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OTHERS = {"whole", "rights", "browser", "__pycache__"}


def test_each_folder_of_tests_has_its_app() -> None:
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} - OTHERS
    apps = {path.name for path in (ROOT / "luytre").iterdir() if path.is_dir()}
    assert folders <= apps


def test_no_file_has_grown_past_its_size() -> None:
    """350 lines: past that there is a noun or a page in it that wants its own file."""
    long = [
        f"{path.relative_to(ROOT)}: {count}"
        for path in (ROOT / "luytre").rglob("*.py")
        if "migrations" not in path.parts and (count := len(path.read_text().splitlines())) > 350
    ]
    assert long == []


def test_no_module_is_named_after_nothing() -> None:
    banned = {"services", "selectors", "utils", "helpers", "managers", "signals", "constants"}
    assert not [path for path in (ROOT / "luytre").rglob("*.py") if path.stem in banned]
