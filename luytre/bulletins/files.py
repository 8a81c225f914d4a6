"""Files of the library: what is taken in, and where it is kept below the data folder.

Pictures are not taken as such: a photo carries the place and the device it was taken with. A leaflet comes as PDF.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 20 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES: Mapping[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "docx": (f"{OFFICE}.wordprocessingml.document", (b"PK\x03\x04",)),
    "pptx": (f"{OFFICE}.presentationml.presentation", (b"PK\x03\x04",)),
    "odp": ("application/vnd.oasis.opendocument.presentation", (b"PK\x03\x04",)),
    "mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "ogg": ("audio/ogg", (b"OggS",)),
}
OF_KIND: Mapping[str, tuple[str, ...]] = {
    "leaflet": ("pdf", "docx"),
    "slides": ("pptx", "odp", "pdf"),
    "audio": ("mp3", "ogg"),
}


class TooLarge(Exception):
    """More than twenty megabytes."""


class OfAnotherKind(Exception):
    """The file's end or its first bytes are not those of a kind that is taken."""


@dataclass(frozen=True)
class Kept:
    """A file that lies below the media folder under the digest of its content."""

    stored: str
    name: str
    type: str
    size: int
    digest: str

    def columns(self) -> dict[str, Any]:
        return {
            "stored": self.stored,
            "file_name": self.name,
            "file_type": self.type,
            "size": self.size,
            "digest": self.digest,
        }


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def check(upload: "UploadedFile[bytes]", kind: str) -> None:
    """Its size, its ending and its first bytes."""
    if (upload.size or 0) > MOST_BYTES:
        raise TooLarge(upload.size)
    ending = ending_of(upload.name or "")
    if ending not in OF_KIND.get(kind, ()):
        raise OfAnotherKind(ending)
    start = upload.read(8)
    upload.seek(0)
    if not start.startswith(TYPES[ending][1]):
        raise OfAnotherKind(ending)


def keep(content: bytes, name: str) -> Kept:
    """The same content is kept once, whatever it is called."""
    ending, digest = ending_of(name), hashlib.sha256(content).hexdigest()
    stored = f"materials/{digest[:2]}/{digest}.{ending}"
    target = Path(settings.MEDIA_ROOT) / stored
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        part = target.with_suffix(".part")
        part.write_bytes(content)
        part.replace(target)
    return Kept(stored, Path(name).name[-120:], TYPES[ending][0], len(content), digest)


def path_of(stored: str) -> Path:
    return Path(settings.MEDIA_ROOT) / stored
