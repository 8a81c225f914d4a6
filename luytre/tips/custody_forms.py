"""What a custodian says before an identity is opened: of which tip, why, and by which document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.tips import custody
from luytre.tips.models import IdentityReason, PersonKey, Tip


class AskForm(forms.Form):
    number = forms.CharField(
        label=_("Number of the tip"),
        help_text=_("As the desk and the forms write it: at least its first eight digits."),
        max_length=36,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(label=_("Why"), choices=IdentityReason.choices, widget=forms.RadioSelect)
    document = forms.CharField(
        label=_("Number of the document"),
        help_text=_("The desk's request, or the order. It stays in the trail."),
        max_length=60,
        required=False,
    )

    tip: Tip

    def __init__(self, *args: Any, key: PersonKey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key

    def clean_number(self) -> str:
        found = custody.find(self.cleaned_data["number"], self.key)
        if found is None:
            raise forms.ValidationError(_("No tip with a name that you can open has this number."))
        self.tip = found
        return str(found.pk)

    def said(self) -> dict[str, str]:
        return {"reason": self.cleaned_data["reason"], "document": self.cleaned_data["document"].strip()}
