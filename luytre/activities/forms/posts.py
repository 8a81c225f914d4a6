"""Shape and cleaning of loudspeaker slots, posts and articles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.activities.forms.outreach import offer_published_materials
from luytre.activities.models import Airing, LoudspeakerSlot, OutreachPost
from luytre.ui.forms import ScopedForm


class LoudspeakerSlotForm(ScopedForm[LoudspeakerSlot]):
    anywhere = ("material",)

    class Meta:
        model = LoudspeakerSlot
        fields = ["slot_on", "slot_at", "area", "name", "material", "script"]
        widgets = {
            "script": forms.Textarea(attrs={"rows": 5}),
            "slot_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_published_materials(self, self.instance, "material")
        self.initial["slot_on"] = self.initial.get("slot_on") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("script") and not cleaned.get("material"):
            self.add_error("script", _("What is read? Choose a material or write the text."))
        return cleaned


class AiringForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What became of it?"), choices=Airing.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("when it was not played: one sentence is enough")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == Airing.Outcome.MISSED and not cleaned.get("reason"):
            self.add_error("reason", _("Write why it was not played."))
        return cleaned


class OutreachPostForm(ScopedForm[OutreachPost]):
    more = ("body", "material", "reach_count", "reach_qualifier")
    anywhere = ("material",)

    class Meta:
        model = OutreachPost
        fields = [
            "posted_on",
            "channel",
            "area",
            "name",
            "link",
            "body",
            "material",
            "reach_count",
            "reach_qualifier",
        ]
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_published_materials(self, self.instance, "material")
        self.initial["posted_on"] = self.initial.get("posted_on") or self.scope.on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day = cleaned.get("posted_on")
        if day and day > self.scope.on:
            self.add_error("posted_on", _("This day is still to come. Record the post when it has appeared."))
        return cleaned
