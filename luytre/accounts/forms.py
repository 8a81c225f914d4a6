"""allauth's forms with our words; failures of the second step are counted like those of the password."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.signals import user_login_failed
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Names and phone numbers both go into `login`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or phone number")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].help_text = _("On your first visit, the code printed on your slip.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class Counted:
    """Six digits are few: after some wrong ones the account waits, as after wrong passwords."""

    user: Any

    def clean_code(self) -> str:
        named = {"username": self.user.username}
        if not AxesProxyHandler.is_allowed(context.request, named):
            context.request.axes_locked_out = True
            raise forms.ValidationError(_("Too many wrong codes. Wait a quarter of an hour and try again."))
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except forms.ValidationError:
            user_login_failed.send(sender=Counted, credentials=named, request=context.request)
            raise


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")


class RenameKeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")


class SecondStepForm(Counted, AuthenticateForm):
    pass


class ConfirmCodeForm(Counted, ReauthenticateForm):
    pass
