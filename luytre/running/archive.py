"""One file that holds a house: what is in it, and the proof that it is whole."""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

MANIFEST = "manifest.json"
DUMP = "database.dump"
WRAPPINGS = "wrappings.dump"
FORMAT = 1


class NotWhole(Exception):
    """The file is no backup, or was damaged."""


@dataclass(frozen=True)
class Manifest:
    made_at: str
    luytre: str
    postgresql: int
    files: dict[str, str]
    format: int = FORMAT


def digest(stream: io.BufferedIOBase) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()


def digest_of(file: Path) -> str:
    with file.open("rb") as stream:
        return digest(stream)


def write(target: Path, *, manifest: Manifest, files: Iterable[tuple[str, Path]]) -> None:
    """Nobody ever sees half a backup: it gets its name when it is complete and on the disk."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive:
                text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text))
                for name, file in files:
                    archive.add(file, arcname=name, recursive=False)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def reading(source: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """Open a backup after every file in it was compared with its checksum."""
    try:
        with tarfile.open(source, mode="r:") as archive:
            manifest = Manifest(**json.loads(content(archive, MANIFEST).read()))
            require_whole(archive, manifest)
            yield archive, manifest
    except (tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise NotWhole(f"{source} không phải bản sao lưu của Lũy Tre, hoặc đã hỏng ({error}).") from error


def require_whole(archive: tarfile.TarFile, manifest: Manifest) -> None:
    if manifest.format != FORMAT:
        raise NotWhole(f"Bản sao lưu có dạng {manifest.format}, chương trình này chỉ đọc dạng {FORMAT}.")
    if set(archive.getnames()) != {MANIFEST, *manifest.files}:
        raise NotWhole("Bản sao lưu thiếu tệp, hoặc thừa tệp lạ.")
    for name, expected in manifest.files.items():
        if digest(content(archive, name)) != expected:
            raise NotWhole(f"Tệp {name} trong bản sao lưu đã bị thay đổi hoặc hỏng.")


def content(archive: tarfile.TarFile, name: str) -> io.BufferedIOBase:
    stream = archive.extractfile(name)
    if stream is None:
        raise NotWhole(f"Bản sao lưu có {name} không phải là tệp.")
    return stream  # type: ignore[return-value]


def unpack(archive: tarfile.TarFile, folder: str, target: Path) -> None:
    """The files below `folder`, without any way out of `target`."""
    target.mkdir(parents=True)
    for name in archive.getnames():
        if name.startswith(f"{folder}/"):
            copy_out(archive, name, inside(target, name.removeprefix(f"{folder}/")))


def inside(target: Path, name: str) -> Path:
    path = (target / name).resolve()
    if not path.is_relative_to(target.resolve()):
        raise NotWhole(f"Bản sao lưu có tên tệp lạ: {name}.")
    return path


def copy_out(archive: tarfile.TarFile, name: str, path: Path) -> None:
    """By hand: Debian 12's Python does not know the safe way of extracting yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        shutil.copyfileobj(content(archive, name), target)
