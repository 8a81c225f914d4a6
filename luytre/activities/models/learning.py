"""Three questions before and after a session: how many were right in the session as a whole, never for a person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.outreach import OutreachSession
from luytre.activities.models.outreach_plans import PlannedSession
from luytre.activities.models.outreach_rooms import Room
from luytre.activities.models.topics import Topic
from luytre.areas.models import Area, paths_to
from luytre.ui.records import Record, RecordQuerySet

ASKED = 3
SMALLEST_SHOWN = 10  # answers; fewer are not shown to the public (rights rule R14)


class OwnQuestion(Exception):
    """Nobody approves the question they wrote (rights rule R11)."""


class AlreadyApproved(Exception):
    """The question was approved before."""


class TooFewQuestions(Exception):
    """A topic needs three approved questions."""


class AskedOnPhones(Exception):
    """The session was asked in its room; paper is not added to it."""


class MoreRightThanAsked(Exception):
    """No more sheets can be right than were handed in."""


class LearningQuestionQuerySet(RecordQuerySet["LearningQuestion"]):
    def approved(self) -> Self:
        """Read by a second person as it stands now."""
        return self.kept().filter(approvals__digest=F("digest"))

    def for_area(self, area: Area) -> Self:
        """Those of the place itself and of all it lies in."""
        return self.filter(area__path__in=paths_to(area.path))


class LearningQuestion(Record):
    """A question on a topic with three answers; it asks what to do, nothing about who answers."""

    class Right(models.TextChoices):
        FIRST = "a", _("the first")
        SECOND = "b", _("the second")
        THIRD = "c", _("the third")

    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="+",
        verbose_name=_("kept by"),
        help_text=_("the nation, a province, a commune"),
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic"))
    text = models.CharField(
        _("question"), max_length=300, help_text=_("what should one do? nothing about the person who answers")
    )
    first = models.CharField(_("first answer"), max_length=160)
    second = models.CharField(_("second answer"), max_length=160)
    third = models.CharField(_("third answer"), max_length=160)
    right = models.CharField(_("which one is right"), max_length=1, choices=Right)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    digest = models.CharField(
        max_length=64, editable=False, help_text="of its words: a correction wants a new approval"
    )

    spoken_by = ("text", "first", "second", "third")

    objects = LearningQuestionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("learning question")
        verbose_name_plural = _("learning questions")

    def __str__(self) -> str:
        return self.text

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [("a", self.first), ("b", self.second), ("c", self.third)]

    def fill_derived(self) -> None:
        super().fill_derived()
        words = [self.text, self.first, self.second, self.third, self.right]
        self.digest = sha256("\n".join(words).encode()).hexdigest()

    @property
    def author(self) -> User | None:
        return self.written_by or self.created_by

    @property
    def is_approved(self) -> bool:
        return self.approvals.filter(digest=self.digest).exists()

    @property
    def state(self) -> str:
        return gettext("approved, can be asked") if self.is_approved else gettext("waits for a second person")

    def correct(self, *, by: User, fields: Iterable[str]) -> Self:
        """Who changed the words is their author from now on, and a second person reads them again."""
        self.written_by = by
        return super().correct(by=by, fields=fields)

    @transaction.atomic
    def approve(self, *, by: User, at: datetime) -> "QuestionApproval":
        if by == self.author:
            raise OwnQuestion(self)
        if self.is_approved:
            raise AlreadyApproved(self)
        said = {"written_by": self.author, "by": by, "at": at, "digest": self.digest}
        approval = QuestionApproval.objects.create(question=self, **said)
        self.wrote("approved", by=by)
        return approval


class QuestionApproval(models.Model):
    """A second person let the question be asked; those that come with the program have nobody's name."""

    question = models.ForeignKey(LearningQuestion, models.PROTECT, related_name="approvals")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("approved at"))
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("approval of a question")
        verbose_name_plural = _("approvals of questions")
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("written_by")), name="question_two_people"),
            models.UniqueConstraint(fields=["question", "digest"], name="question_approved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}"


class LearningCheckQuerySet(models.QuerySet["LearningCheck"]):
    def shown(self) -> Self:
        """What may be told to the public: finished, and ten answers or more each time."""
        finished = Q(session__isnull=False, session__removed_at=None)
        return self.filter(finished, before_count__gte=SMALLEST_SHOWN, after_count__gte=SMALLEST_SHOWN)


class LearningCheck(models.Model):
    """The three questions of one session, on phones or on paper, as counts."""

    planned = models.OneToOneField(PlannedSession, models.PROTECT, null=True, related_name="learning")
    session = models.OneToOneField(OutreachSession, models.PROTECT, null=True, related_name="learning")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    is_on_paper = models.BooleanField(_("on paper"), default=False)
    before_count = models.PositiveIntegerField(_("answered before"), default=0)
    after_count = models.PositiveIntegerField(_("answered after"), default=0)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(_("started at"))

    objects = LearningCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning check")
        verbose_name_plural = _("learning checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__isnull=False) | Q(session__isnull=False), name="learning_check_of_a_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.planned or self.session}: {self.topic}"

    @classmethod
    @transaction.atomic
    def start(cls, planned: PlannedSession, topic: Topic, *, by: User, at: datetime) -> "LearningCheck":
        """For the phones in a room; a second start keeps the first."""
        if found := cls.objects.filter(planned=planned).first():
            return found
        check = cls.objects.create(planned=planned, topic=topic, started_by=by, started_at=at)
        check.ask(choose(topic, planned.area))
        planned.wrote("learning check started", by=by)
        return check

    @classmethod
    @transaction.atomic
    def on_paper(
        cls, session: OutreachSession, topic: Topic, sheets: tuple[int, int], right: Mapping[int, tuple[int, int]],
        *, by: User, at: datetime,
    ) -> "LearningCheck":  # fmt: skip
        """Counts of sheets that were handed in before and after; a second time replaces the counts."""
        if cls.objects.filter(session=session, is_on_paper=False).exists():
            raise AskedOnPhones(session)
        if any(some > most for pair in right.values() for some, most in zip(pair, sheets, strict=True)):
            raise MoreRightThanAsked(session)
        counts = {"topic": topic, "is_on_paper": True, "before_count": sheets[0], "after_count": sheets[1]}
        said = {**counts, "started_by": by, "started_at": at}
        check, _made = cls.objects.update_or_create(session=session, defaults=said)
        check.tallies.all().delete()
        check.ask(LearningQuestion.objects.filter(pk__in=right))
        for pk, (before, after) in right.items():
            check.tallies.filter(question=pk).update(right_before=before, right_after=after)
        session.wrote("learning check on paper", by=by)
        return check

    def ask(self, questions: Iterable[LearningQuestion]) -> None:
        LearningTally.objects.bulk_create([LearningTally(check_of=self, question=one) for one in questions])

    @transaction.atomic
    def take(self, room: Room, ticket: str, moment: str, answers: Mapping[int, str], *, at: datetime) -> None:
        """One more sheet: how many were right is kept, by question, so that no sheet can be put together."""
        room.use(ticket, purpose=moment, at=at)
        tallies = list(self.tallies.select_related("question"))
        right = [tally.pk for tally in tallies if answers.get(tally.question_id) == tally.question.right]
        column, sheets = f"right_{moment}", f"{moment}_count"
        self.tallies.filter(pk__in=right).update(**{column: F(column) + 1})
        LearningCheck.objects.filter(pk=self.pk).update(**{sheets: F(sheets) + 1})

    def belong_to(self, session: OutreachSession) -> None:
        """Part of `PlannedSession.hold`, which writes the trail."""
        self.session = session
        self.save(update_fields=["session"])

    def percent(self, moment: str) -> int | None:
        sheets = getattr(self, f"{moment}_count") * len(self.lines)
        right = sum(getattr(tally, f"right_{moment}") for tally in self.lines)
        return round(100 * right / sheets) if sheets else None

    @property
    def lines(self) -> Sequence["LearningTally"]:
        return list(self.tallies.select_related("question"))

    @property
    def sentence(self) -> str:
        """For the office: the session's own counts."""
        before, after = self.percent("before"), self.percent("after")
        words: dict[str, Any] = {"first": self.before_count, "last": self.after_count}
        words |= {"before": "–" if before is None else before, "after": "–" if after is None else after}
        said = gettext("%(before)s %% right before (%(first)d sheets), %(after)s %% after (%(last)d sheets)")
        return said % words


def choose(topic: Topic, area: Area) -> list[LearningQuestion]:
    """The nearest three approved questions: a commune's own before the nation's."""
    rows = LearningQuestion.objects.approved().for_area(area).filter(topic=topic)
    found = list(rows.order_by("-area__path", "pk")[:ASKED])
    if len(found) < ASKED:
        raise TooFewQuestions(topic)
    return found


class LearningTally(models.Model):
    """How many sheets had this question right, before and after."""

    check_of = models.ForeignKey(LearningCheck, models.CASCADE, related_name="tallies")
    question = models.ForeignKey(LearningQuestion, models.PROTECT, related_name="+")
    right_before = models.PositiveIntegerField(_("right before"), default=0)
    right_after = models.PositiveIntegerField(_("right after"), default=0)

    class Meta:
        verbose_name = _("tally of a question")
        verbose_name_plural = _("tallies of questions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["check_of", "question"], name="learning_tally_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.right_before} → {self.right_after}"
