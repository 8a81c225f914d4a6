"""What every ending asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.ui.forms import ReasonForm, ScopedForm


def is_to_come(form: ScopedForm[Any], day: Any) -> bool:
    return day is not None and day > form.scope.on


def day_field(label: Any = None) -> forms.DateField:
    return forms.DateField(label=label or _("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class EndingForm(ReasonForm):
    """The day and the reason of a closing or a disbanding."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    field_order = ["on", "reason"]


class RuledForm(EndingForm):
    """A decision against somebody: with its reason, its rule, and who may object (rights rule R20)."""

    rule = forms.CharField(
        label=_("Rule it rests on"),
        max_length=160,
        min_length=3,
        help_text=_("the article or the document, with its number"),
    )
