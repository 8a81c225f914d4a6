"""The trail in words, for the pages: the history of an account, the lines of the audit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from luytre.accounts.models import Assignment, User
from luytre.administration import words
from luytre.audit.models import AuditEntry
from luytre.ui.components import Happening

SHOWN = 50


@dataclass(frozen=True)
class PersonLine:
    """One row of the list of accounts."""

    person: User
    roles: list[Assignment]
    is_suspended: bool


def line_of(person: User, *, on: date) -> PersonLine:
    """From what was fetched before: no query for each row."""
    roles = [
        one for one in person.assignments.all() if one.valid_from <= on and (not one.valid_to or one.valid_to > on)
    ]
    return PersonLine(person, roles, any(one.lifted_at is None for one in person.suspensions.all()))


@dataclass(frozen=True)
class TrailLine:
    """One entry of the trail, with names where numbers stand."""

    entry: AuditEntry
    at: datetime
    actor: str
    verb: str
    kind: str
    purpose: str
    fields: str

    @property
    def is_chained(self) -> bool:
        return hasattr(self.entry, "link")


def names_of(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Who the numbers are; commands stand by their name."""
    actors = {entry.actor for entry in entries}
    people = User.objects.in_bulk([int(actor) for actor in actors if actor.isdigit()])
    known = {str(pk): f"{person.full_name} ({person.username})" for pk, person in people.items()}
    known["the public"] = _("the public")
    return {actor: known.get(actor, actor) for actor in actors}


def lines(entries: Iterable[AuditEntry]) -> list[TrailLine]:
    found = list(entries)
    names = names_of(found)
    return [
        TrailLine(
            entry=entry,
            at=entry.at,
            actor=names[entry.actor],
            verb=words.verb(entry.verb),
            kind=words.kind(entry.subject_type),
            purpose=words.purpose(entry.purpose),
            fields=", ".join(entry.fields),
        )
        for entry in found
    ]


def of_account(person: User) -> list[Happening]:
    """What was done to an account and its roles, newest first; reading it is in there too."""
    assignments = [str(pk) for pk in person.assignments.values_list("pk", flat=True)]
    about = Q(subject_type="accounts.user", subject_id=str(person.pk))
    about |= Q(subject_type="accounts.assignment", subject_id__in=assignments)
    entries = AuditEntry.objects.filter(about).exclude(verb="listed").order_by("-at", "-pk")[:SHOWN]
    return [Happening(at=line.at, by=line.actor, words=told(line)) for line in lines(entries)]


def told(line: TrailLine) -> str:
    if line.entry.verb == "viewed":
        return _("%(verb)s for: %(purpose)s") % {"verb": line.verb, "purpose": line.purpose}
    return line.verb
