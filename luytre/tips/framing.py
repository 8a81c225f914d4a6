"""What is posted: four bytes that say how long a JSON head is, the head, then pieces whose lengths the head tells."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

LADDER = [size * 1024 for size in (16, 64, 256, 1024, 4096, 12288, 24576)]  # bytes inside a seal
SEALED_EXTRA = 8192  # an age header with one recipient, and sixteen bytes for each 64 KiB
LARGEST_HEAD = 32 * 1024
LARGEST = LADDER[-1] + 64 * 1024 + LARGEST_HEAD


class Malformed(Exception):
    """What was posted is not in the form that our pages send; the message says where, never what."""


@dataclass(frozen=True)
class Framed:
    head: dict[str, Any]
    pieces: list[bytes]

    def named(self, name: str) -> list[Any]:
        """What the head says of each piece, in their order."""
        said = self.head.get(name)
        if not isinstance(said, list) or len(said) != len(self.pieces):
            raise Malformed(name)
        return said


def read(request: HttpRequest, *, largest: int = LARGEST) -> Framed:
    """The body, in memory: it touches no disk."""
    return unframed(request.read(largest + 1), largest=largest)


def unframed(body: bytes, *, largest: int = LARGEST) -> Framed:
    if len(body) > largest:
        raise Malformed("too large")
    end = 4 + int.from_bytes(body[:4], "big")
    if len(body) < 4 or end > min(len(body), LARGEST_HEAD):
        raise Malformed("head")
    head = told_in(body[4:end])
    lengths = head.get("lengths")
    if not isinstance(lengths, list) or not all(isinstance(one, int) and one > 0 for one in lengths):
        raise Malformed("lengths")
    if end + sum(lengths) != len(body):
        raise Malformed("lengths")
    pieces, at = [], end
    for length in lengths:
        pieces.append(body[at : at + length])
        at += length
    return Framed(head, pieces)


def told_in(text: bytes | str, *, of: str = "head") -> dict[str, Any]:
    """JSON of a stranger: an object, however deep they nest it or how they spell it. `of` is named when it is not."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed(of) from error
    if not isinstance(said, dict):
        raise Malformed(of)
    return said


def framed(head: dict[str, Any], pieces: list[bytes]) -> bytes:
    said = json.dumps({**head, "lengths": [len(piece) for piece in pieces]}).encode()
    return len(said).to_bytes(4, "big") + said + b"".join(pieces)


def is_sealed(piece: bytes) -> bool:
    """An age file to hybrid post-quantum recipients alone, as far as its header tells."""
    head, found, _rest = piece[:65536].partition(b"\n---")
    lines = head.split(b"\n")
    kinds = {line.split(b" ")[1] for line in lines if line.startswith(b"-> ") and line.count(b" ") > 1}
    return bool(found) and lines[0] == b"age-encryption.org/v1" and kinds == {b"mlkem768x25519"}


def fits(piece: bytes, rung: object) -> bool:
    """A sealed part is as large as its rung and an age file around it, no more and no less."""
    if not isinstance(rung, int) or not 0 <= rung < len(LADDER):
        return False
    return LADDER[rung] < len(piece) <= LADDER[rung] + SEALED_EXTRA
