"""What a desk has said so far, as one number that its signed list vouches for when somebody leaves.

A message is of the desk when somebody of its list signed it. Who has left is not on it any more, and what they wrote
before must not look forged: the list keeps their key with the root over the digests of all that the desk had said by
then. What they sign later is under no such root, whatever hour the server tells (tips.md, keys: rotation).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from luytre.audit import trees
from luytre.audit.chain import merkle_root
from luytre.tips.models import Desk, Direction, Part, Tip, Vouching

SAID = (Direction.DESK, Direction.NOTES)


def digests(desk: Desk) -> list[str]:
    """Of every message and note in conversations of the desk, and of desks that it follows; in the order of digits."""
    desks = [desk.pk, *Desk.objects.filter(successor=desk).values_list("pk", flat=True)]
    theirs = Part.objects.filter(Q(tip__desk__in=desks) | Q(tip__steps__desk__in=desks), direction__in=SAID)
    return sorted(set(theirs.values_list("digest", flat=True)))


def root(desk: Desk) -> str:
    return merkle_root(digests(desk))


def keep(desk: Desk) -> Vouching:
    """The leaves, so that the way to the root can be given also when a tip's time is over."""
    said = digests(desk)
    return Vouching.objects.get_or_create(desk=desk, root=merkle_root(said), defaults={"leaves": trees.packed(said)})[0]


def ways(tip: Tip, desks: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """Of each message in the conversation to each root that was vouched for: {digest: {root: way}}."""
    said = tip.parts.filter(direction__in=SAID).values_list("digest", flat=True)
    found: dict[str, dict[str, Any]] = {digest: {} for digest in said}
    for one in Vouching.objects.filter(desk__in=list(desks)) if found else ():
        leaves = trees.spelled(bytes(one.leaves))
        tree = trees.levels(leaves) if not found.keys().isdisjoint(leaves) else []
        for place, digest in enumerate(leaves if tree else ()):
            if digest in found:
                found[digest][one.root] = trees.way(tree, place)
    return {digest: roots for digest, roots in found.items() if roots}
