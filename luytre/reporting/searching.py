"""What the search over everything finds here: places, figures, reports and returns."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from luytre.accounts.permissions import Permission
from luytre.areas.models import Area
from luytre.common.text import fold
from luytre.reporting import catalogue, indicators
from luytre.reporting.models import Definition, Return, ReturnForm
from luytre.reporting.models.reports import Report
from luytre.reporting.returns import spans
from luytre.ui import search
from luytre.ui.search import Asked, Finder, Hit

REPORT = {"bao", "cao", "report", "reports"}  # said of a report, not in its name


def places(asked: Asked) -> Any:
    return Area.objects.within(asked.scope).matching(asked.words).select_related("parent").sorted()


def place_hit(area: Area) -> Hit:
    above = area.parent.full_name if area.parent else ""
    return Hit(area.full_name, reverse("reporting:territory", args=[area.code]), above)


def statistics(asked: Asked) -> list[Definition]:
    return [one for one in catalogue.matching(asked.words) if indicators.yields(one)]


def statistic_hit(one: Definition) -> Hit:
    return Hit(one.name, reverse("reporting:indicator", args=[one.code]), one.unit)


def by_word(rows: Any, words: str, named: Any) -> Any:
    """Each word in the place's name, a year of the window, or what `named` says of the word."""
    for word in words.split():
        said = Q(area__folded__contains=word) | named(word)
        if word.isdigit() and len(word) == 4:
            said |= Q(last_day__year=int(word))
        rows = rows.filter(said)
    return rows


def reports(asked: Asked) -> Any:
    words = " ".join(word for word in fold(asked.words).split() if word not in REPORT)
    rows = Report.objects.readable(asked.scope).select_related("area")
    return by_word(rows, words, lambda word: Q(pk__in=[])).order_by("-last_day", "-pk")


def report_hit(one: Report) -> Hit:
    return Hit(str(one), reverse("reporting:report", args=[one.pk]))


def returns(asked: Asked) -> Any:
    names = {form.pk: fold(f"{form.vi_name} {form.en_name}") for form in ReturnForm.objects.all()}
    rows = Return.objects.within(asked.scope).sent().select_related("form", "area", "area__parent")

    def named(word: str) -> Q:
        return Q(form__in=[pk for pk, name in names.items() if word in name])

    return by_word(rows, fold(asked.words), named).order_by("-last_day", "-pk")


def return_hit(one: Return) -> Hit:
    address = [one.form.code, one.area.code, spans.token(one.form, one.window)]
    return Hit(
        str(one.form), reverse("reporting:return", args=address), f"{capfirst(one.area.full_name)}, {one.window}"
    )


FIGURES = (Permission.FIGURE_READ,)
search.add(Finder("territory", _("Territory"), FIGURES, places, place_hit, order=10))
search.add(Finder("figures", _("Figures"), FIGURES, statistics, statistic_hit, order=60))
search.add(
    Finder("reports", _("Reports"), (Permission.REPORT_MAKE, Permission.REPORT_SIGN), reports, report_hit, order=70)
)
search.add(
    Finder("returns", _("Returns"), (Permission.RETURN_WRITE, Permission.RETURN_APPROVE), returns, return_hit, order=71)
)
