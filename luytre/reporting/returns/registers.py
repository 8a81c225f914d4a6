"""The cells that registers fill: what they say now, in hundredths, and since when that differs from what was sent."""

from collections.abc import Mapping
from decimal import Decimal

from luytre.areas.models import Area
from luytre.common.periods import Window
from luytre.reporting import rollup
from luytre.reporting.figures import Figure
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.models.facts import SCALE


def read(form: ReturnForm, area: Area, window: Window) -> dict[str, Figure]:
    reading = rollup.read(area, window).prime(form.register_codes)
    return {code: reading.figure(code) for code in form.register_codes}


def kept(figures: Mapping[str, Figure]) -> dict[str, int | None]:
    """As a return remembers what the registers said."""
    return {code: None if one.value is None else int(Decimal(one.value) * SCALE) for code, one in figures.items()}


def changed_since(report: Return, now: Mapping[str, int | None]) -> dict[str, tuple[int | None, int | None]]:
    """Codes whose register says something else than when the return was sent: then and now."""
    seen = report.seen or {}
    return {code: (seen[code], value) for code, value in now.items() if code in seen and seen[code] != value}
