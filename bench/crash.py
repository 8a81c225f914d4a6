"""Kills database and server with -9 while records are written, and counts what is there after the restart."""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench._report import tell
from luytre.running.children import members_of
from luytre.running.database import processes_in
from tests.running.house import House, house

WRITER = """
import itertools, os, time
from django.db import Error, close_old_connections, connection, transaction
from luytre import audit
from luytre.accounts.models import User
for number in itertools.count():
    name = f"{os.getpid()}.{number}"
    try:
        with transaction.atomic():
            person = User.objects.create(username=name, full_name="Người ghi")
            audit.record(person, "created", by="crash")
    except Error:
        connection.close()
        time.sleep(0.05)
        continue
    print(name, flush=True)
"""
FOUND = """
SELECT count(*) FROM unnest(%s::text[]) AS said (name)
JOIN accounts_user ON username = name
JOIN audit_auditentry ON subject_id = accounts_user.id::text AND verb = 'created'
"""


@dataclass
class Outcome:
    acknowledged: list[str] = field(default_factory=list)
    lost: int = 0
    recoveries: list[float] = field(default_factory=list)


def crash_often(house: House, *, rounds: int, chance: random.Random) -> Outcome:
    """Every other round everything dies, in the rounds between only the database."""
    outcome = Outcome()
    server = start(house)
    try:
        for number in range(rounds):
            with_server = number % 2 == 1
            server = crash_once(house, server, outcome, with_server=with_server, after=chance.uniform(0.2, 1.2))
    finally:
        server.terminate()
        server.wait(60)
    return outcome


def crash_once(
    house: House, server: "subprocess.Popen[bytes]", outcome: Outcome, *, with_server: bool, after: float
) -> "subprocess.Popen[bytes]":
    with writing(house) as (writer, said):
        time.sleep(after)
        started = time.monotonic()
        kill(house, server if with_server else None)
        if with_server:
            writer.kill()
            server.wait()
            server = start(house)
        else:
            house.wait_until_healthy(server)
        outcome.recoveries.append(time.monotonic() - started)
    outcome.acknowledged += said
    outcome.lost = len(outcome.acknowledged) - found(house, outcome.acknowledged)
    return server


@contextmanager
def writing(house: House) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """A process that writes record after record; the list grows with each one acknowledged."""
    said: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", "luytre", "shell", "--verbosity=0", "-c", WRITER],
        env=house.environment, cwd="/", text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as writer:  # fmt: skip
        listener = threading.Thread(target=lambda: said.extend(line.strip() for line in writer.stdout or ()))
        listener.start()
        try:
            wait_for_first(said, writer)
            yield writer, said
        finally:
            writer.kill()
            listener.join()


def start(house: House) -> "subprocess.Popen[bytes]":
    server = subprocess.Popen(
        [sys.executable, "-m", "luytre", "serve", "--no-sample"],
        env=house.environment, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    house.wait_until_healthy(server)
    return server


def wait_for_first(said: list[str], writer: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 60
    while not said:
        assert writer.poll() is None, "the writer ended"
        assert time.monotonic() < deadline, "the writer writes nothing"
        time.sleep(0.02)


def kill(house: House, server: "subprocess.Popen[bytes] | None") -> None:
    """The server with its children first, so that it cannot save anything; then all of PostgreSQL."""
    doomed = processes_in(house.cluster.data)
    if server is not None:
        groups = [int(record.read_text()) for record in (house.path / "run").glob("*.pid")]
        doomed = [server.pid, *(process for group in groups for process in members_of(group)), *doomed]
    for process in doomed:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


def found(house: House, names: list[str]) -> int:
    with psycopg.connect(house.cluster.url()) as connection:
        return int((connection.execute(FOUND, [names]).fetchone() or (0,))[0])


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench crash")
    parser.add_argument("--quick", action="store_true", help="ten rounds instead of a hundred")
    rounds = 10 if parser.parse_args().quick else 100
    folder = Path(tempfile.mkdtemp(prefix="luytre-crash-"))
    folder.chmod(0o755)
    with house(folder) as one:
        outcome = crash_often(one, rounds=rounds, chance=random.Random(2025))
    figures = {
        "rounds": rounds,
        "acknowledged": len(outcome.acknowledged),
        "lost": outcome.lost,
        "slowest_recovery_seconds": round(max(outcome.recoveries), 1),
    }
    return tell("crash", figures, {"lost": ("at most", 0), "slowest_recovery_seconds": ("at most", 60)})


if __name__ == "__main__":
    sys.exit(main())
