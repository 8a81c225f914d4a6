"""Residential areas, many or few, spread over the communes as unevenly as people live."""

from collections.abc import Iterable, Iterator
from random import Random

from django.db import transaction

from luytre import audit
from luytre.areas import loading, standings
from luytre.areas.models import Area, Kind, Level, Standing
from luytre.reporting.simulation.plan import MARK, REFORM, Plan

ACTOR = "simulate"
SPREAD = 0.45  # of the lognormal weights of communes: most have 15 to 50 areas, a few over a hundred


def has_territory() -> bool:
    return Area.objects.filter(level=Level.COMMUNE).exists()


def load_territory() -> None:
    loading.load()


def has_areas() -> bool:
    return Area.objects.filter(level=Level.RESIDENTIAL).exists()


@transaction.atomic
def make_areas(plan: Plan) -> None:
    """Areas and where they stand, in one transaction: they are there or not there."""
    communes = list(Area.objects.filter(level=Level.COMMUNE).on(REFORM).order_by("code"))
    Area.objects.bulk_create(areas(plan, communes), batch_size=2000)
    standings.rebuild()
    note(f"{plan.areas} {Area._meta.label}")


def note(what: str) -> None:
    """One entry in the trail for all that a step made."""
    nation = Area.objects.get(level=Level.NATION)
    audit.record(nation, "simulated", by=ACTOR, area_path=nation.path, purpose=what)


def areas(plan: Plan, communes: list[Area]) -> Iterator[Area]:
    for commune, count in zip(communes, shares(plan, len(communes)), strict=True):
        for number in range(1, count + 1):
            yield area(plan, commune, number)


def shares(plan: Plan, communes: int) -> Iterable[int]:
    """How many areas each commune gets; they add up to all."""
    dice = Random(f"areas {plan.seed}")  # noqa: S311
    weights = [dice.lognormvariate(0, SPREAD) for _ in range(communes)]
    whole, given, so_far = sum(weights), 0, 0.0
    for weight in weights:
        so_far += weight
        upto = round(plan.areas * so_far / whole)
        yield upto - given
        given = upto


def area(plan: Plan, commune: Area, number: int) -> Area:
    is_rural = commune.kind == Kind.RURAL_COMMUNE
    made = Area(
        code=f"{commune.code}-{number:02}",
        level=Level.RESIDENTIAL,
        kind=Kind.HAMLET if is_rural else Kind.RESIDENTIAL_GROUP,
        name=f"{'Thôn' if is_rural else 'Tổ dân phố'} {number} {MARK}",
        parent=commune,
        valid_from=REFORM,
        source=plan.source,
        is_sample=True,
    )
    made.fill_derived()
    return made


def has_standings() -> bool:
    return Standing.objects.filter(area__level=Level.RESIDENTIAL).exists()
