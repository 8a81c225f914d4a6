import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command

from luytre.activities.models import OutreachSession
from luytre.reporting.exchange import parquet
from luytre.reporting.exchange.parquet import NoExport
from luytre.reporting.facts import keeping
from luytre.reporting.models import FactDelta
from tests.reporting.exchange import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(places, clerk):
    facts.record(places, clerk)


def rows(folder: Path) -> list[tuple]:
    export = parquet.load(folder)
    found = [row for part in export.facts.values() for row in pq.ParquetFile(folder / part.file).read().to_pylist()]
    return sorted(tuple(map(str, row.values())) for row in found)


def test_what_waits_and_what_is_folded_are_exported_alike(recorded, tmp_path):
    assert FactDelta.objects.exists()
    parquet.write(tmp_path / "before")
    keeping.fold()
    parquet.write(tmp_path / "after")
    assert rows(tmp_path / "before") == rows(tmp_path / "after") != []


def test_a_month_holds_area_days_statistic_value_in_hundredths_and_how_exact(recorded, tmp_path):
    parquet.write(tmp_path)
    (file,) = (tmp_path / "facts" / "year=2025" / "month=02").iterdir()
    lines = {
        (row["area"], row["indicator"], str(row["first_day"]), str(row["last_day"]), row["qualifier"]): (
            row["value"],
            row["marks"],
        )
        for row in pq.ParquetFile(file).read().to_pylist()
    }
    days = ("2025-01-15", "2025-02-14")
    assert lines["00002", "criminal_cases", *days, "exact"] == (7_00, 0)
    assert lines["00002", "criminal_cases", *days, "about"] == (0, 1)
    assert lines["00004", "cases_occurred", *days, "exact"] == (1_00, 0)
    assert ("00002", "cases_occurred", *days, "exact") not in lines


def test_run_again_it_writes_only_what_changed(recorded, places, clerk, tmp_path):
    said = []
    parquet.write(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.parquet")}
    parquet.write(tmp_path, say=lambda month, part, is_new: said.append((month, is_new)))
    assert said
    assert not any(is_new for _month, is_new in said)
    OutreachSession.objects.filter(held_on="2026-01-05").update(attendance=31)
    said.clear()
    parquet.write(tmp_path, say=lambda month, part, is_new: said.append((month, is_new)))
    assert [month for month, is_new in said if is_new] == ["2026-01"]
    after = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.parquet")}
    gone = [file for file in before if file not in after]
    assert [str(file.relative_to(tmp_path)).partition("/part")[0] for file in gone] == ["facts/year=2026/month=01"]
    assert all(after[file] == when for file, when in before.items() if file not in gone and "part" in file.name)


def test_broken_off_it_goes_on_where_it_was(recorded, tmp_path):
    class PowerCut(Exception):
        pass

    def cut(month: str, part: object, is_new: bool) -> None:
        if month == "2025-02":
            raise PowerCut

    with pytest.raises(PowerCut):
        parquet.write(tmp_path, say=cut)
    with pytest.raises(NoExport):
        parquet.load(tmp_path)
    said = {}
    parquet.write(tmp_path, say=lambda month, part, is_new: said.__setitem__(month, is_new))
    assert {month for month, is_new in said.items() if not is_new} == {month for month in said if month <= "2025-02"}
    assert any(said.values())


def test_a_reader_sees_the_old_export_until_the_new_one_is_whole(recorded, tmp_path):
    parquet.write(tmp_path)
    old = rows(tmp_path)
    OutreachSession.objects.update(attendance=99)
    seen = []
    parquet.write(tmp_path, say=lambda month, part, is_new: seen.append(rows(tmp_path)))
    assert seen
    assert all(one == old for one in seen)
    assert rows(tmp_path) != old


def test_nothing_is_left_lying_about(recorded, tmp_path):
    parquet.write(tmp_path)
    OutreachSession.objects.update(attendance=99)
    parquet.write(tmp_path)
    there = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    assert there == parquet.load(tmp_path).files() | {parquet.MANIFEST}


def test_large_months_are_read_in_blocks(recorded, tmp_path, monkeypatch):
    parquet.write(tmp_path / "whole")
    monkeypatch.setattr(parquet, "BLOCK", 100)
    parquet.write(tmp_path / "blocks")
    assert rows(tmp_path / "blocks") == rows(tmp_path / "whole")


def test_the_command_says_what_it_wrote(recorded, tmp_path, capsys):
    call_command("export_facts", str(tmp_path))
    said = capsys.readouterr().out
    assert "2026-01" in said
    assert json.loads((tmp_path / parquet.MANIFEST).read_text())["snapshot"] in said
