"""Duty rosters: shifts of a team, who is on them, and what stands in the way (rights rule R18).

A roster is for the team alone: coming times and places are never public (rights rule R17).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.activities.models.duty_limits import BeyondLimit, NightLimit
from luytre.activities.models.patrols import minutes_between, night_minutes
from luytre.areas.models import Area
from luytre.common.periods import months_after
from luytre.registry.models import GuardTeam, Member, WatchGroup
from luytre.ui.records import Record, RecordQuerySet

REST = timedelta(hours=8)
MOST_SLOTS = 12


class ShiftKind(models.TextChoices):
    PATROL = "patrol", _("patrol on foot")
    POST = "post", _("post at a place")
    STANDBY = "standby", _("standing by")


class DutyEnd(models.TextChoices):
    """Why somebody is no longer on a shift; nobody is asked for a reason of their own."""

    TAKEN_OFF = "taken_off", _("taken off the roster")
    AWAY = "away", _("cannot come")
    SWAPPED = "swapped", _("swapped")


class ShiftQuerySet(RecordQuerySet["Shift"]):
    def in_week(self, monday: date) -> Self:
        return self.kept().filter(on__gte=monday, on__lt=monday + timedelta(days=7))

    def of_unit(self, unit: "Unit") -> Self:
        return self.filter(**{unit_field(unit): unit})


Unit = GuardTeam | WatchGroup


def unit_field(unit: Unit) -> str:
    return "team" if isinstance(unit, GuardTeam) else "group"


class Shift(Record):
    """A stretch of duty that wants so many people."""

    area = models.ForeignKey(Area, models.PROTECT, editable=False, related_name="+", verbose_name=_("area"))
    team = models.ForeignKey(
        GuardTeam, models.PROTECT, null=True, editable=False, related_name="shifts", verbose_name=_("guard team")
    )
    group = models.ForeignKey(
        WatchGroup, models.PROTECT, null=True, editable=False, related_name="shifts", verbose_name=_("group")
    )
    joined_teams = models.ManyToManyField(
        GuardTeam,
        blank=True,
        related_name="joint_shifts",
        verbose_name=_("together with teams"),
        help_text=_("for joint patrols: their members may be put on this shift too"),
    )
    on = models.DateField(_("day"))
    began = models.TimeField(_("from (hour)"))
    ended = models.TimeField(_("until (hour)"), help_text=_("the next day if it is earlier than the start"))
    kind = models.CharField(_("kind of duty"), max_length=10, choices=ShiftKind, default=ShiftKind.PATROL)
    place = models.CharField(_("place or round"), max_length=120, blank=True)
    slots = models.PositiveSmallIntegerField(_("people wanted"), default=2)

    spoken_by = ("place",)

    objects = ShiftQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(group=None, team__isnull=False) | Q(group__isnull=False, team=None),
                name="shift_of_one_group_or_team",
            ),
            models.CheckConstraint(condition=~Q(began=F("ended")), name="shift_takes_time"),
            models.CheckConstraint(condition=Q(slots__gte=1, slots__lte=MOST_SLOTS), name="shift_wants_somebody"),
        ]
        indexes = [models.Index(fields=["on"], name="shift_on")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.hours}"

    def fill_derived(self) -> None:
        super().fill_derived()
        self.area_id = self.unit.area_id

    @property
    def unit(self) -> Unit:
        found = self.team or self.group
        if found is None:
            raise ValueError("a shift belongs to a team or a group")
        return found

    @property
    def hours(self) -> str:
        return f"{self.began:%H:%M}–{self.ended:%H:%M}"

    @property
    def minutes_at_night(self) -> int:
        return night_minutes(self.began, self.ended)

    @property
    def span(self) -> "tuple[datetime, datetime]":
        start = moment(self.on, self.began)
        return start, start + timedelta(minutes=minutes_between(self.began, self.ended))

    @property
    def manned(self) -> "models.QuerySet[Duty]":
        return self.duties.filter(removed_at=None).select_related("member").order_by("pk")

    @property
    def free(self) -> int:
        return max(0, self.slots - self.manned.count())

    def pool(self) -> Any:
        """Members who belong to the team, or to one that joins in."""
        of_unit = Q(**{unit_field(self.unit): self.unit})
        return Member.objects.kept().filter(of_unit | Q(team__in=self.joined_teams.all()))

    @transaction.atomic
    def cancel(self, *, by: User) -> None:
        """Nobody is needed: the shift and all who are on it go off the roster."""
        for duty in self.manned:
            duty.end(DutyEnd.TAKEN_OFF, by=by)
        self.remove(by=by, reason=DutyEnd.TAKEN_OFF)

    @transaction.atomic
    def assign(self, member: Member, *, by: User, instead_of: "Duty | None" = None, beyond: str = "") -> "Duty":
        """Put a member on the shift, or say all that stands in the way; `beyond`: why the limit of nights is passed."""
        Shift.objects.select_for_update().get(pk=self.pk)
        member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
        found, over = list(objections(self, member)), over_limit(self, member)
        if over and not beyond:
            found.append(over.objection(member))
        if found:
            raise CannotServe(found)
        duty = Duty(shift=self, member=member, stands_in_for=instead_of).add(by=by)
        if over:
            BeyondLimit.write(duty, over.limit, nights=over.nights, reason=beyond, by=by)
        return duty


def moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


@dataclass(frozen=True)
class Objection:
    """One thing that keeps a member off a shift, in words for people; a reason may outweigh some."""

    words: str | Promise
    is_waivable: bool = False

    def __str__(self) -> str:
        return str(self.words)


class CannotServe(Exception):
    """The member may not be put on this shift; `objections` say why."""

    def __init__(self, objections: "list[Objection]") -> None:
        super().__init__("; ".join(map(str, objections)))
        self.objections = objections

    @property
    def is_waivable(self) -> bool:
        return all(one.is_waivable for one in self.objections)


@dataclass(frozen=True)
class OverLimit:
    """A member has had as many nights in the month as the province's limit allows."""

    limit: NightLimit
    nights: int
    month: date

    def objection(self, member: Member) -> Objection:
        words = {
            "member": str(member),
            "nights": self.nights,
            "month": f"{self.month:%m/%Y}",
            "most": self.limit.most,
            "basis": self.limit.basis,
        }
        said = _(
            "%(member)s is on duty for %(nights)d nights in %(month)s already; the limit is %(most)d a month"
            " (%(basis)s). Choose somebody else, or write why it has to be them."
        )
        return Objection(said % words, is_waivable=True)


def over_limit(shift: Shift, member: Member) -> OverLimit | None:
    """Of the month in which the shift begins; nothing for duty by day, or where the province has set no limit."""
    limit = NightLimit.objects.holding_for(shift.area, on=shift.on) if shift.minutes_at_night else None
    if limit is None or limit.most is None:
        return None
    nights = nights_in_month([member.pk], shift.on).get(member.pk, 0)
    return OverLimit(limit, nights, shift.on) if nights >= limit.most else None


def nights_in_month(members: Iterable[int], day: date) -> dict[int, int]:
    """How many shifts with hours between 22:00 and 06:00 each has in the month of a day."""
    first = day.replace(day=1)
    rows = Duty.objects.kept().filter(member__in=members, shift__on__gte=first, shift__on__lt=months_after(first, 1))
    found: dict[int, int] = {}
    for member, began, ended in rows.values_list("member_id", "shift__began", "shift__ended"):
        if night_minutes(began, ended):
            found[member] = found.get(member, 0) + 1
    return found


def objections(shift: Shift, member: Member) -> Iterator[Objection]:
    """R18 first: neither training nor term is waived by anybody."""
    for obstacle in member.why_not_rostered_on(shift.on):
        yield Objection(str(obstacle))
    if not shift.pool().filter(pk=member.pk).exists():
        yield Objection(_("Belongs to no team of this shift."))
    if shift.removed_at:
        yield Objection(_("The shift was taken out."))
    if shift.free == 0:
        yield Objection(_("All places of this shift are taken."))
    yield from clashes(shift, member)


def clashes(shift: Shift, member: Member) -> Iterator[Objection]:
    """Other shifts of the same member that overlap, or leave too little rest."""
    start, end = shift.span
    near = Duty.objects.kept().filter(member=member, span__overlap=DateTimeTZRange(start - REST, end + REST))
    for duty in near.select_related("shift"):
        words = {"shift": str(duty.shift), "hours": int(REST.total_seconds() // 3600)}
        if duty.shift_id == shift.pk:
            yield Objection(_("Is on this shift already."))
        elif duty.span.lower < end and duty.span.upper > start:
            yield Objection(_("Is on duty at the same time: %(shift)s.") % words)
        else:
            yield Objection(_("Has less than %(hours)d hours of rest beside the shift of %(shift)s.") % words)


class DutyQuerySet(RecordQuerySet["Duty"]):
    area = "shift__area"

    def of_account(self, person: User) -> Self:
        """One's own."""
        return self.kept().filter(member__account=person)

    def coming(self, today: date) -> Self:
        return self.filter(shift__on__gte=today).order_by("shift__on", "shift__began")

    def done(self, today: date, *, since: date) -> Self:
        """Newest first."""
        return self.filter(shift__on__lt=today, shift__on__gte=since).order_by("-shift__on", "-shift__began")

    def ended_before(self, day: date) -> Self:
        """What retention deletes: who was on duty long ago."""
        return self.filter(shift__on__lt=day)


class Duty(Record):
    """A member on a shift. Who stood in for whom stays as a link, never as a reason."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="duties", verbose_name=_("shift"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="duties", verbose_name=_("member"))
    span = DateTimeRangeField(_("hours"), editable=False)
    stands_in_for = models.OneToOneField(
        "self", models.SET_NULL, null=True, editable=False, related_name="stand_in", verbose_name=_("stands in for")
    )

    spoken_by = ()

    objects = DutyQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["shift", "member"], condition=Q(removed_at=None), name="duty_once_on_a_shift"
            ),
            ExclusionConstraint(
                name="duty_at_one_place_at_a_time",
                expressions=[("member", RangeOperators.EQUAL), ("span", RangeOperators.OVERLAPS)],
                condition=Q(removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.shift}"

    def fill_derived(self) -> None:
        self.folded, self.sort_key = "", ""
        self.span = DateTimeTZRange(*self.shift.span)

    @property
    def where(self) -> Any:
        return self.shift.area

    @property
    def obstacles(self) -> list[str]:
        """What has come between the member and the shift since it was planned, such as training that ran out."""
        return [str(one) for one in self.member.why_not_rostered_on(self.shift.on)]

    @property
    def reason_beyond(self) -> str:
        """Why the limit of nights was passed with it, where it was."""
        return self.beyond.reason if hasattr(self, "beyond") else ""

    def end(self, how: str, *, by: User) -> None:
        self.remove(by=by, reason=how)

    @transaction.atomic
    def replace(self, member: Member, *, by: User, beyond: str = "") -> "Duty":
        """Somebody cannot come and somebody else stands in; both or neither."""
        self.end(DutyEnd.AWAY, by=by)
        return self.shift.assign(member, by=by, instead_of=self, beyond=beyond)
