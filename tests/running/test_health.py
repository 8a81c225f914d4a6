from datetime import timedelta

import pytest
from django.utils import timezone

from luytre.running import health


def beat(seconds_ago: int) -> None:
    """The table is the worker's own; only the database may write it."""
    from django.db import connection

    at = timezone.now() - timedelta(seconds=seconds_ago)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [at])


@pytest.mark.django_db
def test_healthz_is_ok_with_database_migrations_and_a_worker_that_lives(client):
    beat(5)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_healthz_names_a_worker_that_is_silent(client):
    beat(60)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["worker"])


@pytest.mark.django_db
def test_healthz_names_tables_that_are_older_than_the_program(client, monkeypatch):
    def old() -> None:
        raise health.NotMigrated

    monkeypatch.setattr(health, "require_migrations", old)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["migrations"])
