"""`luytre backup FILE`: the database and the uploaded files in one file, while the server goes on.

What opens sealed tips goes into a second file, FILE-wrappings. Once old ones of these are destroyed, the sealed parts
in old backups are noise.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psycopg

from luytre.running import archive, environment, programs
from luytre.running.database import Cluster
from luytre.running.home import Home

SECRETS = ("secret_key", "audit_key")
DUMPED = ("--format=custom", "--no-owner", "--no-acl")
WRAPPINGS = ("tips_wrapping", "tips_identityseal", "tips_lockedsecret")  # without these, sealed parts are noise


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="luytre backup", description="Sao lưu cơ sở dữ liệu và tệp vào một tệp.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--with-secrets", action="store_true", help="kèm khóa bí mật; hãy giữ tệp như giữ chìa khóa")
    options = parser.parse_args(arguments)
    home = Home.from_environment()
    try:
        with Cluster(home).in_use() if environment.is_embedded() else nullcontext():
            back_up(home, options.file.absolute(), with_secrets=options.with_secrets)
    except (archive.NotWhole, programs.ProgramFailed, OSError) as error:
        print(f"Chưa sao lưu được: {error}", file=sys.stderr)
        return 1
    print(f"Đã sao lưu vào {options.file} ({options.file.stat().st_size / 1e6:.1f} MB).")
    return 0


def back_up(home: Home, target: Path, *, with_secrets: bool) -> None:
    """The dump is taken first: a file that came later is one too many, never one too few."""
    url = environment.addresses(home).owner
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".luytre-backup-") as folder, one_moment(url) as moment:
        dump, wrappings = Path(folder) / archive.DUMP, Path(folder) / archive.WRAPPINGS
        kept_apart = [f"--exclude-table-data={table}" for table in WRAPPINGS]
        programs.run("pg_dump", *DUMPED, moment, *kept_apart, f"--file={dump}", url=url)
        only = [f"--table={table}" for table in WRAPPINGS]
        programs.run("pg_dump", *DUMPED, moment, "--data-only", *only, f"--file={wrappings}", url=url)
        manifest = archive.Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            luytre=version("luytre"),
            postgresql=programs.server_version(url),
            files={},
        )
        files = {archive.DUMP: dump, **dict(media(home)), **(dict(secrets(home)) if with_secrets else {})}
        for name, content in ((beside(target), {archive.WRAPPINGS: wrappings}), (target, files)):
            told = replace(manifest, files={one: archive.digest_of(file) for one, file in content.items()})
            archive.write(name, manifest=told, files=content.items())


def beside(target: Path) -> Path:
    """The second file's name."""
    return target.with_name(f"{target.name}-wrappings")


@contextmanager
def one_moment(url: str) -> Iterator[str]:
    """Both dumps see the database as it was at one moment."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        yield f"--snapshot={row[0]}"


def media(home: Home) -> Iterator[tuple[str, Path]]:
    folder = home.path / "media"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield f"media/{file.relative_to(folder).as_posix()}", file


def secrets(home: Home) -> Iterator[tuple[str, Path]]:
    for name in SECRETS:
        home.secret(name)
        yield f"secrets/{name}", home.path / "secrets" / name
