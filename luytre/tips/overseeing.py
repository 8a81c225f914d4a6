"""What an auditor or a desk above sees: acts, clocks, openings of identities and key events; never what a tip says."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.models import User
from luytre.areas.models import Scope
from luytre.common.text import fold
from luytre.reporting.forms import day_field
from luytre.tips.clock_rules import ALL, COMPLAINT, name_of
from luytre.tips.models import Authority, Clock, Desk, Epoch, IdentityRequest, PersonKey, Step, Suspension, Tip, Verb

Words = str | Promise
Rows = QuerySet[Any] | list[Any]
LABELS = dict((*Authority.choices, *Suspension.choices))


class Filter(forms.Form):
    since = day_field(gettext_lazy("From"))
    until = day_field(gettext_lazy("To"))
    desk = forms.CharField(label=gettext_lazy("Desk"), required=False, max_length=200)

    @property
    def said(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    @property
    def in_use(self) -> list[str]:
        return [name for name, value in self.said.items() if value]

    def days(self, name: str) -> dict[str, date]:
        ends = {f"{name}__date__gte": self.said.get("since"), f"{name}__date__lte": self.said.get("until")}
        return {look_up: day for look_up, day in ends.items() if day}

    def at_desk(self, way: str) -> Q:
        """By words of its name, with or without tone marks; desks are few."""
        words = fold(self.said.get("desk") or "").split()
        if not words:
            return Q()
        names = Desk.objects.values_list("pk", "name")
        return Q(**{f"{way}pk__in": [pk for pk, name in names if all(word in fold(name) for word in words)]})


class ActsFilter(Filter):
    verb = forms.ChoiceField(
        label=gettext_lazy("Act"), required=False, choices=[("", gettext_lazy("all")), *Verb.choices]
    )


class ClocksFilter(Filter):
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("late", gettext_lazy("late and not done")),
            ("missed", gettext_lazy("missed, also done since")),
            ("running", gettext_lazy("running")),
        ],
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("Clock"),
        required=False,
        choices=[("", gettext_lazy("all")), *((rule.code, rule.name) for rule in ALL)],
    )


@dataclass(frozen=True)
class Section:
    """One list: what is in it, what its columns are called, and a row as cells."""

    name: str
    label: Words
    headings: tuple[Words, ...]
    rows: Callable[[Scope, Any], Rows]
    cells: Callable[[Any], list[Any]]
    form: type[Filter] = Filter

    def lines(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        return (self.cells(row) for row in rows)


def moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""


def acts(scope: Scope, form: ActsFilter) -> QuerySet[Step]:
    chosen = {"verb": form.said["verb"]} if form.said.get("verb") else {}
    rows = Step.objects.within(scope).filter(form.at_desk("desk__"), **form.days("at"), **chosen)
    return rows.select_related("desk", "to_desk", "by").order_by("-at", "-pk")


def act_cells(step: Step) -> list[Any]:
    by = step.by.full_name if step.by else _("the reporter or nobody")
    said = [
        LABELS.get(step.basis, step.basis),
        step.document,
        LABELS.get(step.authority, step.authority),
        step.get_outcome_display(),
        moment(step.until),
    ]
    to = step.to_desk.name if step.to_desk else ""
    words = "; ".join(str(one) for one in said if one)
    return [moment(step.at), str(step.tip_id)[:8], step.desk.name, step.get_verb_display(), by, to, words]


def clocks(scope: Scope, form: ClocksFilter) -> QuerySet[Clock]:
    rows = Clock.objects.within(scope).filter(form.at_desk("desk__"), **form.days("due_at"))
    if form.said.get("rule"):
        rows = rows.filter(rule=form.said["rule"])
    state = form.said.get("state")
    if state in ("late", "running"):
        rows = rows.running()
    if state in ("late", "missed"):
        rows = rows.filter(breached_at__isnull=False)
    return rows.select_related("desk").order_by("-due_at", "-pk")


def clock_cells(clock: Clock) -> list[Any]:
    ended = moment(clock.met_at or clock.stopped_at)
    return [
        str(clock.tip_id)[:8],
        clock.desk.name,
        name_of(clock.rule),
        moment(clock.started_at),
        moment(clock.due_at),
        ended,
        moment(clock.breached_at),
        state_of(clock),
    ]


def state_of(clock: Clock) -> str:
    if clock.met_at:
        return _("done late") if clock.breached_at else _("done in time")
    if clock.stopped_at:
        return _("no longer owed, but it was late") if clock.breached_at else _("no longer owed")
    if clock.paused_at:
        return _("stands while suspended")
    return _("late") if clock.breached_at else _("running")


def identities(scope: Scope, form: Filter) -> QuerySet[IdentityRequest]:
    rows = IdentityRequest.objects.filter(
        form.at_desk("tip__desk__"), tip__desk__in=Desk.objects.within(scope), **form.days("asked_at")
    )
    people = ("tip__desk", "asked_by__user", "agreed_by__user")
    return rows.select_related(*people).order_by("-asked_at", "-pk")


def identity_cells(one: IdentityRequest) -> list[Any]:
    return [
        moment(one.asked_at),
        str(one.tip_id)[:8],
        one.tip.desk.name,
        one.get_reason_display(),
        one.document,
        one.asked_by.user.full_name,
        one.agreed_by.user.full_name if one.agreed_by else "",
        moment(one.agreed_at),
        moment(one.refused_at),
        moment(one.opened_at),
    ]


def complaints_for(officer: User) -> QuerySet[Clock]:
    """Still to be answered by a desk that the officer works at."""
    rows = Clock.objects.running().filter(rule=COMPLAINT, desk__in=Desk.objects.worked_by(officer))
    return rows.select_related("desk", "tip__desk").order_by("due_at")


@dataclass(frozen=True)
class KeyEvent:
    at: datetime
    desk: Desk
    what: str
    whose: str


def key_events(scope: Scope, form: Filter) -> list[KeyEvent]:
    """Few for a desk: a key is made once, an epoch a few times a year."""
    desks = Desk.objects.within(scope)
    about = {"desk__in": desks}
    found: list[KeyEvent] = []
    said = {"made_at": _("key made"), "certified_at": _("key certified"), "withdrawn_at": _("key withdrawn")}
    for key in PersonKey.objects.filter(form.at_desk("desk__"), **about).select_related("desk", "user"):
        whose = f"{key.user.full_name}, {key.get_role_display()}"
        found += [KeyEvent(at, key.desk, what, whose) for name, what in said.items() if (at := getattr(key, name))]
    of_epoch = {"made_at": _("new key of the desk"), "closed_at": _("key of the desk closed")}
    for epoch in Epoch.objects.filter(form.at_desk("desk__"), **about).select_related("desk"):
        found += [
            KeyEvent(at, epoch.desk, what, str(epoch.number))
            for name, what in of_epoch.items()
            if (at := getattr(epoch, name))
        ]
    for desk in desks.filter(form.at_desk(""), closed_at__isnull=False).select_related("successor"):
        whose = desk.successor.name if desk.successor else ""
        found.append(KeyEvent(desk.closed_at or timezone.now(), desk, _("desk closed"), whose))
    since, until = form.said.get("since"), form.said.get("until")
    kept = [
        one
        for one in found
        if (not since or timezone.localdate(one.at) >= since) and (not until or timezone.localdate(one.at) <= until)
    ]
    return sorted(kept, key=lambda one: one.at, reverse=True)


def key_cells(one: KeyEvent) -> list[Any]:
    return [moment(one.at), one.desk.name, one.what, one.whose]


SECTIONS = {
    section.name: section
    for section in (
        Section(
            "acts",
            gettext_lazy("Acts"),
            (
                gettext_lazy("When"),
                gettext_lazy("Tip"),
                gettext_lazy("Desk"),
                gettext_lazy("Act"),
                gettext_lazy("By"),
                gettext_lazy("Passed on to"),
                gettext_lazy("Said with it"),
            ),
            acts,
            act_cells,
            ActsFilter,
        ),
        Section(
            "clocks",
            gettext_lazy("Clocks"),
            (
                gettext_lazy("Tip"),
                gettext_lazy("Desk"),
                gettext_lazy("Clock"),
                gettext_lazy("Began"),
                gettext_lazy("Ends"),
                gettext_lazy("Ended"),
                gettext_lazy("Missed"),
                gettext_lazy("State"),
            ),
            clocks,
            clock_cells,
            ClocksFilter,
        ),
        Section(
            "identities",
            gettext_lazy("Openings of identities"),
            (
                gettext_lazy("Asked"),
                gettext_lazy("Tip"),
                gettext_lazy("Desk"),
                gettext_lazy("Why"),
                gettext_lazy("Document"),
                gettext_lazy("Asked by"),
                gettext_lazy("Agreed by"),
                gettext_lazy("Agreed"),
                gettext_lazy("Refused"),
                gettext_lazy("Opened"),
            ),
            identities,
            identity_cells,
        ),
        Section(
            "keys",
            gettext_lazy("Keys and desks"),
            (gettext_lazy("When"), gettext_lazy("Desk"), gettext_lazy("What happened"), gettext_lazy("Whose")),
            key_events,
            key_cells,
        ),
    )
}


@dataclass(frozen=True)
class Summary:
    """Numbers of the days asked for, by how a tip came and by broad matter."""

    received: int
    open: int
    late: int
    channels: list[tuple[str, int]]
    matters: list[tuple[str, int]]


def summary(scope: Scope, form: Filter) -> Summary:
    desks = Desk.objects.within(scope).filter(form.at_desk(""))
    tips = Tip.objects.filter(desk__in=desks)
    came = tips.filter(**form.days("received_at"))
    late = Clock.objects.running().filter(desk__in=desks, breached_at__isnull=False)
    return Summary(
        came.count(),
        tips.open().count(),
        late.values("tip").distinct().count(),
        by(came, "channel"),
        by(came, "matter"),
    )


def by(rows: QuerySet[Tip], name: str) -> list[tuple[str, int]]:
    """In the order of the choices, which is nobody's rank."""
    counts = dict(rows.order_by().values_list(name).annotate(count=Count("pk")))
    choices = Tip._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    known = [(str(label), counts[value]) for value, label in choices if counts.get(value)]
    return [*known, (_("not said yet"), counts[""])] if counts.get("") else known
