"""Many tips quickly, sealed in Python: the server cannot tell them from a browser's. The desk opens their wrappings."""

import json
import os
import uuid
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from luytre.tips.framing import LADDER, framed
from luytre.tips.puzzle import zero_bits
from tests.tips import agepq


@dataclass(frozen=True)
class Door:
    """Where tips of a desk go, and what they are sealed to."""

    desk: str
    epoch: int
    recipient: str


@dataclass(frozen=True)
class Presealed:
    head: dict[str, Any]
    pieces: list[bytes]

    @property
    def id(self) -> str:
        return str(self.head["tip"])

    @property
    def receipt(self) -> str:
        first = sha256(self.pieces[2]).digest()
        return sha256(first).hexdigest()

    def posted(self, challenge: str, bits: int) -> bytes:
        nonce = solved(challenge, self.id, bits)
        return framed({**self.head, "challenge": {"challenge": challenge, "nonce": nonce}}, self.pieces)


def solved(challenge: str, tip: str, bits: int) -> int:
    nonce = 0
    while zero_bits(sha256(f"{challenge}.{tip}.{nonce}".encode()).digest()) < bits:
        nonce += 1
    return nonce


def padded(said: Any, size: int) -> bytes:
    return json.dumps(said).encode().ljust(size)


def tip(door: Door, text: str = "Đèn đường hỏng", *, rung: int = 0) -> Presealed:
    identity, code = (agepq.identity_of(os.urandom(32)) for _each in range(2))
    heading = {"matter": "", "kind": "tip", "urgent": False, "text": text}
    keys = padded({"identity": identity, "reporter": os.urandom(32).hex(), "heading": heading}, 2048)
    own = padded({"identity": identity, "signer": os.urandom(32).hex(), "desk": door.desk, "list": 1}, 2048)
    first = agepq.sealed(padded({"text": text}, LADDER[rung]), [agepq.recipient_of(identity)])
    pieces = [agepq.sealed(keys, [door.recipient]), agepq.sealed(own, [agepq.recipient_of(code)]), first]
    head = {
        "tip": str(uuid.uuid4()),
        "desk": door.desk,
        "epoch": door.epoch,
        "lookup": os.urandom(32).hex(),
        "rung": rung,
        "named": [],
    }
    return Presealed(head, pieces)
