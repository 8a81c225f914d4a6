"""Shape and cleaning of what people write about sites in the register itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.registry.forms.endings import is_to_come
from luytre.registry.forms.places import check_public_place
from luytre.registry.models import Exemplar, Initiative, Site, SiteActivity
from luytre.registry.models.upkeep import COUNTS
from luytre.ui.forms import ScopedForm


class SiteForm(ScopedForm[Site]):
    """A site that is at work already. Later head-counts have their own form, so that a correction leaves the past."""

    more = (
        "public_place",
        "carrier",
        "decision",
        "rules",
        "is_first",
        "origin",
        "changes",
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
            "public_place",
            "carrier",
            "decision",
            "rules",
            "is_first",
            "origin",
            "changes",
            "serves",
            "group_count",
            "group_qualifier",
            "member_count",
            "member_qualifier",
            "women_count",
            "household_count",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initiative = self.fields["initiative"]
        if isinstance(initiative, forms.ModelChoiceField):
            initiative.queryset = Initiative.objects.standing()
        if self.instance.pk:
            hidden = COUNTS if self.instance.launched_on else (*COUNTS, "launched_on")
            for name in hidden:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        women, members = cleaned.get("women_count"), cleaned.get("member_count")
        if women is not None and members is not None and women > members:
            self.add_error("women_count", _("More women than members. Correct one of the two."))
        if cleaned.get("is_first") and cleaned.get("origin"):
            self.add_error("is_first", _("A site replicated from another is not the first of a new initiative."))
        if is_to_come(self, cleaned.get("launched_on")):
            self.add_error("launched_on", _("This day is still to come. Record the site when it has been launched."))
        check_public_place(self, cleaned)
        return cleaned


class SiteActivityForm(ScopedForm[SiteActivity]):
    class Meta:
        model = SiteActivity
        fields = ["site", "on", "kind", "head_count", "what"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if is_to_come(self, cleaned.get("on")):
            self.add_error("on", _("This day is still to come. Record it when it has been done."))
        return cleaned


class ExemplarForm(ScopedForm[Exemplar]):
    area_levels = ("province", "commune", "residential")
    more = ("site", "decision")

    class Meta:
        model = Exemplar
        fields = ["kind", "area", "name", "count", "recognised_on", "granted_by", "site", "decision"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_people = cleaned.get("kind") == Exemplar.Kind.INDIVIDUAL
        if cleaned.get("count") != 1 and not is_people:
            self.add_error("count", _("A collective or a model is recorded by itself: write 1."))
        if cleaned.get("site") and is_people:
            self.add_error("site", _("People are only counted; a site is named for collectives and models."))
        return cleaned
