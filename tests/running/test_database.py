import os
import threading

import psycopg
import pytest
from psycopg import errors

from luytre.running import roles
from luytre.running.database import DatabaseFailed, processes_in
from tests.running.house import House


def test_the_cluster_runs_while_somebody_needs_it_and_no_longer(a_house: House):
    first, second = a_house.cluster, a_house.cluster
    with first.in_use():
        with second.in_use():
            assert second.is_alive()
        assert first.is_alive()
    assert not first.is_alive()
    assert not processes_in(first.data)


def test_passwords_and_data_are_closed_to_others(a_house: House):
    cluster = a_house.cluster
    with cluster.in_use():
        for private in (cluster.data, cluster.socket, a_house.path / "secrets"):
            assert private.stat().st_mode & 0o077 == 0
        for secret in (a_house.path / "secrets").iterdir():
            assert secret.stat().st_mode & 0o077 == 0
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(cluster.url().replace(a_house.home.secret("database_luytre_owner"), "wrong"))


def test_a_very_long_path_has_a_socket_all_the_same(a_house: House):
    long = a_house.path / ("đường dẫn " * 10)
    long.mkdir()
    cluster = House(long, 0).cluster
    with cluster.in_use(), psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SELECT upper('đường')").fetchone() == ("ĐƯỜNG",)
    assert len(os.fsencode(cluster.socket)) < 90


def test_a_cluster_of_another_major_version_is_refused_with_advice(a_house: House):
    cluster = a_house.cluster
    with cluster.in_use():
        pass
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseFailed, match="PostgreSQL 17.*luytre backup"):
        a_house.cluster.start()


def test_the_application_adds_to_what_is_append_only_and_alters_nothing_of_it(a_house: House):
    cluster = a_house.cluster
    with cluster.in_use():
        with psycopg.connect(cluster.url()) as owner:
            owner.execute("CREATE TABLE audit_auditentry (id serial PRIMARY KEY); CREATE TABLE plain (id serial)")
            roles.grant(owner, role="luytre_app")
        with psycopg.connect(cluster.url("luytre_app"), autocommit=True) as application:
            application.execute("INSERT INTO audit_auditentry DEFAULT VALUES; INSERT INTO plain DEFAULT VALUES")
            application.execute("UPDATE plain SET id = 2; DELETE FROM plain")
            for forbidden in (
                "UPDATE audit_auditentry SET id = 2",
                "DELETE FROM audit_auditentry",
                "TRUNCATE audit_auditentry",
                "DROP TABLE audit_auditentry",
                "ALTER TABLE audit_auditentry DISABLE TRIGGER ALL",
                "CREATE TABLE mine (id int)",
                "SET ROLE luytre_owner",
            ):
                with pytest.raises((errors.InsufficientPrivilege, errors.InvalidParameterValue)):
                    application.execute(forbidden)


def test_two_that_start_at_once_share_one_cluster(a_house: House):
    seen: list[int | None] = []

    def use() -> None:
        cluster = a_house.cluster
        with cluster.in_use(), psycopg.connect(cluster.url()) as connection:
            connection.execute("SELECT 1")
            seen.append(cluster.process())
            barrier.wait(60)

    barrier = threading.Barrier(3)
    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 3
    assert len(set(seen)) == 1
