"""Mediation groups: elected by households (Law 35/2013), their work kept as counts, never who quarrelled with whom."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models import User
from luytre.areas.models import Area
from luytre.registry.models.groups import WatchGroup
from luytre.registry.models.members import Member
from luytre.ui.records import Record, RecordQuerySet

MEDIATION = "mediation_team"  # the kind of group
LEAST = 3


class VoteWay(models.TextChoices):
    OPEN = "open", _("show of hands")
    SECRET = "secret", _("secret ballot")
    SHEETS = "sheets", _("sheets to each household")


class TooManyVotes(Exception):
    """Somebody has more votes than households sent a representative."""


class NoMediationGroup(Exception):
    """Only mediation groups are elected this way."""


class MediationVote(models.Model):
    """A vote on mediators: who passes has more than half of all household representatives."""

    group = models.ForeignKey(WatchGroup, models.PROTECT, related_name="votes", verbose_name=_("group"))
    held_on = models.DateField(_("held on"))
    way = models.CharField(_("how"), max_length=6, choices=VoteWay)
    household_count = models.PositiveIntegerField(
        _("household representatives"),
        help_text=_("of all households of the residential area, not only those who came"),
    )
    places = models.PositiveSmallIntegerField(_("places to fill"), default=LEAST)
    has_woman = models.BooleanField(_("a woman is among those elected"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("vote on mediators")
        verbose_name_plural = _("votes on mediators")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(household_count__gte=1), name="mediationvote_has_households"),
            models.UniqueConstraint(fields=["group", "held_on"], name="mediationvote_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.held_on:%d/%m/%Y}"

    @classmethod
    @transaction.atomic
    def record(cls, vote: "MediationVote", votes: Iterable[tuple[Member, int]], *, by: User) -> "MediationVote":
        if vote.group.kind.code != MEDIATION:
            raise NoMediationGroup(vote.group)
        lines = list(votes)
        if any(count > vote.household_count for _member, count in lines):
            raise TooManyVotes(vote)
        vote.by = by
        vote.save(force_insert=True)
        Ballot.objects.bulk_create(Ballot(vote=vote, member=member, votes_for=count) for member, count in lines)
        audit.record(vote, "voted", by=by, area_path=vote.group.area.path)
        return vote

    def passed(self) -> list["Ballot"]:
        """With more than half; of too many, those with most votes take the places."""
        over = [line for line in self.ballots.select_related("member") if line.votes_for * 2 > self.household_count]
        return sorted(over, key=lambda line: -line.votes_for)[: self.places]

    def shortfalls(self) -> list[str]:
        """What a further vote must bring, in words; nothing when the list may go to the chair."""
        elected, said = len(self.passed()), []
        if elected < max(self.places, LEAST):
            words = {"elected": elected, "needed": max(self.places, LEAST)}
            said.append(gettext("%(elected)d of %(needed)d places filled. Hold a further vote for the rest.") % words)
        if not self.has_woman:
            said.append(gettext("No woman is among them. The law wants one."))
        return said


class BallotQuerySet(models.QuerySet["Ballot"]):
    def held_before(self, day: date) -> Self:
        return self.filter(vote__held_on__lt=day)


class Ballot(models.Model):
    """How many household representatives were for a candidate, who had agreed to stand."""

    vote = models.ForeignKey(MediationVote, models.CASCADE, related_name="ballots")
    member = models.ForeignKey(Member, models.PROTECT, related_name="ballots", verbose_name=_("candidate"))
    votes_for = models.PositiveIntegerField(_("votes for"))

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a candidate")
        verbose_name_plural = _("results of candidates")
        constraints = [models.UniqueConstraint(fields=["vote", "member"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.votes_for}"

    @property
    def has_passed(self) -> bool:
        return self in self.vote.passed()


class MediationQuerySet(RecordQuerySet["Mediation"]):
    def held_in(self, first: date, end: date) -> Self:
        return self.kept().filter(held_on__gte=first, held_on__lt=end)


class Mediation(Record):
    """Disputes that were mediated: one, or a month's, as numbers. No names, no matter, no address (rights rule R3)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    group = models.ForeignKey(
        WatchGroup, models.PROTECT, null=True, blank=True, related_name="mediations", verbose_name=_("mediation group")
    )
    held_on = models.DateField(_("day"), help_text=_("of the mediation, or the last day of those counted"))
    received = models.PositiveSmallIntegerField(_("disputes taken up"), default=1)
    settled = models.PositiveSmallIntegerField(_("settled"), default=0)
    unsettled = models.PositiveSmallIntegerField(_("not settled"), default=0)

    spoken_by = ()

    objects = MediationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("mediation")
        verbose_name_plural = _("mediations")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(received__gte=F("settled") + F("unsettled")), name="mediation_ends_among_received"
            ),
        ]
        indexes = [models.Index(fields=["held_on", "area"], name="mediation_held_on")]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} {self.area}"

    def fill_derived(self) -> None:
        """Found by its area alone: it says nothing else in words."""
        self.folded = self.sort_key = ""
