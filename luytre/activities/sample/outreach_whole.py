"""Around the sample's sessions: materials, a campaign, sessions to come, an open room, loudspeaker slots, posts."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from luytre.accounts.models import User
from luytre.activities.models import (
    Airing,
    Audience,
    Campaign,
    LearningCheck,
    LearningQuestion,
    LoudspeakerSlot,
    OutreachPost,
    OutreachSession,
    PlannedSession,
    Room,
    SessionHeld,
    Topic,
)
from luytre.activities.models.learning import choose
from luytre.activities.sample import materials
from luytre.activities.sample.chance import MARK, dice, evening
from luytre.activities.sample.people import MUONG_PHANG
from luytre.activities.sample.places import REFORM, Ground
from luytre.areas.models import Area
from luytre.bulletins.models import Material

DAY = timedelta(days=1)
POSTS = [
    "Cảnh báo cuộc gọi giả danh công an {}",
    "Các bản ký cam kết phòng cháy, chữa cháy {}",
    "Hướng dẫn giao nộp vũ khí, pháo nổ {}",
    "Học sinh tìm hiểu an toàn giao thông {}",
]


def load(ground: Ground, accounts: Mapping[str, User], *, today: date) -> None:
    hamlets = [place.after for place in ground.hamlets[MUONG_PHANG]]
    commune = hamlets[0].parent
    if commune is None or today < REFORM:
        return
    library = materials.load(commune, accounts, today=today)
    campaign = campaign_of(commune, library, by=accounts["canboxa"], today=today)
    join_sessions(hamlets, campaign, library, by=accounts["canboxa"], today=today)
    plan_sessions(hamlets, campaign, by=accounts["canboxa"], today=today)
    write_question(commune, by=accounts["canboxa"])
    plan_slots(hamlets[:4], library, by=accounts["canboxa"], today=today)
    post(commune, by=accounts["canboxa"], today=today)


def campaign_of(commune: Area, library: list[Material], *, by: User, today: date) -> Campaign:
    first = max(REFORM, today - 60 * DAY)
    campaign = Campaign(
        area=commune,
        kind=Campaign.Kind.PEAK,
        name=f"Đợt cao điểm phòng, chống lừa đảo trên mạng {MARK}",
        purpose="Mỗi bản có ít nhất một buổi; người nghe biết phải dừng lại, tắt máy và gọi cho công an xã.",
        first_day=first,
        last_day=today + 40 * DAY,
    ).add(by=by)
    campaign.topics.set(Topic.objects.filter(code__in=["online_fraud", "cyber_safety"]))
    campaign.materials.set(library[:2])
    campaign.plan_months(dict.fromkeys(campaign.months(), 3), by=by)
    return campaign


def join_sessions(hamlets: list[Area], campaign: Campaign, library: list[Material], *, by: User, today: date) -> None:
    """Sessions that are there already name the campaign; one was planned, one was asked on paper."""
    rows = OutreachSession.objects.kept().group().filter(area__in=hamlets, held_on__gte=campaign.first_day)
    held = list(rows.filter(held_on__lte=today).order_by("held_on", "pk")[:6])
    OutreachSession.objects.filter(pk__in=[one.pk for one in held]).update(campaign=campaign)
    for one in held:
        one.materials.set(library[:1])
    topic = Topic.objects.get(code="online_fraud")
    for one in held[:2]:
        ask_on_paper(one, topic, by=by)
    if held:
        planned = planned_like(held[-1], campaign, by=by)
        SessionHeld.objects.create(planned=planned, session=held[-1], by=by, at=evening(held[-1].held_on))


def ask_on_paper(session: OutreachSession, topic: Topic, *, by: User) -> None:
    rng = dice(f"learning {session.held_on} {session.attendance}")
    sheets = (max(12, session.attendance // 2), max(11, session.attendance // 2 - 2))
    right = {
        one.pk: (round(sheets[0] * rng.uniform(0.3, 0.6)), round(sheets[1] * rng.uniform(0.7, 0.95)))
        for one in choose(topic, session.area)
    }
    LearningCheck.on_paper(session, topic, sheets, right, by=by, at=evening(session.held_on))


def planned_like(session: OutreachSession, campaign: Campaign, *, by: User) -> PlannedSession:
    planned = PlannedSession(
        area=session.area, planned_on=session.held_on, place=session.place, led_by=session.led_by, campaign=campaign
    ).add(by=by)
    planned.topics.set(session.topics.all())
    return planned


def plan_sessions(hamlets: list[Area], campaign: Campaign, *, by: User, today: date) -> None:
    """One whose day went by, one today with an open room, and some to come."""
    topic = Topic.objects.get(code="online_fraud")
    for place, days in enumerate((-4, 0, 3, 9)):
        planned = PlannedSession(
            area=hamlets[0 if days == 0 else place % len(hamlets)],
            planned_on=today + days * DAY,
            starts_at=time(19, 30),
            place=f"Nhà văn hóa bản {MARK}",
            audience=Audience.RESIDENTS,
            led_by="Công an cấp xã",
            campaign=campaign,
        ).add(by=by)
        planned.topics.set([topic])
        if days == 0:
            at = evening(today)
            LearningCheck.start(planned, topic, by=by, at=at)
            Room.open(planned, by=by, at=at, until=at + timedelta(hours=12))


def write_question(commune: Area, *, by: User) -> None:
    """Waits for a second person to read it."""
    LearningQuestion(
        area=commune,
        topic=Topic.objects.get(code="online_fraud"),
        text=f"Ai có quyền yêu cầu chuyển tiền qua điện thoại để phục vụ điều tra? {MARK}",
        first="Công an",
        second="Không ai cả",
        third="Ngân hàng",
        right="b",
    ).add(by=by)


def plan_slots(hamlets: list[Area], library: list[Material], *, by: User, today: date) -> None:
    script = next((one for one in library if one.kind == "script"), None)
    for place, hamlet in enumerate(hamlets):
        for days in (-20, -13, -6, 1):
            slot = LoudspeakerSlot(
                area=hamlet,
                slot_on=today + days * DAY,
                slot_at=time(17, 30),
                name=f"Cảnh giác lừa đảo qua mạng {MARK}",
                material=script,
            ).add(by=by)
            if days < 0:
                tell(slot, missed=(place + days) % 5 == 0, by=by)


def tell(slot: LoudspeakerSlot, *, missed: bool, by: User) -> None:
    at = datetime.combine(slot.slot_on, time(18, 0), evening(slot.slot_on).tzinfo)
    if missed:
        slot.tell(Airing.Outcome.MISSED, by=by, at=at, on=slot.slot_on, reason="Mất điện.")
    else:
        slot.tell(Airing.Outcome.PLAYED, by=by, at=at, on=slot.slot_on)


def post(commune: Area, *, by: User, today: date) -> None:
    rng = dice(f"posts {commune.code}")
    for number in range(40):
        day = today - rng.randrange(0, 240) * DAY
        if day >= REFORM:
            OutreachPost(
                area=commune,
                posted_on=day,
                name=POSTS[number % len(POSTS)].format(MARK),
                reach_count=rng.choice([None, 180, 320, 640, 1200]),
            ).add(by=by)
