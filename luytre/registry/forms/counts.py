"""What a new head count asks."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.common.numbers import Qualifier


class HeadCountForm(forms.Form):
    """How many, counted on which day; the numbers of earlier days stay as they were."""

    on = forms.DateField(label=_("Counted on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    member_count = forms.IntegerField(label=_("How many members"), min_value=0, max_value=30_000)
    member_qualifier = forms.ChoiceField(label=_("How exact"), choices=Qualifier.choices, initial=Qualifier.EXACT)

    def __init__(self, *args: Any, today: date, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if on < self.since:
            raise forms.ValidationError(_("This is before the day of the founding."))
        return on
