"""Residential areas of the sample provinces: synthetic names, before and after the reform of 1 July 2025."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from luytre.activities.sample.chance import MARK, dice, keep, split
from luytre.areas import standings
from luytre.areas.models import Area, Kind, Level, Succession

START = date(2015, 1, 1)
REFORM = date(2025, 7, 1)


@dataclass(frozen=True)
class Place:
    """A commune or a residential area: its row before the reform and the row that took it over."""

    before: Area
    after: Area

    def on(self, day: date) -> Area:
        return self.before if day < REFORM else self.after


@dataclass(frozen=True)
class Plan:
    """How many residential areas a former province gets, and what people call them there."""

    province: str
    areas: int
    rural: str
    urban: str


PLANS = [
    Plan("11", 1350, rural="Bản", urban="Tổ dân phố"),
    Plan("70", 866, rural="Thôn", urban="Khu phố"),
    Plan("79", 640, rural="Ấp", urban="Khu phố"),
]


@dataclass(frozen=True)
class Ground:
    """A former province with its communes and their residential areas."""

    path: str
    communes: list[Place]
    hamlets: dict[str, list[Place]]  # by the code of the former commune

    @property
    def all_hamlets(self) -> list[Place]:
        return [hamlet for commune in self.communes for hamlet in self.hamlets[commune.before.code]]

    def in_district(self, code: str) -> list[Place]:
        return [commune for commune in self.communes if f".{code}." in commune.before.path]


def load() -> dict[str, Ground]:
    """Make the residential areas of all sample provinces, by the code of the province."""
    grounds = {plan.province: ground(plan) for plan in PLANS}
    standings.rebuild()
    return grounds


def former_communes(province: str) -> list[Place]:
    last_day = REFORM - timedelta(days=1)
    rows = Area.objects.filter(level=Level.COMMUNE, path__startswith=f"0.{province}.").on(last_day)
    taken_over = Succession.objects.filter(before__in=rows, is_main=True).select_related("before", "after")
    return [Place(one.before, one.after) for one in taken_over.order_by("before__code")]


def ground(plan: Plan) -> Ground:
    communes = former_communes(plan.province)
    rng = dice(f"areas {plan.province}")
    counts = split(plan.areas, [rng.uniform(0.5, 1.8) for _ in communes], least=2)
    numbered: Counter[str] = Counter()
    hamlets = {
        commune.before.code: [pair(plan, commune, number, numbered) for number in range(1, count + 1)]
        for commune, count in zip(communes, counts, strict=True)
    }
    made = Ground(f"0.{plan.province}.", communes, hamlets)
    store(made)
    return made


def store(ground: Ground) -> None:
    pairs = ground.all_hamlets
    keep([row for pair in pairs for row in (pair.before, pair.after)], path=ground.path)
    Succession.objects.bulk_create(Succession(before=pair.before, after=pair.after, on=REFORM) for pair in pairs)


def pair(plan: Plan, commune: Place, number: int, numbered: Counter[str]) -> Place:
    """The area under its former commune, and the same under the commune of today."""
    numbered[commune.after.code] += 1
    is_rural = commune.before.kind == Kind.RURAL_COMMUNE
    name = f"{plan.rural if is_rural else plan.urban} {called(commune.before)} {number} {MARK}"
    kind = Kind.HAMLET if is_rural else Kind.RESIDENTIAL_GROUP
    return Place(
        row(name, kind, commune.before, number, START, REFORM),
        row(name, kind, commune.after, numbered[commune.after.code], REFORM, None),
    )


def called(commune: Area) -> str:
    """A ward that has only a number is not mistaken for the number of the area."""
    return f"Phường {commune.name} –" if commune.name.isdigit() else commune.name


def row(name: str, kind: str, parent: Area, number: int, since: date, until: date | None) -> Area:
    area = Area(
        code=f"{parent.code}-{number:02}",
        level=Level.RESIDENTIAL,
        kind=kind,
        name=name,
        parent=parent,
        valid_from=since,
        valid_to=until,
        source="synthetic",
        is_sample=True,
    )
    area.fill_derived()
    return area
