"""Forms of pledges: the campaign, what was counted, and what there is to count."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from luytre.activities.models import PledgeCampaign, PledgeCount, UnitCount
from luytre.areas.models import Level
from luytre.ui.forms import FoldedCheckboxes, ScopedForm


class PledgeCampaignForm(ScopedForm[PledgeCampaign]):
    area_levels = (Level.PROVINCE, Level.COMMUNE, Level.RESIDENTIAL)
    more = ("led_by",)

    class Meta:
        model = PledgeCampaign
        fields = ["name", "area", "topics", "signers", "opens_on", "closes_on", "wording", "is_digital", "led_by"]
        widgets = {
            "topics": FoldedCheckboxes,
            "signers": FoldedCheckboxes,
            "wording": forms.Textarea(attrs={"rows": 5}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("It closes before it opens. Correct one of the two."))
        if cleaned.get("is_digital") and not cleaned.get("wording"):
            self.add_error("wording", _("Write what people read before they sign by phone."))
        return cleaned


class PledgeCountForm(ScopedForm[PledgeCount]):
    """What the head of a residential area writes after a round."""

    more = ("signed_qualifier",)

    class Meta:
        model = PledgeCount
        fields = ["campaign", "area", "signer", "counted_on", "signed_count", "signed_qualifier"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["counted_on"] = self.initial.get("counted_on") or self.scope.on

    def cut(self, name: str, field: "forms.ModelChoiceField[Any]") -> None:
        """Campaigns of the places above reach down here."""
        if name != "campaign":
            super().cut(name, field)
            return
        field.queryset = PledgeCampaign.objects.readable(self.scope).kept().order_by("-closes_on", "sort_key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        campaign, day = cleaned.get("campaign"), cleaned.get("counted_on")
        if day and day > self.scope.on:
            self.add_error("counted_on", _("This day is still to come. Write what has been counted."))
        if campaign and day and day < campaign.opens_on:
            words = _("The campaign opens on %(day)s. Write a day since then.")
            self.add_error("counted_on", words % {"day": f"{campaign.opens_on:%d/%m/%Y}"})
        if campaign and not self.errors:
            self.check_place_and_signer(campaign, cleaned["area"], cleaned["signer"])
        if campaign and not self.errors:
            self.check_ratio(campaign, cleaned)
        return cleaned

    def check_place_and_signer(self, campaign: PledgeCampaign, area: Any, signer: Any) -> None:
        today = self.scope.on
        if not area.path_on(today).startswith(campaign.area.path_on(today)):
            self.add_error("area", _("This area does not take part in the campaign."))
        if not campaign.signers.filter(pk=signer.pk).exists():
            self.add_error("signer", _("The campaign does not ask these to sign. Choose one of its kinds."))

    def check_ratio(self, campaign: PledgeCampaign, cleaned: dict[str, Any]) -> None:
        """More cannot sign than there are."""
        area, signer, more = cleaned["area"], cleaned["signer"], cleaned.get("signed_count") or 0
        units = UnitCount.objects.latest_of(area, signer, on=cleaned["counted_on"])
        kept = PledgeCount.objects.filter(pk=self.instance.pk, removed_at=None, area=area, signer=signer)
        before = campaign.signed(area, signer) - sum(kept.values_list("signed_count", flat=True))
        if units and before + more > units.unit_count:
            words = _(
                "%(signed)d have signed already, of %(units)d %(unit)s. Correct the number, or how many there are."
            )
            said = {"signed": before, "units": units.unit_count, "unit": signer.unit}
            self.add_error("signed_count", words % said)


class UnitCountForm(ScopedForm[UnitCount]):
    more = ("unit_qualifier",)

    class Meta:
        model = UnitCount
        fields = ["area", "signer", "as_of", "unit_count", "unit_qualifier"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["as_of"] = self.initial.get("as_of") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (day := cleaned.get("as_of")) and day > self.scope.on:
            self.add_error("as_of", _("This day is still to come."))
        return cleaned
