"""What pledges yield: signatures as they were counted, and households and businesses with at least one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Sum, Value

from luytre.activities.models import DigitalSignatures, PledgeCount
from luytre.common.numbers import Qualifier
from luytre.common.periods import Window
from luytre.reporting import indicators
from luytre.reporting.indicators import Indicator, Source
from luytre.reporting.measures import Cell, Cells, Ground, Total, added, rounded

HOUSEHOLDS, BUSINESSES = ("household",), ("lodging", "business", "conditional_business")
Paper = QuerySet[PledgeCount]
Phone = QuerySet[DigitalSignatures]


def paper(window: Window, **which: Any) -> Paper:
    return PledgeCount.objects.counted_in(window.first_day, window.end).filter(**which)


def phone(window: Window, **which: Any) -> Phone:
    return DigitalSignatures.objects.filter(signed_on__gte=window.first_day, signed_on__lt=window.end, **which)


def year_up_to(window: Window) -> Window:
    """The administrative year that the window ends in, up to its last day."""
    last = window.last_day
    opened = date(last.year, 12, 15)
    return Window(opened if last >= opened else opened.replace(year=last.year - 1), last)


@dataclass(frozen=True)
class BothWays(Source):
    """Households or businesses with a pledge signed for the year, each once.

    Nobody is listed, so nobody can be found twice: of each area and kind the campaign counts that most have signed.
    """

    kinds: tuple[str, ...] = ()

    def cells(self, ground: Ground, window: Window) -> Cells:
        which, year = {"signer__code__in": self.kinds}, year_up_to(window)
        found: dict[tuple[Any, ...], dict[int, Cell]] = defaultdict(lambda: defaultdict(Cell))
        for rows, mark in ((paper(year, **which), F("signed_qualifier")), (phone(year, **which), Value("exact"))):
            for child, area, signer, campaign, cell in by_campaign(rows, mark, ground):
                found[child, area, signer][campaign] += cell
        largest = {key: max(cells.values(), key=lambda cell: cell.value or 0) for key, cells in found.items()}
        return added({child: cell} for (child, *_rest), cell in largest.items())


@dataclass(frozen=True)
class Signers(Indicator):
    kinds: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        return (BothWays(self.rows, kinds=self.kinds),)


def by_campaign(rows: "QuerySet[Any]", mark: Any, ground: Ground) -> Iterator[tuple[str, int, int, int, Cell]]:
    names = ("child", "area", "signer", "campaign", "share", "estimated", "mark")
    summed = ground.placed(rows, "area").annotate(mark=mark).values(*names).annotate(all=Sum("signed_count"))
    for child, area, signer, campaign, share, estimated, qualifier, count in summed.values_list(*names, "all"):
        yield child, area, signer, campaign, Cell(rounded(count * share), Qualifier(qualifier), estimated)


def signers(code: str, *kinds: str) -> None:
    def rows(window: Window) -> Paper:
        return paper(year_up_to(window), signer__code__in=kinds)

    indicators.add(Signers(code=code, rows=rows, kinds=kinds))


indicators.add(
    Indicator(
        code="pledges_signed",
        rows=paper,
        measure=Total("signed_count", qualifier="signed_qualifier"),
        on="counted_on",
        plus=(Source(phone, Total("signed_count"), on="signed_on"),),
    )
)
signers("pledges_households", *HOUSEHOLDS)
signers("pledges_businesses", *BUSINESSES)
