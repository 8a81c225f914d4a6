"""A question as people and programs type it: which place, which window, whose territory; errors name the field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from luytre.areas.models import Area, AreaQuerySet, Scope, Standing, under_any
from luytre.common import periods
from luytre.common.periods import Window
from luytre.reporting import catalogue, indicators, rollup
from luytre.reporting.models import Definition

FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


class Unclear(ValueError):
    """The question cannot be answered as it stands; `field` says what to mend."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field
        self.words = words


class OutOfSight(LookupError):
    """The place lies outside what the asker may see."""


@dataclass(frozen=True)
class Question:
    """A place, a window, and the day its territory is read on."""

    area: Area
    window: Window
    territory: date

    def reading(self) -> rollup.Reading:
        return rollup.read(self.area, self.window, territory=self.territory)


def visible(scope: Scope) -> AreaQuerySet:
    """Places of every time that lie in the scope, or now stand in it."""
    standing = Area.objects.standing_within(scope).values("pk")
    return Area.objects.filter(Q(pk__in=standing) | under_any(scope.paths))


def day(field: str, typed: str) -> date:
    for form in FORMATS:
        try:
            return datetime.strptime(typed.strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise Unclear(field, _("“%(typed)s” is no date; write it like 2022-08-21 or 21/08/2022.") % {"typed": typed})


def window(asked: Mapping[str, Any], *, default: Window | None = None) -> Window:
    """From `from` and `to`, or from the name of an official period."""
    first, last, period = (str(asked.get(name) or "").strip() for name in ("from", "to", "period"))
    if first and last:
        return between(day("from", first), day("to", last))
    if first or last:
        missing = "to" if first else "from"
        raise Unclear(missing, _("A window needs both its first and its last day."))
    if period:
        return named(period)
    if default:
        return default
    raise Unclear("from", _("Say which days: a first and a last day, or a period such as 2026-11 or 2026-Q3."))


def between(first: date, last: date) -> Window:
    if last < first:
        raise Unclear("to", _("The last day lies before the first day."))
    if first.year < 1945 or last.year > 2200:
        raise Unclear("from", _("The window lies outside the years 1945 to 2200."))
    return Window(first, last)


def named(period: str) -> Window:
    try:
        return periods.parse(period)
    except ValueError:
        words = _(
            "“%(typed)s” is no period; write 2026-11, 2026-Q3, 2026-H1 or 2026, with a final c for calendar months."
        )
        raise Unclear("period", words % {"typed": period}) from None


def known(code: str) -> Definition:
    try:
        return catalogue.get(code.strip())
    except catalogue.NoSuchIndicator:
        raise Unclear("indicator", unknown(code)) from None


def definition(code: str) -> Definition:
    """A statistic that some register yields."""
    found = known(code)
    if not indicators.yields(found):
        words = _("“%(name)s” is in the catalogue, but no register carries it yet.")
        raise Unclear("indicator", words % {"name": found.name})
    return found


def unknown(code: str) -> str:
    near = catalogue.resembling(code)[:3]
    if near:
        words = _("No indicator has the code “%(code)s”. Did you mean %(near)s?")
        return words % {"code": code, "near": ", ".join(near)}
    return _("No indicator has the code “%(code)s”.") % {"code": code}


def area(code: str, *, on: date, scope: Scope | None) -> Area:
    """The place as it stood on the day; `scope` None means everything may be seen."""
    if not code:
        raise Unclear("area", _("Say which place: its official code, 0 for the nation."))
    rows = seen(Area.objects.filter(code=code).order_by("level", "-valid_from"), scope)
    if found := next((one for one in rows if one.stands_on(on)), None):
        return found
    if rows:
        raise Unclear("territory", not_then(max(rows, key=lambda one: one.valid_from), on))
    if scope is not None:
        raise OutOfSight(code)
    raise Unclear("area", _("No place has the code “%(code)s”.") % {"code": code})


def areas(codes: Iterable[str], *, on: date, scope: Scope | None) -> dict[str, Area]:
    """By code the places that stood on the day and may be seen; the others are left out, `area` says why."""
    rows = seen(Area.objects.filter(code__in=set(codes)).on(on).order_by("-level"), scope)
    return {one.code: one for one in rows}


def seen(rows: AreaQuerySet, scope: Scope | None) -> list[Area]:
    """Of a few places those in sight, asked by place: a scope may hold a nation."""
    found = list(rows)
    if scope is None or scope.is_national or not found:
        return found
    standing = Standing.objects.on(scope.on).filter(area__in=found).values_list("area", "path")
    inside = {pk for pk, path in standing if scope.covers(path)}
    return [one for one in found if one.pk in inside or scope.covers(one.path)]


def not_then(known: Area, on: date) -> str:
    told = {"place": known.full_name, "day": f"{on:%d/%m/%Y}", "start": f"{known.valid_from:%d/%m/%Y}"}
    if known.valid_to and known.valid_to <= on:
        told["until"] = f"{known.valid_to - timedelta(days=1):%d/%m/%Y}"
        words = _("%(place)s was no more on %(day)s: it existed until %(until)s. Give an earlier territory day.")
    else:
        words = _("%(place)s did not exist on %(day)s: it exists from %(start)s. Give a later territory day.")
    return words % told


def ask(asked: Mapping[str, Any], *, scope: Scope | None = None, default: Window | None = None) -> Question:
    """`area`, `from`, `to`, `period`, `territory` as typed."""
    days = window(asked, default=default)
    typed = str(asked.get("territory") or "").strip()
    territory = day("territory", typed) if typed else days.last_day
    return Question(area(str(asked.get("area") or "").strip(), on=territory, scope=scope), days, territory)
