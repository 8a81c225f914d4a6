import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.running.house import House


@pytest.mark.slow
def test_one_command_serves_says_how_it_is_and_ends_cleanly(a_house: House):
    with a_house.serving("--no-sample") as server:
        assert a_house.health() == (200, '{"status": "ok"}')
        for record in ("web", "worker"):
            process = (a_house.path / "run" / f"{record}.pid").read_text()
            environment = Path(f"/proc/{process}/environ").read_text()
            assert "luytre_owner" not in environment
            assert a_house.home.secret("database_luytre_owner") not in environment
        assert "đang chạy với thư mục dữ liệu" in a_house.run("serve", fails=True)
        ended = time.monotonic()
        server.terminate()
        said = server.communicate(timeout=60)[0]
    assert time.monotonic() - ended < 15
    assert f"http://localhost:{a_house.port}" in said
    assert "Traceback" not in said
    assert not a_house.cluster.is_alive()
    assert not (a_house.path / "run" / "web.pid").exists()


def test_a_taken_port_is_said_before_anything_is_made(a_house: House):
    with socket.socket() as other:
        other.bind(("127.0.0.1", a_house.port))
        other.listen()
        assert f"cổng {a_house.port} không dùng được" in a_house.run("serve", fails=True)
    assert not (a_house.path / "database").exists()


WHO = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['USER'])"


def test_a_command_works_from_any_folder(a_house: House, tmp_path):
    done = subprocess.run(
        [Path(sys.executable).with_name("luytre"), "shell", "--verbosity=0", "-c", WHO],
        env=a_house.environment, cwd=tmp_path, text=True, capture_output=True,
    )  # fmt: skip
    assert done.stdout.strip() == "luytre_app", done.stderr
