"""The sample's materials library: a leaflet, texts to read aloud, one that waits and one that was withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import typst

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK, evening
from luytre.areas.models import Area
from luytre.bulletins import files
from luytre.bulletins.files import Kept
from luytre.bulletins.models import Kind, Material
from luytre.reporting.documents import pdf

STOP = (
    "Bà con chú ý. Gần đây có nhiều cuộc gọi giả danh công an, ngân hàng, yêu cầu chuyển tiền hoặc đọc mã OTP. "
    "Công an không làm việc qua điện thoại, không yêu cầu chuyển tiền. Gặp cuộc gọi như vậy: dừng lại, tắt máy, "
    "gọi cho công an xã. Không bấm vào đường dẫn lạ. Không đọc mã OTP cho bất kỳ ai."
)
FIRE = (
    "Bà con chú ý phòng cháy mùa khô. Tắt bếp, rút điện trước khi ra khỏi nhà. Không đốt nương khi trời gió. "
    "Nhà nào cũng nên có bình chữa cháy và biết lối thoát. Thấy cháy, hô to và gọi 114."
)
OLD = "Tết này, pháo hoa nào cũng bị cấm. Ai có pháo, mang nộp cho công an xã."
LEAFLET = """
#set page(paper: "a5", margin: 18mm)
#set text(font: "Tinos", size: 15pt, lang: "vi")
#align(center, text(22pt, weight: "bold")[DỪNG LẠI · TẮT MÁY · GỌI CÔNG AN XÃ])
#v(8mm)
- Công an không làm việc qua điện thoại, không yêu cầu chuyển tiền.
- Mã OTP chỉ mình bạn được biết.
- Không bấm đường dẫn lạ. Không cài ứng dụng lạ.
#v(1fr)
#align(center)[Khẩn cấp: 113 · 114 · 115]
#align(center, text(10pt)[dữ liệu mẫu])
"""
SAID: list[tuple[str, Kind, str, str, str]] = [
    (
        "Dừng lại, tắt máy, gọi công an xã: lời phát loa",
        Kind.SCRIPT,
        "online_fraud",
        "Nhận ra và tránh cuộc gọi giả danh.",
        STOP,
    ),
    ("Tờ rơi: ba việc khi có cuộc gọi lạ", Kind.LEAFLET, "online_fraud", "Tờ A5 để phát ở các buổi họp bản.", ""),
    ("Phòng cháy mùa khô: lời phát loa", Kind.SCRIPT, "fire_safety", "Việc nhỏ trong nhà để không cháy.", FIRE),
    ("Pháo ngày Tết: lời phát loa", Kind.SCRIPT, "weapons_handin", "Lời nhắc về pháo trước Tết.", OLD),
]


def load(commune: Area, accounts: Mapping[str, User], *, today: date) -> list[Material]:
    """Written by the officer, published by the leader."""
    made = [material(commune, *said, by=accounts["canboxa"], today=today) for said in SAID]
    library = [one for one in made if one.versions.exists()]
    for one in library:
        version = one.versions.get()
        at = version.added_at + timedelta(hours=1)
        version.publish(by=accounts["lanhdaoxa"], at=at, reason="Đã đối chiếu nguồn tin, không nêu tên người nào.")
    old = library[-1]
    old.versions.get().withdraw(
        by=accounts["lanhdaoxa"],
        on=today - timedelta(days=9),
        reason="Nói chưa đúng: pháo hoa không nổ được phép dùng.",
    )
    old.add_version(
        by=accounts["canboxa"],
        at=evening(today - timedelta(days=8)),
        text="Tết này chỉ dùng pháo hoa không nổ, mua nơi được phép bán. Ai có pháo nổ, mang nộp cho công an xã.",
        note="Nói rõ loại pháo được dùng.",
    )
    return library[:-1]


def material(
    commune: Area, title: str, kind: Kind, topic: str, summary: str, text: str, *, by: User, today: date
) -> Material:
    row = Material(
        area=commune,
        title=f"{title} {MARK}",
        kind=kind,
        topic=topic,
        source_body="Công an cấp xã",
        summary=summary,
        expires_on=today + timedelta(days=300),
    ).add(by=by)
    kept = None if text else leaflet()
    if text or kept:
        row.add_version(by=by, at=evening(today - timedelta(days=40)), text=text, kept=kept)
    return row


def leaflet() -> Kept | None:
    """Left out where the print fonts have not been made."""
    try:
        fonts = pdf.fonts()
    except pdf.PrintFontsMissing:
        return None
    moment = datetime(2026, 1, 2, tzinfo=pdf.VIET_NAM)
    content = typst.compile(
        LEAFLET.encode(), font_paths=fonts, ignore_system_fonts=True, format="pdf", timestamp=moment
    )
    return files.keep(content, "to-roi-cuoc-goi-la.pdf")
