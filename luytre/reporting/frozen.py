"""The figures of a report as they were at one moment: sentences, tables and annexes are all made from these."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import override
from pydantic import TypeAdapter

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, format_number
from luytre.common.periods import Window
from luytre.reporting import indicators, outline, rollup
from luytre.reporting.figures import Figure
from luytre.reporting.measures import OWN, Cell
from luytre.reporting.models import AreaRule, Behaviour
from luytre.reporting.rollup import Reading
from luytre.reporting.territory import until

BY_PLACE = ("outreach_sessions", "outreach_attendances", "model_sites", "mass_security_orgs")
POINT = Decimal("0.01")


class NoReportAtThisLevel(ValueError):
    """Communes, provinces and the nation report; residential areas and former districts do not."""


@dataclass(frozen=True)
class Amount:
    """A number as it was read."""

    value: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    is_estimate: bool = False

    def __str__(self) -> str:
        return format_number(self.value, self.qualifier)

    @property
    def is_exact(self) -> bool:
        return self.qualifier == Qualifier.EXACT


@dataclass(frozen=True)
class Line:
    """One statistic now and a year ago, with what the report needs of its definition."""

    code: str
    name: str
    unit: str
    behaviour: str
    is_additive: bool
    may_compare_places: bool
    source: str
    now: Amount
    then: Amount
    parts: dict[str, Amount]  # by the code of the place; what stands at the level itself under nothing

    @property
    def is_told(self) -> bool:
        """Something was recorded now or a year ago."""
        return bool(self.now.value or self.then.value)

    @property
    def is_comparable(self) -> bool:
        return self.now.is_exact and self.then.is_exact and self.now.value is not None and self.then.value is not None

    @property
    def difference(self) -> Decimal | None:
        return (self.now.value or 0) - (self.then.value or 0) if self.is_comparable else None  # type: ignore[return-value]

    @property
    def rate(self) -> Decimal | None:
        """In percent; ratios are compared by points, so they have none."""
        if self.difference is None or not self.then.value or self.behaviour == Behaviour.RATIO:
            return None
        return (self.difference * 100 / self.then.value).quantize(POINT)

    @property
    def direction(self) -> str:
        """more, fewer, same, new, gone; nothing where both are missing or only approximate."""
        if not self.is_told or not self.is_comparable:
            return ""
        if not self.then.value:
            return "new"
        if not self.now.value:
            return "gone"
        return "more" if self.now.value > self.then.value else "fewer" if self.now.value < self.then.value else "same"


@dataclass(frozen=True)
class Place:
    code: str
    name: str


@dataclass(frozen=True)
class Frozen:
    """A place, a window, and every figure the registers gave at `taken_at`."""

    place: Place
    whole: str  # "toàn xã", "cả nước"
    first_day: date
    last_day: date
    period_end: date
    period: str  # "tháng 11/2026"
    taken_at: datetime
    issuer: outline.Issuer
    in_order: list[Line]  # a list, for a JSON column does not keep the order of keys
    children: list[Place]
    silent: list[str]

    @cached_property
    def lines(self) -> dict[str, Line]:
        return {line.code: line for line in self.in_order}

    @property
    def window(self) -> Window:
        return Window(self.first_day, self.last_day)

    @property
    def is_running(self) -> bool:
        return self.last_day < self.period_end

    def told(self) -> list[Line]:
        return [line for line in self.in_order if line.is_told]

    def records_url(self, code: str) -> str:
        """The page that lists the very records behind a figure."""
        asked = {"area": self.place.code, "from": self.first_day.isoformat(), "to": self.last_day.isoformat()}
        address = reverse("reporting:records", kwargs={"code": "CODE"}).replace("CODE", code)
        return f"{address}?{urlencode(asked)}"


@cache
def adapter() -> TypeAdapter[Frozen]:
    return TypeAdapter(Frozen)


def to_json(frozen: Frozen) -> Any:
    return adapter().dump_python(frozen, mode="json")


def from_json(kept: Any) -> Frozen:
    return adapter().validate_python(kept)


def take(area: Area, window: Window, *, period: str = "", today: date, at: datetime) -> Frozen:
    """Read everything once. A period that is still running is read until today, and so is last year's."""
    if area.level not in outline.LEVELS:
        raise NoReportAtThisLevel(area.level)
    with override("vi"):
        return Camera(area, window, period, until(window, today)).picture(at)


@dataclass(frozen=True)
class Camera:
    """Takes the picture: both readings, on the territory of the window's last day."""

    area: Area
    whole_window: Window
    period: str
    window: Window

    def picture(self, at: datetime) -> Frozen:
        codes = [definition.code for definition in indicators.available()]
        before = self.window.same_last_year()
        now = rollup.read(self.area, self.window).prime(codes)
        then = rollup.read(self.area, before, territory=self.window.last_day).prime(codes)
        return Frozen(
            place=Place(self.area.code, self.area.full_name),
            whole=outline.whole(self.area),
            first_day=self.window.first_day,
            last_day=self.window.last_day,
            period_end=self.whole_window.last_day,
            period=outline.period(self.period, self.whole_window),
            taken_at=at,
            issuer=outline.issuer(self.area),
            in_order=list(self.lines(now, then)),
            children=[Place(child.code, child.full_name) for child in now.children],
            silent=[child.full_name for child in now.silent()] if now.children else [],
        )

    def lines(self, now: Reading, then: Reading) -> Iterable[Line]:
        by_place = {*BY_PLACE, *outline.main_codes()} if now.children else set()
        order = outline.group_order()
        for definition in sorted(indicators.available(), key=lambda one: (order[one.group], one.position)):
            figure, before = now.figure(definition.code), then.figure(definition.code)
            yield Line(
                code=definition.code,
                name=definition.vi_name,
                unit=definition.vi_unit,
                behaviour=definition.behaviour,
                is_additive=definition.area_rule == AreaRule.SUM,
                may_compare_places=definition.is_target_allowed,
                source=origin(figure),
                now=amount(figure.whole),
                then=amount(before.whole),
                parts=parts_of(figure) if definition.code in by_place else {},
            )


def parts_of(figure: Figure) -> dict[str, Amount]:
    return {child or OWN: amount(cell) for child, cell in figure.cells.items()}


def amount(cell: Cell) -> Amount:
    value = None if cell.value is None else Decimal(cell.value)
    return Amount(value, Qualifier(cell.qualifier), cell.is_estimate)


def origin(figure: Figure) -> str:
    """The registers that a figure is counted from, or the returns in which it was typed."""
    counted = [indicators.INDICATORS.get(code) for code in indicators.needs(figure.definition)]
    models = [model for one in counted if one for model in one.models(figure.window)]
    names = dict.fromkeys(str(model._meta.verbose_name_plural) for model in models)
    return "Sổ: " + "; ".join(names) if names else "Biểu báo cáo của các đơn vị"
