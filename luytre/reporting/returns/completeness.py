"""Who has sent what, at every level: how many were owed, came, came in time, are approved, and who is silent."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import CharField, Count, F, Func, Q, Sum, Value
from django.db.models.functions import Substr
from django.utils import timezone

from luytre.areas.models import Area, AreaQuerySet
from luytre.common.periods import Window
from luytre.reporting.figures import percent
from luytre.reporting.models import Return, ReturnForm, ReturnQuerySet, StepKind
from luytre.reporting.returns import spans
from luytre.reporting.returns.owing import Owed

APPROVED = (StepKind.APPROVED, StepKind.LOCKED)
STATES = ("silent", "sent", "late", "waiting", "approved")  # what a list can be cut to


@dataclass(frozen=True)
class Tally:
    """Counts of returns; shares are worked out anew at each level, never averaged."""

    owed: int = 0
    sent: int = 0
    in_time: int = 0
    approved: int = 0
    waiting: int = 0
    seconds: int = 0
    timed: int = 0  # returns whose minutes are known

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def silent(self) -> int:
        return self.owed - self.sent

    @property
    def late(self) -> int:
        return self.sent - self.in_time

    @property
    def completeness(self) -> Decimal | None:
        """Percent of what is owed that came."""
        return percent(self.sent, self.owed) if self.owed else None

    @property
    def timeliness(self) -> Decimal | None:
        """Percent of what is owed that came in time."""
        return percent(self.in_time, self.owed) if self.owed else None

    @property
    def minutes(self) -> Decimal | None:
        """Mean minutes of work a return."""
        return (Decimal(self.seconds) / self.timed / 60).quantize(Decimal("0.1")) if self.timed else None


@dataclass(frozen=True)
class Line:
    """One place right below with its tally; a unit of the form itself with what it owes."""

    area: Area
    tally: Tally
    owed: Owed | None = None


@dataclass
class Overview:
    """A form and a window, seen from one place."""

    area: Area
    form: ReturnForm
    window: Window
    today: date

    @property
    def due_on(self) -> date:
        return spans.due_on(self.form, self.window)

    @cached_property
    def is_lowest(self) -> bool:
        """The places right below send this form themselves, or the place is the unit."""
        return all(one.level == self.form.level for one in self.children)

    @cached_property
    def children(self) -> list[Area]:
        if self.area.level == self.form.level:
            return [self.area]
        rows = self.area.children_on(self.window.last_day)
        return [one for one in rows if self.form.area is None or touches(one.path, self.form.area.path)]

    @cached_property
    def units(self) -> AreaQuerySet:
        """All that owe this return here."""
        rows = Area.objects.on(self.window.last_day).filter(level=self.form.level, path__startswith=self.area.path)
        return rows.filter(path__startswith=self.form.area.path) if self.form.area else rows

    @cached_property
    def returns(self) -> ReturnQuerySet:
        days = Q(first_day=self.window.first_day, last_day=self.window.last_day)
        rows = Return.objects.sent().filter(days, form__code=self.form.code, area__in=self.units)
        return rows.with_state()

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """By the code of the place below; two queries, whatever the number of units."""
        owed = self.units.order_by().annotate(child=self.child("path")).values("child").annotate(count=Count("pk"))
        found = {row["child"]: Tally(owed=row["count"]) for row in owed}
        for row in self.counted():
            child = row.pop("child")
            found[child] = replace(found[child], **{name: number or 0 for name, number in row.items()})
        return found

    def counted(self) -> Any:
        timed, on_time = Q(seconds__gt=0), Q(first_sent_at__lt=self.closing())
        by_place = self.returns.order_by().annotate(child=self.child("area__path")).values("child")
        return by_place.annotate(
            sent=Count("pk"),
            in_time=Count("pk", filter=on_time),
            approved=Count("pk", filter=Q(last_step__in=APPROVED)),
            waiting=Count("pk", filter=Q(last_step=StepKind.SENT)),
            timed=Count("pk", filter=timed),
            seconds=Sum(F("seconds"), filter=timed),
        )

    def child(self, path: str) -> Func:
        """The code right below in a path; nothing for the place itself."""
        rest = Substr(path, len(self.area.path) + 1)
        return Func(rest, Value("."), Value(1), function="split_part", output_field=CharField())

    def closing(self) -> datetime:
        """The first moment that is late."""
        return datetime.combine(self.due_on + timedelta(days=1), time(), tzinfo=timezone.get_default_timezone())

    @cached_property
    def total(self) -> Tally:
        return sum(self.tallies.values(), Tally())

    def lines(self, state: str = "") -> list[Line]:
        """The places right below; `state` keeps those to which it applies."""
        owed = self.by_unit() if self.is_lowest else {}
        found = [Line(one, self.tallies.get(self.key(one), Tally()), owed.get(one.pk)) for one in self.children]
        return [line for line in found if fits(line, state)]

    def key(self, area: Area) -> str:
        return "" if area.path == self.area.path else area.code

    def by_unit(self) -> dict[int, Owed]:
        sent = {row.area_id: row for row in self.returns.select_related("form", "sent_by")}
        return {
            one.pk: Owed(self.form, one, self.window, self.today, sent.get(one.pk))
            for one in self.children
            if one.level == self.form.level
        }

    def green(self) -> ReturnQuerySet:
        """Waiting for approval, with nothing that had to be explained."""
        return self.returns.in_state(StepKind.SENT).filter(comments__isnull=True)


def touches(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def fits(line: Line, state: str) -> bool:
    return state not in STATES or bool(getattr(line.tally, state))
