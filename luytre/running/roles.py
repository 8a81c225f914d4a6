"""Who may do what inside the database: the owner makes tables, the application works with their rows."""

from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

OWNER = "luytre_owner"
APPEND_ONLY = ("audit_auditentry", "audit_chainlink", "audit_dailyroot")
READ_ONLY = ("django_migrations",)


def application_of(database: str) -> str:
    """Each database has its own application role: two homes may share a server."""
    return f"{database}_app"


def name_in(url: str) -> str:
    return unquote(urlsplit(url).path.lstrip("/"))


def with_role(url: str, role: str, password: str) -> str:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{place}"))


def create(url: str, *, database: str, password_of: Callable[[str], str]) -> None:
    """Make owner, application role and database in a fresh cluster; may be run again after a kill."""
    with psycopg.connect(url, autocommit=True) as connection:
        set_password(connection, OWNER, password_of(OWNER), "NOSUPERUSER CREATEDB CREATEROLE")
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not known:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(OWNER))
            )
    owner = with_role(url, OWNER, password_of(OWNER))
    create_application(owner, role=application_of(database), password=password_of(application_of(database)))


def create_application(url: str, *, role: str, password: str) -> None:
    """Make the role the web server connects with, a role the owner may act as."""
    with psycopg.connect(url, autocommit=True) as connection:
        set_password(connection, role, password, "NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS")
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def set_password(connection: "psycopg.Connection[tuple[object, ...]]", role: str, password: str, rights: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
            sql.SQL("ALTER" if known else "CREATE"),
            sql.Identifier(role),
            sql.SQL("" if known else rights),
            sql.Literal(password),
        )
    )


def grant(connection: "psycopg.Connection[tuple[object, ...]]", *, role: str) -> None:
    """Let the application work with rows, and only add to what is append-only."""
    to = sql.Identifier(role)
    with connection.transaction():
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            connection.execute(sql.SQL(statement).format(to))
        for tables, rights in ((APPEND_ONLY, "UPDATE, DELETE"), (READ_ONLY, "INSERT, UPDATE, DELETE")):
            for table in existing(connection, tables):
                connection.execute(
                    sql.SQL("REVOKE {} ON {} FROM {}").format(sql.SQL(rights), sql.Identifier(table), to)
                )


def existing(connection: "psycopg.Connection[tuple[object, ...]]", tables: tuple[str, ...]) -> list[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY(%s)", [list(tables)]
    )
    return [str(name) for (name,) in rows]


def user_in(url: str) -> str:
    return unquote(urlsplit(url).username or "")
