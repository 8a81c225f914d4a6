"""The page of who has sent what: which form, window and place are looked at, and how its table is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from luytre.areas.models import Area, Level, Scope
from luytre.common.numbers import format_number
from luytre.common.periods import Window
from luytre.reporting import questions
from luytre.reporting.models import Every, Return, ReturnForm, ReturnQuerySet, StepKind
from luytre.reporting.returns import completeness, finding, minutes, owing, rights, spans
from luytre.reporting.returns.completeness import Line, Overview, Tally
from luytre.reporting.returns.owing import Owed
from luytre.ui.components import Column, Tab

FIRST = "commune-month"
WINDOWS = {Every.MONTH: 12, Every.QUARTER: 6, Every.HALF: 4, Every.YEAR: 3, Every.ONCE: 1}


@dataclass(frozen=True)
class Told:
    """A row of the page."""

    place: Area
    url: str
    cells: list[tuple[Column, str]]
    owed: Owed | None = None


@dataclass(frozen=True)
class Look:
    """A form and window seen from a place, cut to some of the units."""

    overview: Overview
    scope: Scope
    state: str = ""

    @property
    def form(self) -> ReturnForm:
        return self.overview.form

    @property
    def area(self) -> Area:
        return self.overview.area

    @property
    def window(self) -> Window:
        return self.overview.window

    @property
    def token(self) -> str:
        return spans.token(self.form, self.window)

    @cached_property
    def lines(self) -> list[Line]:
        return self.overview.lines(self.state)

    @cached_property
    def total(self) -> Tally:
        return self.overview.total

    @property
    def file_name(self) -> str:
        return f"{self.form.code}-{self.area.code}-{self.token}"

    # addresses

    def query(self, **other: str) -> str:
        known = {"form": self.form.code, "period": self.token, "area": self.area.code, "state": self.state}
        return urlencode({key: value for key, value in {**known, **other}.items() if value})

    def url(self, **other: str) -> str:
        return f"{reverse('reporting:return-overview')}?{self.query(**other)}"

    def line_url(self, line: Line) -> str:
        if line.owed:
            return reverse("reporting:return", args=line.owed.address)
        return self.url(area=line.area.code, state="")

    def told(self) -> list["Told"]:
        heads = self.columns()[1:]
        return [
            Told(one.area, self.line_url(one), list(zip(heads, cells(one.tally)[: len(heads)], strict=True)), one.owed)
            for one in self.lines
        ]

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        line = self.area.ancestors_on(self.window.last_day)
        seen = [(one.full_name, self.url(area=one.code) if self.scope.covers(one.path) else "") for one in line]
        return [*seen, (self.area.full_name, "")]

    # choices

    @cached_property
    def forms(self) -> list[ReturnForm]:
        """Of this level and below, each once."""
        levels = [Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL]
        below = levels[levels.index(Level(self.area.level)) :] if self.area.level in levels else levels
        found = owing.forms_on(self.overview.today, levels=below)
        return list({form.code: form for form in sorted(found, key=lambda one: one.version)}.values())

    def windows(self) -> list[tuple[str, str]]:
        window = spans.until(self.form, self.overview.today, count=WINDOWS[Every(self.form.every)])
        return [(spans.token(self.form, one), str(one)) for one in window]

    def tabs(self) -> list[Tab]:
        words = {
            "": _("All"),
            "silent": _("Not sent"),
            "late": _("Sent late"),
            "waiting": _("Waiting for approval"),
            "approved": _("Approved"),
        }
        return [
            Tab(label, self.url(state=state), current=state == self.state, count=self.count(state))
            for state, label in words.items()
        ]

    def count(self, state: str) -> int:
        return self.total.owed if not state else int(getattr(self.total, state))

    # what may be done with many at once: only by the office right above

    def green(self, scope: Scope) -> ReturnQuerySet:
        return self.under(scope, self.overview.green())

    def approved(self, scope: Scope) -> ReturnQuerySet:
        return self.under(scope, self.overview.returns.in_state(StepKind.APPROVED))

    def silent(self, scope: Scope) -> Overview:
        if not any(self.is_under(scope, one) for one in self.overview.children):
            raise finding.NoSuchReturn(self.area.code)
        return self.overview

    def under(self, scope: Scope, rows: ReturnQuerySet) -> ReturnQuerySet:
        mine = [one.pk for one in self.overview.children if self.is_under(scope, one)]
        return Return.objects.filter(pk__in=rows.filter(area__in=mine).values("pk"))

    def is_under(self, scope: Scope, area: Area) -> bool:
        return area.level == self.form.level and rights.may_approve(scope, area)

    # the table away from its page

    def columns(self) -> list[Column]:
        """On the page a unit's own row says its state instead of counts of one."""
        shown = self.headings()[:1] if self.overview.is_lowest else self.headings()
        return [Column(label, number=place > 0) for place, label in enumerate(shown)]

    def percents(self) -> list[str]:
        shares = (self.total.completeness, self.total.timeliness)
        return ["" if one is None else f"{format_number(one)} %" for one in shares]

    def minutes(self) -> tuple[str, str]:
        """What it took here, and what it should take."""
        wanted = Decimal(str(round(minutes.expected(self.form), 1)))
        return format_number(self.total.minutes), _("expected: %(minutes)s") % {"minutes": format_number(wanted)}

    def bulk(self) -> list[tuple[str, str, str]]:
        """What the office above may do with many at once: address, words, look."""
        return [
            ("reporting:returns-approval", _("Approve all without comments"), ""),
            ("reporting:returns-lock-step", _("Lock all approved"), "secondary"),
            ("reporting:returns-reminder-step", _("Remind those who have not sent"), "secondary"),
        ]

    def headings(self) -> list[str]:
        return [
            _("Place"),
            _("Owed"),
            _("Sent"),
            _("In time"),
            _("Late"),
            _("Not sent"),
            _("Approved"),
            _("Sent, %"),
            _("In time, %"),
            _("Minutes a return"),
        ]

    def rows(self) -> list[list[Any]]:
        return [*([line.area.full_name, *cells(line.tally)] for line in self.lines), [_("In all"), *cells(self.total)]]

    def notes(self) -> list[str]:
        told = {"form": self.form.name, "window": str(self.window), "due": f"{self.overview.due_on:%d/%m/%Y}"}
        return [_("%(form)s, %(window)s, due on %(due)s") % told, self.area.full_name]


def cells(tally: Tally) -> list[str]:
    counts = (tally.owed, tally.sent, tally.in_time, tally.late, tally.silent, tally.approved)
    return [format_number(one) for one in (*counts, tally.completeness, tally.timeliness, tally.minutes)]


def look(asked: Mapping[str, Any], *, scope: Scope, today: date) -> Look:
    """As the address asks: one's own place, the monthly form and the last window that is over, unless it says else."""
    form, window = form_and_window(asked, today)
    code = str(asked.get("area") or "") or own_place(scope)
    area = questions.area(code, on=window.last_day, scope=scope)
    state = str(asked.get("state") or "")
    return Look(Overview(area, form, window, today), scope, state if state in completeness.STATES else "")


def form_and_window(asked: Mapping[str, Any], today: date) -> tuple[ReturnForm, Window]:
    code, period = str(asked.get("form") or FIRST), str(asked.get("period") or "")
    if period:
        try:
            return finding.form_and_window(code, period)
        except finding.NoSuchReturn:
            pass  # another form was chosen, which has other periods
    form = ReturnForm.objects.filter(code=code).order_by("-version").first()
    if form is None:
        raise finding.NoSuchReturn(code)
    return form, latest_over(form, today)


def latest_over(form: ReturnForm, today: date) -> Window:
    """The last window that has ended; the running one where none has."""
    running = spans.of(form, today)
    if form.every == Every.ONCE or running.last_day <= today:
        return running
    before = spans.of(form, running.first_day - timedelta(days=1))
    return before if spans.is_in_force(form, before) else running


def own_place(scope: Scope) -> str:
    widest = Area.objects.within(scope).order_by("path").first()
    return widest.code if widest else "0"


# what lies below, for the first page


def below(scope: Scope, *, today: date) -> list[Look]:
    area = Area.objects.within(scope).order_by("path").first()
    if area is None:
        return []
    levels = [Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL]
    own = levels.index(Level(area.level)) + 1 if area.level in levels else 0
    forms = {form.code: form for form in owing.forms_on(today, levels=levels[own : own + 1])}
    return [Look(Overview(area, form, latest_over(form, today), today), scope) for form in forms.values()]
