"""Returns of one form and window for many units at once: what they are held against is read once for all of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import F, Q
from django.utils import timezone

from luytre.areas.models import Area, Level, Scope, Standing, under_any, valid_on
from luytre.common.periods import Window
from luytre.reporting import rollup
from luytre.reporting.figures import Figure
from luytre.reporting.models import Return, ReturnForm
from luytre.reporting.models.facts import SCALE
from luytre.reporting.models.returns import AFTER, StepKind
from luytre.reporting.returns import checking, history, registers, rights, sending, spans
from luytre.reporting.returns.checking import Beside, Checked, Filled
from luytre.reporting.returns.history import History
from luytre.reporting.returns.sending import AskedTwice, ForeignUnit, Locked, TooEarly, WrongUnit, WrongWindow

FEW = 3  # up to so many units below one place are read one by one


@dataclass
class Bench:
    """Everything that returns of one form and window are held against, read once for all their units."""

    form: ReturnForm
    window: Window
    areas: list[Area]
    scope: Scope
    with_registers: bool = False

    @cached_property
    def sent(self) -> dict[int, Return]:
        days = Q(first_day=self.window.first_day, last_day=self.window.last_day)
        rows = Return.objects.filter(days, form=self.form, area__in=self.areas).with_state()
        return {row.area_id: row for row in rows.select_related("form", "area", "sent_by")}

    @cached_property
    def elsewhere(self) -> set[int]:
        return sending.elsewhere(self.form, self.areas, self.window)

    @cached_property
    def paths(self) -> dict[int, str]:
        """Where each unit stands on the day of the reader's scope."""
        rows = Standing.objects.on(self.scope.on).filter(area__in=self.areas, is_main=True)
        return dict(rows.values_list("area", "path"))

    @cached_property
    def pasts(self) -> dict[str, History]:
        """By the unit's path; what was merged into a unit is added up in it."""
        found = {area.path: History(self.window) for area in self.areas}
        since = self.window.last_day - timedelta(days=366 * history.YEARS + 10)
        rows = Return.objects.sent().filter(form__code=self.form.code, last_day__range=(since, self.before))
        rows = rows.filter(valid_on(self.window.last_day, "area__standings__"), self.beneath)
        depth, told = next(iter(found), "").count("."), set[tuple[int, str]]()
        for row in rows.select_related("form").annotate(stood=F("area__standings__path")):
            unit = ".".join(str(getattr(row, "stood")).split(".")[:depth]) + "."  # noqa: B009
            if unit in found and (row.pk, unit) not in told:
                told.add((row.pk, unit))
                found[unit].add(row)
        return found

    @property
    def before(self) -> date:
        return self.window.last_day - timedelta(days=1)

    @property
    def beneath(self) -> Q:
        """Under the units when they are few, else under the places right above them."""
        own = {area.path for area in self.areas}
        above = {rights.above(path) for path in own}
        return under_any(own if len(own) <= len(above) * FEW else above, "area__standings__")

    # registers

    @cached_property
    def registers(self) -> dict[str, dict[str, int | None]]:
        """By the unit's path: one reading for each place right above, whatever the number of units in it."""
        if not self.asked_codes:
            return {}
        below: dict[str, list[Area]] = {}
        for area in self.areas:
            below.setdefault(rights.above(area.path), []).append(area)
        places = {one.path: one for one in Area.objects.filter(path__in=below).on(self.window.last_day)}
        found: dict[str, dict[str, int | None]] = {}
        for path, units in below.items():
            found |= self.read_below(places.get(path), units)
        return found

    @property
    def asked_codes(self) -> list[str]:
        """To check only those that a rule speaks of; to send all of them."""
        if self.with_registers:
            return list(self.form.register_codes)
        named = {code for rule in self.form.rules for one in rule.values() for code in listed(one)}
        return [code for code in self.form.register_codes if code in named]

    def read_below(self, place: Area | None, units: list[Area]) -> dict[str, dict[str, int | None]]:
        if place is None or len(units) <= FEW or place.level == Level.NATION:
            return {one.path: self.read_one(one) for one in units}
        reading = rollup.read(place, self.window).prime(self.asked_codes)
        figures = {code: reading.figure(code) for code in self.asked_codes}
        return {one.path: {code: own_part(figure, one) for code, figure in figures.items()} for one in units}

    def read_one(self, area: Area) -> dict[str, int | None]:
        reading = rollup.read(area, self.window).prime(self.asked_codes)
        return registers.kept({code: reading.figure(code) for code in self.asked_codes})

    # one slip

    def refusal(self, area: Area, *, at: datetime) -> type[sending.Refused] | None:
        """What `sending.refuse` would say, in its order."""
        if not self.scope.covers(self.paths.get(area.pk, "")):
            return ForeignUnit
        if not spans.is_of(self.form, self.window):
            return WrongWindow
        if timezone.localdate(at) < self.window.last_day:
            return TooEarly
        if not sending.is_asked_of(self.form, area, self.window):
            return WrongUnit
        report = self.sent.get(area.pk)
        if report and report.state not in AFTER[StepKind.SENT]:
            return Locked
        return AskedTwice if area.pk in self.elsewhere else None

    def check(self, area: Area, filled: Filled) -> Checked:
        beside = Beside(area, self.window, self.pasts[area.path], self.registers.get(area.path, {}))
        return checking.check(self.form, filled, beside)


def listed(one: object) -> list[str]:
    return [str(code) for code in one] if isinstance(one, list) else [str(one)]


def own_part(figure: Figure, unit: Area) -> int | None:
    """What a unit gives to the figure of the place above it, in hundredths; nothing recorded is nought."""
    cell = figure.cells.get(unit.code)
    if cell is None:
        return None if figure.definition.behaviour == "ratio" else 0
    return None if cell.value is None else int(Decimal(cell.value) * SCALE)
