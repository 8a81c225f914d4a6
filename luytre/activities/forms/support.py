"""Forms of offers of help and of how many took them up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from luytre.activities.models import HelpKind, SupportOffer, SupportUptake
from luytre.areas.models import Level
from luytre.ui.forms import ScopedForm


class SupportOfferForm(ScopedForm[SupportOffer]):
    area_levels = (Level.PROVINCE, Level.COMMUNE)

    class Meta:
        model = SupportOffer
        fields = ["kind", "title", "area", "offered_by", "place_count", "open_from", "open_until", "how_to"]
        widgets = {"how_to": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("open_from"), cleaned.get("open_until")
        if opens and closes and closes < opens:
            self.add_error("open_until", _("It closes before it opens. Correct one of the two."))
        if cleaned.get("place_count") == 0:
            self.add_error("place_count", _("An offer is for one person at least."))
        return cleaned


class SupportUptakeForm(ScopedForm[SupportUptake]):
    class Meta:
        model = SupportUptake
        fields = ["offer", "month", "taken_count", "amount_vnd"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        offer, month = cleaned.get("offer"), cleaned.get("month")
        if month and month.replace(day=1) > self.scope.on:
            self.add_error("month", _("This month is still to come."))
        if offer and cleaned.get("amount_vnd") and offer.kind != HelpKind.LOAN:
            self.add_error("amount_vnd", _("Money goes with a loan or capital alone. Leave 0 here."))
        if offer:
            self.check_places(offer, cleaned.get("taken_count") or 0)
        return cleaned

    def check_places(self, offer: SupportOffer, taken: int) -> None:
        others = offer.uptakes.kept().exclude(pk=self.instance.pk).values_list("taken_count", flat=True)
        if sum(others) + taken > offer.place_count:
            words = _("More than the %(places)d places of the offer. Correct the number, or the places of the offer.")
            self.add_error("taken_count", words % {"places": offer.place_count})
