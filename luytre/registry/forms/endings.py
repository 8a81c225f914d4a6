"""What every ending asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.ui.forms import ReasonForm, ScopedForm


def is_to_come(form: ScopedForm[Any], day: Any) -> bool:
    return day is not None and day > form.scope.on


class EndingForm(ReasonForm):
    """The day and the reason of a closing or a disbanding."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    field_order = ["on", "reason"]
