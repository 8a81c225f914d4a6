"""Respected persons of the communes of the sample accounts: made-up names, each with a consent."""

from datetime import date, timedelta

from luytre.accounts.models import User
from luytre.activities.sample.chance import MARK, dice, some_day
from luytre.activities.sample.places import Ground
from luytre.registry.catalogue import consent
from luytre.registry.models import RespectedPerson, RespectedRole

NAMES = ["Nguyễn Văn Mẫu", "Trần Thị Mẫu", "Lê Văn Mẫu", "Phạm Thị Mẫu", "Hoàng Văn Mẫu", "Vũ Thị Mẫu"]
SUBJECTS = ["Kỹ năng vận động quần chúng", "Nhận biết lừa đảo qua mạng", "Hòa giải ở cơ sở"]


def load(ground: Ground, recorders: dict[str, User], *, today: date) -> None:
    for code, by in recorders.items():
        rng = dice(f"respected {code}")
        places = [place.after for place in ground.all_hamlets if f".{code}." in place.after.path]
        for number, name in enumerate(NAMES):
            since = some_day(rng, date(2025, 8, 1), today - timedelta(days=30))
            row = RespectedPerson(
                area=places[number % len(places)],
                full_name=f"{name} {number + 1} {MARK}",
                role=rng.choice(RespectedRole.values[:7]),
                serves_from=since,
                serves_until=since.replace(year=since.year + 2, day=min(since.day, 28)),
                phone=f"09000000{number:02}",
            ).add(by=by)
            row.agree(on=since, how="paper", text_version=consent.current(consent.RESPECTED).version, by=by)
            if number % 2:
                row.was_trained(rng.choice(SUBJECTS), on=some_day(rng, since, today), by=by)
            if number == len(NAMES) - 1:
                row.withdraw_consent(by=by, on=today)
