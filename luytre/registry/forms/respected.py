"""Shape and cleaning of what is written about respected persons."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luytre.accounts.models import User
from luytre.registry.catalogue import consent
from luytre.registry.forms.members import day_field
from luytre.registry.models import RespectedPerson
from luytre.registry.models.consents import HowAgreed
from luytre.ui.forms import ScopedForm


class RespectedPersonForm(ScopedForm[RespectedPerson]):
    """Nobody is written down without a consent; a phone number that stands is never shown, only written anew."""

    consented_on = day_field(gettext_lazy("Agreed on"))
    consent_how = forms.TypedChoiceField(
        label=gettext_lazy("How they agreed"),
        choices=[(HowAgreed.PAPER.value, HowAgreed.PAPER.label), (HowAgreed.SPOKEN.value, HowAgreed.SPOKEN.label)],
    )
    more = ("serves_until", "decision", "phone")

    class Meta:
        model = RespectedPerson
        fields = ["full_name", "role", "area", "serves_from", "serves_until", "decision", "phone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_phone = self.instance.phone
        if self.instance.pk:
            del self.fields["consented_on"], self.fields["consent_how"]
            self.initial["phone"] = ""
            self.fields["phone"].help_text = _("leave empty to keep the one that is recorded; it is not shown here")
        else:
            words = _("Read this to them first; without their yes nobody is written down: %(text)s")
            self.fields["consented_on"].help_text = words % {"text": consent.current(consent.RESPECTED)}

    def clean_phone(self) -> str:
        return self.cleaned_data["phone"] or self.known_phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and not self.instance.is_named:
            self.add_error(None, _("The consent was withdrawn. Nothing more can be written about this person."))
        agreed = cleaned.get("consented_on")
        if agreed and agreed > self.scope.on:
            self.add_error("consented_on", _("This day is still to come. Record the person once they have agreed."))
        start, end = cleaned.get("serves_from"), cleaned.get("serves_until")
        if start and end and end < start:
            self.add_error("serves_until", _("The term ends before it begins. Correct one of the two."))
        return cleaned

    def follow(self, record: RespectedPerson, *, by: User) -> None:
        how, on = self.cleaned_data["consent_how"], self.cleaned_data["consented_on"]
        record.agree(on=on, how=how, text_version=consent.current(consent.RESPECTED).version, by=by)


class RespectedTrainingForm(forms.Form):
    held_on = day_field(gettext_lazy("Day"))
    subject = forms.CharField(
        label=gettext_lazy("About"), max_length=160, help_text=gettext_lazy("what it was about; no names")
    )
