import os
import subprocess
import sys

import psycopg
import pytest

from tests.running.house import House

WHO = "from django.db import connection as c; c.ensure_connection(); s = c.settings_dict; print(s['USER'], s['NAME'])"


@pytest.mark.slow
def test_on_a_server_of_ones_own_the_owner_is_given_and_the_application_role_is_made(a_house: House):
    cluster = a_house.cluster
    with cluster.in_use():
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            connection.execute("CREATE DATABASE elsewhere")
        given = {
            **a_house.environment,
            "LUYTRE_HOME": str(a_house.path / "other"),
            "LUYTRE_DATABASE_URL": cluster.url(database="elsewhere"),
        }
        for command in (["migrate", "--verbosity=0"], ["shell", "--verbosity=0", "-c", WHO]):
            done = subprocess.run(
                [sys.executable, "-m", "luytre", *command], env=given, cwd="/", text=True, capture_output=True
            )
            assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["elsewhere_app", "elsewhere"]
    assert not os.path.exists(a_house.path / "other" / "database")
