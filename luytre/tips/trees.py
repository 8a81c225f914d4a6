"""Trees of digests, as the audit trail joins them (`audit.chain`), and the way from a leaf to the root."""

import hashlib

from luytre.audit.chain import joined

SIZE = 32  # bytes of a digest


def leaf(digest: str) -> str:
    return hashlib.sha256(f"leaf{digest}".encode()).hexdigest()


def levels(digests: list[str]) -> list[list[str]]:
    """From the leaves up; an odd last one goes up as it is."""
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
