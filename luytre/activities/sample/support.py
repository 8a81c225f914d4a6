"""Help that is offered to people who come home, and how many took it up, month by month."""

from datetime import date, timedelta

from luytre.accounts.models import User
from luytre.activities.models import HelpKind, SupportOffer, SupportUptake
from luytre.activities.sample.chance import MARK, dice, keep
from luytre.activities.sample.people import DIEN_BIEN_PHU, MUONG_PHANG
from luytre.areas.models import Area, Level

OFFERS = [
    (MUONG_PHANG, HelpKind.JOB, "May công nghiệp", "Hợp tác xã may Mường Phăng", 8),
    (MUONG_PHANG, HelpKind.COURSE, "Sửa chữa xe máy, 3 tháng", "Trung tâm Giáo dục nghề nghiệp", 12),
    (MUONG_PHANG, HelpKind.MENTOR, "Người đồng hành làm giấy tờ, tìm việc", "Hội Cựu chiến binh", 10),
    (DIEN_BIEN_PHU, HelpKind.JOB, "Phụ xây, bốc xếp", "Công ty xây dựng", 15),
    (DIEN_BIEN_PHU, HelpKind.LOAN, "Vay vốn chăn nuôi, lãi suất ưu đãi", "Ngân hàng Chính sách xã hội", 20),
    (DIEN_BIEN_PHU, HelpKind.COURSE, "Nấu ăn, pha chế", "Hội Liên hiệp Phụ nữ", 10),
]
HOW_TO = "Đến trực tiếp trong giờ làm việc, hoặc nhờ đoàn thể ở khu dân cư giới thiệu. Không cần giấy giới thiệu."


def load(recorders: dict[str, User], *, today: date) -> None:
    rng = dice("offers of help")
    rows = []
    for code, kind, title, body, places in OFFERS:
        commune = Area.objects.find(code, on=today, level=Level.COMMUNE)
        offer = SupportOffer(
            area=commune,
            kind=kind,
            title=f"{title} {MARK}",
            offered_by=body,
            place_count=places,
            open_from=today - timedelta(days=200),
            open_until=None if kind == HelpKind.MENTOR else today + timedelta(days=120),
            how_to=HOW_TO,
        ).add(by=recorders[code])
        for months_ago in (4, 3, 2, 1):
            taken = rng.randint(0, places // 4)
            money = taken * 20_000_000 if kind == HelpKind.LOAN else 0
            month = today - timedelta(days=30 * months_ago)
            rows.append(SupportUptake(offer=offer, month=month, taken_count=taken, amount_vnd=money))
    keep(rows, path="0.11.")
