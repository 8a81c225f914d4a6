"""Looks for planted words and bytes wherever they could lie, in every spelling and inside what is compressed."""

import base64
import gzip
import json
import os
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

LARGEST = 64 * 1024 * 1024
ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
GZIP, ZIP = b"\x1f\x8b\x08", b"PK\x03\x04"


def spellings(words: str) -> dict[str, bytes]:
    found = {}
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, words)
        found |= {f"{form} {name}": one for name, one in of_bytes(text.encode()).items()}
        found |= {f"{form} {name}": text.encode(name) for name in ("utf-16-le", "utf-16-be")}
        found[f"{form} json"] = json.dumps(text)[1:-1].encode()
        found[f"{form} address"] = quote(text).encode()
    return found


def of_bytes(content: bytes) -> dict[str, bytes]:
    """As they are, in hexadecimal (as pg_dump writes bytes) and in base64, wherever a group of three begins."""
    found = {"bytes": content, "hexadecimal": content.hex().encode()}
    for before in range(3):
        coded = base64.b64encode(bytes(before) + content)
        found[f"base64 {before}"] = coded[4 if before else 0 : len(coded) - 4]
    return found


def of_file(content: bytes) -> dict[str, bytes]:
    """Three places of it are enough."""
    pieces = [content[at : at + 30] for at in (0, len(content) // 2, len(content) - 60)]
    return {f"piece {n} {name}": one for n, piece in enumerate(pieces) for name, one in of_bytes(piece).items()}


def hits(content: bytes, needles: dict[str, bytes]) -> list[str]:
    lower = content.lower() if any(name.endswith("hexadecimal") for name in needles) else content
    found = [name for name, one in needles.items() if one in (lower if name.endswith("hexadecimal") else content)]
    for inside in decompressed(content):
        found += [f"compressed {name}" for name, one in needles.items() if one in inside]
    return found


def decompressed(content: bytes) -> Iterator[bytes]:
    """Whatever in it is a stream of zlib, gzip or zip; broken ones up to where they break."""
    for mark in ZLIB:
        for at in places(content, mark):
            yield unpacked(content, at, zlib.MAX_WBITS)
    for at in places(content, GZIP):
        yield unpacked(content, at, zlib.MAX_WBITS | 16)
    for at in places(content, ZIP):
        names = sum(int.from_bytes(content[at + 26 + n : at + 28 + n], "little") for n in (0, 2))
        yield unpacked(content, at + 30 + names, -zlib.MAX_WBITS)


def places(content: bytes, mark: bytes) -> Iterator[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)


def unpacked(content: bytes, start: int, bits: int) -> bytes:
    """In small steps: most of what looks like a beginning is none, and breaks at once."""
    reader, whole, at = zlib.decompressobj(bits), b"", start
    with suppress(zlib.error):
        while at < len(content) and not reader.eof and len(whole) < LARGEST:
            whole += reader.decompress(content[at : at + 512], LARGEST)
            at += 512
    return whole


def files_below(*folders: Path) -> Iterator[tuple[str, bytes]]:
    for folder in folders:
        for file in folder.rglob("*"):
            with suppress(OSError):
                if file.is_file() and not file.is_symlink() and file.stat().st_size:
                    yield str(file), file.read_bytes()


def open_files(processes: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """What the processes hold open, also what has no name any more."""
    for process in processes:
        with suppress(OSError):
            for link in os.scandir(f"/proc/{process}/fd"):
                with suppress(OSError):
                    name = os.readlink(link.path)
                    if name.startswith("/") and not name.startswith(("/dev", "/proc")) and Path(link.path).is_file():
                        yield name, Path(link.path).read_bytes()


def search(sources: Iterable[tuple[str, bytes]], needles: dict[str, bytes]) -> list[str]:
    return [f"{name}: {hit}" for name, content in sources for hit in hits(content, needles)]


def packed(words: str) -> bytes:
    return b"\0junk" + gzip.compress(words.encode()) + b"junk"
