"""What was handed in, and its way to the province: one hand-over settled, one on its way, some still waiting."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from luytre.accounts.models import User
from luytre.activities.models import Fate, HandIn, HandInCampaign, HandInKind, HandOver, Receiver
from luytre.activities.sample.chance import MARK, dice
from luytre.areas.models import Area, Level

USUAL = {
    "homemade_gun": (1, 3),
    "hunting_gun": (1, 1),
    "ammunition": (5, 40),
    "crude_weapon": (1, 6),
    "firework": (1, 4),
    "grenade": (1, 1),
    "baton": (1, 2),
}
MILITARY, COMMUNE_POLICE = "Bộ Chỉ huy quân sự tỉnh", "Công an cấp xã"


def load(recorders: dict[str, User], *, desk: User, today: date) -> None:
    kinds = {kind.code: kind for kind in HandInKind.objects.all()}
    province = Area.objects.find("11", on=today, level=Level.PROVINCE)
    campaign = HandInCampaign(
        area=province,
        name=f"Vận động giao nộp vũ khí, vật liệu nổ, pháo {MARK}",
        opens_on=today - timedelta(days=60),
        closes_on=today + timedelta(days=60),
        led_by="Công an tỉnh",
        plan="118/KH-UBND",
    ).add(by=desk)
    for code, by in recorders.items():
        rng = dice(f"hand-ins {code}")
        commune = Area.objects.find(code, on=today, level=Level.COMMUNE)
        rows = [hand_in(commune, kinds, rng, today - timedelta(days=3 + 9 * step), by=by) for step in range(10)]
        for row in rows[:6]:
            row.campaign = campaign
            row.save(update_fields=["campaign"])
        settled, on_its_way = rows[6:], rows[3:6]
        first = hand_over(commune, settled, today - timedelta(days=50), by=by)
        first.settle(Fate.DESTROYED, by=desk, on=today - timedelta(days=20), decision="45/QĐ-BCH")
        late = hand_over(commune, on_its_way, today - timedelta(days=15), by=by)
        lacking(late, by=by)


def hand_in(commune: Area, kinds: dict[str, HandInKind], rng: Random, day: date, *, by: User) -> HandIn:
    row = HandIn(area=commune, received_on=day, place=f"Trụ sở công an cấp xã {MARK}", received_by=COMMUNE_POLICE).add(
        by=by
    )
    chosen = rng.sample(list(USUAL), rng.randint(1, 3))
    row.count({kinds[code]: Decimal(rng.randint(*USUAL[code])) for code in chosen}, by=by)
    row.write_receipt(by=by, on=day)
    return row


def hand_over(commune: Area, rows: list[HandIn], day: date, *, by: User) -> HandOver:
    made = HandOver(
        area=commune,
        handed_on=day,
        from_body=COMMUNE_POLICE,
        to_kind=Receiver.PROVINCE_MILITARY,
        to_body=f"{MILITARY} {MARK}",
        minutes=f"{day.day:02}/BB-CAX",
    ).add(by=by)
    made.hand_ins.set(rows)
    made.balance(made.expected, by=by)
    return made


def lacking(hand_over: HandOver, *, by: User) -> None:
    """One piece less than was handed in, with its reason."""
    expected = hand_over.expected
    kind = max(expected, key=lambda one: expected[one])
    arrived = {**expected, kind: expected[kind] - 1}
    hand_over.balance(arrived, by=by, reasons={kind: "Một đơn vị hỏng, nổ hủy tại chỗ theo biên bản của công binh."})
