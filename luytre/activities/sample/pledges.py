"""Pledges in the communes of the sample accounts: one campaign that is open, one of the year before."""

from datetime import date, timedelta
from random import Random

from luytre.accounts.models import User
from luytre.activities.models import PledgeCampaign, PledgeCount, PledgeTopic, SignerKind, UnitCount
from luytre.activities.sample.chance import MARK, dice, keep
from luytre.activities.sample.places import Ground
from luytre.areas.models import Area

TOPICS = ["no_drugs", "no_fireworks", "no_weapons", "traffic"]
WORDING = (
    "Gia đình, cơ sở chúng tôi tự nguyện cam kết: không mua bán, tàng trữ, sử dụng trái phép chất ma túy; không mua "
    "bán, sử dụng pháo trái phép; không tàng trữ vũ khí, vật liệu nổ; đã uống rượu, bia thì không lái xe."
)
PUBLIC_CODE = "mau2026x"  # the same in every sample home, so that its page can be shown


def load(ground: Ground, recorders: dict[str, User], *, today: date) -> None:
    for code, by in recorders.items():
        places = [place.after for place in ground.all_hamlets if f".{code}." in place.after.path]
        commune = places[0].parent
        if commune is None:
            continue
        units = keep(list(unit_counts(places, commune, by)), path=commune.path)
        households = {row.area_id: row.unit_count for row in units if row.signer.code == "household"}
        year = dice(f"pledges {code}")
        before = campaign(commune, "Ký cam kết trước Tết năm trước", today - timedelta(days=390), 60, by=by)
        counted(before, places, households, year, by=by, least=0.85, until=before.closes_on)
        opened = campaign(commune, "Ký cam kết trước Tết Nguyên đán", today - timedelta(days=25), 70, by=by, phone=True)
        first = ground.hamlets[code][0].after  # the head of this one has nothing written yet
        others = [place for place in places if place.pk != first.pk]
        counted(opened, others, households, year, by=by, least=0.3, until=today)
    PledgeCampaign.objects.filter(is_digital=True, area__code=min(recorders)).update(public_code=PUBLIC_CODE)


def unit_counts(places: list[Area], commune: Area, by: User) -> list[UnitCount]:
    kinds = {kind.code: kind for kind in SignerKind.objects.all()}
    rng = dice(f"units {commune.code}")
    known = [(place, "household", rng.randint(42, 130)) for place in places]
    known += [(commune, "lodging", rng.randint(4, 12)), (commune, "school", rng.randint(2, 5))]
    return [
        UnitCount(area=area, signer=kinds[code], as_of=date(2025, 7, 15), unit_count=count, created_by=by)
        for area, code, count in known
    ]


def campaign(commune: Area, name: str, opens_on: date, days: int, *, by: User, phone: bool = False) -> PledgeCampaign:
    row = PledgeCampaign(
        area=commune,
        name=f"{name} {MARK}",
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=days),
        is_digital=phone,
        wording=WORDING,
        led_by="Ban Chỉ đạo cấp xã",
    )
    row.add(by=by)
    row.topics.set(PledgeTopic.objects.filter(code__in=TOPICS))
    row.signers.set(SignerKind.objects.filter(code__in=["household", "lodging", "school"]))
    return row


def counted(
    campaign: PledgeCampaign,
    places: list[Area],
    households: dict[int, int],
    rng: Random,
    *,
    by: User,
    least: float,
    until: date,
) -> None:
    household = SignerKind.objects.get(code="household")
    rows = [
        PledgeCount(
            campaign=campaign,
            area=place,
            signer=household,
            counted_on=min(campaign.opens_on + timedelta(days=rng.randint(2, 24)), until),
            signed_count=round(households[place.pk] * rng.uniform(least, 1)),
            created_by=by,
        )
        for place in places
    ]
    lodging = SignerKind.objects.get(code="lodging")
    rows.append(
        PledgeCount(
            campaign=campaign, area=campaign.area, signer=lodging, counted_on=rows[0].counted_on, signed_count=3,
            created_by=by,
        )
    )  # fmt: skip
    keep(rows, path=campaign.area.path)
