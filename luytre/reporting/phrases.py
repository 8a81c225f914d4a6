"""Figures in the words of an official report: always Vietnamese, so the words stand here and not in a translation."""

from luytre.areas.models import KIND_VI, Area, Level
from luytre.common.numbers import format_number
from luytre.common.periods import Window
from luytre.reporting.measures import Number
from luytre.reporting.models import Behaviour
from luytre.reporting.rollup import Change, size
from luytre.reporting.wording import is_exact

FEW_NAMES = 12


def compared(change: Change, *, unit: str = "") -> str:
    """What follows a sentence: more, fewer, as many, new, or gone, against a year ago."""
    unit, ago = unit or change.now.definition.vi_unit, year_ago(change)
    if not change.then.value:
        return f"; {ago} chưa ghi nhận" if change.now.value else ""
    if not change.now.value or not is_exact(change):
        return f" ({ago}: {change.then} {unit})"
    if not change.difference:
        return f", bằng {ago}"
    return f", {moved(change, unit)} so với {ago}"


def moved(change: Change, unit: str = "") -> str:
    """Tăng 3 buổi (33,3%)."""
    difference = change.difference or 0
    amount = f"{'tăng' if difference > 0 else 'giảm'} {format_number(size(difference))} {unit}".strip()
    return f"{amount} ({percent(change.rate)})" if change.rate is not None else amount


def cell(change: Change) -> str:
    """The change as it stands in a table."""
    if change.now.value is None or change.then.value is None:
        return "–"
    if not is_exact(change):
        return "không tính (số ước lượng)"
    if not change.difference:
        return "không đổi"
    return "mới" if not change.then.value else moved(change)


def percent(rate: Number | None) -> str:
    return f"{format_number(size(rate))}%"


def year_ago(change: Change) -> str:
    is_flow = change.now.definition.behaviour == Behaviour.FLOW
    return "cùng kỳ năm trước" if is_flow else "cùng thời điểm năm trước"


def whole(area: Area) -> str:
    """Toàn xã, toàn tỉnh, cả nước."""
    return "cả nước" if area.level == Level.NATION else f"toàn {KIND_VI[area.kind]}"


def until(area: Area, window: Window) -> str:
    return f"Đến hết ngày {window.last_day:%d/%m/%Y}, {whole(area)}"


def span(window: Window) -> str:
    return f"từ ngày {window.first_day:%d/%m/%Y} đến hết ngày {window.last_day:%d/%m/%Y}"


def listed(names: list[str]) -> str:
    """The first names, and how many more."""
    shown = ", ".join(names[:FEW_NAMES])
    rest = len(names) - FEW_NAMES
    return f"{shown} và {rest} nơi khác" if rest > 0 else shown


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
