"""The life of an account, by the area above it: enrol, reset, suspend, lift, assign, end, stand in.

Every verb refuses an act on oneself (rights rule R11), on people outside the actor's area, and on auditors (R23).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from luytre import audit
from luytre.accounts.models import Assignment, OneTimeCode, Suspension, User
from luytre.accounts.models.codes import GOOD_FOR, spaced
from luytre.accounts.permissions import Permission
from luytre.accounts.roles import GRANTS, Role
from luytre.areas.models import Area


class Refused(Exception):
    """An act on an account that the rules do not allow."""


class OwnAccount(Refused):
    """Nobody acts on their own account."""


class OutOfScope(Refused):
    """The person or the place lies outside the actor's area."""


class AuditorOutOfReach(Refused):
    """Auditors are named and released from the machine's command line alone."""


class WrongLevel(Refused):
    """The role is not given at this level of territory."""


class AlreadySuspended(Refused):
    """The account was suspended before."""


class NotSuspended(Refused):
    """There is no suspension to lift."""


class AlreadyEnded(Refused):
    """The assignment ended before that day."""


class NothingToStandInFor(Refused):
    """The absent person holds no role in those days."""


@dataclass(frozen=True)
class Slip:
    """What is printed for somebody, once: the code is kept nowhere."""

    user: User
    code: str
    expires_at: datetime

    @property
    def printed_code(self) -> str:
        return spaced(self.code)


def check_place(*, by: User, area: Area, on: date) -> None:
    scope = by.scope(Permission.ACCOUNT_WRITE, on=on)
    if not (scope and Area.objects.standing_within(scope).filter(pk=area.pk).exists()):
        raise OutOfScope(area)


def check_role(*, role: str, area: Area) -> None:
    if role == Role.AUDITOR:
        raise AuditorOutOfReach(role)
    if area.level not in GRANTS[role].levels:
        raise WrongLevel(role)


def check_person(*, by: User, about: User, on: date) -> None:
    """All of the person's present and coming places must lie in the actor's area; the last ones if none is left."""
    if by == about:
        raise OwnAccount(about)
    if about.is_auditor(on=on):
        raise AuditorOutOfReach(about)
    scope = by.scope(Permission.ACCOUNT_WRITE, on=on)
    held = about.assignments.not_ended(on)
    held = held if held.exists() else about.assignments.all()
    outside = held.exclude(area__in=Area.objects.standing_within(scope))
    if not scope or outside.exists() or not (held.exists() or scope.is_national):
        raise OutOfScope(about)


def may_act(*, by: User, about: User, on: date) -> bool:
    """For pages: whether the buttons are shown."""
    try:
        check_person(by=by, about=about, on=on)
    except Refused:
        return False
    return True


@transaction.atomic
def enrol(user: User, *, role: str, area: Area, by: User, at: datetime) -> Slip:
    """Make the account of somebody else, with a first role and a code to sign in with."""
    on = timezone.localdate(at)
    check_role(role=role, area=area)
    check_place(by=by, area=area, on=on)
    user.set_unusable_password()
    user.must_change_password = True
    user.save(force_insert=True)
    assignment = Assignment.objects.create(user=user, role=role, area=area, valid_from=on)
    audit.record(user, "enrolled", by=by, fields=["username", "full_name", "phone"], area_path=area.path)
    record(assignment, "assigned", by=by)
    return printed(user, by=by, at=at)


def printed(user: User, *, by: User | None, at: datetime) -> Slip:
    return Slip(user, OneTimeCode.issue(user, by=by, at=at), at + GOOD_FOR)


@transaction.atomic
def reset(user: User, *, by: User, at: datetime, second_step_too: bool = False) -> Slip:
    """Password forgotten: the old one stops, every session ends, a code opens the account once."""
    check_person(by=by, about=user, on=timezone.localdate(at))
    return issue(user, by=by, actor=by, at=at, second_step_too=second_step_too)


def issue(user: User, *, by: User | None, actor: object, at: datetime, second_step_too: bool) -> Slip:
    user.set_unusable_password()
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    if second_step_too:
        Authenticator.objects.filter(user=user).delete()
    verb = "reset_with_second_step" if second_step_too else "reset"
    audit.record(user, verb, by=actor, area_path=user.area_path(on=timezone.localdate(at)))
    return printed(user, by=by, at=at)


def end_sessions(user: User) -> None:
    """Signed out everywhere, now: what somebody may no longer do must not go on in a page that is open."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


@transaction.atomic
def suspend(user: User, *, by: User, at: datetime, reason: str) -> Suspension:
    on = timezone.localdate(at)
    check_person(by=by, about=user, on=on)
    if not user.is_active:
        raise AlreadySuspended(user)
    suspension = Suspension.objects.create(user=user, by=by, at=at, reason=reason)
    audit.record(user, "suspended", by=by, fields=["reason"], area_path=user.area_path(on=on))
    return suspension


@transaction.atomic
def lift(user: User, *, by: User, at: datetime, reason: str) -> None:
    on = timezone.localdate(at)
    check_person(by=by, about=user, on=on)
    suspension = user.suspensions.select_for_update().filter(lifted_at=None).first()
    if suspension is None:
        raise NotSuspended(user)
    suspension.lifted_at, suspension.lifted_by, suspension.lifted_reason = at, by, reason
    suspension.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    audit.record(user, "suspension_lifted", by=by, fields=["reason"], area_path=user.area_path(on=on))


@transaction.atomic
def assign(assignment: Assignment, *, by: User, on: date) -> Assignment:
    """Give a further role; the row comes unsaved, with its person, role, area and days."""
    check_role(role=assignment.role, area=assignment.area)
    check_place(by=by, area=assignment.area, on=on)
    check_person(by=by, about=assignment.user, on=on)
    assignment.save(force_insert=True)
    record(assignment, "assigned", by=by)
    return assignment


@transaction.atomic
def end(assignment: Assignment, *, by: User, on: date, today: date) -> None:
    """The role ends on a day, which is no longer part of it; what never began is taken away."""
    check_person(by=by, about=assignment.user, on=today)
    check_place(by=by, area=assignment.area, on=today)
    if assignment.valid_to and assignment.valid_to <= on:
        raise AlreadyEnded(assignment)
    close(assignment, on=on, by=by)


def close(assignment: Assignment, *, on: date, by: object) -> None:
    if on <= assignment.valid_from:
        record(assignment, "assignment_withdrawn", by=by)
        assignment.delete()
        return
    assignment.valid_to = on
    assignment.save(update_fields=["valid_to"])
    record(assignment, "assignment_ended", by=by)


@transaction.atomic
def name_stand_in(absent: User, *, stand_in: User, first: date, end: date, by: User, today: date) -> list[Assignment]:
    """Give somebody the roles of an absent person, for those days only."""
    for person in (absent, stand_in):
        check_person(by=by, about=person, on=today)
    held = absent.assignments.filter(valid_from__lt=end, stands_in_for=None).not_ended(first)
    made = [copied(one, stand_in, max(first, one.valid_from), min(end, one.valid_to or end)) for one in held]
    if not made:
        raise NothingToStandInFor(absent)
    for assignment in made:
        check_place(by=by, area=assignment.area, on=today)
        assignment.save(force_insert=True)
        record(assignment, "stand_in_named", by=by)
    return made


def copied(one: Assignment, stand_in: User, first: date, end: date) -> Assignment:
    return Assignment(
        user=stand_in, role=one.role, area=one.area, valid_from=first, valid_to=end, stands_in_for=one.user
    )


def record(assignment: Assignment, verb: str, *, by: object) -> None:
    values: dict[str, Any] = {"user": assignment.user_id, "role": assignment.role, "area": assignment.area_id}
    days = {"valid_from": assignment.valid_from, "valid_to": assignment.valid_to}
    audit.record(assignment, verb, by=by, values=values | days, area_path=assignment.area.path)


@transaction.atomic
def enrol_auditor(user: User, *, area: Area, at: datetime, by: str) -> Slip:
    """From the machine's command line alone, by whoever the ministry and the auditing body send there."""
    user.set_unusable_password()
    user.must_change_password = True
    user.save(force_insert=True)
    assignment = Assignment(user=user, role=Role.AUDITOR, area=area, valid_from=timezone.localdate(at))
    assignment.save(force_insert=True)
    record(assignment, "assigned", by=by)
    return issue(user, by=None, actor=by, at=at, second_step_too=False)


@transaction.atomic
def release_auditor(user: User, *, on: date, by: str) -> None:
    for assignment in user.assignments.not_ended(on).filter(role=Role.AUDITOR):
        close(assignment, on=on, by=by)
