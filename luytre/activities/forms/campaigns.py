"""Shape and cleaning of plans and campaigns."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.activities.forms.outreach import offer_published_materials, usual_topics_first
from luytre.activities.models import Campaign
from luytre.areas.models import Level
from luytre.ui.forms import FoldedCheckboxes, ScopedForm


class CampaignForm(ScopedForm[Campaign]):
    area_levels = (Level.NATION, Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL)
    more = ("decision", "reaches", "materials")
    anywhere = ("materials",)

    class Meta:
        model = Campaign
        fields = [
            "kind",
            "name",
            "area",
            "purpose",
            "topics",
            "first_day",
            "last_day",
            "decision",
            "reaches",
            "materials",
        ]
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "topics": FoldedCheckboxes,
            "materials": FoldedCheckboxes,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual_topics_first(self)
        offer_published_materials(self, self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first. Correct one of the two."))
        return cleaned


class MonthsForm(forms.Form):
    """How many sessions each month of a campaign is to have."""

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = {f"m{month:%Y%m}": month for month in campaign.months()}
        known = dict(campaign.planned_months.values_list("month", "planned_count"))
        for name, month in self.months.items():
            self.fields[name] = forms.IntegerField(
                label=_("Month %(month)s") % {"month": f"{month:%m/%Y}"},
                min_value=0,
                max_value=9999,
                required=False,
                initial=known.get(month),
            )

    def counts(self) -> Mapping[date, int]:
        return {month: self.cleaned_data.get(name) or 0 for name, month in self.months.items()}
