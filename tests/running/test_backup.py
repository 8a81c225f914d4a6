import io
import tarfile

import psycopg
import pytest

from tests.running.house import House

PEOPLE = "SELECT id, username, full_name FROM accounts_user ORDER BY id"
TRAIL = "SELECT sequence, hash FROM audit_chainlink ORDER BY sequence"
CREATE = """
from django.utils import timezone
from luytre.accounts.models import User
from luytre.audit import chain
from luytre import audit
for number in range(20):
    person = User.objects.create(username=f"09{number:08d}", full_name=f"Nguyễn Thị Ẩn {number}")
    audit.record(person, "created", by="test")
chain.chain_committed(today=timezone.localdate())
"""


def rows(house: House, query: str) -> list[tuple[object, ...]]:
    with house.cluster.in_use(), psycopg.connect(house.cluster.url()) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def a_lived_in_house(a_house: House) -> House:
    a_house.move_in()
    a_house.run("shell", "--verbosity=0", "-c", CREATE)
    a_house.home.folder("media").joinpath("ảnh một.jpg").write_bytes(b"picture")
    return a_house


@pytest.mark.slow
def test_what_was_backed_up_comes_back_after_everything_was_wiped(a_lived_in_house: House, tmp_path):
    house, file = a_lived_in_house, tmp_path / "sao lưu.luytre"
    people, trail = rows(house, PEOPLE), rows(house, TRAIL)
    assert (len(people), len(trail)) == (20, 21)  # the territory's loading stands in the trail too
    house.run("backup", str(file))
    with house.cluster.in_use(), psycopg.connect(house.cluster.url()) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    house.path.joinpath("media", "ảnh một.jpg").unlink()

    house.run("restore", str(file))

    assert rows(house, PEOPLE) == people
    assert rows(house, TRAIL) == trail
    assert house.path.joinpath("media", "ảnh một.jpg").read_bytes() == b"picture"
    house.run("audit", "verify")
    assert [name for (name,) in rows(house, "SELECT datname FROM pg_database WHERE datname LIKE 'luytre%'")] == [
        "luytre"
    ]


@pytest.mark.slow
def test_a_restore_that_may_not_or_cannot_be_done_changes_nothing(a_lived_in_house: House, tmp_path):
    house, file, damaged = a_lived_in_house, tmp_path / "good", tmp_path / "damaged"
    house.run("backup", str(file), "--with-secrets")
    people = rows(house, PEOPLE)
    damaged.write_bytes(damage(file.read_bytes()))

    assert "--replace" in house.run("restore", str(file), fails=True)
    assert "hỏng" in house.run("restore", str(damaged), "--replace", fails=True)
    assert rows(house, PEOPLE) == people
    house.run("restore", str(file), "--replace")
    assert rows(house, PEOPLE) == people


def damage(content: bytes) -> bytes:
    """One bit, somewhere in the dump."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        place = archive.getmember("database.dump").offset_data + 1000
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


TIP = """
from django.utils import timezone
from luytre.areas.models import Area
from luytre.tips.models import Desk, Part, Tip, Wrapping
area = Area.objects.order_by("pk").first()
desk = Desk.objects.create(area=area, kind="commune", name="Công an xã Thử")
now = timezone.now()
tip = Tip.objects.create(area=area, desk=desk, channel="web", received_at=now)
about = {"direction": "reporter", "number": 1, "digest": "0" * 64, "rung": 0, "came_at": now}
Part.objects.create(tip=tip, sealed=b"sealed part", **about)
Wrapping.objects.create(tip=tip, sealed=b"sealed wrapping")
"""


@pytest.mark.slow
def test_what_opens_tips_lies_in_a_file_of_its_own_that_can_be_destroyed(a_house: House, tmp_path):
    """An old backup without its second file still restores; its sealed parts are noise."""
    a_house.move_in()
    a_house.run("shell", "--verbosity=0", "-c", CREATE + TIP)
    file, wrappings = tmp_path / "sao lưu", tmp_path / "sao lưu-wrappings"
    a_house.run("backup", str(file))
    with tarfile.open(file) as first, tarfile.open(wrappings) as second:
        assert "wrappings.dump" in second.getnames()
        assert "wrappings.dump" not in first.getnames()
    a_house.run("restore", str(file), "--replace")
    assert rows(a_house, "SELECT sealed FROM tips_wrapping") == [(b"sealed wrapping",)]
    wrappings.unlink()
    said = a_house.run("restore", str(file), "--replace")
    assert "không mở được" in said
    assert rows(a_house, "SELECT sealed FROM tips_wrapping") == []
    assert rows(a_house, "SELECT sealed FROM tips_part") == [(b"sealed part",)]
