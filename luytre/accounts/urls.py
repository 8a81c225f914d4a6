"""Signing in and what belongs to it: of allauth's pages only those that are used, each marked."""

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, URLResolver, path

from luytre.accounts.access import public, signed_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-in/passkey/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/second-step/", public(second_step.authenticate), name="mfa_authenticate"),
    path("sign-in/suspended/", public(account.account_inactive), name="account_inactive"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", signed_in(second_step.reauthenticate), name="mfa_reauthenticate"),
    path("confirm/passkey/", signed_in(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("my-account/password/", signed_in(account.password_change), name="account_change_password"),
    path("my-account/password/first/", signed_in(account.password_set), name="account_set_password"),
    path("my-account/second-step/", signed_in(second_step.index), name="mfa_index"),
    path("my-account/second-step/app/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("my-account/second-step/app/removal/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("my-account/passkeys/", signed_in(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("my-account/passkeys/new/", signed_in(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("my-account/passkeys/<int:pk>/", signed_in(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("my-account/passkeys/<int:pk>/removal/", signed_in(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("my-account/recovery-codes/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "my-account/recovery-codes/new/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "my-account/recovery-codes/file/",
        signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
