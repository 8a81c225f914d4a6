"""Figures in the words of an official report: always Vietnamese, so the words stand here and not in a translation."""

from collections.abc import Iterable
from decimal import Decimal

from luytre.common.numbers import format_number
from luytre.reporting.frozen import Frozen, Line
from luytre.reporting.models import Behaviour

FEW_NAMES = 12
FEW_PLACES = 3


def compared(line: Line, unit: str = "") -> str:
    """What follows a sentence: more, fewer, as many, new, or gone, against a year ago."""
    unit, ago = unit or line.unit, year_ago(line)
    if not line.then.value:
        return f"; {ago} chưa ghi nhận" if line.now.value else ""
    if not line.now.value or not line.is_comparable:
        return f" ({ago}: {line.then} {unit})"
    if not line.difference:
        return f", bằng {ago}"
    return f", {moved(line, unit)} so với {ago}"


def moved(line: Line, unit: str = "") -> str:
    """Tăng 3 buổi (33,3%)."""
    difference = line.difference or Decimal(0)
    if not difference:
        return "không đổi"
    unit = "điểm phần trăm" if line.behaviour == Behaviour.RATIO else unit
    amount = f"{'tăng' if difference > 0 else 'giảm'} {format_number(abs(difference))} {unit}".strip()
    return f"{amount} ({percent(line.rate)})" if line.rate is not None else amount


def cell(line: Line) -> str:
    """The change as it stands in a table."""
    if line.now.value is None or line.then.value is None:
        return "–"
    if not line.is_comparable:
        return "không tính (số ước lượng)"
    return "mới" if line.direction == "new" else moved(line)


def percent(rate: Decimal) -> str:
    return f"{format_number(abs(rate))}%"


def year_ago(line: Line) -> str:
    return "cùng kỳ năm trước" if line.behaviour == Behaviour.FLOW else "cùng thời điểm năm trước"


def most(line: Line, frozen: Frozen, unit: str = "") -> str:
    """Which places have most of it; nothing where places may not be set against each other (rights rule R8)."""
    names = {place.code: place.name for place in frozen.children}
    known = [(code, part) for code, part in line.parts.items() if code in names and part.value]
    if len(known) <= FEW_PLACES or not (line.is_additive and line.may_compare_places):
        return ""
    ordered = sorted(known, key=lambda pair: -(pair[1].value or 0))
    if ordered[FEW_PLACES - 1][1].value == ordered[FEW_PLACES][1].value:
        return ""  # who else has as many would be left out
    told = [f"{names[code]} ({part} {unit or line.unit})" for code, part in ordered[:FEW_PLACES]]
    return f" Trong đó nhiều nhất là {listed(told)}."


def until(frozen: Frozen) -> str:
    return f"Đến hết ngày {frozen.last_day:%d/%m/%Y}, {frozen.whole}"


def span(frozen: Frozen) -> str:
    return f"từ ngày {frozen.first_day:%d/%m/%Y} đến hết ngày {frozen.last_day:%d/%m/%Y}"


def heard(frozen: Frozen) -> str:
    """How many of the places right below have recorded anything, and which have not."""
    count = f"{len(frozen.children) - len(frozen.silent)}/{len(frozen.children)}"
    names = f"; chưa ghi nhận hoạt động: {listed(frozen.silent)}" if frozen.silent else ""
    return f"{count} địa bàn trực thuộc ghi nhận hoạt động{names}"


def lowered(name: str) -> str:
    """Inside a sentence; a proper name keeps its letters."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def listed(names: Iterable[str]) -> str:
    """A few places in full, the rest counted."""
    return first_of(list(names), ", ", "nơi khác")


def first_of(names: list[str], between: str, others: str) -> str:
    shown, rest = between.join(names[:FEW_NAMES]), len(names) - FEW_NAMES
    return f"{shown} và {rest} {others}" if rest > 0 else shown


def indicators(lines: Iterable[Line]) -> str:
    """A few statistics by their names, the rest counted."""
    return first_of([lowered(line.name) for line in lines], "; ", "chỉ tiêu khác")
