"""The clock of a request, as the stem that the desk and the person both see."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from luytre.accounts.models import StepKind, SubjectRequest
from luytre.ui.components import Step


def when(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def due(moment: datetime, *, now: datetime) -> str:
    words = _("late: was due by %(moment)s") if now > moment else _("due by %(moment)s")
    return words % {"moment": when(moment)}


def stem_of(asked: SubjectRequest, *, now: datetime) -> list[Step]:
    """Received, taken up, answered; each with its day, or the day by which it is due."""
    taken = {step.kind: step for step in asked.steps.all()}
    up, closed = taken.get(StepKind.ACKNOWLEDGED), taken.get(StepKind.DONE) or taken.get(StepKind.REFUSED)
    first = up or closed
    return [
        Step(_("received"), "done", when(asked.received_at)),
        Step(
            _("taken up"), "done" if first else "next", when(first.at) if first else due(asked.acknowledge_by, now=now)
        ),
        Step(
            closed.get_kind_display() if closed else _("answered"),
            "done" if closed else "next" if first else "later",
            when(closed.at) if closed else due(asked.answer_by, now=now),
        ),
    ]
