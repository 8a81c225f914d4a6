"""Many figures in one call: the places, statistics and windows as programs write them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luytre.areas.models import Area, Level, Scope, under_any
from luytre.common.periods import Window
from luytre.reporting import questions
from luytre.reporting.models import Definition
from luytre.reporting.questions import Unclear

MOST_CELLS = 50_000  # of one page
MOST_PLACES = 5_000
USUAL_PLACES = 500
LEVELS = [Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL]


def listed(typed: Any) -> list[str]:
    """`a,b` as well as the same word given twice."""
    many = typed if isinstance(typed, Sequence) and not isinstance(typed, str) else [typed or ""]
    return list(dict.fromkeys(part.strip() for one in many for part in str(one).split(",") if part.strip()))


@dataclass(frozen=True)
class Wanted:
    """A window with the name it was asked for by."""

    window: Window
    period: str


@dataclass(frozen=True)
class Asked:
    """What a table is asked to hold."""

    codes: list[str]
    below: str
    definitions: list[Definition]
    windows: list[Wanted]
    territory: date  # one for the whole table, so that its columns are about the same places
    page: int
    page_size: int  # 0: as many as fit
    scope: Scope | None

    def fitted(self) -> "Asked":
        """With a page size that fits; one that was asked for and does not is refused."""
        most = max(1, MOST_CELLS // max(1, len(self.definitions) * len(self.windows)))
        if not self.page_size:
            return replace(self, page_size=min(USUAL_PLACES, most))
        if self.page_size > most:
            words = _("So many statistics and periods fit %(most)d places on a page; ask for a smaller page_size.")
            raise Unclear("page_size", words % {"most": most})
        return self


def read(typed: Mapping[str, Any], *, scope: Scope | None) -> Asked:
    below = str(typed.get("below") or "").strip()
    if below and below not in LEVELS:
        raise Unclear("below", _("Write one of: %(levels)s.") % {"levels": ", ".join(LEVELS)})
    wanted = windows(typed)
    asked = Asked(
        codes=listed(typed.get("area")),
        below=below,
        definitions=list(definitions(typed, is_public=scope is None)),
        windows=wanted,
        territory=territory(typed, wanted),
        page=number("page", typed.get("page"), usual=1, most=1_000_000),
        page_size=number("page_size", typed.get("page_size"), usual=0, least=0, most=MOST_PLACES),
        scope=scope,
    )
    if not asked.codes:
        raise Unclear("area", _("Say which place: its official code, 0 for the nation."))
    return asked.fitted()


def number(name: str, typed: Any, *, usual: int, most: int, least: int = 1) -> int:
    text = str(typed or usual).strip()
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise Unclear(name, _("Write a whole number from 1 to %(most)d.") % {"most": most})
    return int(text)


def definitions(typed: Mapping[str, Any], *, is_public: bool) -> Iterator[Definition]:
    codes = listed(typed.get("indicator"))
    if not codes:
        raise Unclear("indicator", _("Say which statistics: their codes, separated by commas."))
    for code in codes:
        yield questions.known(code) if is_public else questions.definition(code)


def windows(typed: Mapping[str, Any]) -> list[Wanted]:
    named = listed(typed.get("period"))
    given = {"from": typed.get("from"), "to": typed.get("to")}
    found = [(questions.named(name), name) for name in named] if named else [(questions.window(given), "")]
    if named and any(given.values()):
        raise Unclear("period", _("Give either periods or a first and a last day."))
    return [Wanted(window, name) for window, name in found]


def territory(typed: Mapping[str, Any], wanted: Iterable[Wanted]) -> date:
    """The last day of the latest window unless another day is given."""
    day = str(typed.get("territory") or "").strip()
    return questions.day("territory", day) if day else max(one.window.last_day for one in wanted)


def roots(asked: Asked) -> list[Area]:
    return [questions.area(code, on=asked.territory, scope=asked.scope) for code in asked.codes]


def places(asked: Asked) -> tuple[list[Area], int]:
    """The page's places as they stood on the territory's day, and how many there are on all pages."""
    named = roots(asked)
    start, end = (asked.page - 1) * asked.page_size, asked.page * asked.page_size
    if not asked.below:
        return named[start:end], len(named)
    below = Area.objects.on(asked.territory).filter(under_any(root.path for root in named), level=asked.below)
    return list(below.order_by("path")[start:end]), below.count()
