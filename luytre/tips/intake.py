"""What comes from reporters: accepted means stored, the same twice is once, and nothing is read."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils import timezone

from luytre.common.inserting import insert_together
from luytre.tips import clock, puzzle
from luytre.tips.framing import LADDER, Framed, Malformed, fits, is_sealed
from luytre.tips.hours import on_the_hour
from luytre.tips.models import (
    Channel,
    Desk,
    Direction,
    Epoch,
    IdentitySeal,
    Part,
    Settled,
    State,
    Step,
    Tip,
    Verb,
    Wrapping,
)

WRAPPING = (2048, 2048 + 4096)  # bytes, with the age header
IDENTITY = (4096, 4096 + 8192)
MOST_CUSTODIANS = 6
MOST_PARTS = 60  # of one reporter in one conversation
MOST_BYTES = 80 * 1024 * 1024


class Refused(Exception):
    """Not taken; `why` is a word that the page turns into a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Overload(Refused):
    """More comes in than the desk can take; other ways to it are told."""


def digest(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()


def receipt(digests: list[str]) -> str:
    """One number for all that was sealed, as the reporter's browser works it out."""
    return hashlib.sha256(b"".join(map(bytes.fromhex, digests))).hexdigest()


def sixty_four_digits(said: object) -> str:
    if not isinstance(said, str) or len(said) != 64 or set(said) - set("0123456789abcdef"):
        raise Malformed("digits")
    return said


def lookup_digest(lookup: object) -> str:
    return digest(bytes.fromhex(sixty_four_digits(lookup)))


def uuid_of(said: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(said), version=4)
    except ValueError as error:
        raise Malformed("number") from error


@dataclass(frozen=True)
class Accepted:
    tip: Tip
    receipt: str
    is_new: bool


def accept(posted: Framed, *, channel: str = Channel.WEB) -> Accepted:
    """A new tip, whole or not at all. The same again gives the same receipt; its number with other parts is refused."""
    number = uuid_of(posted.head.get("tip"))
    if len(posted.pieces) < 3:
        raise Malformed("pieces")
    first = digest(posted.pieces[2])
    try:
        return Accepted(store(number, posted, channel), receipt([first]), is_new=True)
    except (Refused, IntegrityError) as refused:
        # Only now is it asked whether it was sent before: nearly all come once.
        before = sent_before(number, first)
        if before:
            return before
        if isinstance(refused, Refused):
            raise
        raise Refused("number") from None


def store(number: uuid.UUID, posted: Framed, channel: str) -> Tip:
    """In one statement."""
    head, (to_desk, to_code, first, *named) = posted.head, posted.pieces
    check(posted)
    if channel == Channel.WEB and not puzzle.is_solved(head.get("challenge"), tip=str(number)):
        raise Refused("puzzle")
    open_ones = Epoch.objects.filter(desk=uuid_of(head.get("desk")), desk__closed_at=None, closed_at=None)
    epoch = open_ones.select_related("desk__area").first()
    if epoch is None or epoch.number != head.get("epoch"):
        raise Refused("keys")  # the page has old keys: it asks for the new ones and seals again
    desk = epoch.desk
    let_in(desk)
    now = on_the_hour()
    tip = Tip(
        id=number,
        area=desk.area,
        desk=desk,
        lookup=lookup_digest(head.get("lookup")),
        channel=channel,
        is_named=bool(named),
        received_at=now,
    )
    step = Step(tip=tip, verb=Verb.RECEIVED, at=now, desk=desk)
    clocks = clock.first_of(tip, step)
    seals = (
        IdentitySeal(tip=tip, inner=inner, outer=outer, sealed=sealed)
        for (inner, outer), sealed in zip(head.get("named", []), named, strict=True)
    )
    wrappings = Wrapping(tip=tip, epoch=epoch, sealed=to_desk), Wrapping(tip=tip, epoch=None, sealed=to_code)
    with transaction.atomic():
        insert_together(
            tip, *wrappings, part_of(tip, Direction.REPORTER, 1, first, rung=head["rung"]), *seals, step, *clocks
        )
    return tip


def sent_before(number: uuid.UUID, first: str) -> Accepted | None:
    tip = Tip.objects.filter(pk=number).first()
    if tip is None:
        return None
    part = tip.parts.filter(direction=Direction.REPORTER, number=1).values_list("digest", flat=True).first()
    if part != first:
        raise Refused("number")
    return Accepted(tip, receipt([first]), is_new=False)


def check(posted: Framed) -> None:
    head, (to_desk, to_code, first, *named) = posted.head, posted.pieces
    if not all(map(is_sealed, posted.pieces)):
        raise Malformed("not sealed")
    if not all(map(fits_a_wrapping, (to_desk, to_code))):
        raise Malformed("wrappings")
    if not fits(first, head.get("rung")):
        raise Malformed("rung")
    pairs = head.get("named", [])
    if not isinstance(pairs, list) or len(pairs) != len(named) or len(named) > MOST_CUSTODIANS * (MOST_CUSTODIANS - 1):
        raise Malformed("identity")
    if not all(isinstance(pair, list) and len(pair) == 2 and uuid_of(pair[0]) != uuid_of(pair[1]) for pair in pairs):
        raise Malformed("identity")
    if not all(map(fits_an_identity, named)):
        raise Malformed("identity")


def fits_a_wrapping(sealed: bytes) -> bool:
    return is_sealed(sealed) and WRAPPING[0] < len(sealed) <= WRAPPING[1]


def fits_an_identity(sealed: bytes) -> bool:
    return is_sealed(sealed) and IDENTITY[0] < len(sealed) <= IDENTITY[1]


def let_in(desk: Desk) -> None:
    """So many an hour for a desk, whoever sends: thirty phones in a hall pass, a flood does not.

    Counted in each process of the web server, with nothing about who."""
    key = f"tips-in-{desk.pk}-{on_the_hour():%H}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > settings.TIPS_AN_HOUR:
        raise Overload("overload")


def part_of(tip: Tip, direction: str, number: int, sealed: bytes, *, rung: int) -> Part:
    """Not stored yet."""
    return Part(
        tip=tip,
        direction=direction,
        number=number,
        digest=digest(sealed),
        rung=rung,
        came_at=on_the_hour(),
        sealed=sealed,
    )


def keep_part(tip: Tip, direction: str, number: int, sealed: bytes, *, rung: int) -> Part:
    part = part_of(tip, direction, number, sealed, rung=rung)
    part.save(force_insert=True)
    return part


def find(lookup: object) -> Tip:
    """By what the ten words give. Unknown and wrong are the same."""
    tip = Tip.objects.filter(lookup=lookup_digest(lookup)).select_related("desk").first()
    if tip is None:
        raise Refused("unknown")
    return tip


@transaction.atomic
def add_part(tip: Tip, direction: str, posted: Framed) -> Part:
    """The next part of a conversation. The same again is the same; what is out of order is refused."""
    Tip.objects.select_for_update().get(pk=tip.pk)
    if len(posted.pieces) != 1 or not is_sealed(posted.pieces[0]):
        raise Malformed("not sealed")
    sealed, rung = posted.pieces[0], posted.head.get("rung")
    if not isinstance(rung, int) or not fits(sealed, rung):
        raise Malformed("rung")
    there = Part.objects.filter(tip=tip, digest=digest(sealed)).first()
    if there:
        return there
    rows = tip.parts.filter(direction=direction)
    last = rows.aggregate(last=Max("number"), count=Count("pk"))
    if direction == Direction.REPORTER:
        held = sum(LADDER[one] for one in rows.values_list("rung", flat=True))
        if last["count"] >= MOST_PARTS or held + LADDER[rung] > MOST_BYTES:
            raise Refused("many")
    if posted.head.get("number") != (last["last"] or 0) + 1:
        raise Refused("order")
    return keep_part(tip, direction, posted.head["number"], sealed, rung=rung)


@transaction.atomic
def replace_code(posted: Framed) -> None:
    """The code that an officer handed over opens once; then it is the reporter's own words, which nobody else saw."""
    tip = Tip.objects.select_for_update().get(pk=find(posted.head.get("lookup")).pk)
    if not tip.is_code_once:
        raise Refused("closed")
    if len(posted.pieces) != 1 or not fits_a_wrapping(posted.pieces[0]):
        raise Malformed("wrapping")
    tip.lookup, tip.is_code_once = lookup_digest(posted.head.get("new")), False
    tip.save(update_fields=["lookup", "is_code_once"])
    tip.wrappings.filter(epoch=None).update(sealed=posted.pieces[0])


@transaction.atomic
def withdraw(tip: Tip) -> None:
    """The reporter takes it back: what the desk has begun by law goes on, nothing new is asked of the reporter."""
    tip = Tip.objects.select_for_update().get(pk=tip.pk)
    if tip.state in (State.WITHDRAWN, State.CLOSED):
        raise Refused("closed")
    step(tip, Verb.WITHDRAWN)
    if tip.state == State.RECEIVED:
        tip.state = State.WITHDRAWN
        tip.save(update_fields=["state"])
        clock.stop_all(tip)


@transaction.atomic
def say_settled(tip: Tip, answer: str) -> None:
    if answer not in Settled.values:
        raise Malformed("answer")
    Tip.objects.filter(pk=tip.pk).update(settled=answer)
    step(tip, Verb.ANSWERED)


def step(tip: Tip, verb: str, **more: Any) -> Step:
    return Step.objects.create(tip=tip, verb=verb, at=on_the_hour(), desk_id=tip.desk_id, **more)


ASKED_AFTER = timedelta(weeks=4)
FINISHED = (State.CONCLUDED, State.NOTIFIED, State.CLOSED)


def is_asked(tip: Tip) -> bool:
    """Whether the reporter is asked if it is settled: after four weeks, or when the desk has finished."""
    return tip.state in FINISHED or timezone.now() - tip.received_at >= ASKED_AFTER
