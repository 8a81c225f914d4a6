"""What the page of a place shows: key figures, trend, what lies below it on table and map, and who is silent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from luytre.areas.models import Area, Level, Scope
from luytre.common import periods
from luytre.common.numbers import Quantity, format_number
from luytre.common.periods import Calendar, Window
from luytre.reporting import catalogue, indicators, plain, rollup, wording
from luytre.reporting.exploring import breaks
from luytre.reporting.figures import Change, Figure, Part
from luytre.reporting.models import AreaRule, Definition
from luytre.reporting.questions import Question
from luytre.ui import charts, maps
from luytre.ui.charts import Series
from luytre.ui.components import Column, Tab
from luytre.ui.drawing import Chart, Value, linked

KEY = (
    "outreach_sessions",
    "outreach_attendances",
    "model_sites",
    "model_types",
    "residential_areas_with_model_rate",
    "mass_security_orgs",
)
COLUMNS = ("outreach_sessions", "outreach_attendances", "model_sites", "mass_security_orgs")
MONTHS = 12
REFORM = date(2025, 7, 1)  # the outlines on the map are those of the 34 provinces since then


@dataclass(frozen=True)
class Tile:
    """A key figure with all that is needed to read it."""

    change: Change
    url: str

    @property
    def figure(self) -> Figure:
        return self.change.now

    @property
    def value(self) -> str:
        return format_number(self.figure.value)

    @property
    def words(self) -> dict[str, str]:
        return {
            "qualifier": wording.exactness(self.figure),
            "change": wording.change_words(self.change),
            "direction": wording.direction(self.change),
        }


@dataclass(frozen=True)
class Territory:
    """The page of one place for one window, one indicator chosen."""

    question: Question
    chosen: Definition
    scope: Scope
    today: date
    calendar: Calendar = Calendar.ADMINISTRATIVE

    @property
    def area(self) -> Area:
        return self.question.area

    @cached_property
    def window(self) -> Window:
        return until(self.question.window, self.today)

    @property
    def is_running(self) -> bool:
        return self.window.last_day < self.question.window.last_day

    @cached_property
    def now(self) -> rollup.Reading:
        reading = rollup.read(self.area, self.window, territory=self.question.territory)
        return reading.prime([*KEY, *self.columns, *indicators.flows()])

    @cached_property
    def then(self) -> rollup.Reading:
        return rollup.read(self.area, self.window.same_last_year(), territory=self.question.territory).prime(KEY)

    def change(self, code: str) -> Change:
        return Change(self.now.figure(code), self.then.figure(code))

    # addresses

    def query(self, other: dict[str, str] | None = None) -> str:
        asked = self.question.window
        known = {
            "from": plain.iso(asked.first_day),
            "to": plain.iso(asked.last_day),
            "indicator": self.chosen.code,
            "calendar": self.calendar.value if self.calendar != Calendar.ADMINISTRATIVE else "",
            "territory": plain.iso(self.question.territory) if self.question.territory != asked.last_day else "",
        }
        return urlencode({key: value for key, value in {**known, **(other or {})}.items() if value})

    def records_query(self) -> str:
        """For the page of the records behind a figure: the very days that it was read for."""
        day = plain.iso(self.question.territory)
        return self.query({"area": self.area.code, "indicator": "", **span(self.window), "territory": day})

    def url(self, area: Area | None = None) -> str:
        return self.address(area or self.area, {})

    def address(self, area: Area, other: dict[str, str]) -> str:
        return f"{reverse('reporting:territory', args=[area.code])}?{self.query(other)}"

    def download(self, name: str) -> str:
        return f"{reverse(f'reporting:territory-{name}', args=[self.area.code])}?{self.query()}"

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        above = [(place.full_name, self.url(place) if self.scope.covers(place.path) else "") for place in self.line]
        return [*above, (self.area.full_name, "")]

    @cached_property
    def line(self) -> list[Area]:
        return self.area.ancestors_on(self.question.territory)

    # windows

    def tabs(self) -> list[Tab]:
        """The official windows around the last day, each one click away."""
        return [
            Tab(window.name, self.address(self.area, span(window)), current=days(window) == days(self.question.window))
            for window in self.windows()
        ]

    def windows(self) -> list[Window]:
        day = min(self.question.window.last_day, self.today)
        previous, month = periods.months_back(day, 2, self.calendar)
        year, number = month.last_day.year, month.last_day.month
        return [
            month,
            previous,
            periods.quarter(year, (number + 2) // 3, self.calendar),
            periods.half_year(year, (number + 5) // 6, self.calendar),
            wording.eight_months(year, self.calendar),
            periods.whole_year(year, self.calendar),
        ]

    # figures

    @cached_property
    def tiles(self) -> list[Tile]:
        return [Tile(self.change(code), self.definition_url(code)) for code in KEY]

    def definition_url(self, code: str) -> str:
        query = self.query({"indicator": "", "area": self.area.code})
        return f"{reverse('reporting:indicator', args=[code])}?{query}"

    @cached_property
    def figure(self) -> Figure:
        return self.now.figure(self.chosen.code)

    @cached_property
    def parts(self) -> list[Part]:
        return self.now.parts(self.figure)

    @cached_property
    def silent(self) -> list[Area]:
        return self.now.silent()

    def silent_links(self) -> list[tuple[str, str]]:
        return [(place.full_name, self.url(place)) for place in self.silent]

    @property
    def heard_count(self) -> int:
        return len(self.now.children) - len(self.silent)

    # trend

    @cached_property
    def months(self) -> list[Window]:
        return [until(one, self.today) for one in periods.months_back(self.window.last_day, MONTHS, self.calendar)]

    @cached_property
    def course(self) -> dict[Window, Figure]:
        """The chosen figure in all months of the trend and of the year before, read in one go."""
        windows = [*self.months, *(month.same_last_year() for month in self.months)]
        found = rollup.series(self.area, [self.chosen.code], windows, territory=self.question.territory)
        return dict(zip(windows, found[self.chosen.code], strict=True))

    def value_in(self, window: Window) -> Value | None:
        figure = self.course[window]
        return drawable(figure.value, figure.qualifier)

    @cached_property
    def trend(self) -> Chart:
        names = [month_name(month) for month in self.months]
        now = Series(_("These months"), [self.value_in(month) for month in self.months], crosses=True)
        before = Series(
            _("The year before"), [self.value_in(month.same_last_year()) for month in self.months], crosses=True
        )
        title = _("%(indicator)s by month") % {"indicator": self.chosen.name}
        return charts.trend(
            title=title,
            sentence=" ".join([self.trend_sentence(names, now), *self.crossed()]),
            periods=names,
            now=now,
            before=before,
            breaks=breaks.marks(self.months, self.happenings),
            unit=self.chosen.unit,
            download_url=self.download("trend"),
        )

    @cached_property
    def happenings(self) -> list[breaks.Happening]:
        """What changed while the line ran: the territory, or what is counted."""
        first, last = self.months[0].first_day, self.months[-1].last_day
        return [
            *breaks.of_place(self.area, first, last),
            *breaks.of_definition(self.chosen.code, first, last),
        ]

    def crossed(self) -> list[str]:
        changes = [one for one in self.happenings if one.is_territory]
        return breaks.crossing_words(changes, self.question.territory)

    def trend_sentence(self, names: Sequence[str], line: Series) -> str:
        """Of whole months: one that is still running would always be the lowest."""
        months = [day for day in zip(line.values, names, self.months, strict=True) if day[2].last_day < self.today]
        known = [(amount(value), name) for value, name, _month in months if value is not None]
        if not any(value for value, _name in known):
            return _("Nothing was recorded in these %(count)d months.") % {"count": MONTHS}
        (high, high_name), (low, low_name) = max(known), min(known)
        told = {"high": format_number(high), "high_month": high_name, "low": format_number(low), "low_month": low_name}
        return _("The highest month was %(high_month)s with %(high)s, the lowest %(low_month)s with %(low)s.") % told

    # below

    @cached_property
    def columns(self) -> list[str]:
        chosen = [] if self.chosen.code in COLUMNS else [self.chosen.code]
        return [*chosen, *COLUMNS]

    def headings(self) -> list[Column]:
        names = [catalogue.get(code) for code in self.columns]
        return [Column(_("Place")), *(Column(f"{one.name} ({one.unit})", number=True) for one in names)]

    def rows(self, *, with_links: bool = True) -> list[list[Any]]:
        many = [self.now.parts(self.now.figure(code)) for code in self.columns]
        places = [
            [
                linked(place.full_name, self.url(place)) if with_links else place.full_name,
                *(pick(parts, place) for parts in many),
            ]
            for place in self.now.children
        ]
        own = [pick(parts, None) for parts in many]
        return [*places, [_("Recorded at this level"), *own]] if any(cell != "0" for cell in own) else places

    def total(self) -> list[str]:
        return [_("In all"), *(str(self.now.figure(code)) for code in self.columns)]

    @property
    def has_distinct(self) -> bool:
        return any(catalogue.get(code).area_rule != AreaRule.SUM for code in self.columns)

    @cached_property
    def map(self) -> Chart | None:
        if self.area.level == Level.NATION and self.question.territory >= REFORM:
            return maps.provinces(
                **self.map_words(), parts=[self.drawn(part) for part in self.parts if not part.is_own]
            )
        if self.area.level == Level.PROVINCE and any(part.area.latitude for part in self.parts):
            return maps.points(**self.map_words(), parts=list(map(self.dot, self.placed())), province=self.area.code)
        return None

    def map_words(self) -> dict[str, Any]:
        told = {"place": self.area.full_name, "number": str(self.figure), "unit": self.chosen.unit}
        return {
            "title": _("%(indicator)s on the map") % {"indicator": self.chosen.name},
            "sentence": _("%(place)s has %(number)s %(unit)s in all.") % told,
            "unit": self.chosen.unit,
            "download_url": self.download("csv"),
        }

    def drawn(self, part: Part) -> maps.Part:
        value = drawable(part.value, part.qualifier)
        return maps.Part(part.area.full_name, value, url=self.url(part.area), code=part.area.code)

    def placed(self) -> list[Part]:
        return [part for part in self.parts if not part.is_own and part.area.latitude is not None]

    def dot(self, part: Part) -> maps.Point:
        flat = self.drawn(part)
        latitude, longitude = float(part.area.latitude or 0), float(part.area.longitude or 0)
        return maps.Point(flat.label, flat.value, flat.url, False, flat.code, latitude, longitude)


def pick(parts: list[Part], place: Area | None) -> str:
    """What a place gives; None asks for what stands at the level itself."""
    found = next((part for part in parts if part.is_own == (place is None) and place in (None, part.area)), None)
    return str(found) if found else "0"


def drawable(value: Any, qualifier: Any) -> Value | None:
    return None if value is None else Quantity(value, qualifier)


def amount(value: Value) -> Any:
    return value.value if isinstance(value, Quantity) else value


def until(window: Window, today: date) -> Window:
    """A window that is still running is read until today, so that last year's is as long."""
    return replace(window, last_day=max(min(window.last_day, today), window.first_day))


def month_name(window: Window) -> str:
    """By the month it is called after, wherever it was cut."""
    return window.name.rsplit(" ", 1)[-1].zfill(7)


def span(window: Window) -> dict[str, str]:
    return {"from": plain.iso(window.first_day), "to": plain.iso(window.last_day), "territory": ""}


def days(window: Window) -> tuple[date, date]:
    return window.first_day, window.last_day
