"""Shape and cleaning of what people write into the registers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.areas.models import Level
from luytre.registry.models import Organisation, Rating, Site, WatchGroup
from luytre.ui.forms import ReasonForm, ScopedForm


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
        if launched_later(self, cleaned.get("launched_on")):
            self.add_error("launched_on", _("This day is still to come. Record the site when it has been launched."))
        return cleaned


def launched_later(form: ScopedForm[Any], day: Any) -> bool:
    return day is not None and day > form.scope.on


class WatchGroupForm(ScopedForm[WatchGroup]):
    more = ("decision", "partners", "site", "team_count", "team_qualifier", "member_qualifier")
    anywhere = ("partners",)

    class Meta:
        model = WatchGroup
        fields = [
            "kind",
            "area",
            "name",
            "founded_on",
            "decision",
            "partners",
            "site",
            "team_count",
            "team_qualifier",
            "member_count",
            "member_qualifier",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, day = cleaned.get("kind"), cleaned.get("founded_on")
        if launched_later(self, day):
            self.add_error("founded_on", _("This day is still to come. Record the group when it has been founded."))
        if kind and cleaned.get("partners") and not kind.is_cluster:
            self.add_error("partners", _("Only a cluster has other areas that take part. Leave this empty."))
        if kind and day and kind.last_collected_on and day > kind.last_collected_on:
            message = _("This kind ended on %(day)s. Choose the kind that took its place.")
            self.add_error("kind", message % {"day": f"{kind.last_collected_on:%d/%m/%Y}"})
        return cleaned


class OrganisationForm(ScopedForm[Organisation]):
    area_levels = (Level.COMMUNE,)

    class Meta:
        model = Organisation
        fields = ["kind", "name", "area", "address"]


class EndingForm(ReasonForm):
    """The day and the reason of a closing or a disbanding."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    field_order = ["on", "reason"]


class RatingForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    grade = forms.ChoiceField(label=_("How does it work?"), choices=Rating.Grade.choices, widget=forms.RadioSelect)
