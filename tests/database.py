"""Starts PostgreSQL for the test run; loaded as a plugin because the settings ask for its address early."""

import fcntl
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import pytest

from luytre.running import translations
from luytre.running.database import Cluster
from luytre.running.home import Home

TEST_HOME = Path(__file__).resolve().parent.parent / "build" / "test-home"
running = ExitStack()


def free_slot(home: Home) -> int:
    """Two test runs at once must not share a test database."""
    slot = 0
    while True:
        lock: TextIO = open(home.folder("run") / f"slot{slot}.lock", "a")  # noqa: SIM115
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            slot += 1
            continue
        running.enter_context(lock)
        return slot


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Only once: the workers of xdist inherit the address."""
    translations.compile_stale()
    if os.environ.get("LUYTRE_DATABASE_URL"):
        return
    home = Home(TEST_HOME)
    cluster = Cluster(home, is_durable=False)
    running.enter_context(cluster.in_use())
    os.environ["LUYTRE_DATABASE_URL"] = cluster.url(database=f"luytre{free_slot(home) or ''}")
    os.environ.setdefault("LUYTRE_HOME", str(TEST_HOME))


def pytest_unconfigure() -> None:
    running.close()
