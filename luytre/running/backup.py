"""`luytre backup FILE`: the database and the uploaded files in one file, while the server goes on."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from luytre.running import archive, environment, programs
from luytre.running.database import Cluster
from luytre.running.home import Home

SECRETS = ("secret_key", "audit_key")


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
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".luytre-backup-") as folder:
        dump = Path(folder) / archive.DUMP
        programs.run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={dump}", url=url)
        files = {archive.DUMP: dump, **dict(media(home)), **(dict(secrets(home)) if with_secrets else {})}
        manifest = archive.Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            luytre=version("luytre"),
            postgresql=programs.server_version(url),
            files={name: archive.digest_of(file) for name, file in files.items()},
        )
        archive.write(target, manifest=manifest, files=files.items())


def media(home: Home) -> Iterator[tuple[str, Path]]:
    folder = home.path / "media"
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield f"media/{file.relative_to(folder).as_posix()}", file


def secrets(home: Home) -> Iterator[tuple[str, Path]]:
    for name in SECRETS:
        home.secret(name)
        yield f"secrets/{name}", home.path / "secrets" / name
