"""One indicator of one place through up to ten years, on today's territory and on that of each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import format_number
from luytre.common.periods import Window
from luytre.reporting import rollup
from luytre.reporting.exploring import breaks
from luytre.reporting.exploring.asking import Asked
from luytre.reporting.exploring.breaks import Happening
from luytre.reporting.figures import Figure
from luytre.reporting.models import Definition
from luytre.reporting.territory import drawable, month_name
from luytre.ui import charts
from luytre.ui.charts import Series
from luytre.ui.components import Column
from luytre.ui.drawing import Chart, Value


@dataclass(frozen=True)
class Trend:
    """The line of one place; `asked` has one indicator, one place and many windows."""

    asked: Asked
    today: date
    download_url: str = ""

    @property
    def place(self) -> Area:
        return self.asked.places[0]

    @property
    def definition(self) -> Definition:
        return self.asked.definitions[0]

    @property
    def windows(self) -> Sequence[Window]:
        return self.asked.periods.windows

    @cached_property
    def now(self) -> list[Figure]:
        """All windows on one territory: that of the asked day."""
        code = self.definition.code
        return rollup.series(self.place, [code], self.windows, territory=self.asked.territory)[code]

    @cached_property
    def of_the_day(self) -> list[Figure | None]:
        """Each window on the territory of its own last day; none where no place had this code then."""
        code, found = self.definition.code, list[Figure | None]()
        for row, run in groupby(self.windows, key=self.row_on):
            windows = list(run)
            found += rollup.series(row, [code], windows)[code] if row else [None] * len(windows)
        return found

    def row_on(self, window: Window) -> Area | None:
        return next((row for row in self.rows if row.stands_on(window.last_day)), None)

    @cached_property
    def rows(self) -> list[Area]:
        return breaks.rows_of(self.place)

    @cached_property
    def happenings(self) -> list[Happening]:
        first, last = self.windows[0].first_day, self.windows[-1].last_day
        found = [
            *breaks.of_place(self.place, first, last),
            *breaks.of_definition(self.definition.code, first, last),
            *breaks.of_register(self.windows, [one.value for one in self.now]),
        ]
        return sorted(found, key=lambda one: one.on)

    @property
    def is_double(self) -> bool:
        """Whether the two territories tell different stories."""
        pairs = zip(self.now, self.of_the_day, strict=True)
        return any(then is None or now.value != then.value for now, then in pairs)

    @cached_property
    def names(self) -> list[str]:
        return [short_name(window) for window in self.windows]

    @cached_property
    def chart(self) -> Chart:
        day = f"{self.asked.territory:%d/%m/%Y}"
        now = Series(_("territory of %(day)s") % {"day": day}, [drawn(one) for one in self.now], crosses=True)
        then = Series(_("territory of each day"), [drawn(one) for one in self.of_the_day])
        told = {"indicator": self.definition.name, "place": self.place.full_name}
        return charts.trend(
            title=_("%(indicator)s, %(place)s") % told,
            sentence=" ".join([self.sentence(), *self.crossing()]),
            periods=self.names,
            now=now,
            before=then if self.is_double else None,
            breaks=breaks.marks(self.windows, self.happenings),
            unit=self.definition.unit,
            note=self.note(),
            download_url=self.download_url,
        )

    def sentence(self) -> str:
        """The first and the last whole period, and the highest: one that is still running says little."""
        known = [
            (one.value, window.name or str(window))
            for one, window in zip(self.now, self.windows, strict=True)
            if one.value is not None and window.last_day < self.today
        ]
        if not any(value for value, _name in known):
            return _("Nothing was recorded in these periods.")
        (first, first_name), (last, last_name) = known[0], known[-1]
        high, high_name = max(known, key=lambda one: one[0])
        told = {
            "first": format_number(first), "first_name": first_name, "last": format_number(last),
            "last_name": last_name, "high": format_number(high), "high_name": high_name,
        }  # fmt: skip
        words = _("%(first_name)s: %(first)s; %(last_name)s: %(last)s; the highest is %(high)s (%(high_name)s).")
        return words % told

    def crossing(self) -> list[str]:
        """What the line runs across, so that nobody takes a merger for growth."""
        changes = [one for one in self.happenings if one.is_territory]
        return breaks.crossing_words(changes, self.asked.territory)

    def happened(self) -> list[list[str]]:
        """The marks in words, for the table beside the line."""
        return [[f"{one.on:%d/%m/%Y}", one.words, one.basis or "–"] for one in self.happenings]

    @property
    def happened_columns(self) -> list[Column]:
        return [Column(_("Day")), Column(_("What changed")), Column(_("Legal basis"))]

    def note(self) -> str:
        if not self.is_double:
            return ""
        return _("The full line counts every period on one territory; the broken line, on the territory of its time.")

    @property
    def columns(self) -> list[Column]:
        return [*self.chart.columns[:2], Column(_("territory of each day"), number=True)]

    def table(self) -> list[list[str]]:
        """For the download: both lines, period by period."""
        pairs = zip(self.names, self.now, self.of_the_day, strict=True)
        return [[name, str(now), str(then) if then else ""] for name, now, then in pairs]


def drawn(figure: Figure | None) -> Value | None:
    return drawable(figure.value, figure.qualifier) if figure else None


def short_name(window: Window) -> str:
    """As it stands below the line: "10/2026", "Q3/2026", "2026"."""
    if not window.name:
        return f"{window.last_day:%d/%m/%Y}"
    number = window.name.rsplit(" ", 1)[-1]
    if "/" not in number:
        return number
    days = (window.last_day - window.first_day).days
    if days < 40:
        return month_name(window)
    return f"{'Q' if days < 100 else 'H'}{number}"
