"""What people choose on the pages of figures."""

from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Scope
from luytre.common import periods
from luytre.common.periods import Calendar, Window
from luytre.reporting import indicators, outline, publishing
from luytre.reporting.models import Release
from luytre.ui.forms import FEW, AreaChoiceField, AreaInput

GROUPS = {
    "direction": _("Direction and documents"),
    "outreach": _("Outreach"),
    "tips": _("Tips"),
    "standard": _("The safety standard and titles"),
    "models": _("Initiatives"),
    "forces": _("Forces and organisations"),
    "forums": _("Forums and festival days"),
    "hotspots": _("Troubled areas"),
    "support": _("Support for coming home"),
    "weapons": _("Weapons handed in"),
    "pledges": _("Pledges"),
    "awards": _("Awards"),
    "situation": _("Situation (context only)"),
    "fire": _("Fire safety"),
    "border": _("Border"),
}
CALENDARS = [
    (Calendar.ADMINISTRATIVE.value, _("administrative: from the 15th to the 14th")),
    (Calendar.CIVIL.value, _("calendar months")),
]


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, **more)


def indicator_choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    """What the registers yield, by chapter."""
    by_group = groupby(indicators.available(), key=lambda one: one.group)
    return [(GROUPS[group], [(one.code, one.name) for one in ones]) for group, ones in by_group]


class WindowForm(forms.Form):
    """Any days, any indicator, any territory."""

    indicator = forms.ChoiceField(label=_("Indicator"), choices=indicator_choices)
    calendar = forms.ChoiceField(label=_("Months"), choices=CALENDARS, required=False)
    territory = day_field(_("Territory as of"), help_text=_("empty: as of the last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = day_field(_("First day")), day_field(_("Last day"))
        self.fields = {"from": first, "to": last, **self.fields}


class ReleaseForm(forms.Form):
    """What to publish: a place, a period that is over, and which indicators."""

    area = AreaChoiceField(label=_("Place"), queryset=Area.objects.none())
    period = forms.ChoiceField(label=_("Period"))
    codes = forms.MultipleChoiceField(label=_("Indicators"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("Why it is published"), max_length=300, min_length=5)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fill_places(self.fields["area"], scope)
        over = [(token, window) for token, window in official(scope.on) if window.last_day < scope.on]
        self.fields["period"] = forms.ChoiceField(
            label=_("Period"), choices=[(token, str(window)) for token, window in over]
        )
        choices = [(one.code, f"{one.name} ({one.unit})") for one in publishing.releasable()]
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]

    def release(self) -> Release:
        window = periods.parse(self.cleaned_data["period"])
        return Release(
            area=self.cleaned_data["area"],
            first_day=window.first_day,
            last_day=window.last_day,
            period_name=self.cleaned_data["period"],
            codes=self.cleaned_data["codes"],
            reason=self.cleaned_data["reason"],
        )


def official(day: date) -> list[tuple[str, Window]]:
    """The administrative months, quarters, half-years and years of late, by the name they are asked for with."""
    months = [f"{month.last_day:%Y-%m}" for month in periods.months_back(day, 15)]
    years = [day.year, day.year - 1]
    longer = [f"{year}-{part}" for year in years for part in ("H2", "H1", "Q4", "Q3", "Q2", "Q1")]
    return [(token, periods.parse(token)) for token in [*reversed(months), *longer, *(f"{year}" for year in years)]]


def fill_places(field: Any, scope: Scope) -> None:
    """The places of the scope that report and publish, picked from a list or typed where there are many."""
    rows = Area.objects.within(scope).filter(level__in=outline.LEVELS).select_related("parent").order_by("path")
    field.queryset = rows
    field.initial = rows.first()  # one's own place stands before all below it
    if rows[FEW : FEW + 1].exists():
        field.widget = AreaInput(rows[:400])
