"""What units owe: computed from the forms in force and the units that stood on each window's last day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from luytre.areas.models import Area, Level, Scope, Standing, valid_on
from luytre.common.periods import Window
from luytre.reporting.models import Every, Return, ReturnForm, StepKind
from luytre.reporting.returns import spans

WINDOWS_BACK = {Every.MONTH: 4, Every.QUARTER: 3, Every.HALF: 2, Every.YEAR: 2, Every.ONCE: 1}
SOON = 3  # days before the due day from which one is reminded
LONG_AGO = 120  # days after which a special report that nobody sent is not shown any more

RUNNING, OPEN, NEAR, LATE = "running", "open", "near", "late"


@dataclass(frozen=True)
class Owed:
    """A return that a unit owes for a window, sent or not."""

    form: ReturnForm
    area: Area
    window: Window
    today: date
    report: Return | None = None

    @property
    def due_on(self) -> date:
        return spans.due_on(self.form, self.window)

    @property
    def address(self) -> tuple[str, str, str]:
        return self.form.code, self.area.code, spans.token(self.form, self.window)

    @property
    def is_sent(self) -> bool:
        return self.report is not None and self.report.number > 0

    @property
    def state(self) -> str:
        """The latest step, or how far its day is."""
        if self.report is not None and self.report.number:
            return self.report.state
        if self.today < self.window.last_day:
            return RUNNING
        if self.today > self.due_on:
            return LATE
        return NEAR if self.due_on - self.today <= timedelta(days=SOON) else OPEN

    @property
    def is_overdue(self) -> bool:
        return self.state == LATE or (self.state == StepKind.RETURNED and self.today > self.due_on)

    @property
    def asks_for_work(self) -> bool:
        return self.state in (OPEN, NEAR, LATE, StepKind.RETURNED)

    @property
    def was_late(self) -> bool:
        """First sent in after its day."""
        first = self.report.first_sent_at if self.report else None
        return bool(first and timezone.localdate(first) > self.due_on)

    @property
    def days_over(self) -> int:
        return max(0, (self.today - self.due_on).days)


def forms_on(day: date, *, levels: Iterable[str]) -> list[ReturnForm]:
    """Forms with a window that ends around a day; versions that ended lately too."""
    since = day - timedelta(days=366 + 60)
    rows = ReturnForm.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), valid_from__lte=day, level__in=levels)
    return [form for form in rows.select_related("area") if form.every != Every.ONCE or is_fresh(form, day)]


def is_fresh(form: ReturnForm, day: date) -> bool:
    return spans.due_on(form, spans.own(form)) >= day - timedelta(days=LONG_AGO)


def windows_of(form: ReturnForm, day: date) -> Iterator[Window]:
    """The running one and those before it, newest first."""
    yield from spans.until(form, day, count=WINDOWS_BACK[Every(form.every)])


def of_units(units: Sequence[Area], *, today: date) -> list[Owed]:
    """What these units owe, newest window first; two queries however many there are."""
    forms = forms_on(today, levels={unit.level for unit in units})
    rows = Return.objects.filter(area__in=units, form__in=forms).with_state().select_related("form", "sent_by")
    sent = {(row.form_id, row.area_id, row.first_day, row.last_day): row for row in rows}
    found = [
        Owed(form, unit, window, today, sent.get((form.pk, unit.pk, window.first_day, window.last_day)))
        for form in forms
        for window in windows_of(form, today)
        for unit in units
        if owes(form, unit, window)
    ]
    return sorted(found, key=lambda one: (one.window.last_day, one.form.code), reverse=True)


def owes(form: ReturnForm, unit: Area, window: Window) -> bool:
    stood = unit.level == form.level and unit.stands_on(window.last_day)
    return stood and (form.area is None or unit.path.startswith(form.area.path))


def own_units(scope: Scope) -> list[Area]:
    """The units somebody reports for themselves, with those since merged into them."""
    levels = list(Area.objects.on(scope.on).filter(path__in=scope.paths).values_list("level", flat=True))
    here = Standing.objects.filter(valid_on(scope.on), path__in=scope.paths, is_main=True)
    rows = Area.objects.filter(pk__in=here.values("area"), level__in=levels)
    return list(rows.exclude(level=Level.NATION).order_by("path"))


def to_sign(scope: Scope) -> list[Owed]:
    """A commune's own returns that wait for its leader."""
    units = [one for one in own_units(scope) if one.level == Level.COMMUNE]
    rows = Return.objects.waiting().filter(area__in=units).select_related("form", "area", "sent_by")
    return [Owed(one.form, one.area, one.window, scope.on, one) for one in rows.order_by("-last_day")]
