"""A real streaming replica beside a real primary, and what is read where."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luytre.running import replicas
from luytre.running.database import Cluster
from tests.running.house import House, house

STORY = "import django; django.setup(); from tests.running.replica_story import main; main()"


@contextmanager
def replica_of(cluster: Cluster, folder: Path) -> Iterator[str]:
    """A copy that follows; gives its address for the application's role."""
    data, socket = folder / "replica", cluster.account.own(folder / "rs")
    cluster.account.own(data)
    copied, said = cluster.run(
        "pg_basebackup", "-d", cluster.url("postgres", "postgres"), "-D", data, "-R", "-X", "stream", "-c", "fast", "-N"
    )
    assert copied, said
    options = f"-c unix_socket_directories='{socket}'"
    started, said = cluster.run("pg_ctl", "start", "-s", "-w", "-D", data, "-l", data / "start.log", "-o", options)
    assert started, said
    try:
        host = quote(str(cluster.socket), safe="")
        yield cluster.url("luytre_app").replace(host, quote(str(socket), safe=""))
    finally:
        cluster.run("pg_ctl", "stop", "-s", "-w", "-m", "immediate", "-D", data)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a process with a replica saw, step by step."""
    folder = Path("/tmp") / f"luytre-replica-{tmp_path_factory.mktemp('r').name}"  # noqa: S108
    with house(folder) as here:
        return story(here)


def story(here: House) -> dict[str, object]:
    cluster = here.cluster
    here.move_in()
    with cluster.in_use(), replica_of(cluster, here.path) as replica:
        environment = {
            **here.environment,
            "LUYTRE_DATABASE_URL": cluster.url("luytre_app"),
            "LUYTRE_REPLICA_URLS": replica,
            "LUYTRE_POOL": "0",
            "LUYTRE_SECRET_KEY": "s" * 60,
            "LUYTRE_AUDIT_KEY": "a" * 30,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "STORY_REPLICA_OWNER": replica.replace("luytre_app", "postgres").replace(
                here.home.secret("database_luytre_app"), here.home.secret("database_postgres")
            ),
            "STORY_STOP": json.dumps([str(cluster.programs / "pg_ctl"), str(here.path / "replica")]),
            "STORY_UID": str(cluster.account.uid),
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        }
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", STORY], env=environment, text=True, capture_output=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return found


def test_who_only_looks_reads_from_the_replica(told):
    assert told["looking"] == {"records": "replica1", "who": "default"}
    assert told["kept sums"] == ["replica1"]


def test_writes_and_pages_of_accounts_stay_with_the_primary(told):
    assert told["writing"] == ["default"]
    assert told["accounts page"] == ["default"]


def test_who_wrote_reads_what_they_wrote_although_the_replica_stands_still(told):
    assert told["own after writing"] == 1


def test_others_may_see_it_a_moment_later_but_never_miss_it_for_long(told):
    assert told["others at once"] in (0, 1)
    assert told["others when the replica is too far behind"] == 1
    assert told["place when the replica is too far behind"] == ["default"]


def test_a_browser_that_wrote_stays_with_the_primary_for_some_seconds(told):
    assert told["cookie"] == {"httponly": True, "max-age": 10, "samesite": "Lax"}
    assert told["after the cookie"] == ["default"]


def test_a_stranger_gets_no_cookie(told):
    assert told["stranger's cookies"] == []


def test_a_replica_that_has_caught_up_is_read_again(told):
    assert told["caught up"] == ["default", "replica1"]


def test_a_replica_that_dies_while_it_is_read_is_left_out_and_the_page_comes_all_the_same(told):
    assert told["dying"] == [200, 1]
    assert told["dead"] == "default"


class Servers:
    """Logs of a primary and a replica, as far as they have come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.primary, self.replica = 1000.0, 100, 100
        monkeypatch.setattr(replicas.time, "monotonic", lambda: self.now)
        monkeypatch.setattr(replicas, "position", self.position)

    def position(self, alias: str, function: str) -> Decimal:
        return Decimal(self.primary if alias == "default" else self.replica)

    def go(self, seconds: float, *, written: int = 0) -> None:
        self.now += seconds
        self.primary += written


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Servers:
    return Servers(monkeypatch)


def test_a_replica_that_follows_within_the_limit_is_used_and_one_that_does_not_is_left_out(servers):
    watch = replicas.Watch(["replica1"])
    assert watch.choose() == "replica1"
    servers.go(2, written=10)
    assert watch.choose() == "replica1"  # behind by what was written in the last two seconds
    servers.go(2)
    assert watch.choose() == "replica1"
    servers.go(2)
    assert watch.choose() == "default"  # still without what was written four seconds ago and more
    servers.replica = servers.primary
    servers.go(2)
    assert watch.choose() == "replica1"


def test_after_a_long_pause_nothing_old_is_taken_for_fresh(servers):
    watch = replicas.Watch(["replica1"])
    watch.choose()
    servers.go(3600, written=1)
    assert watch.choose() == "default"


@given(st.lists(st.tuples(st.floats(0.1, 8), st.booleans(), st.booleans()), max_size=30))
def test_nobody_ever_reads_what_is_older_than_the_time_a_writer_waits(story):
    """Steps: time passes, the primary writes or not, the replica catches up or not."""
    with pytest.MonkeyPatch.context() as patch:
        servers, watch = Servers(patch), replicas.Watch(["replica1"])
        written_at = {100: 1000.0}
        for seconds, writes, follows in story:
            servers.go(seconds, written=int(writes))
            written_at.setdefault(servers.primary, servers.now)
            servers.replica = servers.primary if follows else servers.replica
            if watch.choose() == "replica1":
                missing = [at for place, at in written_at.items() if place > servers.replica]
                assert all(servers.now - at < replicas.SETTLED.total_seconds() for at in missing)
