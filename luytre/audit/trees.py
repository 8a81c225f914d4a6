"""Trees of digests: their root, and the way from a leaf to it."""

import hashlib
from collections.abc import Iterable, Sequence

SIZE = 32  # bytes of a digest


def joined(before: str, digest: str) -> str:
    return hashlib.sha256(f"{before}{digest}".encode()).hexdigest()


def leaf(digest: str) -> str:
    return hashlib.sha256(f"leaf{digest}".encode()).hexdigest()


def levels(digests: Sequence[str]) -> list[list[str]]:
    """From the leaves up: pairs are joined, an odd last one goes up as it is (RFC 6962 in spirit)."""
    found = [[leaf(one) for one in digests]]
    while len(found[-1]) > 1:
        pairs = [found[-1][at : at + 2] for at in range(0, len(found[-1]), 2)]
        found.append([joined(*pair) if len(pair) == 2 else pair[0] for pair in pairs])
    return found


def way(tree: list[list[str]], place: int) -> list[list[str]]:
    """On each step the other half and the side on which it stands."""
    steps = []
    for level in tree[:-1]:
        other = place ^ 1
        if other < len(level):
            steps.append(["left" if other < place else "right", level[other]])
        place //= 2
    return steps


def packed(digests: Iterable[str]) -> bytes:
    """The leaves as they are kept, so that a way can still be given when what they are of is gone."""
    return b"".join(map(bytes.fromhex, digests))


def spelled(leaves: bytes) -> list[str]:
    return [leaves[at : at + SIZE].hex() for at in range(0, len(leaves), SIZE)]
