"""What an officer of a desk may see: the desks with a key of theirs, those desks' tips, and the inbox by clock."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Scope
from luytre.tips import intake, keyring
from luytre.tips.clock_rules import COMPLAINT
from luytre.tips.framing import Framed, Malformed
from luytre.tips.hours import on_the_hour
from luytre.tips.models import (
    OPEN,
    Channel,
    Class,
    Clock,
    Desk,
    Direction,
    Epoch,
    KeyRole,
    LockedSecret,
    Part,
    PersonKey,
    Step,
    Tip,
    Verb,
    Wrapping,
)

PAGE = 20
SOON = timedelta(hours=24)


def officer_keys(person: User) -> QuerySet[PersonKey]:
    """The certified keys that make somebody an officer of desks."""
    return PersonKey.objects.certified().filter(user=person, role=KeyRole.OFFICER)


def key_of(person: User, desk: Desk) -> PersonKey | None:
    return officer_keys(person).filter(desk=desk).first()


def keyed(person: User, scope: Scope) -> QuerySet[Desk]:
    """Both are needed: the role in the desk's area, and a certified key. Also desks that are closed."""
    mine = officer_keys(person).values("desk")
    return Desk.objects.within(scope).filter(pk__in=mine).select_related("area", "successor")


def desks(person: User, scope: Scope) -> QuerySet[Desk]:
    return keyed(person, scope).filter(closed_at=None)


def followed(person: User, scope: Scope) -> QuerySet[Desk]:
    """Closed desks with open tips that wait to be carried to the desk that follows."""
    left = Tip.objects.open().filter(desk=OuterRef("pk"))
    closed = keyed(person, scope).filter(closed_at__isnull=False, successor__isnull=False)
    return closed.filter(Exists(left))


def tips(person: User, scope: Scope) -> QuerySet[Tip]:
    """Those that a desk of theirs holds, and those it passed on while it keeps a key."""
    mine = list(desks(person, scope))
    kept = Wrapping.objects.filter(epoch__desk__in=mine).values("tip")
    return Tip.objects.filter(Q(desk__in=mine) | Q(pk__in=kept)).select_related("desk__area", "duplicate_of")


@dataclass(frozen=True)
class Wanted:
    """What of the inbox is asked for; empty fields ask for all."""

    state: str = ""
    classed: str = ""
    is_late: bool = False
    is_closed: bool = False
    ids: tuple[uuid.UUID, ...] = ()


def inbox(desk: Desk, wanted: Wanted, *, now: datetime) -> QuerySet[Tip]:
    """The clock that ends first stands first; what has no clock stands last."""
    rows = Tip.objects.at(desk)
    if wanted.ids:
        return rows.filter(pk__in=wanted.ids).order_by("due_at", "id")
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    else:
        rows = rows.exclude(state__in=OPEN) if wanted.is_closed else rows.open()
    if wanted.classed:
        rows = rows.filter(classed=wanted.classed)
    if wanted.is_late:
        rows = rows.filter(due_at__lt=now)
    return rows.order_by("due_at", "id")


def after(rows: QuerySet[Tip], mark: str) -> QuerySet[Tip]:
    """What follows the row that `mark` names: its clock and its number."""
    if not mark:
        return rows
    due, _, number = mark.rpartition("_")
    try:
        last, moment = uuid.UUID(number), datetime.fromisoformat(due) if due else None
    except ValueError as error:
        raise Malformed("mark") from error
    if moment is None:
        return rows.filter(due_at=None, pk__gt=last)
    return rows.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=last) | Q(due_at=None))


def mark_of(tip: Tip) -> str:
    return f"{tip.due_at.isoformat() if tip.due_at else ''}_{tip.pk}"


def complaints(desk: Desk) -> QuerySet[Clock]:
    """Reporters of another desk's tips who turned to this one.

    It answers and reads nothing: what they want to say about it comes as a tip of its own."""
    return Clock.objects.running().filter(rule=COMPLAINT, desk=desk).select_related("tip__desk").order_by("due_at")


def following(tip: Tip, *, now: datetime) -> Tip | None:
    """The open tip of the desk whose clock ends next after this one's."""
    return after(inbox(tip.desk, Wanted(), now=now), mark_of(tip)).first()


def page(rows: QuerySet[Tip], desk: Desk, *, now: datetime) -> tuple[dict[str, Any], list[bytes]]:
    """A head and the wrappings of so many rows; a row without a wrapping can no longer be opened."""
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    numbers = [tip.pk for tip in shown]
    wrappings: dict[uuid.UUID, tuple[int, bytes]] = {}
    own = Wrapping.objects.filter(tip__in=numbers, epoch__desk=desk).order_by("epoch__number")
    for number, epoch, sealed in own.values_list("tip", "epoch__number", "sealed"):
        wrappings[number] = epoch, bytes(sealed)
    waits = waiting(numbers)
    head = [{**described(tip, now=now), **waits.get(tip.pk, {}), "epoch": 0} for tip in shown]
    pieces = []
    for one, tip in zip(head, shown, strict=True):
        if tip.pk in wrappings:
            one["epoch"], sealed = wrappings[tip.pk]
            pieces.append(sealed)
    more = mark_of(shown[-1]) if len(found) > PAGE else ""
    return {"rows": head, "more": more}, pieces


def waiting(numbers: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Whether the reporter spoke last, and how many parts there are."""
    rows = (
        Part.objects.filter(tip__in=numbers)
        .exclude(direction=Direction.NOTES)
        .values("tip")
        .annotate(
            parts=Count("pk"),
            theirs=Max("pk", filter=Q(direction=Direction.REPORTER)),
            ours=Max("pk", filter=Q(direction=Direction.DESK)),
        )
    )
    return {
        row["tip"]: {"parts": row["parts"], "waits": bool(row["ours"] and row["theirs"] > row["ours"])} for row in rows
    }


def described(tip: Tip, *, now: datetime) -> dict[str, Any]:
    return {
        "id": str(tip.pk),
        "state": tip.state,
        "classed": tip.classed,
        "matter": tip.matter,
        "urgency": tip.urgency,
        "channel": tip.channel,
        "named": tip.is_named,
        "received": hour(tip.received_at),
        "due": hour(tip.due_at),
        "clock": "" if tip.due_at is None else "late" if tip.due_at < now else "near" if near(tip, now) else "far",
    }


def near(tip: Tip, now: datetime) -> bool:
    return tip.due_at is not None and tip.due_at - now < SOON


def hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H}" if moment else ""


def counts(desk: Desk, *, now: datetime) -> dict[str, int]:
    rows = Tip.objects.at(desk).open()
    found: dict[str, int] = rows.aggregate(
        open=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=now)),
        near=Count("pk", filter=Q(due_at__gte=now, due_at__lt=now + SOON)),
    )
    return found


def secrets(key: PersonKey) -> dict[str, Any]:
    """What the officer's browser opens with words or a passkey, and the desk's secrets that then open."""
    locked = LockedSecret.objects.filter(person=key, of=LockedSecret.Of.EPOCH)
    return {
        **keyring.own(key),
        "epochs": {number: bytes(sealed).hex() for number, sealed in locked.values_list("epoch__number", "sealed")},
    }


def wrappings(tip: Tip, mine: Iterable[Desk]) -> list[tuple[Epoch, bytes]]:
    found = Wrapping.objects.filter(tip=tip, epoch__desk__in=list(mine)).select_related("epoch")
    return [(one.epoch, bytes(one.sealed)) for one in found.order_by("-epoch__number") if one.epoch]


@transaction.atomic
def speak(tip: Tip, posted: Framed, *, by: User) -> Part:
    """A message to the reporter or a note. With the first note comes the wrapping that now holds the notes' key too."""
    direction = posted.head.get("direction")
    if direction not in (Direction.DESK, Direction.NOTES):
        raise Malformed("direction")
    sealed, *again = posted.pieces or [b""]
    part = intake.add_part(tip, direction, Framed(posted.head, [sealed]))
    if again:
        is_first = direction == Direction.NOTES and part.number == 1
        if not is_first or len(again) != 1 or not intake.fits_a_wrapping(again[0]):
            raise Malformed("wrapping")
        epoch = str(posted.head.get("epoch"))
        own = Wrapping.objects.filter(tip=tip, epoch__desk=tip.desk_id)
        if not epoch.isdigit() or own.filter(epoch__number=epoch).update(sealed=again[0]) != 1:
            raise Malformed("epoch")
    verb = "noted" if direction == Direction.NOTES else "written to"
    note(tip, verb, by=by)
    return part


def note(tip: Tip, verb: str, *, by: User) -> None:
    """In the trail by number alone: who opened or wrote what, never a word of it."""
    said = f"tip {verb}"  # in words: `trail_words`
    audit.record(tip, said, by=by, area_path=tip.desk.area.path, at=on_the_hour())


@dataclass(frozen=True)
class Change:
    """One line of a hand-over: what happened with a tip since the last shift."""

    tip: Tip
    steps: list[Step]
    new_parts: int


def handed_over(desk: Desk, *, since: datetime) -> list[Change]:
    """Tips of the desk with a step, or a part from the reporter, since then; new ones first."""
    steps: dict[uuid.UUID, list[Step]] = {}
    for step in Step.objects.filter(desk=desk, at__gte=since).select_related("by", "to_desk").order_by("pk"):
        steps.setdefault(step.tip_id, []).append(step)
    parts = Part.objects.filter(tip__desk=desk, direction=Direction.REPORTER, came_at__gte=since, number__gt=1)
    came = dict(parts.values_list("tip").annotate(count=Count("pk")))
    found = Tip.objects.filter(pk__in={*steps, *came}).order_by(F("due_at").asc(nulls_last=True), "id")
    return [Change(tip, steps.get(tip.pk, []), came.get(tip.pk, 0)) for tip in found.select_related("desk")]


def is_month(said: str) -> bool:
    return bool(re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", said))


@dataclass(frozen=True)
class Entry:
    """A line of form 294: numbers and dates; what it says is filled in by the browser."""

    tip: Tip
    entered: Step
    passed: Step | None
    concluded: Step | None


def register_of(desk: Desk, *, year: int, month: int) -> list[Entry]:
    """Sources of information on crimes that this desk classified in the month, in the order it did."""
    zone = timezone.get_current_timezone()
    first = datetime(year, month, 1, tzinfo=zone)
    next_first = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    entering = Step.objects.filter(
        desk=desk,
        verb__in=(Verb.CLASSIFIED, Verb.CONVERTED),
        at__gte=first,
        at__lt=next_first,
        tip__classed=Class.CRIME,
    )
    entries: dict[uuid.UUID, Entry] = {}
    for step in entering.select_related("tip").order_by("pk"):
        if step.tip_id not in entries:
            later = step.tip.steps.filter(desk=desk).select_related("to_desk").order_by("-pk")
            passed, concluded = later.filter(verb=Verb.TRANSFERRED).first(), later.filter(verb=Verb.CONCLUDED).first()
            entries[step.tip_id] = Entry(step.tip, step, passed, concluded)
    return list(entries.values())


@transaction.atomic
def take_down(posted: Framed, *, by: User) -> intake.Accepted:
    """A tip that an officer heard and sealed; its code is handed over once and replaced when it first opens it."""
    accepted = intake.accept(posted, channel=Channel.OFFICER)
    if accepted.is_new:
        Tip.objects.filter(pk=accepted.tip.pk).update(is_code_once=True)
        note(accepted.tip, "taken down", by=by)
    return accepted
