"""PostgreSQL's own programs for dumping and restoring, told the password where nobody else can read it."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from luytre.running import unprivileged

VARIABLES = {
    **{"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"},
    **{"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"},
}


class ProgramFailed(Exception):
    """pg_dump or pg_restore did not do its work; the message is its own."""


def run(program: str, *arguments: str, url: str) -> None:
    variables = {VARIABLES[name]: str(value) for name, value in conninfo_to_dict(url).items() if name in VARIABLES}
    command = [find(program, version=server_version(url)), *arguments]
    done = subprocess.run(command, env={"PATH": os.defpath, **variables}, text=True, capture_output=True)
    if done.returncode:
        raise ProgramFailed(f"{program}: {done.stderr.strip() or done.returncode}")


def server_version(url: str) -> int:
    with psycopg.connect(url) as connection:
        return connection.info.server_version // 10000


def find(program: str, *, version: int) -> str:
    """The machine's own if it is new enough (it can speak TLS), else the one we bring."""
    found = shutil.which(program)
    if found:
        said = subprocess.run([found, "--version"], text=True, capture_output=True).stdout.split()
        if said and said[-1].partition(".")[0].isdigit() and int(said[-1].partition(".")[0]) == version:
            return found
    name, prefix = unprivileged.installed()
    if int(name.rpartition("-")[2].partition(".")[0]) < version:
        raise ProgramFailed(f"Cần {program} của PostgreSQL {version} trên máy này.")
    return str(Path(prefix) / "bin" / program)
