"""Proof of receipt: each day's sealed parts are leaves of one tree of the whole nation, and its root is public.

A leaf is the digest that the receipt shows; leaves are in the order of their own digits, so that nothing tells when a
part came or to which desk. They are kept without the parts: a proof can still be given when a tip's time is over.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from luytre.audit import trees
from luytre.audit.chain import merkle_root
from luytre.tips.models import DayRoot, Part


@transaction.atomic
def close(day: date) -> DayRoot | None:
    """The root of a day that is over; nothing changes it afterwards."""
    start = timezone.make_aware(datetime.combine(day, time()))
    parts = Part.objects.filter(came_at__gte=start, came_at__lt=start + timedelta(days=1))
    digests = sorted(parts.values_list("digest", flat=True))
    if not digests or DayRoot.objects.filter(day=day).exists():
        return None
    return DayRoot.objects.create(day=day, root=merkle_root(digests), count=len(digests), leaves=trees.packed(digests))


def close_all(*, before: date) -> int:
    """Every day that has parts and no root yet."""
    first = Part.objects.order_by("came_at").values_list("came_at", flat=True).first()
    last = DayRoot.objects.order_by("-day").values_list("day", flat=True).first()
    if first is None:
        return 0
    day, closed = timezone.localtime(first).date(), 0
    if last:
        day = max(day, last + timedelta(days=1))
    while day < before:
        closed += close(day) is not None
        day += timedelta(days=1)
    return closed


def proof(digest: str) -> dict[str, Any] | None:
    """The way from a leaf to its day's root: on each step the other half and the side on which it stands."""
    wanted = bytes.fromhex(digest).hex()
    part = Part.objects.filter(digest=digest).values_list("came_at", flat=True).first()
    roots = DayRoot.objects.order_by("-day")
    if part:
        roots = roots.filter(day=timezone.localtime(part).date())
    for root in roots:
        leaves = trees.spelled(bytes(root.leaves))
        if wanted in leaves:
            way = trees.way(trees.levels(leaves), leaves.index(wanted))
            return {"day": f"{root.day}", "root": root.root, "count": root.count, "leaf": digest, "path": way}
    return None


def is_included(said: dict[str, Any], root: str) -> bool:
    """What anybody can work out with a hash function and pencil."""
    hashed = trees.leaf(said["leaf"])
    for side, other in said["path"]:
        hashed = trees.joined(other, hashed) if side == "left" else trees.joined(hashed, other)
    return hashed == root
