import json
import sys
from datetime import date
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command

from luytre.running.environment import WITHOUT_DATABASE
from tests.reporting.reading import made
from tests.reporting.reading.made import SENTENCE


@pytest.fixture
def engine(monkeypatch):
    """Finds one figure in every text, and tells what it was asked."""

    class Proposal:
        def __init__(self, **about):
            self.about = about

        def as_json(self):
            return self.about

    def propose(text, *, reported_on=None, area=None, with_targets=False):
        yield Proposal(value=25, letters=len(text), day=str(reported_on), area=area, targets=with_targets)

    module = ModuleType("luytre.reporting.reading.proposing")
    module.propose = propose
    monkeypatch.setitem(sys.modules, module.__name__, module)


def test_the_text_of_a_file_is_printed_exactly(tmp_path, capfdbinary):
    content = "\ufeffMột\r\nhai \u0111\u00e3 xong\n\n cuối".encode()
    (tmp_path / "a.txt").write_bytes(content)
    call_command("read", tmp_path / "a.txt", "--text")
    assert capfdbinary.readouterr().out == content


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path, capsys):
    (tmp_path / "một.docx").write_bytes(made.word("Tæ chøc 25 buæi, héi nghÞ"))
    (tmp_path / "hai.pdf").write_bytes(b"%PDF-1.7 no")
    (tmp_path / "ba.txt").write_text(SENTENCE)
    paths = [tmp_path / name for name in ("một.docx", "hai.pdf", "không có.txt", "ba.txt")]
    with pytest.raises(SystemExit) as exit:
        call_command("read", *paths, tmp_path, "--text")
    assert exit.value.code == 2
    told = capsys.readouterr()
    assert told.out == f"Tổ chức 25 buổi, hội nghị\n{SENTENCE}"
    assert told.err.splitlines() == [
        f"{paths[0]}: chữ theo bảng mã TCVN3 (ABC) đã được chuyển sang Unicode",
        f"{paths[1]}: Tệp bị hỏng hoặc gửi chưa trọn vẹn. Hãy mở tệp, lưu lại rồi đưa lại.",
        f"{paths[2]}: không có tệp này. Hãy xem lại tên và thư mục.",
        f"{tmp_path}: đây là thư mục. Hãy ghi tên các tệp trong đó.",
    ]


@pytest.mark.usefixtures("engine")
def test_figures_are_told_a_line_each_with_their_file_first(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("có 25 buổi")
    call_command("read", path, path, "--json", "--reported", "2026-11-30", "--area", "xã Mường Phăng", "--targets")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert list(json.loads(lines[0]))[0] == "file"
    assert json.loads(lines[0]) == {
        "file": str(path), "value": 25, "letters": 10, "day": str(date(2026, 11, 30)), "area": "xã Mường Phăng",
        "targets": True,
    }  # fmt: skip


def test_a_day_is_written_like_a_day(tmp_path):
    with pytest.raises(CommandError, match="2026-11-30"):
        call_command("read", tmp_path / "a.txt", "--reported", "30/11/2026")


def test_no_database_is_started_for_it():
    assert "read" in WITHOUT_DATABASE
