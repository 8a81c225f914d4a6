"""The very records that a figure was counted from, for those who may read their register."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luytre.accounts.models import User
from luytre.areas.models import Area, Scope, Standing, valid_on
from luytre.common.periods import Window
from luytre.reporting import indicators, plain
from luytre.reporting.indicators import Source
from luytre.reporting.measures import Cell, Count, Keys, Places, Total
from luytre.reporting.models import Definition
from luytre.reporting.questions import Question
from luytre.ui import registers
from luytre.ui.drawing import linked
from luytre.ui.registers import Register, shown


@dataclass(frozen=True)
class Behind:
    """One source of a count: its rows that stand in a place, counted in a window."""

    source: Source
    question: Question
    scope: Scope | None  # where this person may read the register; none where they may not

    @cached_property
    def all_rows(self) -> QuerySet[Any]:
        """Every row that counts, whoever may read it."""
        here = self.standings().values("area")
        stands_here = Q()
        for way in self.source.areas:
            stands_here |= Q(**{f"{way}__in": here})
        found = self.source.rows(self.question.window).filter(stands_here)
        return found.distinct() if len(self.source.areas) > 1 else found

    def standings(self) -> QuerySet[Standing]:
        """Of the levels that count: what stands at a commune itself is no residential area."""
        day, path = self.question.territory, self.question.area.path
        found = Standing.objects.filter(valid_on(day), path__startswith=path)
        measure = self.source.measure
        return found.filter(place__level__in=measure.levels) if isinstance(measure, Places) else found

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """What this person may read of them, newest first where the register says so."""
        if self.scope is None:
            return self.all_rows.none()
        keys = self.all_rows.order_by().values("pk")
        kept: Any = self.model._default_manager.filter(pk__in=keys)
        if self.register is None:
            places: QuerySet[Any] = kept.within(self.scope).order_by("path") if self.model is Area else kept.none()
            return places
        found: QuerySet[Any] = kept.select_related(*self.register.related).within(self.scope)
        return found.order_by(self.order, "-pk")

    @property
    def order(self) -> str:
        return (self.register.order if self.register else "") or "-pk"

    @property
    def model(self) -> type[Model]:
        return self.all_rows.model

    @property
    def register(self) -> Register | None:
        return registers.of_model(self.model)

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def hidden(self) -> int:
        """Rows that count and lie outside what this person may read."""
        return self.all_rows.count() - self.rows.count()

    @property
    def way_of_counting(self) -> str:
        """How these rows become the number, in words."""
        match self.source.measure:
            case Count():
                return _("Each record counts one.")
            case Total(field=field):
                return _("The column “%(column)s” is added up.") % {"column": self.heading(field)}
            case Keys(field="pk"):
                return _("Each record counts once.")
            case Keys(field=field):
                return _("Each different value of the column “%(column)s” counts once.") % {
                    "column": self.heading(field)
                }
            case Places(level=level):
                told = {"level": level.label}
                return _("Each place of one kind (%(level)s) with at least one of these records counts once.") % told
        return ""

    def heading(self, field: str) -> str:
        return str(getattr(self.model._meta.get_field(field), "verbose_name", field))

    @cached_property
    def columns(self) -> list[str]:
        """The register's own, and the one that is added up."""
        own = list(self.register.columns) if self.register else []
        added = [self.source.measure.field] if isinstance(self.source.measure, Total) else []
        return own + [field for field in added if field not in own]

    def headings(self) -> list[tuple[str, bool]]:
        if self.register is None:
            return [(self.name, False)]
        return [(self.register.heading(column), self.register.is_number(column)) for column in self.columns]

    def line(self, row: Any) -> list[str]:
        if self.register is None:
            return [linked(str(row), reverse("reporting:territory", args=[row.code]))]
        first, *rest = [shown(row, column) for column in self.columns]
        return [linked(first or "–", self.register.url("record", pk=row.pk)), *rest]


@dataclass(frozen=True)
class Reader:
    """Who looks: the registers they may read, and where."""

    person: User
    scope: Scope

    def may_open(self, code: str) -> bool:
        """Whether any register behind a count is open to them."""
        found = indicators.INDICATORS.get(code)
        if found is None:
            return True  # a typed number: returns are read by whoever reads figures
        window = Window(self.scope.on, self.scope.on)
        return any(self.scope_for(model) is not None for model in found.models(window))

    def scope_for(self, model: type[Model]) -> Scope | None:
        if model is Area:
            return self.scope
        register = registers.of_model(model)
        found = self.person.scope(register.read, on=self.scope.on) if register else None
        return found or None


def sources(definition: Definition, question: Question, reader: Reader) -> list[Behind]:
    """What a count is counted from; nothing for a ratio, which is made of two counts."""
    found = indicators.get(definition.code).sources
    return [Behind(one, question, reader.scope_for(one.rows(question.window).model)) for one in found]


def recounted(behind: Iterable[Behind]) -> Cell:
    """The rows of all sources counted once more, now."""
    cells = [one.source.cells(ground_of(one.question), one.question.window) for one in behind]
    return sum((cell for found in cells for cell in found.values()), Cell())


def ground_of(question: Question) -> Any:
    return question.reading().ground


def url(definition: Definition, area: Area, question_window: Window, territory: Any) -> str:
    """The page of the records behind one number."""
    asked = {
        "area": area.code,
        "from": plain.iso(question_window.first_day),
        "to": plain.iso(question_window.last_day),
        "territory": plain.iso(territory),
    }
    return f"{reverse('reporting:records', args=[definition.code])}?{urlencode(asked)}"
