"""What people ask about their own data: anyone may, with or without an account (rights rule R19)."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luytre import audit
from luytre.accounts.models.codes import hashed, new_code
from luytre.accounts.models.people import User
from luytre.areas.models import Area, ScopedQuerySet

# How long the desk has. Law 91/2025/QH15 gives the rights; the days are ours, short of what its decrees allow,
# and stand here alone: the pages, the cards and the public clock read them.
ACKNOWLEDGED_WITHIN = timedelta(hours=72)
ANSWERED_WITHIN = timedelta(days=20)


class RequestKind(models.TextChoices):
    ASK = "ask", _("know what is held about me")
    CORRECT = "correct", _("have something corrected")
    OBJECT = "object", _("object to a use")
    WITHDRAW = "withdraw", _("withdraw what I agreed to or gave")


class StepKind(models.TextChoices):
    ACKNOWLEDGED = "acknowledged", _("taken up")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


NEXT: dict[str, tuple[StepKind, ...]] = {
    "": (StepKind.ACKNOWLEDGED, StepKind.DONE, StepKind.REFUSED),
    StepKind.ACKNOWLEDGED: (StepKind.DONE, StepKind.REFUSED),
    StepKind.DONE: (),
    StepKind.REFUSED: (),
}  # which step may follow which


class StepOutOfOrder(Exception):
    """The request was answered before."""


class OwnRequest(Exception):
    """Nobody answers their own request."""


class SubjectRequestQuerySet(ScopedQuerySet["SubjectRequest"]):
    def open(self) -> Self:
        return self.filter(~Q(steps__kind__in=[StepKind.DONE, StepKind.REFUSED]))

    def closed_before(self, day: date) -> Self:
        """Answered before a day and not yet blanked."""
        closing = [StepKind.DONE, StepKind.REFUSED]
        return self.filter(steps__kind__in=closing, steps__at__date__lt=day).exclude(text="")

    def with_receipt(self, typed: str) -> "SubjectRequest | None":
        return self.filter(receipt_hash=hashed("receipt", typed)).first()


class SubjectRequest(models.Model):
    """Somebody asks, corrects, objects or withdraws; the receipt alone opens its state."""

    kind = models.CharField(_("what you want"), max_length=10, choices=RequestKind)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="+",
        verbose_name=_("where"),
        help_text=_("the province or commune where your data was written down"),
    )
    text = models.TextField(
        _("your request"), max_length=2000, help_text=_("write it as you would say it; no form of words is needed")
    )
    name = models.CharField(
        _("your name"), max_length=120, blank=True, help_text=_("needed only to find what is held about you")
    )
    contact = models.CharField(
        _("how to reach you"),
        max_length=200,
        blank=True,
        help_text=_("a phone number, an address, or nothing: the receipt is enough to read the answer here"),
    )
    requester = models.ForeignKey(User, models.PROTECT, null=True, related_name="requests", verbose_name=_("account"))
    receipt_hash = models.CharField(_("receipt"), max_length=64, unique=True)
    received_at = models.DateTimeField(_("received"))
    acknowledge_by = models.DateTimeField(_("to be taken up by"))
    answer_by = models.DateTimeField(_("to be answered by"))

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request about own data")
        verbose_name_plural = _("requests about own data")
        ordering = ["answer_by"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d}"

    @transaction.atomic
    def file(self, *, at: datetime, requester: User | None) -> str:
        """Start the clock; the answer is the receipt, seen this once."""
        receipt = new_code()
        self.requester, self.receipt_hash = requester, hashed("receipt", receipt)
        self.received_at, self.acknowledge_by = at, at + ACKNOWLEDGED_WITHIN
        self.answer_by = at + ANSWERED_WITHIN
        self.save()
        audit.record(self, "filed", by=requester or "the public", area_path=self.area.path)
        return receipt

    @property
    def last_step(self) -> "RequestStep | None":
        return self.steps.order_by("at", "pk").last()

    @property
    def state(self) -> str:
        last = self.last_step
        return last.kind if last else ""

    @property
    def next_kinds(self) -> tuple[StepKind, ...]:
        return NEXT[self.state]

    @transaction.atomic
    def step(self, kind: str, *, by: User, at: datetime, text: str = "", rule: str = "") -> "RequestStep":
        SubjectRequest.objects.select_for_update().get(pk=self.pk)
        if by == self.requester:
            raise OwnRequest(self)
        if kind not in self.next_kinds:
            raise StepOutOfOrder(self)
        step = RequestStep.objects.create(request=self, kind=kind, by=by, at=at, text=text, rule=rule)
        audit.record(self, kind, by=by, area_path=self.area.path)
        return step


class RequestStep(models.Model):
    """What the desk did; a refusal carries its reason and the rule it rests on (rights rule R20)."""

    request = models.ForeignKey(
        SubjectRequest, models.PROTECT, related_name="steps", verbose_name=_("request about own data")
    )
    kind = models.CharField(_("step"), max_length=12, choices=StepKind)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    text = models.TextField(_("answer"), max_length=4000, blank=True)
    rule = models.CharField(_("rule it rests on"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="request_step_once"),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.REFUSED) | (~Q(text="") & ~Q(rule="")), name="request_refused_with_reason"
            ),
            models.CheckConstraint(condition=~Q(kind=StepKind.DONE) | ~Q(text=""), name="request_done_with_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.request}: {self.get_kind_display()}"
