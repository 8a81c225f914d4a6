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
    a_house.run("migrate", "--verbosity=0")
    a_house.run("shell", "--verbosity=0", "-c", CREATE)
    a_house.home.folder("media").joinpath("ảnh một.jpg").write_bytes(b"picture")
    return a_house


@pytest.mark.slow
def test_what_was_backed_up_comes_back_after_everything_was_wiped(a_lived_in_house: House, tmp_path):
    house, file = a_lived_in_house, tmp_path / "sao lưu.luytre"
    people, trail = rows(house, PEOPLE), rows(house, TRAIL)
    assert len(people) == len(trail) == 20
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
