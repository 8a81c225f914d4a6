"""What a member sees of themselves: office, training, consent, and who looked at their number."""

from dataclasses import dataclass
from datetime import date, datetime

from luytre.accounts.models import User
from luytre.audit.models import AuditEntry
from luytre.registry.forms import PurposeForm
from luytre.registry.models import AccountLink, Member, TrainingRecord
from luytre.registry.models.account_links import AccountLinkQuerySet
from luytre.registry.models.members import MemberQuerySet

LOOKS = 20


@dataclass(frozen=True)
class Look:
    """The number was shown: when, and what for."""

    at: datetime
    purpose: str


@dataclass(frozen=True)
class OwnRecord:
    member: Member
    obstacles: list[str]
    training: list[TrainingRecord]  # the last of each topic, those that ran out too
    lacking: list[str]
    looks: list[Look]
    on: date

    @property
    def may_be_on_duty(self) -> bool:
        return not self.obstacles


def of(person: User, *, on: date) -> list[OwnRecord]:
    rows = memberships_of(person).kept().select_related("area", "team", "group", "leaving")
    return [record(member, on) for member in rows.order_by("serves_from", "pk")]


def asked_of(person: User) -> AccountLinkQuerySet:
    """Questions whether one is a member, that wait for one's own answer."""
    return AccountLink.objects.asked_of(person).select_related("member__team", "member__group", "asked_by")


def links_to(person: User) -> AccountLinkQuerySet:
    """Every question ever asked of one's own account."""
    return AccountLink.objects.filter(account=person)


def memberships_of(person: User) -> MemberQuerySet:
    return Member.objects.filter(account=person)


def record(member: Member, on: date) -> OwnRecord:
    training = TrainingRecord.objects.last_of_topic().filter(member=member).select_related("topic")
    return OwnRecord(
        member=member,
        obstacles=[str(one) for one in member.why_not_rostered_on(on)],
        training=list(training.order_by("topic__position", "topic__code")),
        lacking=member.topics_lacking_on(on),
        looks=looks_at(member),
        on=on,
    )


def looks_at(member: Member) -> list[Look]:
    """The newest of them (rights rule R24)."""
    shown = AuditEntry.objects.filter(
        subject_type=Member._meta.label_lower, subject_id=str(member.pk), verb="contact_shown"
    )
    words = {code: str(label) for code, label in PurposeForm.PURPOSES}
    return [Look(one.at, words.get(one.purpose, one.purpose)) for one in shown.order_by("-at")[:LOOKS]]
