"""Starts PostgreSQL for the test run; loaded as a plugin because the settings ask for its address early."""

import fcntl
import hashlib
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import psycopg
import pytest
from psycopg import sql

from luytre.running import translations
from luytre.running.database import Cluster
from luytre.running.home import Home

ROOT = Path(__file__).resolve().parent.parent
TEST_HOME = ROOT / "build" / "test-home"
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


def mark_of(*files: Path) -> str:
    """Another one as soon as one of these files has changed."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:12]


def migrated(cluster: Cluster, home: Home) -> str:
    """A database with all migrations done, made once for each state of them; test databases are copies of it."""
    mark = mark_of(*ROOT.glob("luytre/*/migrations/*.py"), ROOT / "uv.lock", ROOT / "config" / "settings.py")
    name, making = f"migrated_{mark}", f"migrating_{mark}"
    with (
        open(home.folder("run") / "migrated.lock", "a") as lock,
        psycopg.connect(cluster.url(), autocommit=True) as door,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = [row[0] for row in door.execute("SELECT datname FROM pg_database WHERE datname ~ '^migrat(ed|ing)_'")]
        if name in there:
            return name
        for old in there:
            door.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
        door.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        environment = {**os.environ, "LUYTRE_DATABASE_URL": cluster.url(database=making), "LUYTRE_HOME": str(home.path)}
        environment |= {"DJANGO_SETTINGS_MODULE": "config.test_settings", "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-m", "django", "migrate", "--verbosity=0"], env=environment, check=True)
        door.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name)))
    return name


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
    os.environ["LUYTRE_TEST_TEMPLATE"] = migrated(cluster, home)


def pytest_unconfigure() -> None:
    running.close()
