"""Made-up frozen figures, so that sentences can be tried on any numbers."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from luytre.common.numbers import Qualifier
from luytre.reporting.frozen import Amount, Frozen, Line, Place
from luytre.reporting.outline import Issuer

ISSUER = Issuer("", "Ủy ban nhân dân\nxã Thử", "BC-UBND", ["TM. ỦY BAN NHÂN DÂN"], "CHỦ TỊCH", ["Lưu: VT"], "Thử")


def line(
    code: str,
    now: int | None,
    then: int | None,
    *,
    behaviour: str = "flow",
    exact: bool = True,
    parts: dict | None = None,
) -> Line:
    qualifier = Qualifier.EXACT if exact else Qualifier.ABOUT
    return Line(
        code=code, name=f"Chỉ tiêu {code}", unit="buổi", behaviour="flow", is_additive=True, may_compare_places=True,
        source="Sổ: thử", now=amount(now, qualifier), then=amount(then), parts=parts or {},
    )  # fmt: skip


def amount(value: int | None, qualifier: Qualifier = Qualifier.EXACT) -> Amount:
    return Amount(None if value is None else Decimal(value), qualifier)


def frozen(lines: Iterable[Line], children: Iterable[Place] = ()) -> Frozen:
    return Frozen(
        place=Place("00001", "xã Thử"), whole="toàn xã", first_day=date(2026, 2, 15), last_day=date(2026, 3, 14),
        period_end=date(2026, 3, 14), period="tháng 3/2026", taken_at=datetime(2026, 3, 20, tzinfo=UTC),
        issuer=ISSUER, in_order=list(lines), children=list(children), silent=[],
    )  # fmt: skip
