"""The duty roster of one team: last week, this week and the next, with a swap that waits and training that runs out."""

from datetime import date, time, timedelta

from luytre.accounts.models import User
from luytre.activities import rosters
from luytre.activities.models.duty import CannotServe, Shift, ShiftKind
from luytre.activities.models.duty_swaps import Swap
from luytre.activities.rosters import WEEK, monday_of
from luytre.activities.sample.chance import MARK, evening
from luytre.activities.sample.people import MUONG_PHANG
from luytre.activities.sample.places import REFORM, Ground, Place
from luytre.common.periods import months_after
from luytre.registry.models import Consent, GuardTeam, Member, TrainingRecord, TrainingTopic

NAMES = ["Lò Văn Mẫu", "Quàng Thị Mẫu", "Cà Văn Mẫu", "Lường Văn Mẫu"]
NIGHTS = [0, 2, 4, 5]


def load(ground: Ground, accounts: dict[str, User], *, today: date) -> None:
    head, officer = accounts["truongban"], accounts["canboxa"]
    team = the_team(ground.hamlets[MUONG_PHANG][0], by=officer)
    members = the_members(team, by=officer, today=today)
    this_week = monday_of(today)
    for monday in (this_week - WEEK, this_week, this_week + WEEK):
        nights = [monday + timedelta(days=step) for step in NIGHTS]
        rosters.plan(team, nights, by=head, began=time(22), ended=time(1), kind=ShiftKind.PATROL, place="", slots=2)
    fill(team, members, by=head)
    ask_for_a_swap(team, members, by=head, today=today)


def the_team(place: Place, *, by: User) -> GuardTeam:
    """The team of the head's own residential area; made only where no other part of the sample has one."""
    found = GuardTeam.objects.kept().filter(area__in=[place.before, place.after]).first()
    if found:
        return found
    name = f"Tổ bảo vệ ANTT {place.after.name.removesuffix(MARK).strip()} {MARK}"
    return GuardTeam(area=place.after, name=name, founded_on=REFORM, decision="12/QĐ-UBND").add(by=by)


def the_members(team: GuardTeam, *, by: User, today: date) -> list[Member]:
    found = list(Member.objects.serving_on(today).filter(team=team).order_by("pk"))
    if found:  # whatever day it is, the training of the last one has run out by next week's shifts
        TrainingRecord.objects.filter(member=found[-1]).update(expires_on=today)
        return found
    made = [Member(team=team, full_name=f"{name} {MARK}", serves_from=REFORM).add(by=by) for name in NAMES]
    for place, member in enumerate(made):
        Consent.objects.create(member=member, given_on=REFORM, how="paper", text_version="2026-11", by=by)
        train(member, lapses=place == len(made) - 1, today=today)
    return made


def train(member: Member, *, lapses: bool, today: date) -> None:
    """The last one's training in patrolling has run out."""
    for topic in TrainingTopic.objects.all():
        day = today - timedelta(days=120)
        if lapses and topic.valid_months:
            day = min(day, months_after(today, -topic.valid_months) - timedelta(days=9))
        ends = months_after(day, topic.valid_months) if topic.valid_months else None
        TrainingRecord.objects.create(member=member, topic=topic, held_on=day, expires_on=ends)


def fill(team: GuardTeam, members: list[Member], *, by: User) -> None:
    """In turn, where the rules allow it; the last shift of each week waits for a second person."""
    for number, shift in enumerate(Shift.objects.of_unit(team).order_by("on")):
        wanted = shift.slots - (number % len(NIGHTS) == len(NIGHTS) - 1)
        turn = members[number % len(members) :] + members[: number % len(members)]
        for member in turn:
            if shift.manned.count() < wanted:
                try_to_assign(shift, member, by=by)


def try_to_assign(shift: Shift, member: Member, *, by: User) -> None:
    try:
        shift.assign(member, by=by)
    except CannotServe:
        return


def ask_for_a_swap(team: GuardTeam, members: list[Member], *, by: User, today: date) -> None:
    for shift in Shift.objects.of_unit(team).filter(on__gte=today).order_by("on"):
        duty = shift.manned.first()
        free = [one for one in members if duty and one != duty.member and one.may_be_rostered_on(shift.on)]
        if duty and free:
            Swap.ask(duty, free[0], other=None, by=by, at=evening(today - timedelta(days=1)))
            return
