"""A puzzle for the sending machine, none for the person: it makes ten thousand posts dear and one post cheap.

Nothing is stored: the challenge is the server's own, holds two hours, and its answer counts for one tip only.
"""

import hashlib
import hmac
import secrets
import time

from django.conf import settings

HOLDS = 2 * 3600


def sealed_by_us(text: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"tips puzzle {text}".encode(), hashlib.sha256).hexdigest()[:32]


def challenge() -> str:
    text = f"{int(time.time()) // 3600}.{secrets.token_hex(8)}"
    return f"{text}.{sealed_by_us(text)}"


def is_ours(said: str) -> bool:
    hour, _, rest = said.partition(".")
    number, _, seal = rest.partition(".")
    if not said.isascii() or not hour.isdigit() or not hmac.compare_digest(seal, sealed_by_us(f"{hour}.{number}")):
        return False
    return 0 <= time.time() - int(hour) * 3600 < HOLDS + 3600


def zero_bits(digest: bytes) -> int:
    number = int.from_bytes(digest, "big")
    return len(digest) * 8 - number.bit_length()


def is_solved(said: object, *, tip: str) -> bool:
    """`said` is {"challenge", "nonce"}."""
    if not isinstance(said, dict) or not isinstance(said.get("nonce"), int) or not is_ours(str(said.get("challenge"))):
        return False
    work = f"{said['challenge']}.{tip}.{said['nonce']}".encode()
    return zero_bits(hashlib.sha256(work).digest()) >= settings.TIPS_PUZZLE_BITS
