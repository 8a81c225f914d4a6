"""Shape and cleaning of what is written about members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User
from luytre.registry.catalogue import consent
from luytre.registry.models import Member
from luytre.registry.models.consents import HowAgreed
from luytre.registry.models.leavings import AGAINST_WILL, Ground
from luytre.ui.forms import ReasonForm, ScopedForm


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class MemberForm(ScopedForm[Member]):
    """A new member comes with a consent; a phone number that stands is never shown, only written anew."""

    consented_on = day_field(_("Agreed on"))
    consent_how = forms.TypedChoiceField(
        label=_("How they agreed"),
        choices=[(HowAgreed.PAPER.value, HowAgreed.PAPER.label), (HowAgreed.SPOKEN.value, HowAgreed.SPOKEN.label)],
        help_text=_("Read or give them the text on members' data first; without their yes nobody is written down."),
    )

    class Meta:
        model = Member
        fields = ["team", "group", "full_name", "position", "serves_from", "serves_until", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_phone = self.instance.phone
        self.fields["group"].help_text = _("choose a guard team or another group, one of the two")
        if self.instance.pk:
            del self.fields["consented_on"], self.fields["consent_how"]
            self.initial["phone"] = ""
            self.fields["phone"].help_text = _("leave empty to keep the one that is recorded; it is not shown here")

    def clean_phone(self) -> str:
        return self.cleaned_data["phone"] or self.known_phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("group")) == bool(cleaned.get("team")) and not {"group", "team"} & set(self.errors):
            self.add_error("team", _("Choose a guard team or a group, one of the two."))
        agreed = cleaned.get("consented_on")
        if agreed and agreed > self.scope.on:
            self.add_error("consented_on", _("This day is still to come. Record the member once they have agreed."))
        start, end = cleaned.get("serves_from"), cleaned.get("serves_until")
        if start and end and end < start:
            self.add_error("serves_until", _("The term ends before it begins. Correct one of the two."))
        return cleaned

    def follow(self, record: Member, *, by: User) -> None:
        how, on = self.cleaned_data["consent_how"], self.cleaned_data["consented_on"]
        record.agree(on=on, how=how, text_version=consent.current().version, by=by)


class LeavingForm(ReasonForm):
    """The day, the ground and the reason; against somebody's will also the rule."""

    on = day_field(_("Day"))
    ground = forms.ChoiceField(label=_("Ground"), choices=Ground.choices, widget=forms.RadioSelect)
    rule = forms.CharField(
        label=_("Rule it rests on"),
        max_length=200,
        required=False,
        help_text=_("needed when it is against their will, for example: Law 30/2023, article 17"),
    )
    field_order = ["on", "ground", "reason", "rule"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ground") in AGAINST_WILL and not cleaned.get("rule"):
            self.add_error("rule", _("A removal against somebody's will names the rule it rests on."))
        return cleaned


class WithdrawalForm(forms.Form):
    on = day_field(_("Withdrawn on"))
    sure = forms.BooleanField(
        label=_("I know that the name and the phone number are deleted at once and cannot be brought back.")
    )


class PurposeForm(forms.Form):
    """Why somebody's contact is looked at; it is written down with the look (rights rule R24)."""

    PURPOSES = [
        ("duty", _("call to duty or patrol")),
        ("meeting", _("invite to a meeting or training")),
        ("urgent", _("something urgent where they live")),
        ("correct", _("check or correct the number")),
    ]
    purpose = forms.ChoiceField(
        label=_("What do you need it for?"),
        choices=PURPOSES,
        widget=forms.RadioSelect,
        help_text=_("Your name, the time and this purpose are written down. The member may ask who looked."),
    )
