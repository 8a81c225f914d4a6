"""Which account is a member's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from luytre.accounts.models import User


class AccountLinkForm(forms.Form):
    account = forms.CharField(
        label=_("User name or phone number of their account"),
        max_length=40,
        help_text=_("as they sign in with it; ask them, and do not guess"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_account(self) -> User:
        found: User | None = User.objects.called(self.cleaned_data["account"])
        if found is None:
            raise forms.ValidationError(
                _("No account has this user name or phone number. Ask the member how they sign in.")
            )
        return found
