"""What Django needs to know, put into the environment before it starts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import psycopg

from luytre.running import roles
from luytre.running.database import Cluster
from luytre.running.home import Home

PREPARED = "LUYTRE_PREPARED"
OWNERS_COMMANDS = {
    *("migrate", "sqlmigrate", "sqlflush", "dbshell", "flush", "makemigrations", "test"),
    *("create_auditor", "release_auditor"),  # whom the application's role cannot reach
    "simulate",  # which gathers statistics of the tables it filled
}
WITHOUT_DATABASE = {
    *("help", "version", "--help", "-h", "--version", "check", "collectstatic", "makemessages", "compile_translations"),
    *("check_translations", "findstatic", "diffsettings", "startapp", "create_max_migration_files", "read"),
    *("tips ceremony", "tips recover open", "tips manifest", "tips verify", "tips check"),  # on a machine of their own
}


@dataclass(frozen=True)
class Addresses:
    """Where the database is, for its owner and for the application."""

    owner: str
    application: str

    @property
    def role(self) -> str:
        return roles.application_of(roles.name_in(self.owner))


def addresses(home: Home) -> Addresses:
    """Given from outside (both, or the owner's alone), else those of the embedded cluster."""
    given, owner = os.environ.get("LUYTRE_DATABASE_URL"), os.environ.get("LUYTRE_OWNER_DATABASE_URL")
    if given and owner:
        return Addresses(owner=owner, application=given)
    if owner or given:
        owner = str(owner or given)
        role = roles.application_of(roles.name_in(owner))
        return Addresses(owner=owner, application=roles.with_role(owner, role, home.secret(f"database_{role}")))
    cluster = Cluster(home)
    return Addresses(owner=cluster.url(), application=cluster.url(roles.application_of("luytre")))


def is_embedded() -> bool:
    return not (os.environ.get("LUYTRE_DATABASE_URL") or os.environ.get("LUYTRE_OWNER_DATABASE_URL"))


def ensure_application_role(home: Home, where: Addresses) -> None:
    """On a server of one's own the owner makes the application's role, unless its address was given."""
    if not is_embedded() and where.owner != os.environ.get("LUYTRE_OWNER_DATABASE_URL"):
        roles.create_application(where.owner, role=where.role, password=home.secret(f"database_{where.role}"))


def grant_application(where: Addresses) -> None:
    with psycopg.connect(where.owner) as connection:
        roles.grant(connection, role=roles.user_in(where.application))


def gather_statistics(where: Addresses) -> None:
    """Many rows have just come in; without statistics the database plans badly until it looks by itself."""
    with psycopg.connect(where.owner) as connection:
        connection.execute("ANALYZE")


def identity(where: Addresses) -> str:
    """Another cluster, another database or a restored one is not the one that was set up."""
    with psycopg.connect(where.owner) as connection:
        row = connection.execute(
            "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "FROM pg_control_system()"
        ).fetchone()
    return str(row)


def base(home: Home) -> dict[str, str]:
    """The environment of every child, without any database address."""
    hidden = {"LUYTRE_DATABASE_URL", "LUYTRE_OWNER_DATABASE_URL"}
    return {
        **{name: value for name, value in os.environ.items() if name not in hidden},
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings"),
        "LUYTRE_HOME": str(home.path),
        "LUYTRE_SECRET_KEY": os.environ.get("LUYTRE_SECRET_KEY") or home.secret("secret_key"),
        "LUYTRE_AUDIT_KEY": os.environ.get("LUYTRE_AUDIT_KEY") or home.secret("audit_key"),
        PREPARED: "1",
    }


def for_application(home: Home, where: Addresses) -> dict[str, str]:
    return {**base(home), "LUYTRE_DATABASE_URL": where.application}


def for_owner(home: Home, where: Addresses) -> dict[str, str]:
    return {**base(home), "LUYTRE_DATABASE_URL": where.owner, "LUYTRE_OWNER_DATABASE_URL": where.owner}


@contextmanager
def prepared(command: str) -> Iterator[None]:
    """Let one command of Django run: database up if it needs one, as owner if it needs to be."""
    if os.environ.get(PREPARED) == "1":
        yield
        return
    home = Home.from_environment()
    where = addresses(home)
    needs_cluster = is_embedded() and not any(f"{command} ".startswith(f"{one} ") for one in WITHOUT_DATABASE)
    is_owners = command in OWNERS_COMMANDS
    with Cluster(home).in_use() if needs_cluster else nullcontext():
        if command == "migrate":
            ensure_application_role(home, where)
        as_whom = for_owner if is_owners else for_application
        before = as_whom(home, where)
        os.environ.pop("LUYTRE_OWNER_DATABASE_URL", None)
        os.environ.update(before)
        try:
            yield
        finally:
            if command == "migrate":
                grant_application(where)
