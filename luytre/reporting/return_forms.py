"""What an office writes down to ask for a special report."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Area, Level, Scope
from luytre.common.periods import Window
from luytre.reporting.forms import GROUPS, day_field
from luytre.reporting.returns import special
from luytre.reporting.returns.special import Wish
from luytre.ui.forms import AreaChoiceField

ASKED = [
    (Level.PROVINCE.value, _("the provinces")),
    (Level.COMMUNE.value, _("the communes")),
    (Level.RESIDENTIAL.value, _("the residential areas")),
]


class SpecialForm(forms.Form):
    """Name, whom to ask, which days, which statistics."""

    name = forms.CharField(label=_("Name of the report"), max_length=200, min_length=5)
    area = AreaChoiceField(label=_("Place"), queryset=Area.objects.none())
    level = forms.ChoiceField(label=_("Who is asked"), choices=ASKED, initial=Level.COMMUNE.value)
    due_days = forms.IntegerField(label=_("Days to send it in"), min_value=0, max_value=90, initial=5)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200, required=False)
    codes = forms.MultipleChoiceField(
        label=_("Indicators"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What registers or regular returns tell for these days is shown in the form and not typed again."),
    )

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [Level.NATION, Level.PROVINCE, Level.COMMUNE]
        rows = Area.objects.within(scope).filter(level__in=levels, path__in=scope.paths)
        self.fields["area"].queryset = rows.order_by("path")  # type: ignore[attr-defined]
        self.fields["area"].initial = rows.first()
        self.fields["codes"].choices = choices()  # type: ignore[attr-defined]
        days = {"first_day": day_field(_("First day")), "last_day": day_field(_("Last day"))}
        for field in days.values():
            field.required = True
        codes = self.fields.pop("codes")
        self.fields = {**self.fields, **days, "codes": codes}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last, area = cleaned.get("first_day"), cleaned.get("last_day"), cleaned.get("area")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first day."))
        order = [Level.NATION, Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL]
        if area and cleaned.get("level") and order.index(cleaned["level"]) <= order.index(area.level):
            self.add_error("level", _("A report is asked of units below the place."))
        return cleaned

    def wish(self) -> Wish:
        told = self.cleaned_data
        window = Window(told["first_day"], told["last_day"])
        asked = {name: told[name] for name in ("name", "area", "level", "due_days", "legal_basis")}
        return Wish(window=window, codes=tuple(told["codes"]), **asked)


def choices() -> list[tuple[Any, list[tuple[str, str]]]]:
    by_group = groupby(special.askable(), key=lambda one: one.group)
    return [(GROUPS[group], [(one.code, f"{one.name} ({one.unit})") for one in some]) for group, some in by_group]
