"""A province of 100,000 groups and as many sessions."""

from datetime import date, timedelta

from luytre.activities.models import Form, OutreachSession, Topic
from luytre.areas.models import Area
from luytre.registry.models import GroupKind, WatchGroup
from tests.factories import commune, province, residential

FIRST = ["Na Lay", "Na Nghè", "Huổi Lếch", "Nà Ỷ", "Tủa Ỡ", "Pú Nhung", "Ẳng Cang", "Co Muông", "Bản Khá", "Sính Phình"]
WHAT = ["Tổ an ninh trật tự", "Tổ liên gia", "Nhóm nòng cốt", "Dòng họ tự quản", "Tổ hòa giải", "Câu lạc bộ"]
COMMUNES, HAMLETS = 40, 12
BATCH = 5000


def land() -> tuple[Area, list[Area]]:
    ground = province()
    communes = [commune(f"Mường {FIRST[number % 10]} {number}") for number in range(COMMUNES)]
    return ground, [residential(f"Bản {number}", parent=one) for one in communes for number in range(1, HAMLETS + 1)]


def fill(areas: list[Area], count: int) -> None:
    kinds = [
        GroupKind.objects.get_or_create(code=f"kind_{number}", defaults={"vi_name": name, "en_name": name})[0]
        for number, name in enumerate(WHAT)
    ]
    Topic.objects.get_or_create(code="bench", defaults={"vi_name": "Phòng, chống ma túy", "en_name": "Drugs"})
    forms = list(Form)
    start = date(2019, 1, 1)
    for begin in range(0, count, BATCH):
        numbers = range(begin, min(begin + BATCH, count))
        WatchGroup.objects.bulk_create(
            WatchGroup(
                kind=kinds[n % 6], area=areas[n * 7 % len(areas)], member_count=3 + n % 20,
                name=f"{WHAT[n % 6]} {FIRST[n // 6 % 10]} số {n}", founded_on=start + timedelta(days=n * 13 % 2800),
            )
            for n in numbers
        )  # fmt: skip
        OutreachSession.objects.bulk_create(
            OutreachSession(
                area=areas[n * 11 % len(areas)], place=f"Nhà văn hóa {FIRST[n % 10]}, buổi {n}", attendance=n % 180,
                held_on=start + timedelta(days=n * 17 % 2800), form=forms[n % len(forms)], led_by="Công an cấp xã",
            )
            for n in numbers
        )  # fmt: skip
