"""Initiatives and their sites: 41 types in TP.HCM, 14 in Bình Phước over every residential area, Điện Biên."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from luytre.accounts.models import User
from luytre.activities.sample.chance import dice, keep, some_day, split, uneven
from luytre.activities.sample.places import REFORM, Ground
from luytre.areas.models import Area
from luytre.common.numbers import Qualifier
from luytre.registry.models import Closing, Initiative, Rating, Site
from luytre.registry.models.initiatives import InitiativeField as About

RULE = "Hướng dẫn 22/HD-BCA-V05 ngày 18/11/2022"
CARRIERS = ["Công an cấp xã", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên", "Hội Cựu chiến binh", "Hội Nông dân"]
DRUG_FREE = "Bản an toàn, không tệ nạn ma túy"
GREEN_WORKERS = "Tổ công nhân vì môi trường xanh – tự quản ANTT"

CITY_FIELDS = {About.WATCH, About.FIRE, About.WORK, About.SCHOOL}
CITY_ALSO = {
    "Đội xe ôm tự quản",
    "Đội dân phòng",
    "Tổ xung kích phòng, chống tội phạm",
    "Lực lượng phản ứng nhanh",
    "Câu lạc bộ phòng, chống tội phạm",
    "Câu lạc bộ pháp luật",
    "5 giúp 1",
    "Đội công tác xã hội tình nguyện",
    "Khu dân cư không có tội phạm ẩn náu",
    "Tổ liên gia tự quản",
}
CITY_EARLIER, CITY_LATER = "Tổ dân cử, dân nuôi", "Giáo xứ bình yên"
CITY_SITES, CITY_TYPES = 540, 41

PLAIN_TYPES = [
    "Camera an ninh",
    "Tiếng kẻng an ninh",
    "Ngọn đèn an ninh",
    "Cổng rào an ninh",
    "Zalo an ninh",
    "Tổ liên gia tự quản",
    "Khu dân cư không tội phạm, ma túy",
    "Khu dân cư an toàn giao thông",
    "Tổ nhân dân tuần tra",
    "Tổ an ninh nhân dân",
    "Tổ liên gia an toàn phòng cháy, chữa cháy",
    "Nhà trọ an toàn",
    "Trường học an toàn về an ninh, trật tự",
    "Vận động giao nộp vũ khí, vật liệu nổ, công cụ hỗ trợ",
]
PLAIN_EARLIER = "Đội xe ôm tự quản"
MOUNTAIN_TYPES = [
    *PLAIN_TYPES[:6],
    "Thôn bản bình yên, gia đình hạnh phúc",
    "Xã nói không với ma túy",
    "Dòng họ tự quản về an ninh, trật tự",
    "Biên giới bình yên",
    "Tự quản đường biên, cột mốc",
    "Cụm liên kết an ninh, trật tự",
    "Chi hội phụ nữ không phá rừng",
    "Nông dân tự quản",
    "Cổng trường tự quản",
    "Câu lạc bộ phòng, chống tội phạm",
]


def load(grounds: dict[str, Ground], *, by: User, today: date) -> None:
    types = {initiative.name: initiative for initiative in Initiative.objects.all()}
    city(grounds["79"], types, by=by)
    plain(grounds["70"], types, by=by)
    mountain(grounds["11"], types, by=by, today=today)


def site(initiative: Initiative, area: Area, launched_on: date, rng: Random) -> Site:
    members = rng.randint(5, 40)
    return Site(
        initiative=initiative,
        area=area,
        launched_on=launched_on,
        carrier=rng.choice(CARRIERS),
        decision=f"{rng.randint(5, 320)}/QĐ-UBND" if rng.random() < 0.8 else "",
        group_count=rng.choice([0, 0, 1, 1, 2, 3]),
        member_count=members,
        member_qualifier=Qualifier.ABOUT if rng.random() < 0.05 else Qualifier.EXACT,
        women_count=rng.randint(0, members // 2),
        household_count=rng.choice([0, 0, rng.randint(10, 120)]),
    )


def spread(initiative: Initiative, areas: Sequence[Area], first: date, last: date, rng: Random) -> list[Site]:
    """The first site of an initiative and those that copied it later."""
    days = sorted(some_day(rng, first, last) for _ in areas)
    sites = [site(initiative, area, day, rng) for area, day in zip(areas, days, strict=True)]
    sites[0].is_first = True
    for copy in sites[1:]:
        copy.origin = sites[0]
    return sites


def store(families: Sequence[Sequence[Site]], *, path: str) -> list[Site]:
    """First sites before their copies, which point at them."""
    keep([family[0] for family in families], path=path)
    copies = [copy for family in families for copy in family[1:]]
    for copy in copies:
        copy.origin = copy.origin  # now that the first site has its number
    keep(copies, path=path)
    return [one for family in families for one in family]


def rate(sites: Sequence[Site], rng: Random, *, on: date, by: User) -> None:
    grades = rng.choices([Rating.Grade.EFFECTIVE, Rating.Grade.INEFFECTIVE, None], [77, 3, 20], k=len(sites))
    rated = [
        (one, grade)
        for one, grade in zip(sites, grades, strict=True)
        if grade and one.launched_on and one.launched_on < on
    ]
    keep([Rating(site=one, on=on, grade=grade, by=by) for one, grade in rated], path="0.")


def close(sites: Sequence[Site], on: date, *, by: User) -> None:
    keep(
        [Closing(site=one, on=on, by=by, reason="Hoạt động không còn hiệu quả.", rule=RULE) for one in sites], path="0."
    )


def city(ground: Ground, types: dict[str, Initiative], *, by: User) -> None:
    """41 types at work in July 2024; one more ended in 2023, another began in September 2024."""
    rng = dice("sites of the city")
    chosen = [one for one in types.values() if one.field in CITY_FIELDS and one.name != GREEN_WORKERS]
    chosen = sorted(chosen + [types[name] for name in CITY_ALSO], key=lambda one: one.name)[:CITY_TYPES]
    places = [place.before for place in ground.communes * 2] + [place.before for place in ground.all_hamlets]
    families = [
        spread(initiative, rng.sample(places, count), date(2016, 3, 1), date(2024, 6, 15), rng)
        for initiative, count in zip(chosen, split(CITY_SITES, uneven(rng, CITY_TYPES), least=3), strict=True)
    ]
    earlier = spread(types[CITY_EARLIER], rng.sample(places, 5), date(2016, 3, 1), date(2019, 6, 1), rng)
    later = spread(types[CITY_LATER], rng.sample(places, 6), date(2024, 9, 15), date(2025, 5, 30), rng)
    sites = store([*families, earlier, later], path=ground.path)
    close(earlier, date(2023, 12, 31), by=by)
    rate(sites, rng, on=date(2024, 12, 1), by=by)


def plain(ground: Ground, types: dict[str, Initiative], *, by: User) -> None:
    """Every residential area has a site of its own or is served by one of its commune."""
    rng = dice("sites of the plain")
    own, served = parted(ground, rng)
    chosen = [types[name] for name in PLAIN_TYPES]
    families = [
        spread(initiative, own[number :: len(chosen)], date(2017, 1, 5), date(2024, 5, 31), rng)
        for number, initiative in enumerate(chosen)
    ]
    communes = [site(rng.choice(chosen), areas[0], date(2023, 8, 19), rng) for areas in served]
    earlier = spread(types[PLAIN_EARLIER], rng.sample(own, 4), date(2016, 1, 5), date(2018, 5, 31), rng)
    sites = store([*families, earlier], path=ground.path)
    keep(communes, path=ground.path)
    link = Site.serves.through
    pairs = zip(communes, served, strict=True)
    link.objects.bulk_create(link(site_id=one.pk, area_id=area.pk) for one, areas in pairs for area in areas[1:])
    close(earlier, date(2024, 3, 31), by=by)
    rate([*sites, *communes], rng, on=date(2024, 11, 20), by=by)


def parted(ground: Ground, rng: Random) -> tuple[list[Area], list[list[Area]]]:
    """Areas with a site of their own; and for each commune the commune and the areas that its site serves."""
    own: list[Area] = []
    served: list[list[Area]] = []
    for commune in ground.communes:
        hamlets = [hamlet.before for hamlet in ground.hamlets[commune.before.code]]
        rng.shuffle(hamlets)
        shared = len(hamlets) // 4
        own += hamlets[shared:]
        if shared:
            served.append([commune.before, *hamlets[:shared]])
    rng.shuffle(own)
    return own, served


def mountain(ground: Ground, types: dict[str, Initiative], *, by: User, today: date) -> None:
    """Long-standing sites, then 2022: one new initiative, and one carried into three districts."""
    rng = dice("sites of the mountains")
    hamlets = [place.before for place in ground.all_hamlets]
    families = [
        spread(types[name], rng.sample(hamlets, count), date(2016, 2, 1), date(2021, 12, 20), rng)
        for name, count in zip(MOUNTAIN_TYPES, split(330, uneven(rng, len(MOUNTAIN_TYPES)), least=5), strict=True)
    ]
    families += [drug_free(ground, types[DRUG_FREE], rng), green_workers(ground, types[GREEN_WORKERS], rng)]
    sites = store(families, path=ground.path)
    close(rng.sample(sites[:-6], 9), date(2023, 12, 10), by=by)
    keep(list(later_copies(ground, families, rng, today)), path=ground.path)
    rate(sites, rng, on=date(2023, 11, 30), by=by)
    twice(sites[-1], by=by)


def drug_free(ground: Ground, initiative: Initiative, rng: Random) -> list[Site]:
    commune = ground.in_district("103")[4]
    first = site(initiative, ground.hamlets[commune.before.code][1].before, date(2022, 5, 12), rng)
    first.is_first = True
    return [first]


def green_workers(ground: Ground, initiative: Initiative, rng: Random) -> list[Site]:
    """Begun in Tuần Giáo in 2021, carried into the city and two districts in 2022."""
    days = {"099": date(2021, 6, 4), "094": date(2022, 3, 25), "101": date(2022, 5, 18), "098": date(2022, 7, 14)}
    sites = [site(initiative, ground.in_district(code)[0].before, day, rng) for code, day in days.items()]
    sites[0].is_first = True
    for copy in sites[1:]:
        copy.origin = sites[0]
    return sites


def later_copies(ground: Ground, families: Sequence[Sequence[Site]], rng: Random, today: date) -> Iterator[Site]:
    for _ in range(70):
        family = rng.choice([family for family in families if family[0].initiative.name != GREEN_WORKERS])
        day = some_day(rng, date(2023, 1, 10), max(today, REFORM))
        copy = site(family[0].initiative, rng.choice(ground.all_hamlets).on(day), day, rng)
        copy.origin = family[0]
        yield copy


def twice(row: Site, *, by: User) -> None:
    """Typed twice in the days of the count and taken out: neither new nor replicated."""
    day = row.launched_on + timedelta(days=1) if row.launched_on else None
    twin = Site(initiative=row.initiative, area=row.area, launched_on=day, is_first=True)
    twin.add(by=by)
    twin.remove(by=by, reason="Ghi trùng với một điểm mô hình đã có.")
