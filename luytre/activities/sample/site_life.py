"""What happened at the sites: most live, some went quiet; proposals, head-counts, money, appeals, letters."""

from datetime import date, timedelta
from random import Random

from luytre.accounts.models import User
from luytre.activities.sample.chance import dice, evening, keep, some_day
from luytre.activities.sample.people import DIEN_BIEN_PHU, MUONG_PHANG
from luytre.activities.sample.sites import RULE
from luytre.areas.models import Area, Level
from luytre.registry.models import (
    Carrier,
    Equipment,
    Exemplar,
    Funding,
    Initiative,
    InitiativeField,
    ScaleGrade,
    Site,
    SiteActivity,
    SiteCount,
    SiteHead,
)
from luytre.registry.models.notices import write_to_keepers

YEAR = timedelta(days=365)
SAID = {
    SiteActivity.Kind.MEETING: "Họp rút kinh nghiệm, bàn việc kỳ tới",
    SiteActivity.Kind.PATROL: "Đi tuần tối cuối tuần",
    SiteActivity.Kind.TALK: "Nhắc bà con khóa cửa, giữ xe",
    SiteActivity.Kind.WORK: "Thay bóng đèn, chỉnh lại loa",
    SiteActivity.Kind.HELP: "Hòa giải chuyện lối đi chung",
    SiteActivity.Kind.PICTURE: "Ảnh lưu ở hồ sơ mô hình của xã",
}
HEADS = ["Trưởng bản", "Bí thư chi bộ", "Chi hội trưởng phụ nữ", "Bí thư chi đoàn", "Trưởng ban công tác Mặt trận"]
LIVELY = 0.72


def load(accounts: dict[str, User], *, today: date) -> None:
    rng = dice("life of the sites")
    running = list(Site.objects.running_on(today).filter(launched_on__lt=today - YEAR).order_by("pk"))
    lively = [one for one in running if rng.random() < LIVELY]
    by = accounts["tinh"]
    keep(activities(lively, rng, today=today, by=by), path="0.")
    keep(
        [SiteHead(site=one, on=one.launched_on or today, position=rng.choice(HEADS), by=by) for one in running],
        path="0.",
    )
    keep(counts(running, rng, today=today, by=by), path="0.")
    means(running, rng, by=by)
    exemplars(running, rng, today=today)
    scenes(accounts, today=today)


def activities(sites: list[Site], rng: Random, *, today: date, by: User) -> list[SiteActivity]:
    """Three or so in a year and a half, the last within five months; writing them down takes a few days."""
    rows = []
    for site in sites:
        days = [some_day(rng, today - timedelta(days=140), today)]
        days += [
            some_day(rng, today - timedelta(days=540), today - timedelta(days=140)) for _ in range(rng.randint(1, 3))
        ]
        for day in days:
            kind = rng.choice(list(SAID))
            people = 0 if kind in SiteActivity.PAPERS else rng.randint(5, 40)
            row = SiteActivity(site=site, on=day, kind=kind, head_count=people, what=SAID[kind], created_by=by)
            row.created_at = evening(day)
            rows.append(row)
    return rows


def counts(sites: list[Site], rng: Random, *, today: date, by: User) -> list[SiteCount]:
    """Some were counted again last spring; what stood before stays in the figures of before."""
    day = date(today.year, 3, 15)
    return [
        SiteCount(
            site=one,
            on=day,
            group_count=one.group_count,
            member_count=one.member_count + rng.randint(0, 6),
            women_count=one.women_count,
            household_count=one.household_count,
            by=by,
        )
        for one in rng.sample(sites, len(sites) // 12)
    ]


def means(sites: list[Site], rng: Random, *, by: User) -> None:
    money, things = [], []
    for site in rng.sample(sites, len(sites) // 6):
        day = site.launched_on or date(2024, 1, 1)
        source = rng.choice([Funding.Source.STATE, Funding.Source.RESIDENTS, Funding.Source.DONORS])
        amount = rng.randint(2, 60) * 500_000
        givers = rng.randint(1, 9) if source == Funding.Source.DONORS else 0
        money.append(Funding(site=site, on=day, source=source, amount_vnd=amount, donor_count=givers, by=by))
        kind = rng.choice(
            [Equipment.Kind.CAMERA, Equipment.Kind.LAMP, Equipment.Kind.GONG, Equipment.Kind.EXTINGUISHER]
        )
        things.append(Equipment(site=site, on=day, kind=kind, count=rng.randint(1, 12), by=by))
    keep(money, path="0.")
    keep(things, path="0.")


def exemplars(sites: list[Site], rng: Random, *, today: date) -> None:
    day = date(today.year - 1, 12, 20)
    models = [
        Exemplar(
            kind=Exemplar.Kind.MODEL, area=one.area, site=one, name=str(one)[:160], recognised_on=day,
            granted_by="Chủ tịch Ủy ban nhân dân tỉnh", decision=f"{rng.randint(100, 2000)}/QĐ-UBND",
        )
        for one in rng.sample(sites, 9)
    ]  # fmt: skip
    others = [
        Exemplar(kind=kind, area=one.area, name=name, count=count, recognised_on=day, granted_by="Công an tỉnh")
        for one, (kind, name, count) in zip(rng.sample(sites, 3), OTHERS, strict=True)
    ]
    keep([*models, *others], path="0.")


OTHERS = [
    (Exemplar.Kind.COLLECTIVE, "Tổ tự quản giữ đường làng sáng, sạch", 1),
    (Exemplar.Kind.COLLECTIVE, "Chi hội phụ nữ giữ rừng", 1),
    (Exemplar.Kind.INDIVIDUAL, "Người vận động bà con góp đèn chiếu sáng", 12),
]


def scenes(accounts: dict[str, User], *, today: date) -> None:
    """Each stage of a site's way has somebody at it in the communes of the sample accounts."""
    commune = Area.objects.find(MUONG_PHANG, on=today, level=Level.COMMUNE)
    hamlets = list(commune.children_on(today)[:4])
    types = {one.name: one for one in Initiative.objects.filter(name__in=[GONG, GATE, LAMP])}
    officer, desk = accounts["canboxa"], accounts["tinh2"]
    wanted(types[GONG], hamlets[0], by=officer, on=today - timedelta(days=9))
    approved = wanted(types[GATE], hamlets[1], by=officer, on=today - timedelta(days=60))
    approved.approve(by=officer, on=today - timedelta(days=20), decision="128/QĐ-UBND")
    refused = wanted(types[LAMP], hamlets[2], by=officer, on=today - timedelta(days=50))
    refused.refuse(by=officer, on=today - timedelta(days=40), reason="Bản bên đã có, dùng chung được.", rule=RULE)
    refused.object_to(
        by=officer, on=today - timedelta(days=30), text="Hai bản cách nhau một con suối, mưa là không qua được."
    )
    closed(accounts, commune, today=today)
    own_type(accounts["tinh"], commune)
    other = Area.objects.find(DIEN_BIEN_PHU, on=today, level=Level.COMMUNE)
    quiet = list(Site.objects.of(other, on=today).quiet_on(today).select_related("area__parent").order_by("pk")[:3])
    write_to_keepers(quiet, by=desk, text="Đề nghị xem lại các điểm này và cho biết hướng xử lý trong tháng.")


GONG, GATE, LAMP = "Tiếng kẻng an ninh", "Cổng rào an ninh", "Ngọn đèn an ninh"


def wanted(initiative: Initiative, area: Area, *, by: User, on: date) -> Site:
    site = Site(initiative=initiative, area=area, carrier="Công an cấp xã")
    site.propose(by=by, on=on, note="Bà con đề nghị sau buổi họp bản.")
    return site


def closed(accounts: dict[str, User], commune: Area, *, today: date) -> None:
    """One was strengthened, one merged, as far as the commune has them."""
    rows = Site.objects.of(commune, on=today).running_on(today).select_related("initiative", "area").order_by("pk")
    found = list(rows[:3])
    if len(found) == 3:
        first, second, _third = found
        first.review(by=accounts["canboxa"], on=today - timedelta(days=90), note="Sơ kết sáu tháng đầu năm.")
        first.strengthen(by=accounts["canboxa"], on=today - timedelta(days=80), note="Bầu lại tổ, sửa quy chế.")
        first.be_headed(by=accounts["canboxa"], on=today - timedelta(days=80), position="Trưởng bản")
        second.close(
            by=accounts["canboxa"],
            on=today - timedelta(days=15),
            reason="Hai điểm cùng loại trong một bản.",
            rule=RULE,
            into=first,
        )


def own_type(desk: User, commune: Area) -> None:
    province = Area.objects.get(level=Level.PROVINCE, code=commune.path.split(".")[1], valid_to=None)
    made = Initiative(
        name="Tiếng mõ bình yên",
        field=InitiativeField.WATCH,
        carrier=Carrier.RESIDENTS,
        area=province,
        aliases="Mõ bản",
    )
    made.add(by=desk)
    ScaleGrade(area=province, vi_name="Tốt", en_name="Good", counts_as="effective", position=1).add(by=desk)
    ScaleGrade(area=province, vi_name="Khá", en_name="Fair", counts_as="effective", position=2).add(by=desk)
    ScaleGrade(area=province, vi_name="Trung bình", en_name="Middling", counts_as="effective", position=3).add(by=desk)
    ScaleGrade(area=province, vi_name="Yếu", en_name="Weak", counts_as="ineffective", position=4).add(by=desk)
