"""When communes merge, their desks follow: the old desk closes with a successor, and what is open waits there.

The tips stay where they were sealed to until an officer of the old desk wraps them to the new one in a browser
(`carry`); no clock stops or starts anew meanwhile. Where the new place has no desk yet, nothing closes: somebody must
read on.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Succession
from luytre.areas.standings import Rebuilt
from luytre.tips.acts import RECORDED, NotOfTheDesk, NotThere
from luytre.tips.clock_rules import COMPLAINT
from luytre.tips.framing import Malformed
from luytre.tips.hours import on_the_hour
from luytre.tips.intake import fits_a_wrapping
from luytre.tips.models import Desk, KeyRole, Step, Tip, Verb, Wrapping


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


def left_behind(desk: Desk) -> QuerySet[Tip]:
    """Open tips of a desk that is closed, still sealed to it."""
    return Tip.objects.at(desk).open().filter(wrappings__epoch__desk=desk).distinct().order_by("due_at", "id")


@transaction.atomic
def carry_all(desk: Desk, wrapped: Iterable[tuple[UUID, bytes]], *, epoch: object, by: User) -> None:
    """Some at once, as a browser wrapped them; what somebody else carried meanwhile is left alone."""
    for number, sealed in wrapped:
        tip = Tip.objects.at(desk).filter(pk=number).first()
        if tip is not None:
            carry(tip, sealed, epoch=epoch, by=by)


@transaction.atomic
def carry(tip: Tip, sealed: bytes, *, epoch: object, by: User) -> Step:
    """To the desk that follows, wrapped to it in a browser: as it is, with its state and its clocks."""
    tip = Tip.objects.select_for_update(of=("self",)).select_related("desk__area", "desk__successor").get(pk=tip.pk)
    old, heir = tip.desk, tip.desk.successor
    if not old.keys.certified().filter(user=by, role=KeyRole.OFFICER).exists():
        raise NotOfTheDesk(old.pk)
    to = heir.epoch if heir and heir.closed_at is None else None
    if heir is None or to is None or to.number != epoch:
        raise NotThere(old.pk)
    if not fits_a_wrapping(sealed):
        raise Malformed("wrapping")
    Wrapping.objects.update_or_create(tip=tip, epoch=to, defaults={"sealed": sealed})
    tip.wrappings.filter(epoch__desk=old).delete()
    tip.desk = heir
    tip.save(update_fields=["desk"])
    tip.clocks.running().exclude(rule=COMPLAINT).update(desk=heir)
    step = Step.objects.create(tip=tip, verb=Verb.FOLLOWED, at=on_the_hour(), by=by, desk=old, to_desk=heir)
    audit.record(tip, RECORDED[Verb.FOLLOWED], by=by, area_path=old.area.path, at=step.at)
    return step


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
