"""The returns that a typed figure is made of: which unit said which number, for which days."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from luytre.areas.models import Area
from luytre.common.numbers import Quantity
from luytre.reporting.models import Behaviour, Definition, Return
from luytre.reporting.models.facts import SCALE
from luytre.reporting.questions import Question
from luytre.reporting.returns import spans
from luytre.ui.components import Column
from luytre.ui.drawing import linked


@dataclass(frozen=True)
class Saying:
    """One unit's number in one return."""

    report: Return
    quantity: Quantity

    @property
    def url(self) -> str:
        address = (self.report.form.code, self.report.area.code, spans.token(self.report.form, self.report.window))
        return reverse("reporting:return", args=address)

    def line(self) -> list[str]:
        report = self.report
        return [linked(report.area.full_name, self.url), report.form.name, str(report.window), str(self.quantity)]


def columns(definition: Definition) -> list[Column]:
    return [
        Column(_("Reporting unit")),
        Column(_("Form of the return")),
        Column(_("Window")),
        Column(definition.unit, number=True),
    ]


def of(definition: Definition, question: Question) -> list[Saying]:
    """Of the returns that stand in the place and count in the window; of a stock the last one of each unit."""
    here = Area.objects.standing_under([question.area.path], on=question.territory).values("pk")
    rows = Return.objects.sent().filter(area__in=here, last_day__lte=question.window.last_day)
    rows = rows.filter(form__codes__contains=[definition.code]).select_related("form", "area__parent")
    if definition.behaviour == Behaviour.STOCK:
        rows = rows.order_by("area", "form__code", "-last_day").distinct("area", "form__code")
    else:
        rows = rows.filter(first_day__gte=question.window.first_day).order_by("area__sort_key", "last_day")
    return list(numbers(rows.iterator(), definition.code))


def numbers(rows: Iterator[Return], code: str) -> Iterator[Saying]:
    for report in rows:
        amount = report.values[report.form.codes.index(code)]
        if amount is not None:
            marks = report.qualifiers or {}
            yield Saying(report, Quantity(Decimal(amount) / SCALE, marks.get(code, "exact")))
