"""Shape and cleaning of what people write about initiatives and their sites."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.registry.forms.endings import is_to_come
from luytre.registry.models import Rating, Site
from luytre.ui.forms import ScopedForm


class SiteForm(ScopedForm[Site]):
    more = (
        "carrier",
        "decision",
        "is_first",
        "origin",
        "serves",
        "group_count",
        "group_qualifier",
        "member_qualifier",
        "women_count",
        "household_count",
    )

    class Meta:
        model = Site
        fields = [
            "initiative",
            "area",
            "name",
            "launched_on",
            "carrier",
            "decision",
            "is_first",
            "origin",
            "serves",
            "group_count",
            "group_qualifier",
            "member_count",
            "member_qualifier",
            "women_count",
            "household_count",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        women, members = cleaned.get("women_count"), cleaned.get("member_count")
        if women is not None and members is not None and women > members:
            self.add_error("women_count", _("More women than members. Correct one of the two."))
        if cleaned.get("is_first") and cleaned.get("origin"):
            self.add_error("is_first", _("A site replicated from another is not the first of a new initiative."))
        if is_to_come(self, cleaned.get("launched_on")):
            self.add_error("launched_on", _("This day is still to come. Record the site when it has been launched."))
        return cleaned


class RatingForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    grade = forms.ChoiceField(label=_("How does it work?"), choices=Rating.Grade.choices, widget=forms.RadioSelect)
