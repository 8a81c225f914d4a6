"""Members of groups and guard teams: people who joined by themselves, or agreed to be written down (rights rule R3)."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.registry.models.consents import AlreadyWithdrawn, Consent, ConsentWithdrawal
from luytre.registry.models.duty import Obstacle, Why
from luytre.registry.models.groups import WatchGroup
from luytre.registry.models.guard_teams import GuardTeam
from luytre.registry.models.leavings import AGAINST_WILL, AlreadyLeft, LeavesBeforeJoining, Leaving, NoRuleGiven
from luytre.registry.models.recognitions import RecognisedMember
from luytre.registry.models.training import TrainingRecord, TrainingTopic
from luytre.ui.records import Record, RecordQuerySet

FORGOTTEN = "–"  # what a name becomes when it is no longer kept


class Position(models.TextChoices):
    LEADER = "leader", _("leader")
    DEPUTY = "deputy", _("deputy leader")
    MEMBER = "member", _("member")


class MemberQuerySet(RecordQuerySet["Member"]):
    def serving_on(self, day: date) -> Self:
        """In office on the day, with a consent that stands."""
        in_term = Q(serves_until=None) | Q(serves_until__gte=day)
        gone = Leaving.objects.standing_on(day).filter(member=OuterRef("pk"))
        consent = Consent.objects.standing_on(day).filter(member=OuterRef("pk"))
        return self.kept().filter(in_term, Exists(consent), ~Exists(gone), serves_from__lte=day)

    def rosterable_on(self, day: date) -> Self:
        """Who may be put on duty: serving, in a group that serves, trained in all that is needed (rights rule R18)."""
        groups, teams = WatchGroup.objects.serving_on(day), GuardTeam.objects.serving_on(day)
        granted = RecognisedMember.objects.granted_on(day).filter(member=OuterRef("pk"))
        in_being = Q(group__in=groups) | (Q(team__in=teams) & Exists(granted))
        rows = self.serving_on(day).filter(in_being)
        for topic in TrainingTopic.objects.all():
            has_it = Exists(TrainingRecord.objects.valid_on(day).filter(topic=topic, member=OuterRef("pk")))
            if topic.guards_need_it:
                rows = rows.filter(Q(team=None) | has_it)
            if topic.groups_need_it:
                rows = rows.filter(Q(group=None) | has_it)
        return rows

    def ended_before(self, day: date) -> Self:
        """Who left, ran out of term or was taken out before a day and is still named."""
        ended = Q(leaving__on__lt=day) | Q(serves_until__lt=day) | Q(removed_at__date__lt=day)
        return self.filter(ended).exclude(full_name=FORGOTTEN)


class Member(Record):
    """Somebody who takes part. The phone number is seen only by an act that is written down (rights rule R24)."""

    group = models.ForeignKey(
        WatchGroup, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("group")
    )
    team = models.ForeignKey(
        GuardTeam, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("guard team")
    )
    area = models.ForeignKey(Area, models.PROTECT, editable=False, related_name="+", verbose_name=_("area"))
    full_name = models.CharField(_("full name"), max_length=120)
    position = models.CharField(_("position"), max_length=10, choices=Position, default=Position.MEMBER)
    serves_from = models.DateField(_("serves from"))
    serves_until = models.DateField(
        _("term until"), null=True, blank=True, help_text=_("the last day of the term; empty when it has no end")
    )
    phone = models.CharField(
        _("contact phone"),
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"^0\d{9,10}$", _("ten digits that start with 0, such as 0912345678"))],
        help_text=_("seen only by who needs it, and each look is written down"),
    )
    account = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="memberships", verbose_name=_("account")
    )

    spoken_by = ("full_name",)

    objects = MemberQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("member")
        verbose_name_plural = _("members of groups")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(group=None, team__isnull=False) | Q(group__isnull=False, team=None),
                name="member_of_one_group_or_team",
            ),
            models.CheckConstraint(
                condition=Q(serves_until=None) | Q(serves_until__gte=F("serves_from")), name="member_term_in_order"
            ),
        ]
        indexes = [models.Index(fields=["serves_until"], name="member_term")]

    def __str__(self) -> str:
        return self.full_name if self.is_named else gettext("name deleted")

    def fill_derived(self) -> None:
        """Members stand where their group stands."""
        super().fill_derived()
        self.area_id = self.of.area_id

    @property
    def of(self) -> "WatchGroup | GuardTeam":
        found = self.team or self.group
        if found is None:
            raise ValueError("a member belongs to a group or a team")
        return found

    @property
    def consent(self) -> "Consent | None":
        return self.consents.order_by("given_on", "pk").last() if self.pk else None

    @property
    def consented_on(self) -> date | None:
        return self.consent.given_on if self.consent else None

    @property
    def consent_how(self) -> str:
        return str(self.consent.get_how_display()) if self.consent else ""

    @property
    def is_named(self) -> bool:
        """Not yet forgotten, by withdrawal or by time."""
        return self.full_name != FORGOTTEN

    @property
    def state(self) -> str:
        """In words, for people."""
        leaving = getattr(self, "leaving", None)
        if leaving is None:
            return gettext("in office") if self.is_named else gettext("no longer named")
        words = {"day": f"{leaving.on:%d/%m/%Y}", "ground": leaving.get_ground_display()}
        return gettext("left on %(day)s: %(ground)s") % words

    @property
    def account_state(self) -> str:
        """Whether they see their own record, in words for who keeps the register."""
        if self.account:
            return gettext("linked: %(name)s sees their own duty and record") % {"name": self.account.full_name}
        if asked := self.account_links.open().select_related("account").first():
            words = {"name": asked.account.full_name, "day": f"{asked.asked_at:%d/%m/%Y}"}
            return gettext("%(name)s was asked on %(day)s and has not answered yet") % words
        return ""

    def duty_on(self, day: date) -> str:
        """Whether they may be put on the roster, in words."""
        found = self.why_not_rostered_on(day)
        return " ".join(str(one) for one in found) or gettext("may be put on the roster")

    def training_on(self, day: date) -> str:
        """Each topic once, with the day on which it was taught last."""
        held = self.training.valid_on(day).select_related("topic").order_by("held_on", "pk")
        last = {one.topic: one.held_on for one in held}
        return "; ".join(f"{topic} ({taught:%d/%m/%Y})" for topic, taught in last.items())

    def why_not_rostered_on(self, day: date) -> list[Obstacle]:
        """All that stands in the way of duty on a day; nothing when they may be put on the roster (rights rule R18)."""
        lacking = self.topics_lacking_on(day)
        checks: list[tuple[Why, bool]] = [
            (Why.REMOVED, self.removed_at is not None),
            (Why.NOT_YET, self.serves_from > day),
            (Why.EXPIRED, self.serves_until is not None and self.serves_until < day),
            (Why.LEFT, Leaving.objects.standing_on(day).filter(member=self).exists()),
            (Why.NO_CONSENT, not self.consents.standing_on(day).exists()),
            (Why.GROUP_ENDED, not self.of.serves_on(day) or self.of.removed_at is not None),
        ]
        if self.team_id:  # the law has each member of a guard team recognised
            checks.append((Why.NOT_RECOGNISED, not self.recognised.granted_on(day).exists()))
        found = [Obstacle(why) for why, stands in checks if stands]
        return [*found, Obstacle(Why.UNTRAINED, tuple(lacking))] if lacking else found

    def may_be_rostered_on(self, day: date) -> bool:
        return not self.why_not_rostered_on(day)

    @transaction.atomic
    def show_contact(self, *, by: User, purpose: str) -> str:
        """The phone number, against an entry in the trail that says who looked and what for (rights rule R24)."""
        audit.record(self, "contact_shown", by=by, purpose=purpose, area_path=self.area.path)
        return self.phone

    @transaction.atomic
    def was_trained(self, topics: Iterable[TrainingTopic], *, on: date, by: User) -> None:
        for topic in topics:
            TrainingRecord.write(self, topic, on=on, by=by)

    def topics_lacking_on(self, day: date) -> list[str]:
        needed = TrainingTopic.objects.filter(**{"guards_need_it" if self.team_id else "groups_need_it": True})
        held = set(self.training.valid_on(day).values_list("topic", flat=True))
        return [str(topic) for topic in needed if topic.pk not in held]

    @staticmethod
    @transaction.atomic
    def were_listed(members: "Iterable[Member]", *, by: User) -> None:
        """A page that names several: one entry with their numbers (rights rule R24)."""
        numbers = [f"member {member.pk}" for member in members]
        if numbers:
            audit.record(by, "listed", by=by, purpose="members", fields=numbers)

    @transaction.atomic
    def agree(self, *, on: date, how: str, text_version: str, by: User | None) -> "Consent":
        consent = Consent.objects.create(member=self, given_on=on, how=how, text_version=text_version, by=by)
        audit.record(consent, "agreed", by=by or "the public", area_path=self.area.path)
        return consent

    @transaction.atomic
    def leave(self, *, by: User, on: date, ground: str, reason: str, rule: str = "") -> "Leaving":
        if on < self.serves_from:
            raise LeavesBeforeJoining(self)
        if ground in AGAINST_WILL and not rule:
            raise NoRuleGiven(self)
        if Leaving.objects.filter(member=self).exists():
            raise AlreadyLeft(self)
        leaving = Leaving.objects.create(member=self, by=by, on=on, ground=ground, reason=reason, rule=rule)
        self.wrote("left", by=by)
        return leaving

    @transaction.atomic
    def withdraw_consent(self, *, by: User, on: date) -> None:
        """The member no longer agrees: the name and number go at once, a number stays for the counts of the past."""
        standing = list(self.consents.standing_on(on).select_for_update(of=("self",)))
        if not standing:
            raise AlreadyWithdrawn(self)
        for consent in standing:
            ConsentWithdrawal.objects.create(consent=consent, on=on, by=by)
        self.forget()
        self.wrote("consent_withdrawn", by=by)

    def forget(self) -> None:
        self.full_name, self.phone, self.account = FORGOTTEN, "", None
        self.account_links.all().delete()
        self.save()
