"""The week of a team as people plan it: its days, shifts and members, and what may be copied from the week before."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from luytre import audit
from luytre.accounts.models import User
from luytre.activities.models.duty import Duty, DutyQuerySet, Shift, Unit, nights_in_month, unit_field
from luytre.activities.models.duty_limits import NightLimit
from luytre.activities.models.duty_swaps import Swap, SwapQuerySet
from luytre.areas.models import Scope
from luytre.registry.models import GuardTeam, Member, WatchGroup

WEEK = timedelta(days=7)

PURPOSE = "duty"  # why names on a roster were looked at, as the trail says it


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class MemberLine:
    """A member as the planner sees them; `why` says what keeps them off duty, if anything does."""

    member: Member
    why: str
    note: str = ""  # what the planner should know: the nights of the month are used up


@dataclass(frozen=True)
class DutyLine:
    duty: Duty
    why: str  # what has come between since it was planned, such as training that ran out
    beyond: str = ""  # why the limit of nights was passed


@dataclass(frozen=True)
class ShiftLine:
    shift: Shift
    duties: list[DutyLine]
    offered: list[MemberLine]

    @property
    def free(self) -> int:
        return max(0, self.shift.slots - len(self.duties))


@dataclass(frozen=True)
class Day:
    on: date
    shifts: list[ShiftLine]


@dataclass
class Week:
    unit: Unit
    monday: date

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def before(self) -> date:
        return self.monday - WEEK

    @property
    def after(self) -> date:
        return self.monday + WEEK

    @property
    def dates(self) -> list[date]:
        return [self.monday + timedelta(days=step) for step in range(7)]

    @cached_property
    def shifts(self) -> list[Shift]:
        rows = Shift.objects.of_unit(self.unit).in_week(self.monday).select_related("team", "group")
        return list(rows.prefetch_related("joined_teams").order_by("on", "began", "pk"))

    @cached_property
    def members(self) -> list[Member]:
        """The team's own, and those of teams that join in."""
        joined = {team.pk for shift in self.shifts for team in shift.joined_teams.all()}
        own = Q(**{unit_field(self.unit): self.unit}) | Q(team__in=joined)
        rows = Member.objects.serving_on(self.monday) | Member.objects.serving_on(self.sunday)
        return list(rows.filter(own).select_related("team", "group").order_by("sort_key", "pk"))

    @cached_property
    def duties(self) -> list[Duty]:
        rows = Duty.objects.kept().filter(shift__in=self.shifts)
        related = ("member", "member__team", "member__group", "shift", "beyond")
        return list(rows.select_related(*related).order_by("pk"))

    @cached_property
    def reasons(self) -> dict[tuple[int, date], str]:
        """Why a member may not serve on a day, for those who may not."""
        people = {member.pk: member for member in [*self.members, *(duty.member for duty in self.duties)]}
        found = {}
        for day in self.dates:
            fit = set(Member.objects.rosterable_on(day).filter(pk__in=people).values_list("pk", flat=True))
            for pk in people.keys() - fit:
                found[pk, day] = " ".join(str(one) for one in people[pk].why_not_rostered_on(day))
        return found

    @cached_property
    def used_up(self) -> dict[tuple[int, int], str]:
        """Who has as many nights as the province's limit allows in a month of this week, by member and month."""
        found = {}
        for day in {self.monday.month: self.monday, self.sunday.month: self.sunday}.values():
            limit = NightLimit.objects.holding_for(self.unit.area, on=day)
            for pk, nights in nights_in_month([one.pk for one in self.members], day).items() if limit else ():
                if limit and limit.most and nights >= limit.most:
                    words = {"nights": nights, "month": f"{day:%m/%Y}"}
                    found[pk, day.month] = _("%(nights)d nights in %(month)s, the limit is reached") % words
        return found

    def days(self) -> list[Day]:
        return [Day(day, [self.line(shift) for shift in self.shifts if shift.on == day]) for day in self.dates]

    def line(self, shift: Shift) -> ShiftLine:
        on_it = [duty for duty in self.duties if duty.shift_id == shift.pk]
        duties = [
            DutyLine(duty, self.reasons.get((duty.member_id, shift.on), ""), duty.reason_beyond) for duty in on_it
        ]
        taken = {duty.member_id for duty in on_it}
        return ShiftLine(shift, duties, [one for one in self.offered(shift) if one.member.pk not in taken])

    def offered(self, shift: Shift) -> Iterator[MemberLine]:
        joined = {team.pk for team in shift.joined_teams.all()}
        for member in self.members:
            is_own = getattr(member, f"{unit_field(self.unit)}_id") == self.unit.pk
            if is_own or member.team_id in joined:
                note = self.used_up.get((member.pk, shift.on.month), "") if shift.minutes_at_night else ""
                yield MemberLine(member, self.reasons.get((member.pk, shift.on), ""), note)

    def people(self) -> list[MemberLine]:
        """Everybody who could be on duty this week, in the order of their names, never of their hours (R8)."""
        return [
            MemberLine(
                one, self.reasons.get((one.pk, self.monday), ""), self.used_up.get((one.pk, self.monday.month), "")
            )
            for one in self.members
        ]

    def was_read(self, *, by: User) -> None:
        """Names were read for planning duty: it is written down (rights rule R24)."""
        seen = {*(member.pk for member in self.members), *(duty.member_id for duty in self.duties)}
        if seen:
            audit.record(by, "listed", by=by, purpose=PURPOSE, fields=[f"member {pk}" for pk in sorted(seen)])


def own_duties(person: User) -> DutyQuerySet:
    """Of the member that an account is tied to."""
    return Duty.objects.of_account(person)


def swaps_asked_of(person: User) -> SwapQuerySet:
    return Swap.objects.to_account(person)


def units_within(scope: Scope) -> list[Unit]:
    """Teams, and groups that have members by name, which serve today; teams first."""
    teams = GuardTeam.objects.within(scope).serving_on(scope.on).select_related("area").order_by("sort_key")
    named = Member.objects.serving_on(scope.on).exclude(group=None).values("group")
    groups = WatchGroup.objects.within(scope).serving_on(scope.on).filter(pk__in=named)
    return [*teams[:300], *groups.select_related("area").order_by("sort_key")[:300]]


def places_to_fill(scope: Scope) -> int:
    """How many places of this week's coming shifts are free within a scope."""
    rows = with_taken(Shift.objects.within(scope).in_week(monday_of(scope.on)).filter(on__gte=scope.on))
    return sum(max(0, slots - taken) for slots, taken in rows.values_list("slots", "taken"))


def with_taken(rows: QuerySet[Shift]) -> QuerySet[Any]:
    return rows.annotate(taken=Count("duties", filter=Q(duties__removed_at=None)))


def empty_places(units: Sequence[Unit], monday: date) -> dict[tuple[str, int], int]:
    """How many places of the week's shifts are still to be filled, by unit."""
    rows = Shift.objects.in_week(monday).filter(Q(team__in=ids(units, "team")) | Q(group__in=ids(units, "group")))
    found: dict[tuple[str, int], int] = {}
    for shift in with_taken(rows).select_related("team", "group"):
        key = unit_field(shift.unit), shift.unit.pk
        found[key] = found.get(key, 0) + max(0, shift.slots - shift.taken)
    return found


def ids(units: Iterable[Unit], kind: str) -> list[int]:
    return [unit.pk for unit in units if unit_field(unit) == kind]


@transaction.atomic
def plan(unit: Unit, days: Iterable[date], *, by: User, joined_teams: Iterable[GuardTeam] = (), **facts: Any) -> int:
    """The same shift on each of the days; returns how many."""
    made = 0
    for day in days:
        shift = Shift(on=day, **{unit_field(unit): unit}, **facts).add(by=by)
        shift.joined_teams.set(joined_teams)
        made += 1
    return made


@transaction.atomic
def copy_week(unit: Unit, monday: date, *, by: User) -> int:
    """The shifts of the week before, without their people; those that are there already are left alone."""
    there = {same(shift): shift for shift in Shift.objects.of_unit(unit).in_week(monday)}
    made = 0
    for shift in Shift.objects.of_unit(unit).in_week(monday - WEEK).prefetch_related("joined_teams"):
        day = shift.on + WEEK
        if (day, *same(shift)[1:]) in there:
            continue
        facts = {name: getattr(shift, name) for name in ("began", "ended", "kind", "place", "slots")}
        made += plan(unit, [day], by=by, joined_teams=shift.joined_teams.all(), **facts)
    return made


def same(shift: Shift) -> tuple[Any, ...]:
    return shift.on, shift.began, shift.ended, shift.place
