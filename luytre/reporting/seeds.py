"""Figures that public reports printed, beside what this system yields from its own records."""

from dataclasses import dataclass
from datetime import date

from luytre.areas.models import Area, Scope
from luytre.common.numbers import Qualifier, format_number
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators, questions, rollup
from luytre.reporting.figures import Figure
from luytre.reporting.models import Definition


@dataclass(frozen=True)
class Seed:
    """One printed figure, and the same figure here; none where its register is still to come or out of sight."""

    area: Area | None
    definition: Definition
    window: Window
    expected: int
    qualifier: Qualifier
    source: str
    figure: Figure | None

    @property
    def expected_words(self) -> str:
        return format_number(self.expected, self.qualifier)

    @property
    def is_carried(self) -> bool:
        return indicators.yields(self.definition)

    @property
    def is_met(self) -> bool:
        found = self.figure
        return found is not None and (found.value, found.qualifier) == (self.expected, self.qualifier)


def read(row: dict[str, str], scope: Scope | None) -> Seed:
    window = Window(date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
    definition = catalogue.get(row["indicator"])
    rows = Area.objects.all() if scope is None else questions.visible(scope)
    area = rows.filter(code=row["place"], level=row["level"]).on(window.last_day).first()
    is_shown = area is not None and indicators.yields(definition)
    return Seed(
        area=area,
        definition=definition,
        window=window,
        expected=int(row["expected"]),
        qualifier=Qualifier(row["qualifier"]),
        source=row["source"],
        figure=rollup.total(area, definition.code, window) if area and is_shown else None,
    )


def all_of(scope: Scope | None) -> list[Seed]:
    """Only places in the scope get their figure; None sees all."""
    return [read(row, scope) for row in catalogue.rows("seed_figures.csv")]
