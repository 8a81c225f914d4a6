"""How long a tip may wait: acts start, meet, pause and prolong the clocks that `clock_rules` has as data.

An act that comes too late meets its clock and leaves the breach; nothing that a desk does afterwards takes it back.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import F, Min, Q
from django.utils import timezone

from luytre.common import working_days
from luytre.common.periods import months_after
from luytre.tips.clock_rules import COMPLAINT, KNOWN, RESOLVE, Rule, rules
from luytre.tips.hours import on_the_hour
from luytre.tips.models import Authority, Clock, ClockQuerySet, DayOff, Desk, Step, Tip, Unit, Verb

END = time(23, 59)  # a limit of days runs out with its last day (BLTTHS art. 134)
MOST_MONTHS = {Authority.HEAD: 2, Authority.PROCURACY: 2}  # in total from receipt; then beyond that, once
ASKED_BEFORE = timedelta(days=5)
AFTER_RESUMING = 1  # month (BLTTHS art. 148(3))
NEAR = timedelta(hours=6)
ENDS_HERE = (Verb.JOINED, Verb.CLOSED, Verb.TRANSFERRED)
BEGINS_ANEW = (Verb.CONVERTED, Verb.REOPENED)


class CannotExtend(Exception):
    """Not by this authority, not so long, or asked for too late; `why` is a word that pages turn into a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def start_with(tip: Tip, verb: str, *, at: datetime | None = None) -> None:
    """After the last step, which has this verb: meets the clocks that end with it, and starts those that begin."""
    step = tip.steps.filter(verb=verb).order_by("-pk").select_related("desk__area", "to_desk__area").first()
    if step is None:
        return
    after(step, tip, at=on_the_hour(at or step.at))


def first_of(tip: Tip, step: Step) -> list[Clock]:
    """Those of a tip that has just come, not stored yet: nothing runs and nothing was before, so nothing is asked for.
    The tip knows the next one; what `after` would find is the same."""
    begun = [
        Clock(tip=tip, rule=rule.code, desk=step.desk, started_at=step.at, due_at=due(rule, step.at, step.desk))
        for rule in rules()
        if rule.starts_with(step, tip) and rule.is_for(tip, step.desk)
    ]
    tip.due_at = min((one.due_at for one in begun), default=None)
    return begun


def after(step: Step, tip: Tip, *, at: datetime) -> None:
    desk = step.to_desk or step.desk
    known = {rule.code: rule for rule in rules()}
    running = list(tip.clocks.running().select_related("desk"))
    for clock in running:
        rule = known.get(clock.rule)
        if rule and step.verb in rule.ends:
            meet(clock, at=at)
        elif clock.rule == COMPLAINT:
            continue
        elif is_over(rule, step, tip, desk):
            stop(clock, at=at)
        elif step.verb == Verb.SUSPENDED and rule and rule.pauses:
            Clock.objects.filter(pk=clock.pk).update(paused_at=at)
        elif step.verb == Verb.RESUMED and clock.paused_at:
            go_on(clock, clock.paused_at, at=at)
    for rule in known.values():
        if rule.starts_with(step, tip) and rule.is_for(tip, desk):
            start(rule, tip, desk, step, at=at)
    show_next(tip)


def is_over(rule: Rule | None, step: Step, tip: Tip, desk: Desk) -> bool:
    if step.verb in ENDS_HERE:
        return True
    return step.verb in KNOWN and rule is not None and not rule.is_for(tip, desk)


def start(rule: Rule, tip: Tip, desk: Desk, step: Step, *, at: datetime) -> None:
    begin = receipt_at(tip, desk) if rule.from_receipt else at
    there = tip.clocks.filter(rule=rule.code, desk=desk, stopped_at=None)
    if there.filter(Q(met_at=None) | Q(started_at__gte=begin) if rule.from_receipt else Q(met_at=None)).exists():
        return
    Clock.objects.create(tip=tip, rule=rule.code, desk=desk, started_at=begin, due_at=due(rule, begin, desk))


def receipt_at(tip: Tip, desk: Desk) -> datetime:
    """When this desk had it: first, from another desk, as a crime source by conversion, or opened again."""
    had = tip.steps.filter(
        Q(verb=Verb.RECEIVED) | Q(verb=Verb.TRANSFERRED, to_desk=desk) | Q(verb__in=BEGINS_ANEW, desk=desk)
    )
    last = had.order_by("-pk").values_list("at", flat=True).first()
    return last or tip.received_at


def due(rule: Rule, begin: datetime, desk: Desk) -> datetime:
    length = rule.length * (2 if rule.is_doubled_when_remote and desk.is_remote else 1)
    if rule.unit == Unit.HOURS:
        return begin + timedelta(hours=length)
    day, changes = timezone.localdate(begin), DayOff.objects.for_place(desk.area).changes()
    if rule.unit == Unit.WORKING_DAYS:
        return end_of(working_days.add_working_days(day, length, changes))
    last = months_after(day, length) if rule.unit == Unit.MONTHS else day + timedelta(days=length)
    return end_of(working_days.on_or_after(last, changes))


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, END))


def meet(clock: Clock, *, at: datetime) -> None:
    finish(clock, at=at, met_at=at)


def stop(clock: Clock, *, at: datetime) -> None:
    """Not owed any more; what was late by then stays late."""
    finish(clock, at=at, stopped_at=at)


def finish(clock: Clock, *, at: datetime, **ended: datetime) -> None:
    if clock.paused_at is None and at > clock.due_at and clock.breached_at is None:
        ended["breached_at"] = clock.due_at
    Clock.objects.filter(pk=clock.pk).update(**ended)


def go_on(clock: Clock, stood_since: datetime, *, at: datetime) -> None:
    """What was suspended is resolved within one month of resuming; other clocks get back what they stood still."""
    if clock.rule == RESOLVE:
        changes = DayOff.objects.for_place(clock.desk.area).changes()
        last = months_after(timezone.localdate(at), AFTER_RESUMING)
        due_at = end_of(working_days.on_or_after(last, changes))
    else:
        due_at = clock.due_at + (at - stood_since)
    breached_at = clock.breached_at or (clock.due_at if stood_since > clock.due_at else None)
    Clock.objects.filter(pk=clock.pk).update(paused_at=None, due_at=due_at, breached_at=breached_at)


def stop_all(tip: Tip, *, at: datetime | None = None) -> None:
    """Nothing runs any more, but a complaint that is still to be answered."""
    for clock in tip.clocks.running().exclude(rule=COMPLAINT):
        stop(clock, at=on_the_hour(at))
    show_next(tip)


def show_next(tip: Tip) -> None:
    """The next clock of the desk that holds the tip is what its inbox is ordered by."""
    tip.due_at = tip.clocks.ticking().filter(desk=tip.desk_id).aggregate(next=Min("due_at"))["next"]
    Tip.objects.filter(pk=tip.pk).update(due_at=tip.due_at)


def prolong(tip: Tip, *, until: datetime, authority: Authority, asked_at: datetime) -> None:
    """Moves the end of the clock of resolving, as far as who allows it may."""
    clock = tip.clocks.ticking().filter(rule=RESOLVE).first()
    if clock is None:
        raise CannotExtend("clock")
    allowed = set(tip.steps.filter(verb=Verb.EXTENDED, at__gte=clock.started_at).values_list("authority", flat=True))
    if authority in allowed:
        raise CannotExtend("once")
    if authority == Authority.PROCURACY and Authority.HEAD not in allowed:
        raise CannotExtend("order")
    since = clock.started_at if authority == Authority.HEAD else clock.due_at
    last = end_of(months_after(timezone.localdate(since), MOST_MONTHS[authority]))
    end = end_of(timezone.localdate(until))
    if asked_at > (clock.due_at - ASKED_BEFORE if authority == Authority.PROCURACY else clock.due_at):
        raise CannotExtend("late")
    if end <= clock.due_at:
        raise CannotExtend("short")
    if end > last:
        raise CannotExtend("long")
    Clock.objects.filter(pk=clock.pk).update(due_at=end)


def mark_breaches(*, now: datetime) -> int:
    """Those that ran out unmet, for the desk, its superior and the auditor to see."""
    return Clock.objects.ticking().filter(due_at__lt=now, breached_at=None).update(breached_at=F("due_at"))


def near(clocks: ClockQuerySet, *, now: datetime) -> ClockQuerySet:
    return clocks.ticking().filter(due_at__lt=now + NEAR)
