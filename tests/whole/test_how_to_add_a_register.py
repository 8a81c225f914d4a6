"""A newcomer follows docs/how-to/add-a-register.md in a copy of the house: all it promises is there."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-a-register.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.S)
LEFT_HERE = {".git", ".venv", "build", "node_modules", "var"}


@dataclass(frozen=True)
class Copy:
    """The house as the newcomer has it on their desk."""

    path: Path

    def run(self, *command: str) -> str:
        done = subprocess.run(command, cwd=self.path, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        """The same cluster, a database of its own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
        url = urlsplit(kept["LUYTRE_DATABASE_URL"])._replace(path=f"/newcomer{os.getpid()}").geturl()
        said = {"LUYTRE_DATABASE_URL": url, "LUYTRE_PREPARED": "1", "LUYTRE_POOL": "0"}
        keys = {"LUYTRE_SECRET_KEY": "a-newcomers-secret-key-that-is-long-enough-0123456789", "LUYTRE_AUDIT_KEY": "a"}
        places = {"PYTHONPATH": str(self.path), "DJANGO_SETTINGS_MODULE": "config.test_settings"}
        return {**kept, **said, **keys, **places}

    def follow(self, kind: str, text: str) -> None:
        """A block of the page: a new file, lines for an old one, or commands."""
        if kind == "sh":
            for line in text.strip().splitlines():
                self.run(*line.replace(".venv/bin/python", sys.executable).split())
            return
        name, _newline, content = text.removeprefix("# ").partition("\n")
        path = self.path / name
        assert path.is_file() == (kind != "python"), name
        with path.open("a", encoding="utf-8") as lines:
            lines.write(content if kind == "python" else f"\n{content}")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    def ignored(folder: str, names: list[str]) -> set[str]:
        top = LEFT_HERE if Path(folder) == ROOT else set()
        return {name for name in names if name in top or name == "__pycache__" or name.startswith(".mypy")}

    shutil.copytree(ROOT, tmp_path / "house", ignore=ignored)
    return Copy(tmp_path / "house")


def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def test_the_register_is_two_files_and_a_migration() -> None:
    kinds = [kind for kind, _text in blocks()]
    assert kinds == ["python", "python", "sh", "toml", "po"]


@pytest.mark.slow
def test_a_newcomer_has_pages_export_import_api_figures_and_sweep_tests(copy: Copy) -> None:
    for kind, text in blocks():
        copy.follow(kind, text)
    assert len(list(copy.path.glob("luytre/registry/migrations/*_alarm_bells.py"))) == 1
    copy.run(sys.executable, "-m", "luytre", "check_translations")
    walks = ["tests/whole/test_registers.py", "tests/ui/test_search.py", "tests/rights/test_r03_no_profiles.py"]
    said = copy.run(sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", *walks, "-k", "alarm or Alarm")
    for sentence in (
        "exported_sheet_can_be_imported",
        "program_reads_it",
        "has_its_figures",
        "corrected_taken_out",
        "every_column_stands",
    ):
        assert sentence in said
