"""Skilful mobilisation in Điện Biên: 155 models kept up on 21 August 2022, some ended before, some came later."""

from datetime import date, timedelta

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK, dice, keep, some_day
from luytre.activities.sample.places import Ground
from luytre.registry.models import RecognitionLevel, SkilfulEnding, SkilfulField, SkilfulWork

COUNTED_ON = date(2022, 8, 21)
KEPT_UP, ENDED, LATER = 155, 12, 9
SUBJECTS = {
    "Vận động giao nộp vũ khí, vật liệu nổ": SkilfulField.SECURITY,
    "Vận động Nhân dân tham gia tuần tra ban đêm": SkilfulField.SECURITY,
    "Vận động lắp đèn “Thắp sáng đường bản”": SkilfulField.SECURITY,
    "Vận động nếp sống văn minh trong việc cưới, việc tang": SkilfulField.CULTURE,
    "Vận động bảo vệ đường biên, cột mốc": SkilfulField.DEFENCE,
    "Vận động hiến đất làm đường liên bản": SkilfulField.ECONOMY,
    "Vận động giữ rừng đầu nguồn": SkilfulField.ENVIRONMENT,
    "Bộ phận một cửa gần dân": SkilfulField.GOVERNMENT,
}
BODIES = ["Công an xã", "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Đoàn Thanh niên", "Ban công tác Mặt trận"]


def load(ground: Ground, *, by: User, today: date) -> None:
    keep([work(ground, number, date(2016, 1, 1), COUNTED_ON) for number in range(KEPT_UP)], path=ground.path)
    ended = [work(ground, KEPT_UP + number, date(2015, 2, 1), date(2019, 12, 31)) for number in range(ENDED)]
    keep(ended, path=ground.path)
    rng = dice("skilful works ended")
    endings = [
        SkilfulEnding(work=one, on=some_day(rng, date(2020, 1, 1), COUNTED_ON), by=by, reason="Không còn duy trì.")
        for one in ended
    ]
    keep(endings, path=ground.path)
    since = COUNTED_ON + timedelta(days=1)
    keep([work(ground, 200 + number, since, today) for number in range(LATER)], path=ground.path)


def work(ground: Ground, number: int, first: date, last: date) -> SkilfulWork:
    rng = dice(f"skilful work {number}")
    day = some_day(rng, first, last)
    place = rng.choice(ground.all_hamlets if number % 3 else ground.communes).on(day)
    subject = list(SUBJECTS)[number % len(SUBJECTS)]
    recognised = min(day + timedelta(days=rng.randint(120, 400)), last) if number % 2 else None
    return SkilfulWork(
        area=place,
        name=f"{subject} {place.name.removesuffix(MARK).strip()} {MARK}",
        field=SUBJECTS[subject],
        body=rng.choice(BODIES),
        registered_on=day,
        recognised_on=recognised,
        level=rng.choice([RecognitionLevel.COMMUNE, RecognitionLevel.PROVINCE]) if recognised else "",
        decision=f"{rng.randint(5, 90)}/QĐ-UBND" if recognised else "",
    )
