"""What a desk does with a tip, one verb each: lawful now or refused by name; a step, an audit entry, and the clocks.

Which act may follow which stands in `WHEN`; what else the law asks stands in the act (domain: tips, state machine).
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from luytre import audit
from luytre.accounts.models import User
from luytre.tips import clock
from luytre.tips.clock_rules import COMPLAINT
from luytre.tips.framing import Malformed
from luytre.tips.hours import on_the_hour
from luytre.tips.intake import fits_a_wrapping
from luytre.tips.models import (
    Authority,
    Class,
    Desk,
    KeyRole,
    Outcome,
    State,
    Step,
    Suspension,
    Tip,
    Verb,
    Wrapping,
)

WHEN: dict[str, tuple[str, ...]] = {
    Verb.CLASSIFIED: (State.RECEIVED, State.CLASSIFIED, State.CHECKING),
    Verb.TRANSFERRED: (State.RECEIVED, State.CLASSIFIED, State.CHECKING),
    Verb.CONVERTED: (State.CLASSIFIED, State.CHECKING),
    Verb.JOINED: (State.RECEIVED, State.CLASSIFIED, State.CHECKING),
    Verb.CHECKING: (State.CLASSIFIED,),
    Verb.EXTENDED: (State.CLASSIFIED, State.CHECKING),
    Verb.SUSPENDED: (State.CHECKING,),
    Verb.RESUMED: (State.SUSPENDED,),
    Verb.ACKNOWLEDGED: (State.CLASSIFIED, State.CHECKING, State.SUSPENDED),
    Verb.REPORTED: (State.CLASSIFIED, State.CHECKING),
    Verb.CONCLUDED: (State.CLASSIFIED, State.CHECKING),
    Verb.SENT: (State.SUSPENDED, State.CONCLUDED, State.NOTIFIED),
    Verb.NOTIFIED: (State.SUSPENDED, State.CHECKING, State.CONCLUDED),
    Verb.CLOSED: (State.CLASSIFIED, State.CONCLUDED, State.NOTIFIED),
    Verb.REOPENED: (State.CONCLUDED, State.NOTIFIED, State.CLOSED),
}
# Closed without checking: there is nothing for this desk to conclude.
NOTHING_TO_CHECK = (Class.ELSEWHERE, Class.FEEDBACK, Class.DUPLICATE, Class.SPAM)
RECORDED = {verb: f"tip {verb}" for verb in Verb}  # in the trail
PROCEDURAL = (Outcome.PROSECUTED, Outcome.NOT_PROSECUTED)


class Unlawful(Exception):
    """Not lawful now."""


class NotNow(Unlawful):
    """The tip is not in a state in which this may be done."""


class NotOfTheDesk(Unlawful):
    """Only an officer of the desk that holds the tip, with a certified key, acts on it."""


class NotClassed(Unlawful):
    """The class does not allow this act, or another act leads to that class."""


class NotThere(Unlawful):
    """The desk to pass on to is this one, is closed, or has no key."""


class CannotJoin(Unlawful):
    """The other tip is this one, at another desk, itself a duplicate, or came later: its clocks would run longer."""


class NotCompetent(Unlawful):
    """This desk does not issue procedural decisions."""


class CountsDoNotFit(Unlawful):
    """The numbers say something else than the outcome."""


class StillOwed(Unlawful):
    """The reporter who gave a name is told the result before the tip is closed."""


class AlreadyDone(Unlawful):
    """This desk has done this, and once is enough."""


class Unreadable(Unlawful):
    """The keys of this tip were destroyed: nobody could read what is reopened."""


@transaction.atomic
def classify(tip: Tip, *, by: User, classed: str, matter: str, urgency: str) -> Step:
    """What it is; said again when more is known. Only `convert` makes a crime source of what was something else."""
    tip = held(tip, Verb.CLASSIFIED, by=by)
    if classed not in Class.values or classed == Class.DUPLICATE:  # a duplicate is joined
        raise NotClassed(classed)
    is_again = tip.state != State.RECEIVED
    if is_again and (tip.classed == Class.CRIME) != (classed == Class.CRIME):
        raise NotClassed(classed)
    tip.classed, tip.matter, tip.urgency = classed, matter, urgency
    return done(tip, Verb.CLASSIFIED, by=by, state=tip.state if is_again else State.CLASSIFIED)


@transaction.atomic
def transfer(
    tip: Tip, *, by: User, to_desk: Desk, wrapping: bytes, keeps_own: bool, basis: str, document: str = ""
) -> Step:
    """Pass on to another desk, which begins with its own receipt. Dropping one's own key ends one's reading."""
    tip = held(tip, Verb.TRANSFERRED, by=by)
    epoch = to_desk.epoch
    if to_desk.pk == tip.desk_id or to_desk.closed_at is not None or epoch is None:
        raise NotThere(to_desk.pk)
    if not fits_a_wrapping(wrapping):
        raise Malformed("wrapping")
    before = tip.desk
    Wrapping.objects.update_or_create(tip=tip, epoch=epoch, defaults={"sealed": wrapping})
    if not keeps_own:
        tip.wrappings.filter(epoch__desk=before).delete()
    tip.desk = to_desk
    return done(
        tip,
        Verb.TRANSFERRED,
        by=by,
        state=State.RECEIVED,
        desk=before,
        to_desk=to_desk,
        basis=basis,
        document=document,
    )


@transaction.atomic
def convert(tip: Tip, *, by: User) -> Step:
    """Wider information turns out to be a source of information on a crime: it enters the legal register now."""
    tip = held(tip, Verb.CONVERTED, by=by)
    if tip.classed == Class.CRIME:
        raise NotClassed(tip.classed)
    tip.classed = Class.CRIME
    return done(tip, Verb.CONVERTED, by=by, state=State.CLASSIFIED)


@transaction.atomic
def join(tip: Tip, *, by: User, other: Tip) -> Step:
    """The same as an earlier one, which goes on alone."""
    tip = held(tip, Verb.JOINED, by=by)
    other = Tip.objects.get(pk=other.pk)
    if (
        other.pk == tip.pk
        or other.desk_id != tip.desk_id
        or other.duplicate_of_id is not None
        or other.state == State.WITHDRAWN
        or other.received_at > tip.received_at
    ):
        raise CannotJoin(other.pk)
    tip.duplicates.update(duplicate_of=other)
    tip.classed, tip.duplicate_of = Class.DUPLICATE, other
    return done(tip, Verb.JOINED, by=by, state=State.CLOSED)


@transaction.atomic
def begin_checking(tip: Tip, *, by: User) -> Step:
    tip = held(tip, Verb.CHECKING, by=by)
    if tip.classed in NOTHING_TO_CHECK:
        raise NotClassed(tip.classed)
    return done(tip, Verb.CHECKING, by=by, state=State.CHECKING)


@transaction.atomic
def extend(
    tip: Tip, *, by: User, until: datetime, authority: str, asked_at: datetime | None = None, document: str = ""
) -> Step:
    """More time to resolve a crime source, as far as who allows it may (BLTTHS art. 147): `clock.prolong` knows."""
    tip = held(tip, Verb.EXTENDED, by=by)
    only_crime(tip)
    clock.prolong(tip, until=until, authority=Authority(authority), asked_at=on_the_hour(asked_at))
    return done(tip, Verb.EXTENDED, by=by, until=until, authority=authority, document=document)


@transaction.atomic
def suspend(tip: Tip, *, by: User, ground: str, document: str = "") -> Step:
    """Resolving waits on one of the grounds of BLTTHS art. 148, and its clock stands."""
    tip = held(tip, Verb.SUSPENDED, by=by)
    only_crime(tip)
    if not tip.desk.decides:
        raise NotCompetent(tip.desk_id)
    return done(tip, Verb.SUSPENDED, by=by, state=State.SUSPENDED, basis=Suspension(ground).value, document=document)


@transaction.atomic
def resume(tip: Tip, *, by: User, document: str = "") -> Step:
    tip = held(tip, Verb.RESUMED, by=by)
    return done(tip, Verb.RESUMED, by=by, state=State.CHECKING, document=document)


@transaction.atomic
def acknowledge(tip: Tip, *, by: User, document: str = "") -> Step:
    """The written notice of receipt to the reporter and the procuracy; once for each desk that receives."""
    tip = held(tip, Verb.ACKNOWLEDGED, by=by)
    only_crime(tip)
    if tip.steps.filter(verb=Verb.ACKNOWLEDGED, desk=tip.desk).exists():
        raise AlreadyDone(Verb.ACKNOWLEDGED)
    return done(tip, Verb.ACKNOWLEDGED, by=by, document=document)


@transaction.atomic
def conclude(
    tip: Tip,
    *,
    by: User,
    outcome: str,
    is_valuable: bool,
    case_count: int = 0,
    administrative_count: int = 0,
    person_count: int = 0,
    document: str = "",
) -> Step:
    """The result, coded; persons are a number and nothing more."""
    tip = held(tip, Verb.CONCLUDED, by=by)
    if outcome in PROCEDURAL:
        only_crime(tip)
        if not tip.desk.decides:
            raise NotCompetent(tip.desk_id)
    if tip.classed == Class.CRIME and tip.state != State.CHECKING:
        raise NotNow(tip.state)
    counted = {"case_count": case_count, "administrative_count": administrative_count, "person_count": person_count}
    if not fit(Outcome(outcome), is_valuable=is_valuable, **counted):
        raise CountsDoNotFit(outcome)
    return done(
        tip,
        Verb.CONCLUDED,
        by=by,
        state=State.CONCLUDED,
        outcome=outcome,
        is_valuable=is_valuable,
        document=document,
        case_count=case_count,
        administrative_count=administrative_count,
        person_count=person_count,
    )


def fit(outcome: Outcome, *, is_valuable: bool, case_count: int, administrative_count: int, person_count: int) -> bool:
    if min(case_count, administrative_count, person_count) < 0:
        return False
    if outcome == Outcome.NO_GROUND:
        return not (is_valuable or case_count or administrative_count or person_count)
    if outcome == Outcome.PROSECUTED:
        return case_count > 0
    if outcome == Outcome.ADMINISTRATIVE:
        return administrative_count > 0
    return True


@transaction.atomic
def notify(tip: Tip, *, by: User, document: str = "") -> Step:
    """The reporter can read that it is suspended, that it goes on, or the result, or was told it in writing."""
    tip = held(tip, Verb.NOTIFIED, by=by)
    if tip.state == State.CHECKING and not tip.steps.filter(verb=Verb.RESUMED).exists():
        raise NotNow(tip.state)
    state = State.NOTIFIED if tip.state == State.CONCLUDED else tip.state
    return done(tip, Verb.NOTIFIED, by=by, state=state, document=document)


@transaction.atomic
def send(tip: Tip, *, by: User, document: str = "") -> Step:
    """A decision goes to the procuracy, or the file to who may fine."""
    return done(held(tip, Verb.SENT, by=by), Verb.SENT, by=by, document=document)


@transaction.atomic
def report(tip: Tip, *, by: User, document: str = "") -> Step:
    """Commune police tell the head of the investigating body, before the file is passed on."""
    tip = held(tip, Verb.REPORTED, by=by)
    only_crime(tip)
    return done(tip, Verb.REPORTED, by=by, document=document)


@transaction.atomic
def answer_complaint(tip: Tip, *, by: User, document: str = "") -> Step:
    """The desk above, or the procuracy, has answered who complained; what it said is in a letter or a sealed part."""
    tip = Tip.objects.select_for_update(of=("self",)).select_related("desk__area").get(pk=tip.pk)
    asked = tip.clocks.running().filter(rule=COMPLAINT).select_related("desk__area").first()
    if asked is None:
        raise NotNow(tip.state)
    if not asked.desk.keys.certified().filter(user=by, role=KeyRole.OFFICER).exists():
        raise NotOfTheDesk(asked.desk_id)
    return done(tip, Verb.HEARD, by=by, desk=asked.desk, document=document)


@transaction.atomic
def close(tip: Tip, *, by: User) -> Step:
    tip = held(tip, Verb.CLOSED, by=by)
    if tip.state == State.CLASSIFIED and tip.classed not in NOTHING_TO_CHECK:
        raise NotNow(tip.state)
    if tip.state == State.CONCLUDED and tip.is_named:  # no notice is owed where no name was given (TT 28/2020 art. 17)
        raise StillOwed(tip.pk)
    return done(tip, Verb.CLOSED, by=by, state=State.CLOSED)


@transaction.atomic
def reopen(tip: Tip, *, by: User, basis: str) -> Step:
    """New facts, an order, or the reporter says that it is not settled. What was never checked begins anew."""
    tip = held(tip, Verb.REOPENED, by=by)
    if not tip.wrappings.filter(epoch__desk=tip.desk).exists():
        raise Unreadable(tip.pk)
    state = State.CHECKING
    if tip.classed in NOTHING_TO_CHECK:
        state, tip.classed, tip.duplicate_of = State.RECEIVED, "", None
    return done(tip, Verb.REOPENED, by=by, state=state, basis=basis)


def may(tip: Tip, verb: str) -> bool:
    """Whether a button for it has a meaning; the act has the last word."""
    return tip.state in WHEN[verb]


def held(tip: Tip, verb: str, *, by: User) -> Tip:
    """The row, locked, in a state that allows the act, by somebody of its desk."""
    tip = Tip.objects.select_for_update(of=("self",)).select_related("desk__area").get(pk=tip.pk)
    if not tip.desk.keys.certified().filter(user=by, role=KeyRole.OFFICER).exists():
        raise NotOfTheDesk(tip.desk_id)
    if tip.state not in WHEN[verb]:
        raise NotNow(tip.state)
    return tip


def only_crime(tip: Tip) -> None:
    if tip.classed != Class.CRIME:
        raise NotClassed(tip.classed)


def done(tip: Tip, verb: str, *, by: User, state: str = "", desk: Desk | None = None, **more: Any) -> Step:
    """The row, its step, the entry in the trail, and the clocks that begin or end with it."""
    tip.state = state or tip.state
    tip.save(update_fields=["state", "desk", "classed", "matter", "urgency", "duplicate_of"])
    step = Step.objects.create(tip=tip, verb=verb, at=on_the_hour(), by=by, desk=desk or tip.desk, **more)
    audit.record(tip, RECORDED[Verb(verb)], by=by, area_path=step.desk.area.path, at=step.at)
    clock.start_with(tip, verb)
    return step
