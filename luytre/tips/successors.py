"""When communes merge, their desks follow: the old desk closes with a successor, and what is open waits there.

The tips stay where they were sealed to until an officer of the old desk wraps them to the new one in a browser; no
clock stops or starts anew meanwhile. Where the new place has no desk yet, nothing closes: somebody must read on.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from luytre import audit
from luytre.areas.models import Succession
from luytre.areas.standings import Rebuilt
from luytre.tips.models import Desk


def follow(rebuilt: Rebuilt) -> None:
    """After territory has changed: each open desk whose place is over passes to the desk of its main successor."""
    close_followed(now=timezone.now())


@transaction.atomic
def close_followed(*, now: datetime) -> int:
    closed = 0
    today = timezone.localdate(now)
    for desk in Desk.objects.filter(closed_at=None, area__valid_to__lte=today).select_related("area"):
        heir = heir_of(desk)
        if heir is None:
            continue
        desk.closed_at, desk.successor = now, heir
        desk.save(update_fields=["closed_at", "successor"])
        Desk.objects.filter(sends_to=desk).exclude(pk=heir.pk).update(sends_to=heir)
        audit.record(desk, "desk closed", by="territory", area_path=desk.area.path)
        closed += 1
    return closed


def heir_of(desk: Desk) -> Desk | None:
    """The open desk of the same kind where most of the place went."""
    places = (
        Succession.objects.filter(before=desk.area).order_by("-is_main", "-share", "pk").values_list("after", flat=True)
    )
    for place in places:
        found = Desk.objects.filter(area=place, kind=desk.kind, closed_at=None).exclude(pk=desk.pk).first()
        if found is not None:
            return found
    return None
