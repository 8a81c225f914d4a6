"""The catalogue as programs read it."""

from typing import Any

from luytre.reporting import catalogue, indicators
from luytre.reporting.models import Definition

COLUMNS = (
    *("code", "group", "name", "unit", "behaviour", "area_rule", "numerator", "denominator", "collected_at", "period"),
    *("nature", "is_target_allowed", "is_public", "has_figures", "definition", "source"),
)


def row(one: Definition) -> dict[str, Any]:
    same = {name: getattr(one, name) for name in COLUMNS if name not in ("has_figures", "definition")}
    return {**same, "has_figures": indicators.yields(one), "definition": catalogue.explanation(one.code)[0]}


def rows() -> list[dict[str, Any]]:
    return [row(one) for one in catalogue.definitions().values()]
