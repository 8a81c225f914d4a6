"""A commune desk and its province's desk for the sample, with real keys, people to work them and a few sealed tips.

The keys above the desks are thrown away once they have signed: after a month the lists run out and the sample line
closes by itself. In earnest the root's key is made by the ceremony and named in LUYTRE_TIPS_ROOT.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from luytre.accounts import life
from luytre.accounts.models import Assignment, User
from luytre.accounts.roles import Role
from luytre.accounts.sample import PASSWORD, TIP_CODE, TIP_WORDS
from luytre.areas.models import Area, Level
from luytre.common.text import fold
from luytre.tips import clock, intake, keychain, puzzle
from luytre.tips.founding import MONTH, FoundedDesk, Founding
from luytre.tips.framing import Framed
from luytre.tips.hours import on_the_hour
from luytre.tips.models import Channel, DeskKind, Direction, Part, Step, Tip, Verb
from luytre.tips.sealing import START, Sealer, sealer

COMMUNE = "03325"  # Mường Phăng


@dataclass(frozen=True)
class Account:
    username: str
    full_name: str
    position: str
    roles: tuple[Role, ...]
    is_provincial: bool = False


ACCOUNTS = (
    Account("trucban", "Trực ban xã (tài khoản mẫu)", "Công an xã", (Role.DUTY_OFFICER, Role.KEY_HOLDER)),
    Account("trucban2", "Trực ban xã ca hai (tài khoản mẫu)", "Công an xã", (Role.DUTY_OFFICER, Role.KEY_HOLDER)),
    Account("trucban3", "Trực ban xã chưa có khóa (tài khoản mẫu)", "Công an xã", (Role.DUTY_OFFICER,)),
    Account(
        "tructinh", "Trực ban tỉnh (tài khoản mẫu)", "Công an tỉnh", (Role.DUTY_OFFICER, Role.KEY_HOLDER),
        is_provincial=True,
    ),
    Account(
        "tructinh2", "Trực ban tỉnh ca hai (tài khoản mẫu)", "Công an tỉnh",
        (Role.DUTY_OFFICER, Role.KEY_HOLDER, Role.CUSTODIAN), is_provincial=True,
    ),
    Account("giudanh", "Người giữ danh tính (tài khoản mẫu)", "Thanh tra", (Role.CUSTODIAN,), is_provincial=True),
    Account(
        "giudanh2", "Người giữ danh tính thứ hai (tài khoản mẫu)", "Kiểm tra", (Role.CUSTODIAN,), is_provincial=True
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    text: str
    matter: str
    age: int  # hours
    kind: str = "tip"
    urgent: bool = False
    when: str = ""
    how: str = ""
    exact: str = ""
    question: str = ""
    answer: str = ""
    name: dict[str, str] | None = None
    code: str = ""


TOLD = (
    Told(
        "Đêm qua khoảng 11 giờ, hai người đi xe máy không biển số bẻ khóa cổng nhà văn hóa bản rồi khiêng loa đi. "
        "Họ chạy về phía cầu treo. Tôi đứng cách chừng ba mươi mét, trời tối nên không rõ mặt.",
        "theft", 3, urgent=True, when="Đêm qua, khoảng 23 giờ", how="Tôi nhìn thấy", exact="Nhà văn hóa bản",
    ),
    Told(
        "Có người gọi điện nhận là nhân viên ngân hàng, bảo mẹ tôi đọc mã gửi về máy. Sau đó tài khoản mất 12 triệu "
        "đồng. Số gọi đến tôi còn giữ.",
        "fraud", 30, question="Bạn có giữ tin nhắn báo trừ tiền không? Nếu có, chụp lại và gửi vào đây.",
        answer="Có ạ. Tin nhắn báo trừ hai lần, mỗi lần 6 triệu, lúc 9 giờ 12 và 9 giờ 15 sáng.",
        name={"name": "Người gửi mẫu", "contact": "0900 000 000"}, code=TIP_CODE,
    ),
    Told(
        "Quán cạnh trường cho học sinh vay tiền, trả chậm thì giữ xe đạp và dọa đến tận nhà. Cháu tôi bị hai lần.",
        "lending", 9 * 24,
    ),
    Told("Đèn đường ở đoạn cua trước trạm y tế hỏng cả dãy, tối qua có người ngã xe.", "places", 20, kind="place",
         exact="Trước trạm y tế"),
    Told("Xe tải đổ đất đá xuống suối đầu bản lúc nửa đêm, đêm nào cũng hai ba chuyến.", "environment", 50),
    Told("Nhà bên cạnh chất nhiều bình ga trong gian bếp lợp lá, ngay sát vách nhà trẻ.", "fire", 5, urgent=True),
)  # fmt: skip


def load_part(by: User, today: date) -> None:
    """The desks of the sample's commune and its province."""
    commune = Area.objects.find(COMMUNE, on=today, level=Level.COMMUNE)
    province = Area.objects.find("11", on=today, level=Level.PROVINCE)
    load(commune=commune, province=province, by=by, since=commune.valid_from, now=timezone.now())


def load(*, commune: Area, province: Area, by: User, since: date, now: datetime) -> dict[str, User]:
    people = enrol(commune, province, by=by, since=since)
    with sealer() as seals:
        founding = Founding(seals, now=int(now.timestamp()))
        founding.certify_province(province.code)
        keepers = [people[name] for name in ("giudanh", "giudanh2", "tructinh2")]
        above = founding.open_desk(
            province, province=province.code, kind=DeskKind.PROVINCE, words=fold(TIP_WORDS), custodians=keepers,
            officers=[people["tructinh"], people["tructinh2"]], name=f"Công an {province} (dữ liệu mẫu)",
            phone="0000 113 001",
        )  # fmt: skip
        desk = founding.open_desk(
            commune, province=province.code, words=fold(TIP_WORDS), custodians=keepers, sends_to=above.desk,
            officers=[people["trucban"], people["trucban2"]], name=f"Công an {commune} (dữ liệu mẫu)",
            phone="0000 113 002", is_remote=True,
        )  # fmt: skip
        for told in TOLD:
            tell(told, seals, founding.root["key"], desk)
        for one in (above, desk):
            founding.publish(one, expires=founding.now + MONTH)  # as long as a list may hold: nobody renews these
        clock.mark_breaches(now=now)
    return people


def enrol(commune: Area, province: Area, *, by: User, since: date) -> dict[str, User]:
    people = {}
    at = datetime.combine(since, time(8), tzinfo=timezone.get_default_timezone())
    for account in ACCOUNTS:
        area = province if account.is_provincial else commune
        user = User(username=account.username, full_name=account.full_name, position=account.position)
        first, *more = account.roles
        life.enrol(user, role=first, area=area, by=by, at=at)
        for role in more:
            life.assign(Assignment(user=user, role=role, area=area, valid_from=since), by=by, on=since)
        user.choose_password(PASSWORD)
        people[user.username] = user
    return people


def tell(told: Told, seals: Sealer, root: str, desk: FoundedDesk) -> Tip:
    """Sealed as a reporter's browser seals it, and taken in at the same door."""
    made = seals.ask(
        "tip",
        chain=keychain.of(desk.desk.pk),
        root=root,
        desk=str(desk.desk.pk),
        told=whole(told, desk),
        name=told.name,
        files=0,
        challenge=puzzle.challenge(),
        bits=settings.TIPS_PUZZLE_BITS,
        **({"words": told.code.split()} if told.code else {}),
    )
    tip = intake.accept(Framed(made["head"], made["pieces"]), channel=Channel.WEB).tip
    if told.question:
        talk(tip, made, told, seals, desk)
    set_back(tip, timedelta(hours=told.age))
    return tip


def whole(told: Told, desk: FoundedDesk) -> dict[str, Any]:
    """As seal/tip.js says that the first part looks."""
    return {
        "text": told.text,
        "matter": told.matter,
        "kind": told.kind,
        "urgent": told.urgent,
        "where": {"area": desk.desk.area.code, "name": str(desk.desk.area), "exact": told.exact},
        "when": told.when,
        "how": told.how,
        "persons": "",
        "desk": str(desk.desk.pk),
        "language": "vi",
    }


def talk(tip: Tip, made: dict[str, Any], told: Told, seals: Sealer, desk: FoundedDesk) -> None:
    first = made["last"]
    asked = add(tip, seals, Direction.DESK, told.question, START, first, made["recipient"], desk.officers[0].signer)
    add(tip, seals, Direction.REPORTER, told.answer, first, asked, made["recipient"], made["signer"])


def add(
    tip: Tip, seals: Sealer, direction: str, words: str, before: Any, seen: Any, recipient: str, signer: str
) -> dict[str, Any]:
    about = {"tip": str(tip.pk), "direction": direction, "kind": "message", "before": before, "seen": seen}
    body = json.dumps({"text": words}, ensure_ascii=False).encode()
    made = seals.ask("part", about=about, body=body, recipient=recipient, signer=signer)
    intake.add_part(tip, direction, Framed({"number": made["number"], "rung": made["rung"]}, [made["sealed"]]))
    return {"number": made["number"], "digest": made["digest"]}


def set_back(tip: Tip, age: timedelta) -> None:
    """As if it had come so long ago: clocks run from then."""
    then = on_the_hour() - age
    Step.objects.filter(tip=tip).update(at=then)
    Part.objects.filter(tip=tip).update(came_at=then)
    Tip.objects.filter(pk=tip.pk).update(received_at=then)
    tip.refresh_from_db()
    tip.clocks.all().delete()
    clock.start_with(tip, Verb.RECEIVED, at=then)
