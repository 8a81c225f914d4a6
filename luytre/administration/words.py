"""What the trail's verbs and kinds are called on the screen."""

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luytre.ui.kit import trail

VERBS: dict[str, str | Promise] = {
    **trail.VERBS,
    "enrolled": _("account made"),
    "assigned": _("role given"),
    "assignment_ended": _("role ended"),
    "assignment_withdrawn": _("role taken back before it began"),
    "stand_in_named": _("stand-in named"),
    "reset": _("new code given"),
    "reset_with_second_step": _("new code given, second step removed"),
    "suspended": _("suspended"),
    "suspension_lifted": _("suspension lifted"),
    "password_chosen": _("password chosen"),
    "signed_in": _("signed in"),
    "signed_out": _("signed out"),
    "totp_activated": _("authenticator app set up"),
    "totp_deactivated": _("authenticator app removed"),
    "webauthn_added": _("passkey added"),
    "webauthn_removed": _("passkey removed"),
    "recovery_codes_generated": _("recovery codes made"),
    "viewed": _("looked at"),
    "listed": _("list looked at"),
    "took_own_data": _("took along what is held"),
    "read_trail": _("trail read"),
    "exported_trail": _("trail exported"),
    "filed": _("request received"),
    "acknowledged": _("request taken up"),
    "done": _("request done"),
    "refused": _("refused"),
    "erased": _("erased when due"),
    "asked": _("publication asked for"),
    "approved": _("publication approved"),
    "issued": _("token made"),
    "revoked": _("token revoked"),
    "loaded": _("loaded"),
    "territory_loaded": _("territory loaded"),
}


PURPOSES: dict[str, str | Promise] = {
    "accounts": _("keeping accounts"),
    "request": _("answering a request"),
    "own data": _("seeing one's own data"),
    "audit": _("audit"),
}


def purpose(code: str) -> str:
    return str(PURPOSES.get(code, code))


def verb(code: str) -> str:
    return str(VERBS.get(code, code))


def kind(label: str) -> str:
    """The name of a kind of record; kinds that are gone keep their code."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
