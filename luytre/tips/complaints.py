"""A reporter who is not content turns to somebody else: the desk above, or the procuracy. Nobody reads more by it.

Only that there is a complaint about this tip goes to the other desk, with a clock to answer; what the reporter wants to
say about it is a new tip to that desk, sealed to it like any other (rights rule R1).
"""

from django.db import transaction

from luytre.areas.models import paths_to
from luytre.tips import clock
from luytre.tips.clock_rules import COMPLAINT
from luytre.tips.hours import on_the_hour
from luytre.tips.intake import Refused
from luytre.tips.models import Desk, DeskKind, Step, Tip, Verb


def above(desk: Desk) -> list[Desk]:
    """Whom one can turn to about a desk: where it passes on to, what stands over its area, and the procuracy."""
    kinds = (DeskKind.PROVINCE, DeskKind.PROCURACY, DeskKind.MINISTRY)
    over = Desk.objects.open().filter(area__path__in=paths_to(desk.area.path), kind__in=kinds).exclude(pk=desk.pk)
    found = sorted(over, key=lambda one: (kinds.index(DeskKind(one.kind)), -len(one.area.path)))
    first = [desk.sends_to] if desk.sends_to and desk.sends_to.closed_at is None else []
    return [*first, *(one for one in found if one not in first)]


@transaction.atomic
def complain(tip: Tip, to: str | None = None) -> Step:
    """Without a choice, to the first desk above."""
    tip = Tip.objects.select_for_update(of=("self",)).select_related("desk__area", "desk__sends_to").get(pk=tip.pk)
    choices = above(tip.desk)
    chosen = next((one for one in choices if to is None or str(one.pk) == to), None)
    if chosen is None:
        raise Refused("desk")
    if tip.clocks.running().filter(rule=COMPLAINT).exists():
        raise Refused("complained")
    step = Step.objects.create(tip=tip, verb=Verb.COMPLAINED, at=on_the_hour(), desk=chosen)
    clock.start_with(tip, Verb.COMPLAINED)
    return step
