"""What the tip line yields: numbers without content. No target stands on any of them and none is ranked (rule R8).

The desks' returns count tips of every kind, also those on paper; these are the part that came sealed.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from luytre.common.periods import Window
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator
from luytre.reporting.measures import Total
from luytre.tips.models import Channel, Class, Clock, Outcome, Settled, Step, Tip, Verb

NOT_COUNTED = (Class.SPAM, Class.DUPLICATE, Class.FEEDBACK, Class.ELSEWHERE)
PASSING_ON = ("pass_on_at_once", "pass_on_child", "pass_on_file", "procuracy_passes_on")
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
ENDS = (Verb.CONCLUDED, Verb.CLOSED, Verb.WITHDRAWN)


def span(window: Window, name: str) -> dict[str, datetime]:
    """The moments of the window's days, as a look-up of a column."""
    first, end = (timezone.make_aware(datetime.combine(day, time())) for day in (window.first_day, window.end))
    return {f"{name}__gte": first, f"{name}__lt": end}


def received(window: Window, **which: Any) -> QuerySet[Tip]:
    return Tip.objects.filter(**span(window, "received_at"), **which).exclude(classed__in=NOT_COUNTED)


def ended(within: timedelta | None = None) -> Exists:
    """An end there is, at most so long after the receipt."""
    steps = Step.objects.filter(tip=OuterRef("pk"), verb__in=ENDS)
    return Exists(steps.filter(at__lte=OuterRef("received_at") + within) if within else steps)


def answered_in_week(window: Window) -> QuerySet[Tip]:
    return received(window).filter(ended(WEEK))


def answered_in_month(window: Window) -> QuerySet[Tip]:
    return received(window).filter(ended(MONTH), ~ended(WEEK))


def answered_later(window: Window) -> QuerySet[Tip]:
    return received(window).filter(ended(), ~ended(MONTH))


def unanswered(window: Window) -> QuerySet[Tip]:
    return received(window).filter(~ended())


def concluded(window: Window, **which: Any) -> QuerySet[Step]:
    """The last conclusion of each tip alone: one that was opened again counts once."""
    again = Step.objects.filter(tip=OuterRef("tip"), verb=Verb.CONCLUDED, pk__gt=OuterRef("pk"))
    return Step.objects.filter(**span(window, "at"), verb=Verb.CONCLUDED, **which).filter(~Exists(again))


def classified_on_time(window: Window) -> QuerySet[Clock]:
    return Clock.objects.filter(**span(window, "met_at"), rule="classify", breached_at=None)


def forwarded_on_time(window: Window) -> QuerySet[Tip]:
    met = Clock.objects.filter(tip=OuterRef("pk"), rule__in=PASSING_ON, **span(window, "met_at"))
    late = met.filter(breached_at__isnull=False)
    return Tip.objects.filter(Exists(met), ~Exists(late))


def overdue(window: Window) -> QuerySet[Tip]:
    """As it stood when the window ended."""
    end = span(window, "at")["at__lt"]
    late = Clock.objects.filter(
        Q(met_at=None) | Q(met_at__gte=end),
        Q(stopped_at=None) | Q(stopped_at__gte=end),
        Q(paused_at=None) | Q(paused_at__gte=end),
        tip=OuterRef("pk"),
        due_at__lt=end,
    )
    return Tip.objects.filter(Exists(late))


def notified(window: Window) -> QuerySet[Tip]:
    return Tip.objects.filter(Exists(Step.objects.filter(tip=OuterRef("pk"), verb=Verb.NOTIFIED, **span(window, "at"))))


def add(code: str, rows: indicators.Rows, **more: Any) -> None:
    indicators.add(Indicator(code=f"tip_line_{code}", rows=rows, **more))


TIP = {"areas": ("tip__area",)}  # steps and clocks stand where their tip was received
add("received", received)
add("anonymous", lambda window: received(window, is_named=False))
add("by_officer", lambda window: received(window, channel=Channel.OFFICER))
add("classified_on_time", classified_on_time, **TIP)
add("forwarded_on_time", forwarded_on_time)
add("overdue", overdue)
add("reporter_notified", notified)
add("valuable", lambda window: concluded(window, is_valuable=True), **TIP)
add("cases_opened", concluded, measure=Total("case_count"), **TIP)
add("administrative_cases", concluded, measure=Total("administrative_count"), **TIP)
add(
    "persons_in_cases",
    lambda window: concluded(window, outcome=Outcome.PROSECUTED),
    measure=Total("person_count"),
    **TIP,
)
add(
    "persons_fined",
    lambda window: concluded(window, outcome=Outcome.ADMINISTRATIVE),
    measure=Total("person_count"),
    **TIP,
)
add("answered_in_week", answered_in_week)
add("answered_in_month", answered_in_month)
add("answered_later", answered_later)
add("unanswered", unanswered)
add("settled", lambda window: received(window, settled=Settled.YES))
add("partly_settled", lambda window: received(window, settled=Settled.PARTLY))
add("not_settled", lambda window: received(window, settled=Settled.NO))
add("not_said", lambda window: received(window, settled=""))
