"""What an answer is made of: a figure, its parts, and its change against the year before."""

from dataclasses import dataclass, field
from decimal import Decimal

from luytre.areas.models import Area
from luytre.common.numbers import Qualifier, format_number
from luytre.common.periods import Window
from luytre.reporting.measures import Cell, Cells, Ground, Number
from luytre.reporting.models import AreaRule, Behaviour, Definition

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """One statistic of one place in one window, with its parts by the places right below."""

    ground: Ground
    definition: Definition
    window: Window
    whole: Cell
    cells: Cells = field(default_factory=dict)

    @property
    def area(self) -> Area:
        return self.ground.area

    @property
    def value(self) -> Number | None:
        return self.whole.value

    @property
    def qualifier(self) -> Qualifier:
        return self.whole.qualifier

    @property
    def is_estimate(self) -> bool:
        return self.whole.is_estimate

    @property
    def is_additive(self) -> bool:
        return self.definition.area_rule == AreaRule.SUM

    def __str__(self) -> str:
        return format_number(self.value, self.qualifier)


@dataclass(frozen=True)
class Part:
    """What one of the places below gives to a figure; `is_own` is what stands right at the place itself."""

    area: Area
    cell: Cell
    is_own: bool = False

    @property
    def value(self) -> Number | None:
        return self.cell.value

    @property
    def qualifier(self) -> Qualifier:
        return self.cell.qualifier

    def __str__(self) -> str:
        return format_number(self.value, self.qualifier)


@dataclass(frozen=True)
class Change:
    """The difference from the same window of the year before."""

    now: Figure
    then: Figure

    @property
    def difference(self) -> Number | None:
        if self.now.value is None or self.then.value is None:
            return None
        return self.now.value - self.then.value

    @property
    def rate(self) -> Decimal | None:
        """In percent; ratios are compared by points, so they have none."""
        if self.difference is None or not self.then.value or self.now.definition.behaviour == Behaviour.RATIO:
            return None
        return percent(self.difference, self.then.value)


def size(value: Number | None) -> Number:
    """Without its sign."""
    known = value or 0
    return -known if known < 0 else known


def percent(part: Number, whole: Number) -> Decimal:
    return (Decimal(part) * 100 / Decimal(whole)).quantize(HUNDREDTH)
