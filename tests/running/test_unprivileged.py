import subprocess
from pathlib import Path

from luytre.running import unprivileged


def test_a_copy_of_the_programs_finds_its_libraries(tmp_path: Path):
    _name, prefix = unprivileged.installed()
    copy = unprivileged.copy_package(prefix.parent, tmp_path / "copy") / prefix.parent.name / prefix.name
    for program in ("postgres", "initdb", "pg_dump"):
        done = subprocess.run([copy / "bin" / program, "--version"], env={}, text=True, capture_output=True)
        assert "PostgreSQL" in done.stdout, done.stderr


def test_an_account_reaches_only_what_is_open_to_it(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    me = unprivileged.Account(closed.stat().st_uid, closed.stat().st_gid)
    assert me.reaches(closed)
    assert not me.reaches(tmp_path / "nowhere")
