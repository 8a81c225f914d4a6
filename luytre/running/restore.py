"""`luytre restore FILE`: everything is prepared beside what is there, then both change places at once."""

import argparse
import os
import shutil
import sys
import tarfile
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from luytre.running import archive, environment, programs, roles, serve
from luytre.running.backup import SECRETS, beside
from luytre.running.database import Cluster, DatabaseFailed
from luytre.running.home import Home, HomeIsBusy, write_whole


class NotEmpty(Exception):
    """Somebody has worked in this database; only `--replace` may put another in its place."""


class TooNew(Exception):
    """The backup was made by a newer program."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="luytre restore", description="Khôi phục từ một tệp sao lưu.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="thay dữ liệu đang có bằng bản sao lưu")
    options = parser.parse_args(arguments)
    home = Home.from_environment()
    known = (archive.NotWhole, programs.ProgramFailed, NotEmpty, TooNew, HomeIsBusy, DatabaseFailed, serve.CannotServe)
    try:
        with home.only_server(), archive.reading(options.file.absolute()) as (content, manifest):
            refuse_newer(manifest)
            with Cluster(home).in_use() if environment.is_embedded() else nullcontext():
                restore(home, content, replace=options.replace, wrappings=beside(options.file.absolute()))
    except (*known, OSError, psycopg.Error) as error:
        print(f"Chưa khôi phục được, dữ liệu đang có vẫn nguyên vẹn: {error}", file=sys.stderr)
        return 1
    print(f"Đã khôi phục bản sao lưu lúc {manifest.made_at}.")
    return 0


def refuse_newer(manifest: archive.Manifest) -> None:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(".") if part.isdigit()]

    if numbers(manifest.luytre) > numbers(version("luytre")):
        raise TooNew(f"bản sao lưu do Lũy Tre {manifest.luytre} tạo, mới hơn chương trình này ({version('luytre')}).")


@dataclass(frozen=True)
class Swap:
    """A new database and folder of files, ready to take the places of the old."""

    home: Home
    url: str

    @property
    def name(self) -> str:
        return roles.name_in(self.url)

    @property
    def new(self) -> str:
        return f"{self.name}_restored_{os.getpid()}"

    @property
    def old(self) -> str:
        return f"{self.name}_replaced_{os.getpid()}"

    @property
    def media(self) -> Path:
        return self.home.path / "media"

    def beside(self, name: str) -> Path:
        return self.home.path / f"media.{name}.{os.getpid()}"


def restore(home: Home, content: tarfile.TarFile, *, replace: bool, wrappings: Path) -> None:
    where = environment.addresses(home)
    environment.ensure_application_role(home, where)
    if not replace and has_people(where.owner):
        raise NotEmpty("cơ sở dữ liệu đã có người dùng; thêm --replace nếu muốn thay bằng bản sao lưu.")
    swap = Swap(home, where.owner)
    try:
        prepare(swap, content, where, wrappings)
        change_places(swap)
    except BaseException:
        drop(swap.url, swap.new)
        shutil.rmtree(swap.beside("new"), ignore_errors=True)
        raise
    restore_secrets(home, content)
    drop(swap.url, swap.old)
    shutil.rmtree(swap.beside("old"), ignore_errors=True)


def has_people(url: str) -> bool:
    with psycopg.connect(url) as connection:
        if not roles.existing(connection, ("accounts_user",)):
            return False
        return connection.execute("SELECT 1 FROM accounts_user LIMIT 1").fetchone() is not None


def prepare(swap: Swap, content: tarfile.TarFile, where: environment.Addresses, wrappings: Path) -> None:
    """A fresh database, filled, brought up to this program's tables and granted, before anything is touched."""
    url = with_database(swap.url, swap.new)
    with psycopg.connect(swap.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(swap.new)))
    with tempfile.TemporaryDirectory(dir=swap.home.path, prefix=".restore-") as folder:
        file = str(Path(folder) / archive.DUMP)
        archive.copy_out(content, archive.DUMP, Path(file))
        options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
        programs.run("pg_restore", *options, f"--dbname={swap.new}", file, url=url)
        if wrappings.exists():
            with archive.reading(wrappings) as (second, _manifest):
                archive.copy_out(second, archive.WRAPPINGS, Path(file))
            programs.run("pg_restore", *options, "--data-only", f"--dbname={swap.new}", file, url=url)
        else:
            print(f"Không có {wrappings.name}: tin báo trong bản sao lưu này không mở được nữa.", file=sys.stderr)
    there = environment.Addresses(owner=url, application=with_database(where.application, swap.new))
    serve.django("migrate", "--verbosity=0", environment_=environment.for_owner(swap.home, there))
    environment.grant_application(there)
    archive.unpack(content, "media", swap.beside("new"))


def with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{quote(name)}"))


def change_places(swap: Swap) -> None:
    """Both renames of the database are one transaction; the folders follow or everything goes back."""
    rename(swap.url, [(swap.name, swap.old), (swap.new, swap.name)])
    try:
        if swap.media.exists():
            swap.media.rename(swap.beside("old"))
        swap.beside("new").rename(swap.media)
    except OSError:
        if swap.beside("old").exists() and not swap.media.exists():
            swap.beside("old").rename(swap.media)
        rename(swap.url, [(swap.name, swap.new), (swap.old, swap.name)])
        raise


def rename(url: str, names: list[tuple[str, str]]) -> None:
    """From the database `postgres`: no database can be renamed from inside; autovacuum gives way to it by itself."""
    with psycopg.connect(with_database(url, "postgres")) as connection:
        for before, after in names:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = %s AND backend_type <> 'autovacuum worker'",
                [before],
            )
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(before), sql.Identifier(after))
            )


def restore_secrets(home: Home, content: tarfile.TarFile) -> None:
    """Only a backup made with `--with-secrets` has any."""
    for name in SECRETS:
        if f"secrets/{name}" in content.getnames():
            text = archive.content(content, f"secrets/{name}").read().decode()
            write_whole(home.folder("secrets", 0o700) / name, text, mode=0o600)


def drop(url: str, name: str) -> None:
    with psycopg.connect(with_database(url, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
